"""The table of ``marsad reconcile``: an incident's status, place, days, tolls, and its roots, each group with its articles."""

from __future__ import annotations

from collections.abc import Iterator

from marsad.cli.labels import event_label, label
from marsad.cli.rows import Sheet, islands
from marsad.cli.terminal import isolated, printable
from marsad.model import Label
from marsad.model.incident import CountRange, Incident, Spot, Testimony, Told, When
from marsad.run import KnownLabels

STATUS_COLOURS = {
    "single": "cyan",
    "corroborated": "green",
    "conceded": "green",
    "disputed": "yellow",
    "denied": "red",
    "none": "dim",
}
KEYS = {
    "place": Label(en="where", ar="أين"),
    "time": Label(en="when", ar="متى"),
    "actors": Label(en="who", ar="من"),
    "counts": Label(en="how many", ar="كم"),
    "affirms": Label(en="affirmed by", ar="يؤكده"),
    "denies": Label(en="denied by", ar="ينفيه"),
    "expects": Label(en="expected by", ar="يتوقعه"),
    "demands": Label(en="demanded by", ar="يطلبه"),
    "uncounted": Label(en="not counted", ar="لا يُحسب"),
    "copy": Label(en="copy", ar="نسخة"),
    "why": Label(en="why", ar="السبب"),
    "words": Label(en="words", ar="النص"),
}
_MOST_ARTICLES = 4


def incident_table(incident: Incident, sheet: Sheet, labels: KnownLabels) -> str:
    """One incident as lines of text, with an empty line at the end."""
    lines = [*heading(incident, sheet), *facts(incident, sheet, labels), *_roots(incident, sheet, labels)]
    lines += sheet.row(KEYS["why"], [islands(reason.text.en) for reason in incident.reasons[:2]])
    return "\n".join(lines) + "\n\n"


def heading(incident: Incident, sheet: Sheet) -> Iterator[str]:
    """The line across, then status, events and id."""
    status = label("statuses", incident.status or "none")
    events = [event_label(code) for code in incident.events[:3]]
    yield sheet.rule()
    shown = sheet.paint(status.en.upper(), STATUS_COLOURS[incident.status or "none"])
    yield (
        f"{shown} {isolated(status.ar)}  "
        f"{sheet.paint(', '.join(event.en for event in events), 'bold')} {isolated('، '.join(event.ar for event in events))}  "
        f"{sheet.paint(incident.id, 'dim')}"
    )


def facts(incident: Incident, sheet: Sheet, labels: KnownLabels) -> Iterator[str]:
    """Where, when, who and how many."""
    yield from sheet.row(KEYS["place"], [place_phrase(incident.place)] if incident.place else [])
    yield from sheet.row(KEYS["time"], [day_phrase(incident.when)])
    parts = []
    for part in incident.parts[:6]:
        known = labels(part.id or None)
        parts.append(f"{part.role}: {islands(part.text)}{f' = {known.en}' if known else ''}")
    yield from sheet.row(KEYS["actors"], parts)
    yield from sheet.row(KEYS["counts"], [count_phrase(count) for count in incident.counts])


def place_phrase(spot: Spot) -> str:
    """``Hama (SY, 35.13 36.75, exact)``."""
    known = [spot.country] if spot.country else []
    if spot.lat is not None and spot.lon is not None:
        known.append(f"{spot.lat:.2f} {spot.lon:.2f}")
    known.append(spot.precision or "not on the map")
    return f"{islands(spot.name)} ({', '.join(known)})"


def day_phrase(when: When) -> str:
    """``2024-12-05``, ``2024-12-01 to 2024-12-31``, or the day of the article with a word on that."""
    if when.start is None:
        return "not known"
    days = f"{when.start}" if when.start == when.end else f"{when.start} to {when.end}"
    return f"{days} (day of the article; not said)" if when.tie == "article" else days


def count_phrase(count: CountRange) -> str:
    """``killed 12 (the ministry) to 47 (the observatory)``."""
    low = f"{count.min} ({islands(count.min_by)})"
    if count.min == count.max:
        return f"{count.kind} {low}"
    if count.min_by == count.max_by:
        return f"{count.kind} {count.min} to {'more' if count.max is None else count.max} ({islands(count.min_by)})"
    return f"{count.kind} {low} to {'more' if count.max is None else count.max} ({islands(count.max_by)})"


def _roots(incident: Incident, sheet: Sheet, labels: KnownLabels) -> Iterator[str]:
    for says in ("affirms", "denies", "expects", "demands"):
        groups: dict[str, list[Told]] = {}
        for told in incident.told:
            counted = told.group or says in ("expects", "demands")
            if told.testimony.says == says and counted:
                groups.setdefault(told.group or told.testimony.root.key, []).append(told)
        yield from sheet.row(KEYS[says], [_group(held, labels) for held in groups.values()])


def _group(held: list[Told], labels: KnownLabels) -> str:
    """A group of roots that count as one: their names, and in which articles they speak."""
    first = {
        told.testimony.root.key: told.testimony for told in reversed(held)
    }  # each root once, as it is first called
    names = sorted(root_name(one, labels) for one in first.values())
    articles = list(dict.fromkeys(told.testimony.article for told in held))
    shown = ", ".join(printable(article) for article in articles[:_MOST_ARTICLES])
    more = f" and {len(articles) - _MOST_ARTICLES} more" if len(articles) > _MOST_ARTICLES else ""
    return f"{' = '.join(names)} ({shown}{more})"


def root_name(one: Testimony, labels: KnownLabels) -> str:
    """The words that name a root, with our label behind them."""
    known = labels(one.root.key.removeprefix("outlet:"))
    text = islands(one.root.text)
    return text if known is None or known.en == one.root.text else f"{text} [{known.en}]"
