"""Turn the codebook's plain data into its frozen rows, refusing what does not fit.

A key that nobody knows is refused, because it is a misspelt one that would otherwise be lost in silence; so is an ACLED or
PLOVER name that is not in the official lists at the head of the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marsad.codebook.types import (
    AcledType,
    Codebook,
    CounterExample,
    EventType,
    Example,
    PloverType,
    Settled,
)
from marsad.errors import MarsadError
from marsad.model import Label

Tree = Mapping[str, Any]

_TOP = {"version", "acled_sub_events", "plover_events", "families", "values", "settled", "events"}
_EVENT_NEEDS = {"en", "ar", "definition", "roles", "acled", "plover", "examples", "counter"}
_EVENT_MAY = {"acled_note", "plover_note", "notes"}
_EXAMPLE_NEEDS = {"text", "trigger"}
_EXAMPLE_MAY = {"roles", "place", "polarity", "modality"}


class CodebookError(MarsadError):
    """The codebook file has an entry that cannot be right; the message names it."""


def parse_codebook(tree: Tree) -> Codebook:
    """The codebook of a parsed file.

    Raises:
        CodebookError: an unknown or missing key, an unknown role, family, ACLED or PLOVER name.
    """
    _keys(tree, _TOP, set(), "the codebook")
    families = {name: _label(value, name) for name, value in tree["families"].items()}
    values = {
        kind: {name: _label(value, name) for name, value in names.items()}
        for kind, names in tree["values"].items()
    }
    acled = {sub: event for event, subs in tree["acled_sub_events"].items() for sub in subs}
    parser = _EventParser(families, values, acled, tree["plover_events"])
    events = {code: parser.event(code, value) for code, value in tree["events"].items()}
    for event in events.values():
        for counter in event.counter:
            if counter.event is not None and counter.event not in events:
                raise CodebookError(
                    f"{event.code}: a counter-example names the unknown code {counter.event!r}"
                )
    settled = tuple(_settled(name, text) for name, text in tree["settled"].items())
    return Codebook(version=tree["version"], families=families, events=events, values=values, settled=settled)


class _EventParser:
    """Event types against the lists they may draw on."""

    def __init__(
        self,
        families: Mapping[str, Label],
        values: Mapping[str, Mapping[str, Label]],
        acled: Mapping[str, str],
        plover: Mapping[str, list[str]],
    ) -> None:
        self._families = families
        self._values = values
        self._acled = acled
        self._plover = plover

    def event(self, code: str, value: Tree) -> EventType:
        """One event type."""
        _keys(value, _EVENT_NEEDS, _EVENT_MAY, code)
        if code.partition(".")[0] not in self._families:
            raise CodebookError(f"{code}: no such family")
        for role in value["roles"]:
            self._known("roles", role, code)
        return EventType(
            code=code,
            label=Label(en=value["en"], ar=value["ar"]),
            definition=value["definition"],
            roles=tuple(value["roles"]),
            acled=tuple(self._acled_type(name, code) for name in value["acled"]),
            acled_note=value.get("acled_note", ""),
            plover=tuple(self._plover_type(name, code) for name in value["plover"]),
            plover_note=value.get("plover_note", ""),
            notes=value.get("notes", ""),
            examples=tuple(self._example(row, code) for row in value["examples"]),
            counter=tuple(_counter(row, code) for row in value["counter"]),
        )

    def _example(self, row: Tree, code: str) -> Example:
        _keys(row, _EXAMPLE_NEEDS, _EXAMPLE_MAY, f"{code}, an example")
        roles = {}
        for role, texts in row.get("roles", {}).items():
            self._known("roles", role, code)
            roles[role] = (texts,) if isinstance(texts, str) else tuple(texts)
        polarity = row.get("polarity", "affirmed")
        modality = row.get("modality", "actual")
        self._known("polarities", polarity, code)
        self._known("modalities", modality, code)
        return Example(
            text=row["text"],
            trigger=row["trigger"],
            roles=roles,
            place=row.get("place"),
            polarity=polarity,
            modality=modality,
        )

    def _known(self, kind: str, name: str, code: str) -> None:
        if name not in self._values[kind]:
            raise CodebookError(f"{code}: {name!r} is not one of {kind}")

    def _acled_type(self, name: str, code: str) -> AcledType:
        if name not in self._acled:
            raise CodebookError(f"{code}: {name!r} is not a sub-event type of ACLED")
        return AcledType(event=self._acled[name], sub_event=name)

    def _plover_type(self, name: str, code: str) -> PloverType:
        event, _, mode = name.partition("/")
        if event not in self._plover or (mode and mode not in self._plover[event]):
            raise CodebookError(f"{code}: {name!r} is not an event and mode of PLOVER")
        return PloverType(event=event, mode=mode or None)


def _settled(name: str, text: object) -> Settled:
    if not isinstance(text, str) or not text.strip():
        raise CodebookError(f"settled, {name}: {text!r} is not a sentence")
    return Settled(name=name, text=text)


def _counter(row: Tree, code: str) -> CounterExample:
    _keys(row, {"text", "is"}, set(), f"{code}, a counter-example")
    return CounterExample(text=row["text"], event=row["is"])


def _label(value: Tree, name: str) -> Label:
    _keys(value, {"en", "ar"}, set(), name)
    return Label(en=value["en"], ar=value["ar"])


def _keys(value: Tree, needs: set[str], may: set[str], where: str) -> None:
    missing = needs - value.keys()
    unknown = value.keys() - needs - may
    if missing or unknown:
        words = [f"{name!r} is missing" for name in sorted(missing)]
        words += [f"{name!r} is not known" for name in sorted(unknown)]
        raise CodebookError(f"{where}: {', '.join(words)}")
