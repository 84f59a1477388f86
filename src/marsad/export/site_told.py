"""An incident as people read it, in the site and in the report: its status with why, who says what through whom, the tolls with who gives which, and the words.

All texts are ready to be shown, but for escaping: labels instead of ids, no names of private persons, nothing that a page cannot hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marsad.export.base import ClaimRecord, IncidentRecord, Making
from marsad.export.coders_words import is_named_force, kind_of
from marsad.export.masking import headline_of, quote_of, said_of
from marsad.export.points import point_of, reach_of
from marsad.export.site_words import Words, clean, plain, title_of
from marsad.export.wording import actors_in, outlet_words, place_words, root_words

ACTS = ("affirms", "concedes", "denies", "expects", "demands")
_ROLES = ("agent", "patient", "gainer", "loser", "party")
_FINE = ("exact", "town")
Json = Mapping[str, Any]
Ends = tuple[int | None, int | None]
"""Of a number of people; None for what is not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A claim: its words, who says them, where they were published; ``url`` is "" unless it can be followed safely."""

    number: int
    text: str
    act: str
    event: str
    root: str
    own: bool
    outlet: str
    day: str
    title: str
    url: str
    headline: bool
    review: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """A row of the matrix: who says it, whether in its own words, and by act the outlets that tell it, each with the number of its first claim."""

    name: str
    own: bool
    cells: Mapping[str, Sequence[tuple[str, int]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """People of one kind: the ends with who gives them, and what each root says, with whether that counts for the ends."""

    kind: str
    low: str
    high: str
    rows: Sequence[tuple[str, str, bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The incident."""

    id: str
    title: str
    status: str
    reasons: Sequence[str]
    events: Sequence[str]
    when: str
    where: str
    within: str
    parties: Sequence[tuple[str, Sequence[str]]]
    tolls: Sequence[Toll]
    differ: bool
    acts: Sequence[str]
    roots: Sequence[Root]
    count: tuple[int, int]
    quotes: Sequence[Quote]
    review: str
    reviewed: int
    rejected: int
    changed: str


def status_of(record: IncidentRecord) -> str:
    """The status, ``none`` where the incident has none."""
    return record.data["status"] or "none"


def safe_url(url: str | None) -> str:
    """An address of the web, or "" for any other."""
    told = clean(url).strip()
    return told if told.lower().startswith(("http://", "https://")) else ""


def _names_somebody(text: str) -> bool:
    return is_named_force(text) or kind_of(text) == "words"


