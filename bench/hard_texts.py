"""Texts that no newsroom would print, a megabyte each: none may take more than two seconds."""

import signal
import time
from collections.abc import Iterator
from types import FrameType
from typing import Any

LIMIT = 20  # seconds after which a text is given up
SENTENCE = "أعلن الجيش السوري مقتل عشرة مسلحين في اشتباكات عنيفة قرب مدينة حماة أمس الخميس"


class TookTooLong(Exception):
    """A text was given up."""


def megabyte(piece: str) -> str:
    """A piece, repeated to a million bytes of UTF-8."""
    return (piece * (1_000_000 // len(piece.encode()) + 1)).encode()[:1_000_000].decode(errors="ignore")


def hard_texts(articles: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """What each is, and the text."""
    real = megabyte("\n".join(article["text"] for article in articles))
    yield "articles in one", real
    yield "the same without a full stop or a new line", real.translate(str.maketrans("\n.!?؟،؛:", "        "))
    yield "words without a space", megabyte("قتلالجيشعنصرا")
    yield "one word of one letter", megabyte("ق")
    yield "one sentence, on and on with و", megabyte(SENTENCE + " و")
    yield "one sentence a line", megabyte(SENTENCE + ".\n")
    yield "opening quotation marks before every word", megabyte(SENTENCE.replace(" ", " «") + " ")
    yield "brackets and quotes around words", megabyte('"(قتل ')
    yield "a number before every word", megabyte(SENTENCE.replace(" ", " 5 ") + " ")
    yield "numbers in words, on and on", megabyte("خمسة وعشرون ألفا وثلاثمئة و")
    yield "a place name, on and on", megabyte("مدينة حماة ")
    yield "time words, on and on", megabyte("أمس الخميس مساء ")
    yield "said that said that", megabyte("قال إن ")
    yield "quotation marks, then a sentence", megabyte("«") + SENTENCE
    yield "a word under a million bytes of diacritics", megabyte(SENTENCE + "\u064b" * 500_000)
    yield "line ends, then articles", "\n" * 500_000 + real[:100_000]


def read_within_limit(text: str) -> tuple[float, str]:
    """Seconds it took, and what came of it; a text that takes too long is given up."""
    from marsad import read_article
    from marsad.errors import SetAside

    signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(LIMIT)
    started = time.perf_counter()
    try:
        said = f"{len(read_article(text)):,} claims"
    except SetAside as refusal:
        said = f"set aside: {refusal.reason}"
    except TookTooLong:
        said = f"given up after {LIMIT} s"
    finally:
        signal.alarm(0)
    return time.perf_counter() - started, said


def _give_up(number: int, frame: FrameType | None) -> None:
    raise TookTooLong


def report_hard_texts(articles: list[dict[str, Any]]) -> None:
    """Print a line for each."""
    for label, text in hard_texts(articles):
        seconds, said = read_within_limit(text)
        mark = "  OVER 2 s" if seconds > 2 else ""
        print(f"{label:44} {seconds:10.3f} s            {said}{mark}", flush=True)


def report_slowest(articles: list[dict[str, Any]]) -> None:
    """Print the slowest of ordinary articles."""
    from marsad import read_article
    from marsad.errors import SetAside

    slowest = (0.0, "")
    for article in articles:
        started = time.perf_counter()
        try:
            read_article(article["text"], title=article.get("title") or "")
        except SetAside:
            continue
        slowest = max(slowest, (time.perf_counter() - started, article["id"]))
    print(f"{'slowest article of these':44} {slowest[0]:10.3f} s            {slowest[1]}", flush=True)
