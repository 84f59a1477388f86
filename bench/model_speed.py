"""How near a model's reader comes to what its endpoint can give: questions a second against a server on the loopback that takes 200 ms.

    python bench/model_speed.py                       200 articles of ../shared/corpus/bench.jsonl.gz
    python bench/model_speed.py dev.jsonl --answers good.jsonl --times 12
    python bench/model_speed.py FILE.jsonl --seconds 0.2 --in-flight 8 --most 200

The ideal is what is in flight over the seconds of an answer. The server is a process of its own; the reader does everything that it does in
a run: reads, cuts windows, asks, takes the answers under oath, merges and grounds.
"""

import argparse
import json
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any

from marsad.errors import SetAside
from marsad.llm import Endpoint, Told
from marsad.model import Article
from marsad.run.readers import Found, Reader, ReaderChoice, reader_for
from shared import ROOT, need_shared, rows

GOAL = 0.9


@contextmanager
def served(seconds: float, answers: Path | None) -> Iterator[str]:
    """The address of a server that takes so long for each answer, and gives those of a record."""
    command = [sys.executable, str(ROOT / "tests" / "llm" / "model_server.py"), "--seconds", str(seconds)]
    command += ["--answers", str(answers)] if answers else []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.stdin.close()
        print("server:", server.stdout.readline().strip())


def read_all(reader: Reader, articles: Iterable[Article]) -> int:
    """Read as a run does: as many articles ahead as the reader likes, finished in their order; how many were refused."""
    waiting: deque[Found] = deque()
    refused = 0
    for article in articles:
        with suppress(SetAside):
            waiting.append(reader.begin(article))
        if len(waiting) >= reader.ahead:
            refused += finished(waiting.popleft())
    return refused + sum(finished(one) for one in waiting)


def finished(found: Found) -> int:
    """Take what an article gave; 1 where it was refused."""
    try:
        found()
    except SetAside:
        return 1
    return 0


def articles_of(items: Iterable[dict[str, Any]]) -> list[Article]:
    """Rows of a corpus as articles."""
    return [
        Article(
            id=str(row["id"]),
            text=row["text"],
            title=row.get("title") or "",
            published=row.get("published") or None,
            outlet=row.get("outlet") or None,
        )
        for row in items
    ]


def measure(articles: list[Article], address: str, given: argparse.Namespace) -> None:
    """Read the articles once and print the figures."""
    told = Told()
    endpoint = Endpoint(address=address, model="none", in_flight=given.in_flight)
    reader = reader_for(ReaderChoice(reader=given.reader, endpoint=endpoint), None, told)
    read_all(reader, articles[:4])  # words and places are loaded with the first
    before = told.questions.total()
    began, processor = time.monotonic(), time.process_time()
    refused = read_all(reader, articles[4:])
    wall, processor = time.monotonic() - began, time.process_time() - processor
    reader.close()
    asked, ideal = told.questions.total() - before, given.in_flight / given.seconds
    print(
        f"{len(articles) - 4} articles, {asked} questions, {refused} refused, {wall:.2f} s, ahead {reader.ahead}"
    )
    print(
        f"questions a second: {asked / wall:.1f}; ideal {ideal:.1f}; share {asked / wall / ideal:.1%} (goal {GOAL:.0%})"
    )
    print(
        f"processor, all threads: {1000 * processor / (len(articles) - 4):.1f} ms an article, {100 * processor / wall:.0f} % of one core"
    )
    print(
        json.dumps(
            {
                "questions": told.questions,
                "claims": told.claims,
                "faults": told.faults,
                "unusable": told.unusable,
                "refused": told.refused,
            }
        )
    )


def main() -> None:
    """Measure once."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--seconds", type=float, default=0.2, help="how long the server takes for an answer")
    parser.add_argument("--in-flight", type=int, default=8)
    parser.add_argument("--most", type=int, default=200, help="articles")
    parser.add_argument("--reader", choices=["model", "both"], default="model")
    parser.add_argument(
        "--answers",
        type=Path,
        help="a record of answers (bench/model_gold.py --write); else there are no claims",
    )
    parser.add_argument("--times", type=int, default=1, help="read the articles so often")
    given = parser.parse_args()
    file = given.file or need_shared() / "corpus" / "bench.jsonl.gz"
    articles = articles_of(islice(rows(file), given.most)) * given.times
    with served(given.seconds, given.answers) as address:
        measure(articles, address, given)


if __name__ == "__main__":
    main()
