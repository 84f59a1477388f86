"""How fast copies of articles are found, how many of known copies, and how often mere resemblance is taken for one.

    python bench/copies.py                        150,000 articles, made from ../shared/corpus/articles.jsonl.gz
    python bench/copies.py --articles 20000       fewer

The articles are real ones of which every second word was exchanged for another of the corpus, so that none is a copy. Of a tenth of
them copies are made as outlets make them: a dateline added, sentences dropped, put in another order, or only the beginning kept.
"""

import argparse
import os
import random
import re
import resource
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from marsad.articles import Signed, families, sign
from shared import need_shared, rows

GOAL = "goal: 0.35 ms an article in all, under 150 MB of signatures at 150,000 articles"
SENTENCE = re.compile(r"(?<=[.؟!])\s+|\n+")
COPIES = 5
SHARE_COPIED = 0.1
FIRST_DAY = date(2015, 7, 1)


def invented(texts: list[str], number: int, chance: random.Random) -> str:
    """A real article with every second word, on average, exchanged for one of the same corpus."""
    words = texts[number % len(texts)].split(" ")
    others = chance.choice(texts).split(" ")
    return " ".join(chance.choice(others) if chance.random() < 0.5 else word for word in words)


def copied(text: str, chance: random.Random) -> tuple[str, str]:
    """What was done to the text, and the text after it."""
    sentences = SENTENCE.split(text)
    way = chance.choice(["dateline", "order", "dropped a quarter", "kept the first half", "kept a third"])
    count = len(sentences)
    if way == "dateline":
        sentences = [f"مراسلنا خاص {chance.randrange(999)} نقلا عن الوكالات", *sentences]
    elif way == "order":
        chance.shuffle(sentences)
    elif way == "dropped a quarter":
        sentences = [sentences[at] for at in sorted(chance.sample(range(count), max(1, count * 3 // 4)))]
    else:
        sentences = sentences[: max(1, count // (2 if way == "kept the first half" else 3))]
    return way, " ".join(sentences)


def made(texts: list[str], count: int) -> Iterator[tuple[str, str, str, str]]:
    """(id, day, way, text) of each article; the id of a copy begins with that of its original."""
    chance = random.Random(1)
    number = 0
    while number < count:
        text = invented(texts, number, chance)
        day = FIRST_DAY + timedelta(days=chance.randrange(365))
        name = f"{number:07}"
        yield name, day.isoformat(), "original", text
        number += 1
        if chance.random() < SHARE_COPIED / COPIES * 2:
            for _ in range(min(chance.randint(1, COPIES), count - number)):
                way, copy = copied(text, chance)
                later = day + timedelta(days=chance.randrange(2))
                yield f"{name}.{number:07}", later.isoformat(), way, copy
                number += 1


def speed_and_recall(texts: list[str], count: int) -> None:
    """Sign and group invented articles; every pair in a family that is not of one original is false."""
    signed, ways, seconds = [], {}, 0.0
    for name, day, way, text in made(texts, count):
        started = time.perf_counter()
        signature = sign(text)
        seconds += time.perf_counter() - started
        signed.append(
            Signed(article=name, signature=signature, outlet=f"outlet-{len(signed) % 60}", published=day)
        )
        ways[name] = way
    report("signing", count / seconds, "articles/s")
    started = time.perf_counter()
    found = families(signed)
    grouping = time.perf_counter() - started
    report("families", count / grouping, "articles/s")
    report("both, an article", 1000 * (seconds + grouping) / count, "ms")
    report("signatures", sum(len(one.signature.digest) + 120 for one in signed) / 1e6, "MB")
    report("peak memory of this process", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB")
    all_of, hit = Counter(ways.values()), Counter[str]()
    for name, way in ways.items():
        original = name.partition(".")[0]
        if way != "original" and original in found:
            hit[way] += found.get(name) == found[original]
    for way in sorted(set(all_of) - {"original"}):
        report(f"  found: {way}", 100 * hit[way] / all_of[way], f"% of {all_of[way]}")
    wrong = sum(name.partition(".")[0] != first.partition(".")[0] for name, first in found.items())
    report("  in a wrong family", 100 * wrong / max(len(found), 1), f"% of {len(found)} in families")


def signed_row(row: dict[str, Any]) -> Signed:
    """An article of a corpus as the grouping takes it."""
    return Signed(
        article=row["id"], signature=sign(row["text"]), outlet=row["outlet"], published=row["published"]
    )


def resemblance(folder: Path) -> None:
    """Real articles: pairs of copies whose two articles people tied to different incidents, and what the corpus holds."""
    cases = list(rows(folder / "gold" / "incidents" / "articles_dev.jsonl"))
    first = families(signed_row(row) for row in cases)
    incidents: dict[str, set[str]] = {}
    for row in rows(folder / "gold" / "incidents" / "truth_dev.jsonl"):
        for name in row["articles"]:
            incidents.setdefault(name, set()).add(row["id"])
    pairs = [
        (a, b)
        for a, b in combinations(sorted(first), 2)
        if first[a] == first[b] and a in incidents and b in incidents
    ]
    wrong = sum(not incidents[a] & incidents[b] for a, b in pairs)
    print(f"pairs of copies among coded incidents: {len(pairs)}, of which on two incidents: {wrong}")
    found = families(signed_row(row) for row in rows(folder / "corpus" / "articles.jsonl.gz"))
    sizes = Counter(found.values())
    print(
        f"real corpus: {len(found)} articles in {len(sizes)} families, the largest of {max(sizes.values())}"
    )


def report(label: str, value: float, unit: str) -> None:
    """Print one figure."""
    print(f"{label:36} {value:12.2f} {unit}", flush=True)


def main() -> None:
    """Print everything; nothing here fails, the figures are for people to judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=150_000)
    chosen = parser.parse_args()
    folder = need_shared()
    texts = [row["text"] for row in rows(folder / "corpus" / "articles.jsonl.gz") if len(row["text"]) > 400]
    words = statistics.median(len(text.split()) for text in texts)
    print(f"{GOAL}\nload of this machine before the run: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"{chosen.articles:,} articles, {words:.0f} words in the middle one")
    speed_and_recall(texts, chosen.articles)
    resemblance(folder)


if __name__ == "__main__":
    main()
