"""The chain of transmission of a claim, to be drawn: who is nearest to the event, who quoted them, and so on up to the outlet that published it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marsad.model import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One voice.

    Attributes:
        id: Its id in the register, or None.
        text: The outlet's own word for it.
        kind: Kind of source; ``outlet`` for the article's own outlet, which is always the last.
        stance: What it does to the claim; None for the outlet, where that only passes on.
        cue: The reporting words, "" where there are none.
        direct: Whether it is quoted in quotation marks.
        body: Whom a person speaks for.
        last: Whether it is the outlet that published the article.
    """

    id: str | None
    text: str
    kind: str
    stance: str | None = None
    cue: str = ""
    direct: bool = False
    body: str | None = None
    last: bool = False


def chain_of(claim: Mapping[str, Any], article: Article) -> list[Link]:
    """The links of a claim's chain, the nearest to the event first, the article's outlet last."""
    links = [
        Link(
            id=one.get("id"), text=one["text"], kind=one["kind"], stance=one["stance"], cue=_words(one.get("cue"), article),
            direct=one.get("quote") == "direct", body=one.get("for"),
        )
        for one in claim.get("attribution") or ()
    ]  # fmt: skip
    return [*links, Link(id=None, text=article.outlet or "", kind="outlet", last=True)]


def _words(span: Mapping[str, Any] | None, article: Article) -> str:
    if not span:
        return ""
    return article.part(span.get("in") or "text")[span["start"] : span["end"]]


def words_of(spans: Sequence[Mapping[str, Any]], article: Article) -> list[str]:
    """The words at some spans."""
    return [_words(span, article) for span in spans]
