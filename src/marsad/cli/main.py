"""The door of the command line: the group, its commands (loaded when they are called) and the exit codes.

Data goes to standard output, everything else to standard error. 0 done; 1 failed; 2 wrong usage; 3 finished, but
some items were set aside; 5 a check of integrity failed; 130 interrupted.
"""

from __future__ import annotations

import sys
from importlib import import_module

import click

from marsad import __version__
from marsad.errors import Damaged, MarsadError

COMMANDS = {
    "actors": ("marsad.cli.actors", "actors"),
    "agreement": ("marsad.cli.agreement", "agreement"),
    "archive": ("marsad.cli.archive", "archive"),
    "codebook": ("marsad.cli.codebook", "codebook"),
    "compare": ("marsad.cli.compare", "compare"),
    "control": ("marsad.cli.control", "control"),
    "doctor": ("marsad.cli.doctor", "doctor"),
    "evaluate": ("marsad.cli.evaluate", "evaluate"),
    "export": ("marsad.cli.export", "export"),
    "gazetteer": ("marsad.cli.gazetteer", "gazetteer"),
    "import": ("marsad.cli.importing", "import_group"),
    "ingest": ("marsad.cli.ingest", "ingest"),
    "init": ("marsad.cli.init", "init"),
    "model": ("marsad.cli.model", "model"),
    "read": ("marsad.cli.read", "read"),
    "reconcile": ("marsad.cli.reconcile", "reconcile"),
    "serve": ("marsad.cli.serve", "serve"),
    "store": ("marsad.cli.store", "store"),
    "users": ("marsad.cli.users", "users"),
    "watch": ("marsad.cli.watch", "watch"),
}
"""Name, and where the command is: only the one that is called is imported, so that each starts quickly."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, without importing any."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="marsad")
@click.pass_context
def marsad(context: click.Context) -> None:
    """Read Arabic conflict news, offline: who said that what happened.

    \b
    marsad read article.txt --published 2024-12-06
    marsad codebook show territory.control
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main(arguments: list[str] | None = None) -> int:
    """Run the program and give its exit code."""
    try:
        code = marsad.main(args=arguments, prog_name="marsad", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("marsad: interrupted", err=True)
        return 130
    except MarsadError as error:
        click.echo(f"marsad: {error}", err=True)
        return 5 if isinstance(error, Damaged) else 1
    return code if isinstance(code, int) else 0


if __name__ == "__main__":
    sys.exit(main())
