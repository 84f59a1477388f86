"""How much a stretch of text is about armed conflict: the mean weight of its words.

The weights (``relevance.tsv``) were learnt by ``bench/relevance.py`` from articles on conflict against articles on anything else;
they tell "هجوم الفريق على المرمى" from "هجوم على حاجز للجيش". A text of unknown words scores 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from marsad.model import Token

WEIGHTS = Path(__file__).parent / "relevance.tsv"
_PREFIXES = ("وبال", "ولل", "وال", "بال", "كال", "فال", "لل", "ال")
_MOST_FORMS = 200_000
_SIDES = ("body_name", "nisba", "nationality", "state")
_NAMING = ("body_head", *_SIDES, "outlet_name", "given_name", "place_head")


def stem(form: str) -> str:
    """A folded form without the article and what is written before it."""
    for prefix in _PREFIXES:
        if form.startswith(prefix) and len(form) - len(prefix) >= 2:
            return form[len(prefix) :]
    if form[:1] == "و" and len(form) > 3:
        return form[1:]
    return form


def sign(token: Token) -> str:
    """What a token counts as: its stem, or for a word that names a side, a people or a state only that it does.

    "قسد", "السوري" and "إسرائيل" weigh the same, so that the same sentence is about conflict whoever does it to whom, a state or a movement.
    """
    for cls in _NAMING:
        if cls in token.word.classes:
            return "<side>" if cls in _SIDES else f"<{cls}>"
    return stem(token.form)


class Relevance:
    """Word weights, loaded once."""

    def __init__(self, path: Path = WEIGHTS) -> None:
        """Read the weights.

        Raises:
            FileNotFoundError: the file is not part of the installation.
        """
        self._weights: dict[str, float] = {}
        self._by_form: dict[str, float] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                word, weight = line.split("\t")
                self._weights[word] = float(weight)

    def weight(self, token: Token) -> float:
        """The weight of one token, worked out once per form."""
        value = self._by_form[token.form] = self._weights.get(sign(token), 0.0)
        return value

    def score(self, tokens: Sequence[Token], first: int, last: int) -> float:
        """The mean weight of the words of tokens[first:last], smoothed so that short texts stay near 0."""
        by_form = self._by_form
        if len(by_form) > _MOST_FORMS:
            by_form.clear()
        weights = [
            by_form[token.form] if token.form in by_form else self.weight(token)
            for token in tokens[first:last]
            if token.kind == "word"
        ]
        return sum(weights) / (len(weights) + 5)
