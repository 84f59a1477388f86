"""What is counted of a model in an archive (`marsad.llm.types.Told`) as numbers by name, which add up over chunks, shards and machines, and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from marsad.llm.types import Told

_OF_ANSWERS = "model_"
_NUMBERS = ("articles", "failed", "claims", "withheld", "characters", "shown")
_BY_REASON = ("refused", "unusable")
_TAKEN = ("tokens_in", "tokens_out", "attempts")
_TAKEN_BY = ("questions", "faults", "notes")
_MILLISECONDS = "milliseconds"


def counts_of(told: Told) -> Counter[str]:
    """What the same answers give again, for the counts of a task."""
    return _flat(told, _NUMBERS, _BY_REASON, _OF_ANSWERS)


def took_of(told: Told) -> Counter[str]:
    """What asking took, for its cost: where answers came from, tokens, attempts; not the same twice."""
    took = _flat(told, _TAKEN, _TAKEN_BY, "")
    took[_MILLISECONDS] = round(1_000 * told.seconds)
    return took


def told_of(counts: Mapping[str, int], took: Mapping[str, int]) -> Told:
    """The whole of it from both."""
    told = Told(seconds=took.get(_MILLISECONDS, 0) / 1_000)
    for source, before, numbers, by in (
        (counts, _OF_ANSWERS, _NUMBERS, _BY_REASON),
        (took, "", _TAKEN, _TAKEN_BY),
    ):
        for name in numbers:
            setattr(told, name, source.get(f"{before}{name}", 0))
        for name in by:
            setattr(told, name, _under(source, f"{before}{name}_"))
    return told


def _flat(told: Told, numbers: tuple[str, ...], by: tuple[str, ...], before: str) -> Counter[str]:
    found = Counter({f"{before}{name}": getattr(told, name) for name in numbers})
    for name in by:
        # A copy in one step: threads that ask may add to it meanwhile.
        found.update({f"{before}{name}_{one}": number for one, number in dict(getattr(told, name)).items()})
    return found


def _under(source: Mapping[str, int], prefix: str) -> Counter[str]:
    return Counter({name.removeprefix(prefix): n for name, n in source.items() if name.startswith(prefix)})
