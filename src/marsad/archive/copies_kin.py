"""From the near pairs of a whole archive to its families: pairs that hang together are taken together, a bounded number at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from marsad.archive.copies_files import Facts, moments_of
from marsad.articles.kinship import kin_of
from marsad.articles.nearness import Bools, Ints, nears

_PAIRS_AT_ONCE = 100_000


@dataclass(frozen=True, slots=True)
class Pairs:
    """Near pairs by rank, each once: the first, the second, and at how many places they agree."""

    first: Ints
    second: Ints
    common: Ints


@dataclass(frozen=True, slots=True)
class Families:
    """All articles that are in a family, in the order of their ranks.

    Attributes:
        ranks: Which articles they are.
        family: For each the rank of its family's first.
        of: The rank of what it is a copy of, -1 where it is none.
        known: Whether that is known to have come before.
    """

    ranks: Ints
    family: Ints
    of: Ints
    known: Bools


def families_of(pairs: Pairs, facts: Facts) -> Families:
    """The families that the pairs make; the same as `marsad.articles.kinship.kin_of` gives for all of them at once."""
    columns = [list[Ints]() for _ in range(4)]
    for some in _together(pairs):
        for column, found in zip(columns, _kin(some, facts), strict=True):
            column.append(found)
    ranks, family, of, known = (
        np.concatenate(found) if found else np.empty(0, dtype=np.int64) for found in columns
    )
    order = np.argsort(ranks)
    return Families(ranks[order], family[order], of[order], known[order].astype(bool))


def _kin(pairs: Pairs, facts: Facts) -> tuple[Ints, Ints, Ints, Ints]:
    """The families among some pairs, whose texts are numbered anew in the same order."""
    ranks, places = np.unique(np.concatenate([pairs.first, pairs.second]), return_inverse=True)
    mine = facts[ranks]
    first, second = places[: len(pairs.first)], places[len(pairs.first) :]
    found = nears(first, second, pairs.common, mine["runs"][first] > mine["runs"][second])
    kin = kin_of(list(moments_of(mine)), found)
    of = np.array([-1 if one.of is None else one.of for one in kin], dtype=np.int64)
    return (
        ranks[[one.place for one in kin]],
        ranks[[one.family for one in kin]],
        np.where(of < 0, -1, ranks[of]),
        np.array([one.known for one in kin], dtype=np.int64),
    )


def _together(pairs: Pairs) -> Iterator[Pairs]:
    """The pairs in heaps of about the same size, none of which shares a text with another."""
    if not len(pairs.first):
        return
    groups = _groups(pairs)
    order = np.argsort(groups, kind="stable")
    groups = groups[order]
    starts = np.flatnonzero(np.append(True, groups[1:] != groups[:-1]))
    heap = starts // _PAIRS_AT_ONCE
    cuts = starts[np.flatnonzero(np.append(True, heap[1:] != heap[:-1]))]
    for at in np.split(order, cuts[1:]):
        yield Pairs(pairs.first[at], pairs.second[at], pairs.common[at])


def _groups(pairs: Pairs) -> Ints:
    """For each pair a number that it shares with all that it hangs together with, however far.

    Every text takes the least number among those of the texts that it is in a pair with, and its number that number's own, until nothing changes.
    """
    texts, places = np.unique(np.concatenate([pairs.first, pairs.second]), return_inverse=True)
    first, second = places[: len(pairs.first)], places[len(pairs.first) :]
    numbers = np.arange(len(texts))
    while True:
        one, other = numbers[first], numbers[second]
        apart = np.flatnonzero(one != other)
        if not len(apart):
            return one
        low = np.minimum(one[apart], other[apart])
        np.minimum.at(numbers, one[apart], low)
        np.minimum.at(numbers, other[apart], low)
        while not np.array_equal(numbers, further := numbers[numbers]):
            numbers = further
