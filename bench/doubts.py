"""What the rules' own doubt is worth, and what a second reader adds: ``python bench/doubts.py [--model-noise 0.2 0.1]``.

On dev.jsonl, from which nothing was learnt: whether a claim's probability holds (five equal bins), which share of all errors lies in the unsurest
characters (what a budget buys), and how well confidence sorts right claims before wrong ones (AUC) with the rules alone and with a made-up second
reader: the annotated claims with a share left out, and wrong ones put in that follow the rules' errors or hang on words of their own. On a sample of the
corpus: how much of the text is unsure, and what finding doubts costs over finding claims.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from marsad.claims.doubts import chosen, find_with_doubts, sureness
from marsad.claims.find import find_claims
from marsad.grounding import ground
from marsad.llm.both import both
from marsad.llm.types import Shown, Window
from marsad.model import Claim, Reading
from marsad.model.jsonl import article_from_json, claim_from_json, claim_to_json
from marsad.reading import read
from marsad.run.pipeline import load_kit
from shared import need_shared, rows

SHARED = need_shared()
sys.path.insert(0, str(SHARED / "tools"))
from score import actors_right, match, place_right, source_right  # noqa: E402 (found only now)

SHARES = (0.1, 0.2, 0.3, 0.5)
Row = dict[str, Any]


@dataclass
class Read:
    """An annotated article as the rules read it."""

    reading: Reading
    gold: list[Row]
    claims: list[Claim]
    doubts: dict[int, float]

    def matched(self, claims: list[Claim]) -> dict[int, Row]:
        """The annotated claim by the index of the claim that it is."""
        listed = [claim_to_json(claim) for claim in claims]
        number = {id(row): index for index, row in enumerate(listed)}
        return {number[id(mine)]: theirs for mine, theirs in match(listed, self.gold, lambda event: event)}


def say(line: str) -> None:
    """One line of the report."""
    sys.stdout.write(line + "\n")


def articles(name: str) -> Iterator[Read]:
    """The annotated articles, each read once."""
    kit = load_kit()
    for row in rows(SHARED / "gold" / f"{name}.jsonl"):
        reading = read(article_from_json({k: v for k, v in row.items() if k != "claims"}), kit.reading)
        claims, doubts = find_with_doubts(reading, kit.claims)
        yield Read(reading, row["claims"], claims, doubts)


def show_calibration(found: list[Read]) -> None:
    """Promised against held, in five bins of equal size."""
    told = sorted(
        (sureness(c) or 0.0, i in m)
        for r in found
        for m in [r.matched(r.claims)]
        for i, c in enumerate(r.claims)
    )
    say("promised  right   claims")
    for k in range(5):
        part = told[k * len(told) // 5 : (k + 1) * len(told) // 5]
        promised, right = (sum(one[n] for one in part) / len(part) for n in (0, 1))
        say(f"{promised:8.3f} {right:6.3f} {len(part):8}")


def errors(one: Read) -> dict[int, int]:
    """By sentence: claims missed, claims too many, and wrong sources, places and actors of those that match."""
    found: dict[int, int] = defaultdict(int)
    matched = one.matched(one.claims)
    for index, claim in enumerate(one.claims):
        mine, gold = claim_to_json(claim), matched.get(index)
        at = sentence_at(one.reading, mine["evidence"][0])
        if gold is None:
            found[at] += 1
            continue
        right, wanted, given = actors_right(mine, gold)
        wrong_actors = right < wanted or given > wanted + 1
        found[at] += (not source_right(mine, gold)) + (not place_right(mine, gold)) + wrong_actors
    known = {id(gold) for gold in matched.values()}
    for gold in one.gold:
        if id(gold) not in known:
            found[sentence_at(one.reading, gold["evidence"][0])] += 1
    return found


def sentence_at(reading: Reading, evidence: Row) -> int:
    """The sentence in which a trigger (or evidence without one) begins."""
    part, start = evidence.get("in", "text"), (evidence.get("trigger") or evidence)["start"]
    first = [reading.tokens[s.first] for s in reading.sentences]
    return max((i for i, t in enumerate(first) if t.part == part and t.start <= start), default=0)


def show_budget(found: list[Read]) -> None:
    """Which share of the errors lies in what a budget would show, against sentences taken by chance."""
    say("budget  characters  errors in them  by chance")
    chance = random.Random(1)
    for share in SHARES:
        used = all_errors = caught = lucky = size = 0
        for one in found:
            wrong = errors(one)
            picked = chosen(one.reading, one.doubts, share)
            blind = {i: chance.random() for i in range(len(one.reading.sentences))}
            size += len(one.reading.article.text)
            used += sum(length(one.reading, i) for i in picked)
            caught += sum(wrong[i] for i in picked)
            lucky += sum(wrong[i] for i in chosen(one.reading, blind, share))
            all_errors += sum(n for i, n in wrong.items() if one.reading.sentences[i].part == "text")
        say(f"{share:6.2f} {used / size:11.3f} {caught / all_errors:15.3f} {lucky / all_errors:10.3f}")


def length(reading: Reading, index: int) -> int:
    """Code points of a sentence."""
    sentence = reading.sentences[index]
    return reading.tokens[sentence.last - 1].end - reading.tokens[sentence.first].start


def second_reader(one: Read, missing: float, wrong: float, dice: random.Random) -> list[Claim]:
    """The annotated claims with some left out, and wrong ones: half of them the rules' own errors, half invented events."""
    article, day = one.reading.article.id, one.reading.article.published
    told = [claim_from_json(_filled(gold, day), article) for gold in one.gold if dice.random() >= missing]
    matched = one.matched(one.claims)
    false = [claim for index, claim in enumerate(one.claims) if index not in matched]
    extra = round(wrong * len(told))
    same = dice.sample(false, min(len(false), extra // 2))
    invented = [replace(claim, event="law.sanction") for claim in dice.sample(told, extra - len(same))]
    return [*told, *same, *invented]


def _filled(gold: Row, day: str | None) -> Row:
    """An annotated claim with the offsets that annotators may leave out, and the article's day where no time is told, as grounding gives it."""
    if not (gold.get("time") or {}).get("from") and day:
        gold["time"] = {"from": day[:10], "to": day[:10]}
    places = [gold["place"]] if gold.get("place") else []
    for item in [*gold.get("actors", ()), *gold.get("attribution", ()), *places, *gold.get("counts", ())]:
        item.setdefault("start", 0)
        item.setdefault("end", 0)
    return gold


def show_sorting(found: list[Read], missing: float, wrong: float) -> None:
    """AUC of right claims of the rules before wrong ones, alone and with the second reader, and what the second reader's claims are."""
    dice = random.Random(1)
    alone: list[tuple[float, bool]] = []
    together: list[tuple[float, bool]] = []
    by: dict[str, list[bool]] = defaultdict(list)
    differing: Counter[str] = Counter()
    for one in found:
        grounded = ground(one.claims, one.reading, load_kit().grounding)
        merged = both(grounded, second_reader(one, missing, wrong, dice), [shown(one.reading)], sureness)
        matched = one.matched(merged)
        for index, claim in enumerate(merged):
            readers = claim.readers
            differing.update(readers.differs)
            by["+".join(readers.by) + (" differ" if len(readers.by) > 1 and readers.differs else "")].append(
                index in matched
            )
            if "rules" in readers.by:
                alone.append((sureness(claim) or 0.0, index in matched))
                together.append((readers.confidence or 0.0, index in matched))
    say(f"AUC of the rules' claims: rules {auc(alone):.3f}, both {auc(together):.3f} ({len(alone)} claims)")
    for name, right in sorted(by.items()):
        say(f"  {name:20} {len(right):5} claims, {sum(right) / len(right):.3f} right")
    say("  differing: " + ", ".join(f"{part} {number}" for part, number in differing.most_common()))


def shown(reading: Reading) -> Window:
    """All of an article in one window."""
    sentences = enumerate(reading.sentences)
    spans = (
        (i, reading.tokens[s.first].start, reading.tokens[s.last - 1].end)
        for i, s in sentences
        if s.part == "text"
    )
    return Window(number=0, shown=tuple(Shown(i, "text", start, end) for i, start, end in spans))


def auc(told: list[tuple[float, bool]]) -> float:
    """The chance that a right claim has the higher figure than a wrong one, equal figures counted half."""
    right, false = ([value for value, ok in told if ok is wanted] for wanted in (True, False))
    won = sum((a > b) + (a == b) / 2 for a in right for b in false)
    return won / (len(right) * len(false))


def show_corpus(number: int) -> None:
    """How much of ordinary articles is unsure, and the cost of knowing."""
    kit = load_kit()
    listed = [
        article_from_json(row) for row in islice(rows(SHARED / "corpus/bench.jsonl.gz"), 0, number * 10, 10)
    ]
    sizes: dict[float, int] = dict.fromkeys((0.0, 0.1, 0.25, 0.5, 0.75), 0)
    whole = 0
    for article in listed:
        reading = read(article, kit.reading)
        _, doubts = find_with_doubts(reading, kit.claims)
        whole += sum(length(reading, i) for i in range(len(reading.sentences)))
        for least in sizes:
            sizes[least] += sum(length(reading, i) for i, doubt in doubts.items() if doubt > least)
    say(
        "characters in sentences with a doubt above "
        + ", ".join(f"{k}: {v / whole:.3f}" for k, v in sizes.items())
    )
    least_plain, least_doubting = (
        min(seconds(listed, find) for _ in range(3)) for find in (find_claims, find_with_doubts)
    )
    say(
        f"CPU of find_with_doubts against find_claims: {least_doubting / least_plain:.3f} ({len(listed)} articles)"
    )


def seconds(listed: list[Any], find: Callable[..., object]) -> float:
    """CPU seconds of one search over all articles, reading left out."""
    kit, spent = load_kit(), 0.0
    for article in listed:
        reading = read(article, kit.reading)
        begun = time.process_time()
        find(reading, kit.claims)
        spent += time.process_time() - begun
    return spent


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--model-noise", type=float, nargs=2, default=(0.2, 0.1), metavar=("MISSING", "WRONG")
    )
    parser.add_argument("--articles", type=int, default=200, help="of the corpus")
    options = parser.parse_args()
    found = list(articles("dev"))
    show_calibration(found)
    show_budget(found)
    show_sorting(found, *options.model_noise)
    show_corpus(options.articles)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
