"""The generated page of the columns that are compatible with ACLED and UCDP GED: what fills each and when it stays empty, as the columns themselves say it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from marsad.codebook import load_codebook
from marsad.export import acled, acled_actors, acled_events, ucdp
from marsad.export.coders import CodedColumn
from marsad.export.coders_sides import Sides

NOTE = "<!-- Made by `make docs`; change the columns in src/marsad/export or docs/coders_page.py, not this page. -->\n\n"
BY_SIDES: Mapping[str, str] = {
    "territory.control": "`Government regains territory` where the gainer is a state force of the country (code 1), `Non-state actor overtakes territory` where it is anybody "
    "else, foreign states among them; both only where the incident tells of fighting (`fight.*`, `strike.*`, `blast.*`, `harm.*`, `territory.repel`, `territory.advance`). "
    "Without it `Non-violent transfer of territory`. With fighting but without a gainer whose type is known `Armed clash`",
    "fight.attack": "`Attack` where the words for those attacked say civilians and nobody armed is told, else `Armed clash`. Where another event says by what means it was "
    "(`strike.*`, `blast.*`), or it was a protest, that decides",
    "harm.killed": "Only where no act is told beside it: `Armed clash` where the dead are told as armed, else `Attack`",
    "harm.assassination": "As `harm.killed`",
    "harm.execution": "`Attack`; only where no act is told beside it",
    "harm.abuse": "`Attack`: that it was sexual is in the words only",
    "protest.demonstration": "`Peaceful protest`; with deaths or an armed attack `Excessive force against protesters`; with arrests, beatings or wounded `Protest with intervention`",
}
"""Events whose sub-event type is a matter of more than their code, with the rule."""


def coders_page() -> str:
    """The page as Markdown."""
    return "".join(
        (
            "# ACLED and UCDP: what fills each column\n\n",
            NOTE,
            "`marsad export acled` writes incidents in the 31 columns of ACLED, `marsad export ucdp` in the 49 of UCDP GED, in their order and with their codes, so that what people "
            "wrote for these datasets reads it. Neither is their data: ids are ours, rows are made by machine unless `review` or `code_status` says otherwise, and everything is as "
            "reported. Text in both is English or as written, in every language of the export; cells that a spreadsheet would take for a formula begin with an apostrophe.\n\n",
            _acled(),
            _ucdp(),
            _shared(),
        )
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return (
        "".join(
            f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines
        )
        + "\n"
    )


def _columns(columns: Sequence[CodedColumn[Any]]) -> str:
    rows = ((f"`{one.name}`", one.fills, one.empty or "Never") for one in columns)
    return _table(("column", "what fills it", "when it stays empty"), rows)


def _reasons(reasons: Mapping[str, str]) -> str:
    return _table(("left out as", "because"), reasons.items())


def _acled() -> str:
    return "".join(
        (
            "## ACLED: one row an incident\n\n",
            "ACLED makes a row for each day and each pair of actors; an incident is one row here, on its first day, with the main actor of each side.\n\n",
            _columns(acled.COLUMNS),
            "### Incidents that have no row\n\n",
            _reasons(acled.LEFT_OUT),
            "### Which event is which sub-event type\n\n",
            "Of all events that a root affirms the one counts whose type stands first in this order: ",
            ", ".join(acled_events.SUB_EVENTS),
            ".\n\n",
            _table(("event", "sub-event type"), _sub_events()),
            "### Codes of actors\n\n",
            "Codes 1 to 4 and 8 are the register's own (`inter`, see [places and actors](places-and-actors.md)); state forces outside their country are 8.\n\n",
            _table(("code", "in words"), acled_actors.ROLES.items()),
        )
    )


def _sub_events() -> Iterable[tuple[str, str]]:
    for code in load_codebook().events:
        found = acled_events.sub_event_of((code,), Sides(), "")
        yield f"`{code}`", BY_SIDES.get(code) or (f"`{found}`" if found else "none")


def _ucdp() -> str:
    return "".join(
        (
            "## UCDP GED: one row a deadly incident\n\n",
            "UCDP keeps dyads with 25 deaths in a year; here every incident has a row in which a root affirms deaths.\n\n",
            _columns(ucdp.COLUMNS),
            "### Incidents that have no row\n\n",
            _reasons(ucdp.LEFT_OUT),
        )
    )


def _shared() -> str:
    return (
        "## What both share\n\n"
        "- **Sides.** The first side are agents and gainers or the party told first, the second patients and losers or the other party. The main actor of a side is one of the "
        "register that has a code, else civilians, else fighters, else another of the register, else words as written. Words that only count people or name a kind of place "
        "are nobody. With the roles of two actors exchanged, a row has its sides exchanged and nothing else.\n"
        "- **Words for people** are those of `src/marsad/codebook/people.yml`; what they do not have stays as written, and its type unknown.\n"
        "- **Figures** are the last of each root that affirms and counts; in one article the highest, for the others are parts of it. Roots that are not independent of each "
        "other stand for one where it matters how many give a number.\n"
        "- **Countries**: codes, regions and Gleditsch-Ward numbers stand in `src/marsad/export/countries.yml`, with where each comes from. A number that is not known is empty.\n"
    )
