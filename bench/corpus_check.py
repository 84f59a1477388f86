"""Read every article of the corpora and check what must hold for each: no crash, no span off by one, valid JSON.

    python bench/corpus_check.py                all articles of ../shared/corpus, by two processes
    python bench/corpus_check.py FILE... --jobs 1

Ends with exit code 1 where anything fails, and prints the first failures.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shared import MARSAD, need_shared, rows, write_rows

CORPORA = ("articles.jsonl.gz", "off_topic.jsonl.gz", "bench.jsonl.gz")
Problem = tuple[str, str]


def spans_of(claim: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], str | None]]:
    """Every span of a claim: what it is, the span, and the words that must stand there (None: any)."""
    for item in claim["evidence"]:
        yield "evidence", item, None
        yield "trigger", {**item["trigger"], "in": item.get("in", "text")}, None
    for link in claim["attribution"]:
        yield "source", link, link["text"]
        if link.get("cue"):
            yield "cue", link["cue"], None
    for actor in claim["actors"]:
        yield "actor", actor, actor["text"]
    for count in claim["counts"]:
        yield "count", count, count["text"]
    for name in ("place", "time"):
        part = claim[name]
        if part and part.get("start") is not None:
            yield name, part, part["text"]


def problems_of(article: dict[str, Any]) -> Iterator[Problem]:
    """What is wrong with one printed article."""
    parts = {"text": article["text"], "title": article.get("title") or ""}
    repeated = Counter(claim["id"] for claim in article["claims"])
    for claim in article["claims"]:
        if repeated[claim["id"]] > 1:
            yield "two claims with one id", claim["id"]
        if not claim["evidence"]:
            yield "claim without evidence", claim["id"]
        for what, span, words in spans_of(claim):
            for problem, detail in span_problems(what, span, words, parts[span.get("in", "text")]):
                yield problem, f"{claim['id']} {detail}"
        for item in claim["evidence"]:
            if not item["start"] <= item["trigger"]["start"] < item["trigger"]["end"] <= item["end"]:
                yield "trigger outside its evidence", claim["id"]


def span_problems(what: str, span: dict[str, Any], words: str | None, text: str) -> Iterator[Problem]:
    """What is wrong with one span of that part of the article."""
    if not 0 <= span["start"] < span["end"] <= len(text):
        yield f"{what} outside the text", f"{span['start']}:{span['end']} of {len(text)}"
    elif words is not None and text[span["start"] : span["end"]] != words:
        yield f"{what} is not the words at its span", repr(words)


def sources(files: list[Path]) -> Iterator[dict[str, Any]]:
    """The articles of all files; the name of the file goes in front of the id where an id repeats."""
    seen: set[str] = set()
    for path in files:
        for article in rows(path):
            name = article["id"] if article["id"] not in seen else f"{path.stem}:{article['id']}"
            seen.add(name)
            yield {**article, "id": name}


def check(given: Path, printed: Path) -> tuple[Counter[str], list[str]]:
    """Compare what went in with what came out, line by line; counters and the first failures."""
    counted: Counter[str] = Counter()
    shown: list[str] = []
    output = {row["id"]: row for row in rows(printed)}
    for article in rows(given):
        counted["articles"] += 1
        row = output.get(article["id"])
        if row is None:
            counted["set aside"] += 1
            continue
        found = list(problems_of(row))
        if row["text"] != article["text"] or (row.get("title") or "") != (article.get("title") or ""):
            found.append(("text changed on the way", ""))
        counted["claims"] += len(row["claims"])
        for problem, detail in found:
            counted[f"FAILED {problem}"] += 1
            shown.append(f"{article['id']}: {problem} {detail}")
    return counted, shown


def main() -> int:
    """Read, check, print the counters."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--jobs", default="2")
    chosen = parser.parse_args()
    files = chosen.files or [need_shared() / "corpus" / name for name in CORPORA]
    with tempfile.TemporaryDirectory() as folder:
        given = write_rows(Path(folder) / "given.jsonl", sources(files))
        printed, notes = Path(folder) / "printed.jsonl", Path(folder) / "notes.txt"
        with printed.open("wb") as out, notes.open("wb") as err:
            command = [*MARSAD, "read", "--format", "jsonl", "--jobs", chosen.jobs, str(given)]
            done = subprocess.run(command, stdout=out, stderr=err, check=False)
        counted, shown = check(given, printed)
        tail = notes.read_text(encoding="utf-8", errors="replace").splitlines()[-12:]
    print("\n".join(tail))
    for name, number in counted.items():
        print(f"{number:9,} {name}")
    print(json.dumps(shown[:20], ensure_ascii=False, indent=1) if shown else "every span is exact")
    if done.returncode not in (0, 3):
        print(f"marsad read ended with exit code {done.returncode}")
    return 1 if shown or done.returncode not in (0, 3) else 0


if __name__ == "__main__":
    sys.exit(main())
