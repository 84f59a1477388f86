"""Sentences: where one ends, by full stops, question marks and line breaks.

A full stop ends a sentence only where it is one: not in ``3.5``, ``ا.ف.ب``, ``د. سالم`` or ``السورية.نت``. Two dots (``..``) are a
breath in Arabic headlines and many newsrooms' running text, so they end nothing unless a line ends there too. Inside a short quotation
("الوضع صعب. سنصمد") the sentence goes on; a long one is cut into its own sentences. The title is one sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.model.reading import Quotation, Sentence, Token
from marsad.reading.quotations import MARKS

_ENDS = frozenset((".", "!", "?", "؟", "…", "...", "۔", "!!", "؟؟", "؟!", "!؟", "....", "....."))
_SUFFIXES = frozenset(("نت", "كوم", "اونلاين", "اورغ", "تي", "في", "اف", "ام", "نيوز"))
_CLOSING = MARKS | {")", "]", "}"}
_GOES_ON = frozenset("،,؛")
_LONG, _LONGEST = 250, 400  # tokens; lists and texts without full stops are cut there
_SHORT_QUOTE = 14  # tokens; a shorter quotation is never cut
_TITLES = frozenset(("د", "ا", "م", "أ", "ق", "ب", "ص", "ت", "ه", "دكتور"))


def sentences(tokens: Sequence[Token], quoted: Sequence[Quotation]) -> list[Sentence]:
    """Cut an article's tokens into sentences; line breaks between them belong to none.

    Args:
        tokens: The tokens of the title (if any) and the text.
        quoted: Its quotations.
    """
    guarded = _short_quotes(quoted)
    found: list[Sentence] = []
    first, paragraph = 0, 0
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.part != tokens[first].part:
            _add(found, tokens, first, index, -1)
            first = index
        if token.kind == "break":
            _add(found, tokens, first, index, paragraph)
            paragraph += token.part == "text"
            first = index = index + 1
            continue
        index += 1
        if (
            token.part == "text"
            and token.form in _ENDS
            and index - 1 not in guarded
            and _ends(tokens, index - 1)
        ):
            index = _after_closing(tokens, index)
            ends = index >= len(tokens) or tokens[index].form not in _GOES_ON
        else:
            ends = _is_overlong(index - first, token)
        if ends:
            _add(found, tokens, first, index, paragraph)
            first = index
        index = _past_words(tokens, first, index)
    if first < len(tokens):
        _add(found, tokens, first, len(tokens), paragraph)
    return found


def _past_words(tokens: Sequence[Token], first: int, index: int) -> int:
    """The next token that can end a sentence: most are plain words and cannot."""
    stop = min(len(tokens), first + _LONG - 1)
    if index < stop:
        part = tokens[first].part
        while index < stop and tokens[index].kind == "word" and tokens[index].part == part:
            index += 1
    return index


def _is_overlong(length: int, token: Token) -> bool:
    """Whether a sentence must be cut here because no writer ended it: at a comma, or in the end anywhere."""
    return length >= _LONGEST or (length >= _LONG and token.form in _GOES_ON)


def _add(found: list[Sentence], tokens: Sequence[Token], first: int, last: int, paragraph: int) -> None:
    """Add a range unless it is empty; one without words is joined to the sentence before it."""
    if last <= first:
        return
    part = tokens[first].part
    if all(token.kind == "punct" for token in tokens[first:last]) and found:
        before = found[-1]
        if before.part == part and before.last == first:
            found[-1] = before._replace(last=last)
            return
    found.append(Sentence(first, last, part, -1 if part == "title" else paragraph))


def _short_quotes(quoted: Sequence[Quotation]) -> set[int]:
    """The indexes inside quotations that are too short to be cut."""
    guarded: set[int] = set()
    for first, last, _ in quoted:
        if last - first <= _SHORT_QUOTE:
            guarded.update(range(first, last - 1))
    return guarded


def _ends(tokens: Sequence[Token], index: int) -> bool:
    """Whether the mark at that index ends a sentence."""
    if tokens[index].form != "." or index == 0:
        return True
    before = tokens[index - 1]
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is None or after.kind == "break" or before.end < tokens[index].start:
        return True
    glued = after.start == tokens[index].end
    if glued:
        return not _is_inside_name(before, after)
    if before.kind == "word" and before.form in _TITLES:
        return False
    return not (len(before.form) == 1 and before.kind == "word" and _is_initial(tokens, index - 1))


def _is_inside_name(before: Token, after: Token) -> bool:
    """Whether a full stop with nothing around it is part of a number, an abbreviation or an address."""
    if after.kind == "punct":
        return after.form not in _CLOSING
    if before.kind == "number" and after.kind == "number":
        return True
    if len(after.form) == 1 or after.form in _SUFFIXES:
        return True
    return before.form.isascii() and after.form.isascii()


def _is_initial(tokens: Sequence[Token], index: int) -> bool:
    """Whether a single letter continues an abbreviation such as ``ا. ف. ب.``; its last stop may end the sentence."""
    return index + 2 < len(tokens) and len(tokens[index + 2].form) == 1


def _after_closing(tokens: Sequence[Token], index: int) -> int:
    """Past closing marks and further stops that are glued to the end of a sentence."""
    while (
        index < len(tokens) and tokens[index].kind == "punct" and tokens[index].start == tokens[index - 1].end
    ):
        if tokens[index].form not in _CLOSING and tokens[index].form not in _ENDS:
            break
        index += 1
    return index
