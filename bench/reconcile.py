"""How time and memory of reconciling grow with the number of claims: the whole command, from a file of claims to a file of incidents.

    python bench/reconcile.py                             10,000 to 1,000,000 claims
    python bench/reconcile.py --claims 10000 100000       other sizes
    python bench/reconcile.py --read claims.jsonl         the corpus read before with `marsad read`, to save that time

The claims are those of ../shared/corpus/articles.jsonl.gz, read once. They are resampled: each copy of an article is moved to other days and
other places (those of one copy by the same way, so that what is near stays near), and the letters of its text are exchanged for others one for one, so
that it is no copy of the article it was made of while spans still fit.
"""

import argparse
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from shared import MARSAD, OUT, need_shared, rows

GOAL = "goal: 1,000,000 claims in under 5 minutes and 4 GB, growing no faster than n log n"
SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
LETTERS = "بتثجحخدذرزسشصضطظعغفقكلمنهي"
DAYS = 7300


def corpus(read: str | None) -> Path:
    """The claims of the corpus, read now or before."""
    if read:
        return Path(read)
    into = OUT / "corpus.claims.jsonl"
    if not into.exists():
        source = need_shared() / "corpus" / "articles.jsonl.gz"
        into.parent.mkdir(parents=True, exist_ok=True)
        with into.open("wb") as out:
            jobs = str(os.cpu_count() or 1)
            subprocess.run(
                [*MARSAD, "read", "--format", "jsonl", "--jobs", jobs, str(source)], stdout=out, check=True
            )
    return into


def moved(row: dict[str, Any], copy: int, chance: random.Random) -> dict[str, Any]:
    """An article with its claims on other days and at other places, in other letters."""
    by = timedelta(days=chance.randrange(-DAYS // 2, DAYS // 2))
    shuffled = random.Random(copy).sample(LETTERS, len(LETTERS))
    letters = str.maketrans(LETTERS, "".join(shuffled))
    north, east = random.Random(copy * 7 + 1).uniform(-8, 8), random.Random(copy * 7 + 2).uniform(-8, 8)
    return {
        **row,
        "id": f"{row['id']}~{copy}",
        "published": day(row["published"], by),
        "text": row["text"].translate(letters),
        "title": (row["title"] or "").translate(letters),
        "claims": [claim_moved(claim, by, (north, east, copy)) for claim in row["claims"]],
    }


def claim_moved(claim: dict[str, Any], by: timedelta, way: tuple[float, float, int]) -> dict[str, Any]:
    """A claim at another place on another day."""
    north, east, copy = way
    place, when = claim["place"], claim["time"]
    if place and place["lat"] is not None:
        place = {
            **place,
            "lat": place["lat"] + north,
            "lon": place["lon"] + east,
            "id": place["id"] and f"{place['id']}~{copy}",
        }
    if when and when["from"]:
        when = {**when, "from": day(when["from"], by), "to": day(when["to"], by)}
    return {**claim, "place": place, "time": when}


def day(value: str | None, by: timedelta) -> str | None:
    """A day some days later; the first and last of time where it would leave the calendar."""
    if not value:
        return value
    known = date.fromisoformat(value[:10])
    return date.fromordinal(min(max(known.toordinal() + by.days, 1), date.max.toordinal())).isoformat()


def resampled(source: Path, size: int) -> Iterator[dict[str, Any]]:
    """Articles with that many claims in all: those of the corpus first, then copies of it that are moved."""
    chance = random.Random(1)
    held, copy = 0, 0
    while held < size:
        for row in rows(source):
            if held >= size:
                break
            if row["claims"]:
                held += len(row["claims"])
                yield row if copy == 0 else moved(row, copy, chance)
        copy += 1


def measured(file: Path) -> tuple[float, float, int]:
    """Wall seconds, peak megabytes and number of incidents of one run of the command."""
    with tempfile.TemporaryFile() as out:
        begun = time.perf_counter()
        process = subprocess.Popen([*MARSAD, "reconcile", "--format", "jsonl", str(file)], stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        if status:
            sys.exit(f"marsad reconcile ended with {status}")
        out.seek(0)
        incidents = sum(chunk.count(b"\n") for chunk in iter(lambda: out.read(1 << 20), b""))
    return seconds, usage.ru_maxrss / 1024, incidents


def main() -> None:
    """Measure each size and print the curve."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=int, nargs="*", default=SIZES)
    parser.add_argument("--read", metavar="FILE", help="claims of the corpus, read before")
    options = parser.parse_args()
    source = corpus(options.read)
    print(GOAL)
    first = None
    for size in options.claims:
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
            for row in resampled(source, size):
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
            file.flush()
            seconds, megabytes, incidents = measured(Path(file.name))
        each = seconds / (size * math.log(size))
        first = first or each
        print(
            f"{size:>9,} claims  {seconds:7.1f} s  {megabytes:6.0f} MB  {incidents:>8,} incidents  "
            f"{1e6 * seconds / size:5.0f} µs a claim  {each / first:4.2f} times the first by n log n",
            flush=True,
        )


if __name__ == "__main__":
    main()
