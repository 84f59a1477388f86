"""Quotations: which words stand between quotation marks, and whether they are speech or a name.

Arabic newsrooms mix their marks: «…», "…", “…”, ”…” (both the closing sign), ‹…›, '…' made of two apostrophes. So the
sign alone does not say whether a mark opens or closes; the spaces around it do. In ``قال إن ”الجيش انسحب“ من المدينة`` the first
mark has a space before it and none after, so it opens. A clitic glued to the mark (``لـ«الشرق»``) counts as that space.

A quotation may run over several paragraphs (each may open anew without the one before having closed). One that never closes ends
with its paragraph. Nested quotations are kept: ``"نفذت "قسد" الهجوم"`` gives the speech and the name in it.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Sequence
from typing import NamedTuple

from marsad.model.reading import Quotation, Token

_FAMILY = {
    **dict.fromkeys("«»‹›〈〉《》⟪⟫", "angle"),
    **dict.fromkeys(('"', "“", "”", "„", "‟", "〝", "〞", "''", "’’", "‘‘", "＂", "``"), "double"),
    **dict.fromkeys(("‘", "’", "'", "‚", "‛", "`"), "single"),
}
MARKS = frozenset(_FAMILY)
"""Every sign that can open or close a quotation, as a token's form."""

_GLUED = frozenset(
    ("و", "ب", "ل", "ف", "ك", "ال", "بال", "وال", "لل", "ول", "وب", "فل", "كال", "فب", "أ", "ا")
)
_LEADS_SPEECH = frozenset(
    (
        ":",
        "ان",
        "بان",
        "انه",
        "انها",
        "انهم",
        "بانه",
        "بانها",
        "وان",
        "قايلا",
        "قايله",
        "بالقول",
        "قوله",
        "قولها",
    )
)
_SPEECH_WORDS = 6  # fewer words than this are a name, unless something leads into speech
_LED_SPEECH_WORDS = 3
_LONGEST_SINGLE = 12  # tokens; a single apostrophe that waits longer was none
_MOST_MARKS = 10_000  # in one article; no quotation is looked for behind them
_MARKS_IN_A_ROW = 6  # marks that are looked over for what stands before or behind them
_LONGEST_OPEN = 400  # tokens that a quotation can run over paragraphs


_WRITTEN = frozenset(("word", "number"))


class _Mark(NamedTuple):
    """A quotation mark: tokens ``first:last``, two where the sign is written double ("" or two apostrophes)."""

    first: int
    last: int
    family: str


def quotations(tokens: Sequence[Token]) -> list[Quotation]:
    """All quotations of an article, in the order in which they open.

    Args:
        tokens: The article's tokens; quotations never run from the title into the text.
    """
    signs = [index for index, token in enumerate(tokens) if token.kind not in _WRITTEN]
    marks = _marks(tokens, signs)
    if not marks:
        return []
    found: set[tuple[int, int]] = set()
    stack: list[_Mark] = []
    breaks = _breaks(tokens, signs)
    for mark in marks:
        _drop_stale(tokens, breaks, mark, stack, found)
        _take_mark(tokens, breaks, mark, stack, found)
    for opened in stack:
        _bound(breaks, opened, len(tokens), found)
    return [
        Quotation(first, last, _is_speech(tokens, first, last))
        for first, last in sorted(found)
        if last > first
    ]


def _breaks(tokens: Sequence[Token], signs: Sequence[int]) -> list[int]:
    """The line breaks, and where the text begins behind the title."""
    found = [index for index in signs if tokens[index].kind == "break"]
    body = next((index for index, token in enumerate(tokens) if token.part == "text"), 0)
    if body and tokens[body].kind != "break":
        insort(found, body)
    return found


def _marks(tokens: Sequence[Token], signs: Sequence[int]) -> list[_Mark]:
    """The quotation marks in order, doubled signs taken together."""
    found: list[_Mark] = []
    for index in [index for index in signs if tokens[index].form in MARKS][:_MOST_MARKS]:
        token = tokens[index]
        family = _FAMILY[token.form]
        before = found[-1] if found else None
        if (
            before is not None
            and before.last == index
            and before.last - before.first == 1
            and tokens[index - 1].form == token.form
            and tokens[index - 1].end == token.start
        ):
            found[-1] = _Mark(before.first, index + 1, "double" if family == "single" else family)
            continue
        found.append(_Mark(index, index + 1, family))
    return found