class Teller:
    """Tells incidents in the language of an export.

    Args:
        making: The export.
        words: The words of its language.
    """

    def __init__(self, making: Making, words: Words) -> None:
        self._making, self._words = making, words

    def told(self, record: IncidentRecord) -> Told:
        """What is shown of an incident."""
        data, words, making = record.data, self._words, self._making
        conceding = {why["claim"] for why in data.get("why") or () if why["code"].startswith("conceded_")}
        acts = [_act(row, conceding) for row in data["claims"]]
        names = [plain(root_words(row, making)) for row in data["claims"]]
        reasons = data.get("reasons_ar" if making.lang == "ar" else "reasons") or ()
        return Told(
            id=record.id, title=title_of(data, words, making), status=status_of(record),
            reasons=[clean(said_of(one, data, making)) for one in reasons],
            events=[words.label("event", code) for code in data["events"]], when=words.days(data.get("time")),
            where=plain(place_words(data.get("place"), making)), within=self._within(data.get("place")), parties=self._parties(data["actors"]),
            tolls=[self._toll(count, data, names) for count in data["counts"]], differ=bool(data["counts_differ"]),
            acts=[act for act in ACTS if act in acts], roots=self._roots(record.claims, acts, names), count=(data["roots"], data["independent"]),
            quotes=[self._quote(*one) for one in zip(range(1, len(acts) + 1), record.claims, acts, names, strict=True)],
            review=record.review, reviewed=record.reviewed, rejected=record.rejected, changed=record.changed[:10],
        )  # fmt: skip

    def _within(self, place: Json | None) -> str:
        """How far the place may be from the point, for a place that is known roughly."""
        if not place or point_of(place) is None or place.get("precision") in (None, *_FINE):
            return ""
        precision = self._words.label("precision", place["precision"])
        return self._words("incident.within", precision=precision, km=f"{reach_of(place) or 0:g}")

    def _parties(self, actors: Sequence[Json]) -> list[tuple[str, Sequence[str]]]:
        """Who took part, by role: who is in the register by name; that somebody else is named is said, and the words are left to the quotes."""
        found: list[tuple[str, Sequence[str]]] = []
        for role in _ROLES:
            rows = [row for row in actors if row["role"] == role]
            names = [
                plain(name)
                for name in actors_in([row for row in rows if row.get("id")], (role,), self._making)
            ]
            if any(not row.get("id") and _names_somebody(row.get("text") or "") for row in rows):
                names.append(self._words("incident.others" if names else "incident.unlisted"))
            if names:
                found.append((self._words.label("role", role), names))
        return found

    def _roots(self, claims: Sequence[ClaimRecord], acts: Sequence[str], names: Sequence[str]) -> list[Root]:
        cells: dict[tuple[str, str, bool], dict[str, dict[str, int]]] = {}
        for number, (claim, act, name) in enumerate(zip(claims, acts, names, strict=True), 1):
            own = bool((claim.told or {}).get("own_voice"))
            told = cells.setdefault((str(claim.root), name, own), {}).setdefault(act, {})
            told.setdefault(self._outlet(claim), number)
        return [
            Root(name=name, own=own, cells={act: list(told.items()) for act, told in by.items()})
            for (_, name, own), by in cells.items()
        ]

    def _outlet(self, claim: ClaimRecord) -> str:
        return plain(outlet_words(claim.head.outlet, self._making)) or self._words("unknown")

    def _quote(self, number: int, claim: ClaimRecord, act: str, root: str) -> Quote:
        head = claim.head
        return Quote(
            number=number, text=clean(quote_of(claim, self._making)), act=act, event=self._words.label("event", claim.data["event"]), root=root,
            own=bool((claim.told or {}).get("own_voice")), outlet=self._outlet(claim), day=clean(head.day or head.published), title=plain(headline_of(claim, self._making)),
            url=safe_url(head.url), headline=claim.data["evidence"][0].get("in") == "title", review=claim.review,
        )  # fmt: skip

    def _toll(self, count: Json, data: Json, names: Sequence[str]) -> Toll:
        words = self._words
        rows = _by_root(data["claims"], names, count["kind"])
        return Toll(
            kind=words.label("count", count["kind"]), low=self._end(count, "min", data), high=self._end(count, "max", data),
            rows=[(name, words.people(low, high), counts) for name, (low, high), counts in rows],
        )  # fmt: skip

    def _end(self, count: Json, which: str, data: Json) -> str:
        number = count[which]
        told = self._words("toll.open" if which == "max" else "unknown") if number is None else f"{number:,}"
        by = plain(said_of(count.get(f"{which}_by"), data, self._making))
        return self._words("toll.by", n=told, who=by) if by else told


def _act(row: Json, conceding: set[str]) -> str:
    if row["says"] == "affirms" and (row.get("stance") == "concede" or row["id"] in conceding):
        return "concedes"
    return str(row["says"])


def _by_root(claims: Sequence[Json], names: Sequence[str], kind: str) -> list[tuple[str, Ends, bool]]:
    """The range of each root that affirms, and whether it counts: of each of its articles the highest toll, for the others are parts of it."""
    highest: dict[tuple[str, bool, str], Ends] = {}
    for row in claims:
        for count in row.get("counts") or () if row["says"] == "affirms" else ():
            ends, key = (
                (count["min"], count["max"]),
                (row["root"], bool(row.get("group", True)), row["article"]),
            )
            if count["kind"] == kind and ends != (None, None) and _size(ends) >= _size(highest.get(key)):
                highest[key] = ends
    found: dict[tuple[str, bool], Ends] = {}
    for (root, counts, _), ends in highest.items():
        held = found.get((root, counts))
        found[root, counts] = _joined(held, ends) if held else ends
    called = {row["root"]: name for row, name in zip(claims, names, strict=True)}
    return [(called[root], ends, counts) for (root, counts), ends in found.items()]


def _size(ends: Ends | None) -> tuple[int, int]:
    return (-1, -1) if ends is None else (ends[0] or 0, ends[1] or 0)


def _joined(one: Ends, other: Ends) -> Ends:
    lows = [end for end in (one[0], other[0]) if end is not None]
    highs = [end for end in (one[1], other[1]) if end is not None]
    return min(lows, default=None), max(highs) if len(highs) == 2 else None
