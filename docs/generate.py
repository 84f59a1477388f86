"""Write the generated pages: the command line from its own help, the event types from the codebook, what is known, incidents and spells, the tables of archives, parts of the README.

python docs/generate.py           write them
python docs/generate.py --check   say which of them are out of date, exit code 1 if any is
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from archive_page import archive_page
from coders_page import coders_page
from columns_page import columns_page
from front_page import README, readme_page
from incidents_page import incidents_page
from known_page import known_page

from marsad.codebook.page import codebook_page

REFERENCE = Path(__file__).resolve().parent / "reference"
WIDTH = 100
NOTE = "<!-- Made by `make docs`; change the program, not this page. -->\n\n"


def walk(command: click.Command, name: str, parent: click.Context | None = None) -> Iterator[click.Context]:
    """The context of a command and of all commands below it, in the order of its help."""
    settings = {**command.context_settings, "terminal_width": WIDTH}
    context = click.Context(command, parent, info_name=name, **settings)
    yield context
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            if found is not None and not found.hidden:
                yield from walk(found, child, context)


def root_command() -> click.Group:
    """The group behind ``marsad``."""
    import marsad.cli.main as program

    return next(value for value in vars(program).values() if isinstance(value, click.Group))


def command_line_page() -> str:
    """One section per command, each its ``--help``."""
    parts = ["# The command line\n\n", NOTE]
    for context in walk(root_command(), "marsad"):
        parts.append(f"## `{context.command_path}`\n\n```text\n{context.get_help().rstrip()}\n```\n\n")
    return "".join(parts).rstrip() + "\n"


PAGES = {
    REFERENCE / "archive-tables.md": archive_page,
    REFERENCE / "acled-and-ucdp.md": coders_page,
    REFERENCE / "codebook.md": codebook_page,
    REFERENCE / "command-line.md": command_line_page,
    REFERENCE / "export-tables.md": columns_page,
    REFERENCE / "incidents.md": incidents_page,
    REFERENCE / "places-and-actors.md": known_page,
    README: readme_page,
}


def main() -> int:
    """Write or compare all pages."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = []
    for path, make in PAGES.items():
        text = make()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(path.name)
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if stale:
        print(("out of date, run `make docs`: " if check else "written: ") + ", ".join(stale))
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
