"""``marsad model prompt``."""

import json

import pytest
from click.testing import CliRunner

from marsad.cli.main import marsad
from marsad.codebook import load_codebook
from marsad.llm.prompt import instructions, schema_text, tokens_of
from marsad.llm.schema import answer_schema

BOOK = load_codebook()
GIVEN = instructions(BOOK)


def run(*arguments):
    done = CliRunner().invoke(marsad, ["model", *arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize(
    ("option", "printed"),
    [
        ((), GIVEN.text),
        (("--version",), GIVEN.version),
        (("--schema",), json.dumps(answer_schema(BOOK), ensure_ascii=False, indent=2)),
    ],
)
def test_prompt_prints_what_a_model_gets(option, printed):
    assert run("prompt", *option) == printed + "\n"


def test_prompt_counts_its_tokens():
    text, schema = tokens_of(GIVEN.text), tokens_of(schema_text(BOOK))
    assert run("prompt", "--tokens").startswith(
        f"{text + schema} tokens: {text} of instructions, {schema} of"
    )


def test_the_group_lists_its_commands():
    said = run("--help")
    assert "prompt" in said and "check" in said
    assert "--model" in run("check", "--help")
