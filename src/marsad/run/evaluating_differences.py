"""What differs between annotated and predicted claims, each difference with its words as they stand in the article.

There is one difference per attribute for each time that a figure counts something as not right, so that their numbers add up to the figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from marsad.run.evaluating_claims import (
    Json,
    counts_of,
    modality_of,
    near_enough,
    nearest,
    place_right,
    polarity_of,
    roles_of,
    source_right,
    time_right,
    touches,
)

Kind = Literal["missed", "spurious", "differs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One difference.

    Attributes:
        kind: ``missed`` (annotated, not predicted), ``spurious`` (predicted, not annotated), or ``differs``, where the claims are the same and an attribute is not.
        gold_claim: Number of the annotated claim in its article, from 0; None where there is none. So is ``predicted_claim``.
        claim: The id of the predicted claim where it has one.
        part: ``text`` or ``title``, in which ``start`` and ``end`` count code points; ``text`` is what stands there.
        attribute: What differs; "" for a claim that one of the two does not have.
        gold: The annotated value; None where there is none. So is ``predicted``. Of missed and spurious claims: the codes of those that the other
            has in the same words and that are the same as none.
    """

    kind: Kind
    article: str
    outlet: str | None
    event: str
    gold_claim: int | None
    predicted_claim: int | None
    claim: str | None
    part: str
    start: int
    end: int
    text: str
    attribute: str = ""
    gold: Any = None
    predicted: Any = None

    def data(self) -> dict[str, Any]:
        """As a line of JSON has it."""
        return {
            "kind": self.kind, "article": self.article, "outlet": self.outlet, "event": self.event, "attribute": self.attribute or None,
            "gold": self.gold, "predicted": self.predicted, "in": self.part, "start": self.start, "end": self.end, "text": self.text,
            "gold_claim": self.gold_claim, "predicted_claim": self.predicted_claim, "claim": self.claim,
        }  # fmt: skip


def differences_of(
    article: Json, predicted: Sequence[Json], pairs: Sequence[tuple[int, int]]
) -> Iterator[Difference]:
    """The differences in one article, in the order of its text.

    Args:
        article: The article with its annotated claims.
        predicted: What was predicted for it.
        pairs: Which claims are the same: numbers of predicted and annotated ones.
    """
    gold: Sequence[Json] = article["claims"]
    mine, theirs = {i for i, _ in pairs}, {j for _, j in pairs}
    missed = [j for j in range(len(gold)) if j not in theirs]
    spurious = [i for i in range(len(predicted)) if i not in mine]
    found = []
    for j in missed:
        codes = [predicted[i]["event"] for i in spurious if touches(predicted[i], gold[j])]
        found.append(_difference("missed", article, (None, j), (None, gold[j]), predicted=codes or None))
    for i in spurious:
        codes = [gold[j]["event"] for j in missed if touches(predicted[i], gold[j])]
        found.append(_difference("spurious", article, (i, None), (predicted[i], None), gold=codes or None))
    for i, j in pairs:
        for name, other, own in _attributes(predicted[i], gold[j]):
            both = (predicted[i], gold[j])
            found.append(
                _difference("differs", article, (i, j), both, attribute=name, gold=other, predicted=own)
            )
    yield from sorted(found, key=_in_text)


def _in_text(one: Difference) -> tuple[Any, ...]:
    claim = (one.gold_claim is None, one.gold_claim or 0, one.predicted_claim or 0)
    return (one.part != "title", one.start, one.end, one.kind, *claim, one.attribute)


def _difference(
    kind: Kind,
    article: Json,
    at: tuple[int | None, int | None],
    claims: tuple[Json | None, Json | None],
    **values: Any,  # noqa: ANN401 (the values that differ, whatever they are)
) -> Difference:
    predicted, gold = claims
    claim: Json = gold or predicted or {}
    span = claim["evidence"][0]
    part = span.get("in", "text")
    return Difference(
        kind=kind, article=article["id"], outlet=article.get("outlet"), event=claim["event"], gold_claim=at[1], predicted_claim=at[0],
        claim=predicted.get("id") if predicted else None, part=part, start=span["start"], end=span["end"],
        text=(article.get(part) or "")[span["start"] : span["end"]], **values,
    )  # fmt: skip


def _attributes(mine: Json, theirs: Json) -> Iterator[tuple[str, Any, Any]]:
    """What is not right in a predicted claim: the attribute, its annotated and its predicted value."""
    for name, (right, value) in ATTRIBUTES.items():
        if right(mine, theirs) is False:
            yield name, value(theirs), value(mine)


def _stance_right(mine: Json, theirs: Json) -> bool | None:
    """None where one has no source, or not the same."""
    ours, other = nearest(mine), nearest(theirs)
    if ours is None or other is None or not source_right(mine, theirs):
        return None
    return bool(ours.get("stance") == other.get("stance"))


def _roles_right(mine: Json, theirs: Json) -> bool:
    roles = roles_of(mine, theirs)
    return roles.right == roles.annotated == roles.predicted


def _source(claim: Json) -> str | None:
    source = nearest(claim)
    if source is None:
        return None
    return f"{source.get('text')} ({source['for']})" if source.get("for") else source.get("text")


def _stance(claim: Json) -> str | None:
    return (nearest(claim) or {}).get("stance")


def _place(claim: Json) -> str | None:
    return (claim.get("place") or {}).get("text")


def _days(claim: Json) -> list[str | None] | None:
    time = claim.get("time") or {}
    return [time["from"], time.get("to", time["from"])] if time.get("from") else None


def _spot(claim: Json) -> list[float] | None:
    place = claim.get("place") or {}
    return None if place.get("lat") is None else [place["lat"], place["lon"]]


def _actors(claim: Json) -> list[str]:
    return [f"{actor.get('role')}: {actor.get('text')}" for actor in claim.get("actors") or ()]


def _counts(claim: Json) -> list[list[Any]]:
    """Kind, lowest and highest number; sorted, since their order says nothing."""
    return sorted((list(one) for one in counts_of(claim)), key=repr)


ATTRIBUTES: Mapping[str, tuple[Callable[[Json, Json], bool | None], Callable[[Json], Any]]] = {
    "source": (source_right, _source),
    "stance": (_stance_right, _stance),
    "polarity": (lambda mine, theirs: polarity_of(mine) == polarity_of(theirs), polarity_of),
    "modality": (lambda mine, theirs: modality_of(mine) == modality_of(theirs), modality_of),
    "actors": (_roles_right, _actors),
    "place": (place_right, _place),
    "coordinates": (near_enough, _spot),
    "time": (time_right, _days),
    "counts": (lambda mine, theirs: counts_of(mine) == counts_of(theirs), _counts),
}
"""What is compared in claims that are the same: whether it is right (None: there is nothing to be right), and the value that is shown."""
