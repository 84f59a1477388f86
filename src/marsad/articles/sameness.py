"""Exact and near copies of articles: forty printings of one agency text are one voice, not forty.

A text is reduced to a signature (`sign`): 128 numbers by which the share of runs of three words that two texts have in
common can be estimated without the texts. Spelling, marks and punctuation play no part, so «قال إنّ المدينة» and «قال ان
المدينه» are the same. `copies` then groups many signatures into families. Two articles are near copies when

* half of all their runs of words are common to both, or
* seven tenths of the shorter one's runs stand in the longer one, which has cut or added paragraphs;

and more is asked where less would join what only looks alike: of short texts, whose wording is often a form in which a town
and a number are filled in; of two articles of one outlet, which repeats its own background; of articles more than
four days apart.

A long text that holds several short ones which have nothing to do with each other is a round-up. It goes with the one that it
holds most of, and does not make kin of the others, unless it is an agency's, or known by the hour to have come before them: then
they were cut from it.
"""

from __future__ import annotations

import re
import struct
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from rensa import RMinHash

from marsad.arabic.folded import fold
from marsad.arabic.letters import LETTER
from marsad.articles.nearness import PLACES, Near, near_pairs

_WORD = re.compile(f"[{LETTER}0-9]+")
_RUN = 3
_SEED = 42
_FEWEST = 6
"""Runs of words that a text needs: equal flashes of seven words or fewer may well be two people's own words."""
_PACK = struct.Struct(f"<{PLACES}I")

_NEVER = datetime.max.replace(tzinfo=UTC)