def _take_mark(
    tokens: Sequence[Token],
    breaks: Sequence[int],
    mark: _Mark,
    stack: list[_Mark],
    found: set[tuple[int, int]],
) -> None:
    """Let one mark open or close a quotation."""
    before, after = _space_before(tokens, mark.first), _space_after(tokens, mark.last - 1)
    own = [index for index, opened in enumerate(stack) if opened.family == mark.family]
    opens = (before and not after) or (not own and not (after and not before))
    if opens and not (own and _must_close(tokens, mark, stack[own[-1]])):
        if len(own) < 2 and (mark.family != "single" or before):
            stack.append(mark)
        return
    if not own:
        return  # a stray closing mark
    opened = stack[own[-1]]
    if mark.family != "single" or mark.first - opened.last <= _LONGEST_SINGLE:
        found.add((opened.last, mark.first))
    for inner in stack[own[-1] + 1 :]:  # what opened inside and never closed
        _bound(breaks, inner, mark.first, found)
    del stack[own[-1] :]


def _must_close(tokens: Sequence[Token], mark: _Mark, opened: _Mark) -> bool:
    """Whether a mark closes although the spaces let it open: «…» keep their direction."""
    return tokens[mark.first].form in "»›" and tokens[opened.first].form in "«‹"


def _drop_stale(
    tokens: Sequence[Token],
    breaks: Sequence[int],
    mark: _Mark,
    stack: list[_Mark],
    found: set[tuple[int, int]],
) -> None:
    """Give up quotations that can no longer be open at this mark: another part, a new paragraph that opens anew."""
    if not stack:
        return
    anew = _space_before(tokens, mark.first) and not _space_after(tokens, mark.last - 1)
    keep: list[_Mark] = []
    for opened in stack:
        if mark.first - opened.last > _LONGEST_OPEN:
            _bound(breaks, opened, mark.first, found)
            continue
        gap = _paragraph_end(breaks, opened.first, mark.first)
        if gap is None or (_can_run_on(tokens, opened, mark) and not anew):
            keep.append(opened)
        else:
            _bound(breaks, opened, mark.first, found)
    stack[:] = keep


def _can_run_on(tokens: Sequence[Token], opened: _Mark, mark: _Mark) -> bool:
    """Whether a quotation may still be open in a later paragraph."""
    return tokens[opened.first].part == tokens[mark.first].part and opened.family != "single"


def _paragraph_end(breaks: Sequence[int], first: int, last: int) -> int | None:
    """The first line break between two tokens, or the change from title to text."""
    near = bisect_right(breaks, first)
    return breaks[near] if near < len(breaks) and breaks[near] <= last else None


def _bound(breaks: Sequence[int], opened: _Mark, limit: int, found: set[tuple[int, int]]) -> None:
    """End an unclosed quotation with its paragraph; an unclosed apostrophe is dropped."""
    if opened.family == "single":
        return
    limit = min(limit, opened.last + _LONGEST_OPEN)
    end = _paragraph_end(breaks, opened.first, limit)
    last = limit if end is None else end
    if last - opened.last >= _SPEECH_WORDS:
        found.add((opened.last, last))


def _space_before(tokens: Sequence[Token], mark: int) -> bool:
    """Whether a mark stands free on the left of reading, or only a clitic, bracket or mark is glued to it."""
    for at in range(mark, max(-1, mark - _MARKS_IN_A_ROW), -1):
        if at == 0:
            return True
        previous = tokens[at - 1]
        if previous.kind == "break" or previous.part != tokens[at].part or previous.end < tokens[at].start:
            return True
        if previous.form not in MARKS or previous.kind != "punct":
            return _leads_mark(tokens, at - 1)
    return True


def _leads_mark(tokens: Sequence[Token], index: int) -> bool:
    """Whether a token that is glued to a mark behind it leaves it open: a bracket, a colon, a clitic."""
    token = tokens[index]
    if token.kind == "punct":
        return token.form in "([:،,؛-–—ـ/"
    if token.form not in _GLUED:
        return False
    return index == 0 or tokens[index - 1].kind != "word" or tokens[index - 1].end < token.start


def _space_after(tokens: Sequence[Token], mark: int) -> bool:
    """Whether a mark stands free on the right of it, or punctuation follows."""
    for at in range(mark, min(len(tokens), mark + _MARKS_IN_A_ROW)):
        if at + 1 >= len(tokens):
            return True
        following = tokens[at + 1]
        if following.kind == "break" or following.part != tokens[at].part or following.start > tokens[at].end:
            return True
        if following.kind != "punct" or following.form not in MARKS:
            return following.kind == "punct"
    return True


def _is_speech(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the words are quoted speech rather than a name or a word that the article keeps at a distance."""
    words = sum(token.kind != "punct" for token in tokens[first:last])
    lead = next(
        (tokens[i].form for i in range(first - 2, max(-1, first - 4), -1) if tokens[i].form not in MARKS), ""
    )
    if lead in _LEADS_SPEECH and words >= _LED_SPEECH_WORDS:
        return True
    return words >= _SPEECH_WORDS
