"""The network: a small one that reads each sentence as units and says how likely a candidate is a claim, who did it, to whom and where.

Three layers of convolution see seven units to either side of a word; what they make of a trigger and of a noun phrase is added to the signs of
how the two stand to each other. ``bench/network.py`` learnt it from the annotated articles; it has some 700,000 weights, most of them for
words, reads an article in a millisecond and needs nothing but numpy. Sides have no names in it (see units.py).
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from marsad.claims.candidate import Candidate
from marsad.claims.near import FAR, SENTENCES_BACK, TITLE, Near, next_of, sentence_of, view_of
from marsad.claims.signs import Key, Sign, event_signs, spell_out, steps
from marsad.claims.units import Units, sequence
from marsad.model import Reading

Floats = npt.NDArray[np.float32]

PATH = Path(__file__).parent / "network.npz"
ROLES = ("agent", "patient", "party", "gainer", "loser", "place")
HEADS = frozenset(("people", "fighters", "thing", "craft", "unnamed"))
"""Kinds of noun phrases whose head counts as a word: the others are names."""
_DISTANCES = 21
_FARTHEST = 10
_HOPS = {1: 0, 2: 1, TITLE: 2}
_OTHER_HOPS = 3
_FIRST_KEYS, _MOST_KEYS = 1024, 30_000


class Rows(NamedTuple):
    """What the network weighs, number after number."""

    bases: list[int]
    """Four for each noun phrase near a candidate: its unit, how far it stands, its head, what is told of it"""
    roles: list[int]
    """Four for each role that one can have: the candidate, the role, what is told of the noun phrase in it, the number of its base"""


COLUMNS = 4


class Encoded(NamedTuple):
    """The sentences of an article that matter as the network sees them."""

    states: Floats
    """A row for each unit, with rows of nothing between sentences"""
    starts: dict[int, int]
    """Where the units of a sentence begin"""
    places: dict[int, dict[int, int]]
    """By sentence, the unit of each of its tokens"""
    lengths: dict[int, int]


class Network:
    """The weights, loaded once."""

    def __init__(self, arrays: Mapping[str, Any], units: Units) -> None:
        """From the arrays of the file."""
        self.units = units
        names = json.loads(bytes(arrays["names"]).decode())
        self._events: dict[str, int] = {name: number for number, name in enumerate(names["events"])}
        self._event_signs: dict[Sign, int] = _numbered(names["event signs"])
        self._signs: dict[Sign, int] = _numbered(names["signs"])
        self._w: dict[str, Floats] = {
            key: np.asarray(value, dtype=np.float32) for key, value in arrays.items() if key != "names"
        }
        self._heads: Floats = self._w["emb"] @ self._w["hd.w"]
        self._layers = sum(key.startswith("conv") and key.endswith("w") for key in self._w)
        self._gap: int = 2 ** (self._layers - 1)
        self._sums: dict[Key, int] = {}
        self._new: list[int] = []
        self._starts: list[int] = []
        """The signs of keys that are not added up yet, and where those of each begin"""
        self._table: Floats = np.zeros((_FIRST_KEYS, self._w["emb"].shape[1]), dtype=np.float32)

    @classmethod
    def load(cls, path: Path = PATH) -> Network:
        """From the file of the package."""
        with np.load(path) as arrays:
            return cls(dict(arrays), Units.load())

    def encode(self, candidates: Sequence[Candidate]) -> Encoded:
        """Read the sentences of these candidates, those before them and the title."""
        self.forget()
        first = candidates[0].view
        named = {candidate.hit.first for candidate in candidates}
        units: list[int] = [0] * self._gap
        starts: dict[int, int] = {}
        places: dict[int, dict[int, int]] = {}
        lengths: dict[int, int] = {}
        for index in sorted(wanted_sentences(candidates)):
            numbers, places[index] = sequence(view_of(first, index), named, self.units)
            starts[index], lengths[index] = len(units), len(numbers)
            units.extend(numbers)
            units.extend([0] * self._gap)
        return Encoded(self._states(np.array(units)), starts, places, lengths)

    def _states(self, units: npt.NDArray[np.int64]) -> Floats:
        """What each unit becomes by those around it; between sentences there is nothing, before and after all layers."""
        size, most, nothing = len(units), self._gap, np.flatnonzero(units == 0)
        room = np.zeros((size + 2 * most, self._w["emb"].shape[1]), dtype=np.float32)
        states: Floats = room[most : most + size]
        states[:] = self._w["emb"][units]
        states[nothing] = 0.0
        for layer in range(self._layers):
            first = most - 2**layer
            last = most + 2**layer
            joined = np.concatenate((room[first : first + size], states, room[last : last + size]), axis=1)
            added = joined @ self._w[f"conv{layer}w"]
            added += self._w[f"conv{layer}b"]
            np.maximum(added, 0.0, out=added)
            added[nothing] = 0.0
            states += added
        return states

    def event_numbers(self, candidates: Sequence[Candidate]) -> list[list[int]]:
        """The signs of each candidate by number."""
        known = self._event_signs
        return [[known.get(sign, 0) for sign in event_signs(candidate)] for candidate in candidates]

    def judge(self, candidates: Sequence[Candidate], encoded: Encoded) -> Floats:
        """What the network adds to the score of each candidate as a claim."""
        w, states = self._w, encoded.states
        at = triggers(candidates, encoded)
        whole: Floats = states.sum(0) / max(1, sum(encoded.lengths.values()))
        highest = {
            index: states[encoded.starts[index] : encoded.starts[index] + encoded.lengths[index]].max(0)
            for index in {candidate.view.index for candidate in candidates}
        }
        sentence = np.stack([highest[candidate.view.index] for candidate in candidates])
        z = states[at] @ w["jt.w"] + w["jt.b"] + sentence @ w["js.w"] + whole @ w["ja.w"]
        z += w["jev"][np.array(self.event_numbers(candidates))].sum(1)
        scores: Floats = np.maximum(z, 0.0) @ w["jo.w"][:, 0] + w["jo.b"][0]
        return scores

    def bases(
        self, candidate: Candidate, items: Sequence[Near], keys: Sequence[Key], encoded: Encoded
    ) -> list[int]:
        """What is said of noun phrases near a candidate whatever their role, as ``Rows.bases`` has it."""
        here, sums = candidate.view.index, self._sums
        start, places = encoded.starts[here], encoded.places[here]
        trigger = places[candidate.hit.first]
        found: list[int] = []
        for item, key in zip(items, keys, strict=True):
            if item.hops == 0:
                at = places.get(item.mention.first, 0)
                unit, distance = start + at, _FARTHEST + steps(at - trigger)
            else:
                index = sentence_of(candidate, item)
                at = 0 if item.hops == FAR else encoded.places.get(index, {}).get(item.mention.first, 0)
                unit, distance = encoded.starts.get(index, 0) + at, distance_of(None, item.hops)
            told = sums.get(key)
            told = self._sum(key) if told is None else told
            found += (unit, distance, head_unit(candidate, item, self.units), told)
        return found

    def told(self, key: Key) -> int:
        """The number of what is told of a noun phrase in a role."""
        number = self._sums.get(key)
        return self._sum(key) if number is None else number

    def _sum(self, key: Key) -> int:
        """The number of a key whose signs are to be added up: once, and kept."""
        known = self._signs
        self._starts.append(len(self._new))
        self._new += [known.get(sign, 0) for sign in spell_out(key)]
        number = self._sums[key] = len(self._sums)
        return number

    def _add_up(self) -> None:
        """Add up the signs of the keys that are new."""
        if not self._starts:
            return
        while len(self._sums) > len(self._table):
            self._table = np.concatenate((self._table, np.zeros_like(self._table)))
        first = len(self._sums) - len(self._starts)
        added = self._w["signs"][np.array(self._new)]
        np.add.reduceat(added, self._starts, 0, out=self._table[first : len(self._sums)])
        self._new, self._starts = [], []

    def forget(self) -> None:
        """Drop what is kept of keys once there are too many; call it only between articles."""
        if len(self._sums) > _MOST_KEYS:
            self._add_up()
            self._sums.clear()

    def weigh(self, candidates: Sequence[Candidate], rows: Rows, encoded: Encoded) -> tuple[Floats, Floats]:
        """The score of each row, and for each candidate and role what no noun phrase at all scores; rows come one after the other."""
        w, states = self._w, encoded.states
        events = np.array([self._events.get(candidate.event, 0) for candidate in candidates])
        told = states[triggers(candidates, encoded)] @ w["t.w"] + w["t.b"]
        told += w["ev"][np.array(self.event_numbers(candidates))].sum(1)
        roles = w["role"].reshape(-1, len(ROLES), told.shape[1])
        empty = np.maximum(told[:, None, :] + roles[events], 0.0)
        none: Floats = np.einsum("crh,hr->cr", empty, w["null.w"]) + w["null.b"]
        if not rows.roles:
            return np.zeros(0, dtype=np.float32), none
        self._add_up()
        unit, distance, head, general = np.array(rows.bases).reshape(-1, COLUMNS).T
        near = (states @ w["it.w"])[unit] + w["dist"][distance] + self._heads[head] + self._table[general]
        candidate, role, special, base = np.array(rows.roles).reshape(-1, COLUMNS).T
        z = near[base]
        z += told[candidate]
        z += roles[events[candidate], role]
        z += self._table[special]
        np.maximum(z, 0.0, out=z)
        scores: Floats = np.einsum("nh,nh->n", z, w["out.w"].T[role]) + w["out.b"][role]
        return scores, none


def wanted_sentences(candidates: Iterable[Candidate]) -> set[int]:
    """The sentences that the network reads: those of the candidates, two before each, the next one early in the article, and the first, which is the title."""
    found = {0}
    for view in {candidate.view.index: candidate.view for candidate in candidates}.values():
        found.update(range(max(0, view.index - SENTENCES_BACK), view.index + 1))
        after = next_of(view)
        if after is not None:
            found.add(after)
    return found


def distance_of(units: int | None, hops: int) -> int:
    """A distance as a number: in units within a sentence, else by how many sentences back."""
    return _DISTANCES + _HOPS.get(hops, _OTHER_HOPS) if units is None else _FARTHEST + steps(units)


def head_unit(candidate: Candidate, item: Near, units: Units) -> int:
    """The unit of a noun phrase's head where that is an ordinary word; 0 for names."""
    token = candidate.view.tokens[item.mention.head]
    if item.kind in HEADS or (item.kind == "place" and "place_head" in token.word.classes):
        return units.of_token(token)[-1]
    return 0


def triggers(candidates: Sequence[Candidate], encoded: Encoded) -> npt.NDArray[np.int64]:
    """The unit of each candidate's trigger."""
    return np.array(
        [
            encoded.starts[candidate.view.index] + encoded.places[candidate.view.index][candidate.hit.first]
            for candidate in candidates
        ]
    )


def _numbered(signs: Sequence[Sequence[Hashable]]) -> dict[Sign, int]:
    """Signs by number; 0 is for those that nothing was learnt of."""
    return {tuple(sign): number for number, sign in enumerate(signs, 1)}


def encoded_of(reading: Reading) -> Encoded | None:
    """What the network made of a reading when its candidates were judged."""
    found: Encoded | None = reading.memo.get("encoded")
    return found
