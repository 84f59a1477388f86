"""Windows: the stretches of an article that are asked about one at a time, cut between sentences and overlapping by a few.

What speaks to a machine instead of to readers (`marsad.llm.addressed`) is not shown; each window says what was left out of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from marsad.llm.addressed import spoken_to_machine
from marsad.llm.types import Shown, Window
from marsad.model import Reading

__all__ = ["MOST", "halved", "windows_of"]

MOST = 6_000
"""Characters of an article in one window: about 3,000 tokens, which with instructions and answer fit a model that takes 16,000; three
in four news articles are shorter than a third of it, so that they are one question."""
_SHARE = 4
"""What a window repeats of the one before is at most this part of it, so that long sentences do not make many windows."""
_SMALLEST = 200
"""A single sentence shorter than this is not halved: an answer about it that is too long will not be mended by showing less."""
_SEAM = 60
"""Code points that the halves of one sentence share on each side of the middle, so that every word is whole in one of them."""


def windows_of(
    reading: Reading, *, most: int = MOST, overlap: int = 2, only: Collection[int] | None = None
) -> list[Window]:
    """The windows of an article in order.

    Args:
        reading: The article, cut into sentences.
        most: The most characters of text that one window shows; a longer sentence is cut at word boundaries.
        overlap: Sentences that neighbours share.
        only: Indexes of the sentences that are to be shown (the budget mode); neighbours of them are not, and sentences that follow
            each other stay together. None shows all.

    Returns:
        Windows that show every sentence of the text at least once, but for those that are withheld. The title goes with each unless it is
        itself withheld. A window may show nothing at all where everything in it is withheld: there is nothing to ask then.
    """
    article = reading.article
    shown = [
        (index, Shown(index, one.part, reading.tokens[one.first].start, reading.tokens[one.last - 1].end))
        for index, one in enumerate(reading.sentences)
        if one.last > one.first
    ]
    hidden = spoken_to_machine([article.part(s.part)[s.start : s.end] for _, s in shown])
    spoken = {shown[place][0] for place in hidden}
    head = tuple(s for index, s in shown if s.part == "title")
    title = bool(head) and not any(s.sentence in spoken for s in head)
    body = [s for index, s in shown if s.part == "text" and (only is None or index in only)]
    if not body and (only is None or any(s.sentence in only for s in head)):
        packs: list[list[Shown]] = [[]] if head else []
    else:
        packs = _packed(_runs(reading, body, most, spoken), most, overlap, spoken)
    return [
        Window(
            number=number,
            shown=tuple(s for s in pack if s.sentence not in spoken),
            title=title,
            withheld=(() if title else head) + tuple(s for s in pack if s.sentence in spoken),
        )
        for number, pack in enumerate(packs)
    ]


def _runs(reading: Reading, body: Sequence[Shown], most: int, spoken: Collection[int]) -> list[list[Shown]]:
    """Sentences that follow each other, together; those that are too long in pieces."""
    runs = []
    for _, run in groupby(enumerate(body), lambda pair: pair[1].sentence - pair[0]):
        runs.append(
            [
                piece
                for _, whole in run
                for piece in ([whole] if whole.sentence in spoken else _pieces(reading, whole, most))
            ]
        )
    return runs


def _pieces(reading: Reading, whole: Shown, most: int) -> Iterator[Shown]:
    """A sentence in pieces of at most ``most`` characters, cut before a token; only a token longer than that is cut inside."""
    start = whole.start
    if whole.end - start > most:
        sentence = reading.sentences[whole.sentence]
        behind = start
        for token in reading.tokens[sentence.first : sentence.last]:
            if token.end - start > most and behind > start:
                yield whole._replace(start=start, end=behind)
                start = token.start
            while token.end - start > most:
                yield whole._replace(start=start, end=start + most)
                start += most
            behind = token.end
    if start < whole.end:
        yield whole._replace(start=start)


def _packed(
    runs: Sequence[list[Shown]], most: int, overlap: int, spoken: Collection[int]
) -> list[list[Shown]]:
    """The runs put into packs of at most ``most`` shown characters; a run that fits into one pack is not parted."""
    packs: list[list[Shown]] = []
    current: list[Shown] = []
    for run in runs:
        if current and _size(current, spoken) + _size(run, spoken) <= most:
            current.extend(run)
            continue
        if current:
            packs.append(current)
        *full, current = _parted(run, most, overlap, spoken)
        packs.extend(full)
    return [*packs, current] if current else packs


def _parted(run: Sequence[Shown], most: int, overlap: int, spoken: Collection[int]) -> Iterator[list[Shown]]:
    """A run in packs that share their edges."""
    pack: list[Shown] = []
    size = 0
    for one in run:
        length = 0 if one.sentence in spoken else one.end - one.start
        if pack and size + length > most:
            yield pack
            pack = _edge(pack, overlap, min(most - length, most // _SHARE), spoken)
            size = _size(pack, spoken)
        pack.append(one)
        size += length
    yield pack


def _edge(pack: Sequence[Shown], overlap: int, room: int, spoken: Collection[int]) -> list[Shown]:
    """The last sentences of a pack that the next one repeats: at most ``overlap`` of them, and no more than fit."""
    for first in range(max(1, len(pack) - overlap), len(pack)):
        edge = [one for one in pack[first:] if one.sentence not in spoken]
        if _size(edge, spoken) <= room:
            return edge
    return []


def _size(pack: Sequence[Shown], spoken: Collection[int]) -> int:
    return sum(one.end - one.start for one in pack if one.sentence not in spoken)


def halved(window: Window) -> tuple[Window, Window] | None:
    """Two windows that together show what one did, for an answer that was cut off; each shows less than the whole.

    Both keep the window's number and the title. They share a sentence or two where there are enough; the halves of one sentence share the
    words around the middle, and the half-words at the seam are no words of the text, so that nothing quoted from them is found.

    Returns:
        The halves, or None where a single short sentence is left and nothing can be halved.
    """
    shown = window.shown
    if len(shown) > 1:
        middle = _middle(shown)
        shared = 2 if len(shown) >= 6 else 1 if len(shown) >= 3 else 0
        before, after = shown[:middle], shown[max(1, middle - shared) :]
        edge = shown[middle].start
    elif shown and shown[0].end - shown[0].start >= _SMALLEST:
        one = shown[0]
        edge = (one.start + one.end) // 2
        before, after = (one._replace(end=edge + _SEAM),), (one._replace(start=edge - _SEAM),)
    else:
        return None
    early = tuple(w for w in window.withheld if w.part == "title" or w.start < edge)
    late = tuple(w for w in window.withheld if w not in early)
    return replace(window, shown=before, withheld=early), replace(window, shown=after, withheld=late)


def _middle(shown: Sequence[Shown]) -> int:
    """The index of the sentence that begins nearest to the middle; never the first."""
    total = sum(one.end - one.start for one in shown)
    read, best, distance = 0, 1, total
    for index, one in enumerate(shown):
        if index and abs(2 * read - total) < distance:
            best, distance = index, abs(2 * read - total)
        read += one.end - one.start
    return best
