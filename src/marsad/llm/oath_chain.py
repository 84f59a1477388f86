"""Who says so: the links of a model's claim, held against the article.

A chain without its nearest link would tell another's words as those of the next one, or of the article itself. So a claim whose nearest
link does not stand is refused whole; a further link that does not stand is dropped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, cast

from marsad.llm.oath_hearing import Hearing
from marsad.model import Source, Span
from marsad.model.claim import SourceKind, Stance


def chain(hearing: Hearing, told: Mapping[str, Any], near: Sequence[Span]) -> tuple[Source, ...] | None:
    """The links that stand, nearest first; empty for the article's own voice, None where the nearest does not stand."""
    value = told.get("sources")
    if value is None:
        return ()
    if not isinstance(value, list) or (value and not isinstance(value[0], dict)):
        hearing.drop("source", "source_unfounded", value)
        return None
    links = [_link(hearing, one, near) for one in hearing.members(told, "sources")]
    if links and links[0] is None:
        hearing.drop("source", "source_unfounded", value[0].get("words"))
        return None
    return tuple(link for link in links if link is not None)


def _link(hearing: Hearing, told: Mapping[str, Any], near: Sequence[Span]) -> Source | None:
    kind, stance, words = told.get("kind"), told.get("stance") or "state", told.get("words")
    if not hearing.is_value("source_kinds", kind):
        hearing.drop("source", "source_kind_unknown", kind)
        return None
    if not hearing.is_value("stances", stance):
        hearing.drop("source", "stance_unknown", stance)
        return None
    span = hearing.find(words, near)
    if span is None:
        hearing.drop("source", "source_not_found", words)
        return None
    body = _optional(hearing, told.get("for"), "for_not_found", span)
    return Source(
        text=hearing.raw(span),
        span=span,
        kind=cast(SourceKind, kind),
        stance=cast(Stance, stance),
        cue=_optional(hearing, told.get("cue"), "cue_not_found", span),
        quote=_quote(hearing, told, near),
        body=hearing.raw(body) if body is not None else None,
    )


def _optional(hearing: Hearing, words: object, reason: str, near: Span) -> Span | None:
    """Where words stand that a link may go without."""
    if not words:
        return None
    found = hearing.find(words, (near,))
    if found is None:
        hearing.drop("source", reason, words)
    return found


def _quote(hearing: Hearing, told: Mapping[str, Any], near: Sequence[Span]) -> Literal["direct", "indirect"]:
    """Direct only where the model says so and a quotation is open at words of the evidence."""
    if told.get("quote") != "direct":
        return "indirect"
    quotations = hearing.finder.reading.quotations
    for span in near:
        first, last = hearing.finder.tokens_of(span)
        if any(quotation.first < last and first < quotation.last for quotation in quotations):
            return "direct"
    hearing.drop("source", "quote_not_open", told.get("words"))
    return "indirect"
