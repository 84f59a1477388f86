"""Write the reference page of the codebook from ``codebook.yml``; ``make docs`` runs it, a test watches for drift."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from marsad.codebook.codebook import acled_text, load_codebook, plover_text
from marsad.codebook.types import Codebook, EventType
from marsad.model import Label

_TITLES = {
    "roles": "Roles",
    "source_kinds": "Kinds of source",
    "stances": "Stances",
    "polarities": "Polarity",
    "modalities": "Modality",
    "place_precisions": "Precision of a place",
    "time_precisions": "Precision of a time",
    "count_kinds": "Kinds of count",
    "statuses": "Status of an incident",
    "says": "What a root says of an incident",
}


def codebook_page(codebook: Codebook | None = None) -> str:
    """The page in Markdown."""
    book = codebook or load_codebook()
    lines = [
        "# Codebook: the events a claim can be about",
        "",
        "Generated from `src/marsad/codebook/codebook.yml` by `make docs`; edit that file, not this page.",
        "`marsad codebook show CODE` prints one entry. The sentences are written for this page and are run as tests.",
        "",
        *_overview(book),
    ]
    for family, label in book.families.items():
        lines += ["", f"## {family}: {label.en} · {label.ar}"]
        for event in book.family(family):
            lines += ["", *_section(event)]
    lines += [
        "",
        "## Settled points",
        "",
        "What every coder follows, whether people, rules or a language model.",
        "",
    ]
    lines += [f"- **{point.name.replace('_', ' ')}**: {point.text}" for point in book.settled]
    for kind, names in book.values.items():
        lines += ["", f"## {_TITLES[kind]}", "", *_value_table(names)]
    return "\n".join(lines) + "\n"


def _overview(book: Codebook) -> Iterator[str]:
    yield "| code | English | Arabic | roles |"
    yield "| --- | --- | --- | --- |"
    for event in book.events.values():
        anchor = event.code.replace(".", "")
        yield f"| [`{event.code}`](#{anchor}) | {event.label.en} | {event.label.ar} | {', '.join(event.roles)} |"


def _section(event: EventType) -> Iterator[str]:
    yield f"### {event.code}"
    yield ""
    yield f"**{event.label.en} · {event.label.ar}.** {event.definition}"
    if event.notes:
        yield ""
        yield event.notes
    yield ""
    yield f"- Roles: {', '.join(event.roles)}"
    yield f"- ACLED: {acled_text(event)}"
    yield f"- PLOVER: {plover_text(event)}"
    yield ""
    for example in event.examples:
        yield f"- {_marked(example.text, example.trigger)}"
    yield ""
    yield "Not this:"
    yield ""
    for counter in event.counter:
        yield f"- {counter.text} ({f'`{counter.event}`' if counter.event else 'no claim'})"


def _marked(text: str, trigger: str) -> str:
    """The sentence with its trigger in bold."""
    return text.replace(trigger, f"**{trigger}**", 1)


def _value_table(names: Mapping[str, Label]) -> Iterator[str]:
    yield "| value | English | Arabic |"
    yield "| --- | --- | --- |"
    for name, label in names.items():
        yield f"| `{name}` | {label.en} | {label.ar} |"
