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
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rensa import RMinHash

from marsad.arabic.folded import fold
from marsad.arabic.letters import LETTER
from marsad.articles.kinship import Kin, Moment, kin_of, moment_of
from marsad.articles.nearness import PLACES, near_pairs

_WORD = re.compile(f"[{LETTER}0-9]+")
_RUN = 3
_SEED = 42
_FEWEST = 6
"""Runs of words that a text needs: equal flashes of seven words or fewer may well be two people's own words."""
_PACK = struct.Struct(f"<{PLACES}I")

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
        [row.moment.day for row in rows],
    )
    return {rows[kin.place].signed.article: _copy(rows, kin) for kin in kin_of([row.moment for row in rows], found)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Row:
    """An article in order: agencies first, then by time; an article without a date comes last."""

    signed: Signed
    moment: Moment

    @property
    def key(self) -> tuple[bool, int, str, str]:
        """What rows are sorted by; `marsad.archive.stages.order` sorts an archive's by the same."""
        return (
            not self.moment.agency,
            self.moment.instant,
            self.signed.published or "",
            self.signed.article,
        )

    @property
    def rank(self) -> tuple[object, ...]:
        """Which of two rows with one id counts."""
        return (self.key, self.signed.outlet or "", self.signed.signature.digest)


def _in_order(signed: Iterable[Signed], is_agency: IsAgency | None) -> list[_Row]:
    rows: dict[str, _Row] = {}
    for one in signed:
        if not one.signature.digest:
            continue
        agency = is_agency is not None and one.outlet is not None and is_agency(one.outlet)
        row = _Row(one, moment_of(one.published, agency))
        held = rows.get(one.article)
        if held is None or row.rank < held.rank:
            rows[one.article] = row
    return sorted(rows.values(), key=lambda row: row.key)


def _numbered(outlets: Sequence[str | None]) -> list[int]:
    """One number for each outlet; an article without one is of an outlet of its own."""
    numbers: dict[str, int] = {}
    return [
        -1 - place if outlet is None else numbers.setdefault(outlet, len(numbers))
        for place, outlet in enumerate(outlets)
    ]


def _copy(rows: Sequence[_Row], kin: Kin) -> Copy:
    of = None if kin.of is None else rows[kin.of].signed.article
    return Copy(family=rows[kin.family].signed.article, of=of, known=kin.known)
