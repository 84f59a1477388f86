"""``marsad model``: the language model that a user brings, what it is told and whether it answers."""

from __future__ import annotations

from importlib import import_module

import click

_CHECK = "marsad.cli.model_check"


class _ModelGroup(click.Group):
    """``check`` speaks HTTP, which takes a while to import: it is imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*self.commands, "check"])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name == "check":
            command: click.Command = import_module(_CHECK).check
            return command
        return super().get_command(ctx, cmd_name)


@click.group(cls=_ModelGroup)
def model() -> None:
    """A language model as second reader: what it is told, and whether it answers.

    Nothing here is used unless you ask for it with --reader model or --reader both.
    """


@model.command("prompt", epilog="Example: marsad model prompt --tokens")
@click.option("--version", "what", flag_value="version", help="Only the version: a number and a digest.")
@click.option(
    "--tokens", "what", flag_value="tokens", help="Only how long it is, by Marsad's own counter of tokens."
)
@click.option("--schema", "what", flag_value="schema", help="The JSON schema of an answer instead.")
def show_prompt(what: str | None) -> None:
    """Print the instructions that a model gets, made from the codebook with its settled points and examples.

    They are the same for every article; what is shown of an article goes beside them as one JSON object.
    """
    import json

    from marsad.codebook import load_codebook
    from marsad.llm.prompt import instructions, schema_text, tokens_of
    from marsad.llm.schema import answer_schema

    book = load_codebook()
    if what == "schema":
        click.echo(json.dumps(answer_schema(book), ensure_ascii=False, indent=2))
        return
    told = instructions(book)
    if what == "tokens":
        text, schema = tokens_of(told.text), tokens_of(schema_text(book))
        click.echo(f"{text + schema} tokens: {text} of instructions, {schema} of the answer's schema")
    else:
        click.echo(told.version if what == "version" else told.text)
