"""The network: a small one that reads each sentence as units and says how likely a candidate is a claim, who did it, to whom and where.

Three layers of convolution see seven units to either side of a word; what they make of a trigger and of a noun phrase is added to the signs of
how the two stand to each other. ``bench/network.py`` learnt it from the annotated articles; it has some 700,000 weights, most of them for
words, reads an article in a millisecond and needs nothing but numpy. Sides have no names in it (see units.py).
"""

from __future__ import annotations

import os

# Matrices this small are multiplied fastest on the thread that has them; processes are what shares out the work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import json
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from marsad.claims.candidate import Candidate
from marsad.claims.near import TITLE, Near, view_of
from marsad.claims.signs import Sign, event_signs, steps
from marsad.claims.units import Units, sequence
from marsad.model import Reading

Floats = npt.NDArray[np.float32]

PATH = Path(__file__).parent / "network.npz"
ROLES = ("agent", "patient", "party", "gainer", "loser", "place")
HEADS = frozenset(("people", "fighters", "thing", "craft", "unnamed"))
"""Kinds of noun phrases whose head counts as a word: the others are names."""
BACK = 2
_DISTANCES = 21
_FARTHEST = 10
_HOPS = {1: 0, 2: 1, TITLE: 2}
_OTHER_HOPS = 3


class Row(NamedTuple):
    """One noun phrase in one role of one candidate, as numbers."""

    candidate: int
    unit: int
    distance: int
    role: int
    head: int
    signs: tuple[int, ...]


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
        self._layers = sum(key.startswith("conv") and key.endswith("w") for key in self._w)
        self._gap: int = 2 ** (self._layers - 1)

    @classmethod
    def load(cls, path: Path = PATH) -> Network:
        """From the file of the package."""
        with np.load(path) as arrays:
            return cls(dict(arrays), Units.load())

    def encode(self, candidates: Sequence[Candidate]) -> Encoded:
        """Read the sentences of these candidates, those before them and the title."""
        first = candidates[0].view
        triggers = {candidate.hit.first for candidate in candidates}
        wanted = {0} | {
            max(0, candidate.view.index - back) for candidate in candidates for back in range(BACK + 1)
        }
        units: list[int] = [0] * self._gap
        starts: dict[int, int] = {}
        places: dict[int, dict[int, int]] = {}
        lengths: dict[int, int] = {}
        for index in sorted(wanted):
            numbers, places[index] = sequence(view_of(first, index), triggers, self.units)
            starts[index], lengths[index] = len(units), len(numbers)
            units.extend(numbers)
            units.extend([0] * self._gap)
        numbers_of = np.array(units)
        states: Floats = self._w["emb"][numbers_of]
        real = (numbers_of > 0)[:, None]
        size = len(units)
        for layer in range(self._layers):
            reach = 2**layer
            padded = np.zeros((size + 2 * reach, states.shape[1]), dtype=np.float32)
            padded[reach : reach + size] = states
            joined = np.concatenate((padded[:size], states, padded[2 * reach :]), axis=1)
            added = joined @ self._w[f"conv{layer}w"] + self._w[f"conv{layer}b"]
            np.maximum(added, 0.0, out=added)
            states = (states + added) * real
        return Encoded(states, starts, places, lengths)

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

    def row(
        self,
        number: int,
        candidate: Candidate,
        role: str,
        item: Near,
        signs: Sequence[Sign],
        encoded: Encoded,
    ) -> Row:
        """A noun phrase in a role of a candidate as numbers."""
        index = candidate.view.index - item.hops if item.hops < 5 else 0
        places = encoded.places.get(index, {})
        at = places.get(item.mention.first, 0) if item.hops != 5 else 0
        start = encoded.starts.get(index, 0)
        if item.hops == 0:
            distance = _FARTHEST + steps(at - places[candidate.hit.first])
        else:
            distance = _DISTANCES + _HOPS.get(item.hops, _OTHER_HOPS)
        known = self._signs
        return Row(
            number,
            start + at,
            distance,
            ROLES.index(role),
            self._head(candidate, item),
            tuple(known.get(sign, 0) for sign in signs),
        )

    def _head(self, candidate: Candidate, item: Near) -> int:
        token = candidate.view.tokens[item.mention.head]
        if item.kind in HEADS or (item.kind == "place" and "place_head" in token.word.classes):
            return self.units.of_token(token)[-1]
        return 0

    def weigh(
        self, candidates: Sequence[Candidate], rows: Sequence[Row], encoded: Encoded
    ) -> tuple[Floats, Floats]:
        """The score of each row, and for each candidate and role what no noun phrase at all scores."""
        w, states = self._w, encoded.states
        events = np.array([self._events.get(candidate.event, 0) for candidate in candidates])
        told = states[triggers(candidates, encoded)] @ w["t.w"] + w["t.b"]
        told += w["ev"][np.array(self.event_numbers(candidates))].sum(1)
        roles = w["role"].reshape(-1, len(ROLES), told.shape[1])
        empty = np.maximum(told[:, None, :] + roles[events], 0.0)
        none: Floats = np.einsum("crh,hr->cr", empty, w["null.w"]) + w["null.b"]
        if not rows:
            return np.zeros(0, dtype=np.float32), none
        candidate, unit, distance, role, head = np.array([row[:5] for row in rows]).T
        near = states @ w["it.w"]
        z = told[candidate] + near[unit] + w["dist"][distance] + roles[events[candidate], role]
        z += w["signs"][np.array([row.signs for row in rows])].sum(1)
        headed = np.flatnonzero(head)
        z[headed] += w["emb"][head[headed]] @ w["hd.w"]
        np.maximum(z, 0.0, out=z)
        scores: Floats = np.einsum("nh,nh->n", z, w["out.w"].T[role]) + w["out.b"][role]
        return scores, none


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
