"""Texts that no newsroom would print, each of about a megabyte: none may take more than two seconds."""

import signal
import time
from collections.abc import Iterator
from types import FrameType
from typing import Any

LIMIT = 20  # seconds after which a text is given up
SENTENCE = "أعلن الجيش السوري مقتل عشرة مسلحين في اشتباكات عنيفة قرب مدينة حماة أمس الخميس"


class TookTooLong(Exception):
    """A text was given up."""


def hard_texts(articles: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """What each is, and the text."""
    million = "\n".join(article["text"] for article in articles)[:1_000_000]
    yield f"{len(million):,} characters of articles in one", million
    yield (
        "the same without a full stop or a new line",
        million.translate(str.maketrans("\n.!?؟،؛:", "        ")),
    )
    yield "1,000,000 characters without a space", ("قتل" + "الجيش" + "عنصرا") * 76_923
    yield "one word of 1,000,000 letters", "ق" * 1_000_000
    yield "one sentence, on and on with و", (SENTENCE + " و") * 12_000
    yield "one sentence a line", (SENTENCE + ".\n") * 12_000
    yield "opening quotation marks before every word", SENTENCE.replace(" ", " «") * 10_000
    yield "brackets and quotes around words", '"(قتل ' * 150_000
    yield "a number before every word", SENTENCE.replace(" ", " 5 ") * 9_000
    yield "numbers in words, on and on", "خمسة وعشرون ألفا وثلاثمئة و" * 35_000
    yield "the same place name, on and on", "مدينة حماة " * 90_000
    yield "said that said that", "قال إن " * 140_000
    yield "1,000,000 quotation marks and a sentence", "«" * 1_000_000 + SENTENCE
    yield "1,000,000 diacritics and a sentence", "\u064b" * 1_000_000 + SENTENCE
    yield "1,000,000 line ends and a sentence", "\n" * 1_000_000 + SENTENCE


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