IsAgency = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Signature:
    """What is kept of a text to find its copies: 512 bytes, and the number of different runs of words in it.

    ``digest`` is empty where the text is too short to be anybody's copy. Signatures are comparable between
    processes, machines and runs.
    """

    digest: bytes
    runs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """An article as far as it matters here: who published it when, and the signature of its text."""

    article: str
    signature: Signature
    outlet: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One article of a family of copies.

    ``family`` is the id of the family's first article; ``of`` the earliest article that this one is near to (None for one
    that is itself the earliest); ``known`` is whether it can be told that ``of`` came first: not on one day without times.
    """

    family: str
    of: str | None
    known: bool


def sign(text: str) -> Signature:
    """The signature of a text; total for any input.

    >>> sign("سيطر الجيش على المدينة بعد معارك استمرت ثلاثة أيام") == sign("سيطر الجيش على المدينه، بعد معارك استمرت ثلاثة ايام.")
    True
    """
    words = _WORD.findall(fold(text).text)
    runs = {" ".join(run) for run in zip(*(words[start:] for start in range(_RUN)), strict=False)}
    if len(runs) < _FEWEST:
        return Signature(b"", len(runs))
    sketch = RMinHash(PLACES, _SEED)
    sketch.update(list(runs))
    return Signature(_PACK.pack(*sketch.digest()), len(runs))


def families(signed: Iterable[Signed], is_agency: IsAgency | None = None) -> dict[str, str]:
    """The id of the first article of its family, for every article that has copies; see `copies`."""
    return {article: copy.family for article, copy in copies(signed, is_agency).items()}


def copies(signed: Iterable[Signed], is_agency: IsAgency | None = None) -> dict[str, Copy]:
    """Every article that is in a family of two or more, with what it is a copy of; the others are absent.

    The result does not depend on the order of the input: within a family the first is the earliest published, by id where
    times are equal (and an agency's before all others, for it is where the text comes from).

    Args:
        signed: The articles; of two with one id the earlier counts.
        is_agency: Whether an outlet is a news agency, which others copy.
    """
    rows = _in_order(signed, is_agency)
    if len(rows) < 2:
        return {}
    found = near_pairs(
        [row.signed.signature.digest for row in rows],
        [row.signed.signature.runs for row in rows],
        _numbered([row.signed.outlet for row in rows]),
        [row.day for row in rows],
    )
    kept = _without_round_ups(rows, found)
    return _described(rows, kept)


@dataclass(frozen=True, slots=True)
class _Row:
    """An article in order: agencies first, then by time; an article without a date comes last."""

    signed: Signed
    agency: bool
    moment: datetime
    timed: bool
    day: int | None

    @property
    def key(self) -> tuple[bool, datetime, str, str]:
        """What rows are sorted by."""
        return (not self.agency, self.moment, self.signed.published or "", self.signed.article)

    @property
    def rank(self) -> tuple[object, ...]:
        """Which of two rows with one id counts."""
        return (self.key, self.signed.outlet or "", self.signed.signature.digest)

    def before(self, other: _Row) -> bool:
        """Whether this one is known to have come first."""
        if self.agency != other.agency:
            return self.agency
        if self.timed and other.timed:
            return self.moment < other.moment
        return self.day is not None and other.day is not None and self.day < other.day

    def surely_before(self, other: _Row) -> bool:
        """The same without trust in bare days: a paper's day is often that of the next morning."""
        return self.before(other) and (self.agency != other.agency or (self.timed and other.timed))


def _in_order(signed: Iterable[Signed], is_agency: IsAgency | None) -> list[_Row]:
    rows: dict[str, _Row] = {}
    for one in signed:
        if not one.signature.digest:
            continue
        row = _row(one, is_agency is not None and one.outlet is not None and is_agency(one.outlet))
        held = rows.get(one.article)
        if held is None or row.rank < held.rank:
            rows[one.article] = row
    return sorted(rows.values(), key=lambda row: row.key)


def _row(signed: Signed, agency: bool) -> _Row:
    published = signed.published
    if published is None:
        return _Row(signed, agency, _NEVER, False, None)
    moment = datetime.fromisoformat(published)
    timed = moment.tzinfo is not None  # an hour without its offset can be anybody's
    moment = moment.astimezone(UTC) if timed else moment.replace(tzinfo=UTC)
    return _Row(signed, agency, moment, timed, date.fromisoformat(published[:10]).toordinal())


def _numbered(outlets: Sequence[str | None]) -> list[int]:
    """One number for each outlet; an article without one is of an outlet of its own."""
    numbers: dict[str, int] = {}
    return [
        -1 - place if outlet is None else numbers.setdefault(outlet, len(numbers))
        for place, outlet in enumerate(outlets)
    ]


def _without_round_ups(rows: Sequence[_Row], found: Sequence[Near]) -> list[Near]:
    """The pairs that make families: all that are alike, and of a round-up's parts only the greatest."""
    alike = _Groups(len(rows))
    twins: dict[int, set[int]] = defaultdict(set)
    holders: dict[int, set[int]] = defaultdict(set)
    for near in found:
        if near.alike:
            alike.join(near.first, near.second)
            twins[near.first].add(near.second)
            twins[near.second].add(near.first)
        else:
            holders[near.part].add(near.whole)
    greatest: dict[int, tuple[int, int]] = {}
    for near in found:
        if not near.alike:
            part, whole = (-near.common, alike.of(near.part)), alike.of(near.whole)
            greatest[whole] = min(part, greatest.get(whole, part))

    def is_kin(near: Near) -> bool:
        if near.alike or rows[near.whole].surely_before(rows[near.part]):
            return True
        # What else prints the whole text must have this part too, or the part is only one of many things in it.
        others = twins[near.whole] - twins[near.part]
        most = 2 * len(others & holders[near.part]) >= len(others)
        return most and greatest[alike.of(near.whole)][1] == alike.of(near.part)

    return [near for near in found if is_kin(near)]


def _described(rows: Sequence[_Row], kept: Sequence[Near]) -> dict[str, Copy]:
    groups = _Groups(len(rows))
    earliest: dict[int, int] = {}
    for near in kept:
        groups.join(near.first, near.second)
        earliest[near.second] = min(near.first, earliest.get(near.second, near.first))
        earliest.setdefault(near.first, near.first)
    described = {}
    for place in sorted(earliest):
        row, first = rows[place], earliest[place]
        of = rows[first] if first < place else None
        described[row.signed.article] = Copy(
            family=rows[groups.of(place)].signed.article,
            of=of.signed.article if of else None,
            known=of is not None and of.before(row),
        )
    return described


@dataclass(slots=True)
class _Groups:
    """Union-find over places in order: each group is named by its earliest member."""

    size: int
    parents: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.parents = list(range(self.size))

    def of(self, place: int) -> int:
        parents = self.parents
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.of(one), self.of(other)))
        self.parents[high] = low
