"""The story of one incident in full sentences: its status and why, then claim by claim who says what, in which words, and why it belongs there."""

from __future__ import annotations

from collections.abc import Iterator

from marsad.cli.incident_table import KEYS, day_phrase, facts, heading, root_name
from marsad.cli.labels import event_label, label
from marsad.cli.rows import Sheet, islands
from marsad.cli.terminal import isolated, printable
from marsad.model.incident import Incident, Testimony, Told
from marsad.run import KnownLabels


def story(incident: Incident, sheet: Sheet, labels: KnownLabels) -> str:
    """All of it as lines of text."""
    lines = [*heading(incident, sheet), *facts(incident, sheet, labels), ""]
    status = label("statuses", incident.status or "none")
    opening = (
        f"This incident is {status.en}: {incident.independent} of its {incident.roots} roots"
        f" {'affirms' if incident.independent == 1 else 'affirm'} it independently of each other. Reported, not established."
    )
    lines += sheet.paragraph(opening)
    for reason in incident.reasons:
        lines += sheet.paragraph(f"– {reason.text.en}")
    lines.append("")
    for reason in incident.reasons:
        lines += sheet.arabic(reason.text.ar)
    for number, told in enumerate(incident.told, 1):
        lines += ["", *_claim(number, told, sheet, labels)]
    return "\n".join(lines) + "\n"


def _copies(one: Testimony) -> list[str]:
    """What is known of the article's text being another's, in a phrase; nothing where it is its own."""
    if one.copy_of:
        return [f"a near copy of article {printable(one.copy_of)}, which came before"]
    if one.family and one.family != one.article:
        return [f"a near copy of article {printable(one.family)}; which came first is not known"]
    return ["other articles are near copies of this one"] if one.family else []


def _claim(number: int, told: Told, sheet: Sheet, labels: KnownLabels) -> Iterator[str]:
    one = told.testimony
    event, says = event_label(one.event), label("says", one.says)
    stance = f", {label('stances', one.stance).en}" if one.stance else ""
    yield from sheet.paragraph(
        f"{number}. {root_name(one, labels)} {says.en} this ({event.en}{stance}); article {printable(one.article)}"
        f"{f' of {one.outlet}' if one.outlet else ''}{f', {one.published}' if one.published else ''}; {day_phrase(one.when)}."
    )
    yield from sheet.row(KEYS["words"], [isolated(printable(one.text))] if one.text else [])
    yield from sheet.row(KEYS["copy"], _copies(one))
    if not told.group:
        yield from sheet.row(
            KEYS["uncounted"], ["a source speaks for it, or it is only expected or demanded"]
        )
    yield from sheet.row(KEYS["why"], ["; ".join(islands(reason.text.en) for reason in told.joined)])
