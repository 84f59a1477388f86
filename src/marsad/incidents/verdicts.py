"""What people judged, ready to be asked: which claims must be together, which must not, and about which they were unsure."""

from __future__ import annotations

from collections.abc import Iterable

from marsad.incidents.scene import Scene
from marsad.model.incident import Judgement
from marsad.model.union import Union


class Verdicts:
    """Judgements about pairs of claims; of several on one pair the last by time (then by order) holds.

    ``same`` is carried on from claim to claim; a ``different`` between two claims that ``same`` ties together does not hold, and is listed in
    `conflicts` for people to settle.
    """

    def __init__(self, judgements: Iterable[Judgement] = ()) -> None:
        latest: dict[tuple[str, str], Judgement] = {}
        for judgement in judgements:
            pair = (min(judgement.one, judgement.other), max(judgement.one, judgement.other))
            if pair not in latest or (judgement.at or "") >= (latest[pair].at or ""):
                latest[pair] = judgement
        self._same = Union(sorted(pair for pair, j in latest.items() if j.verdict == "same"))
        self._apart: dict[str, set[str]] = {}
        self.unsure: set[tuple[str, str]] = {pair for pair, j in latest.items() if j.verdict == "unsure"}
        self.conflicts: list[tuple[str, str]] = []
        for one, other in sorted(pair for pair, j in latest.items() if j.verdict == "different"):
            a, b = self._same.first(one), self._same.first(other)
            if a == b:
                self.conflicts.append((one, other))
                continue
            self._apart.setdefault(a, set()).add(b)
            self._apart.setdefault(b, set()).add(a)

    def __bool__(self) -> bool:
        """Whether there are any that bind."""
        return bool(self._apart) or bool(self._same)

    def together(self, claim: str) -> str:
        """The first of the claims that people tied to this one; the claim itself where there is none."""
        return self._same.first(claim)

    def tied(self, claim: str) -> bool:
        """Whether people tied this claim to another."""
        return claim in self._same

    def apart(self, one: Scene, other: Scene) -> bool:
        """Whether people said of any two claims of the scenes that they are different."""
        if not self._apart:
            return False
        theirs = {self._same.first(claim.id) for claim in other.told}
        return any(self._apart.get(self._same.first(claim.id), _NONE) & theirs for claim in one.told)


_NONE: set[str] = set()
