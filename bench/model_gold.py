"""What the pipe of the second reader costs: good answers, made of the annotation, are replayed through it and scored against the annotation.

    python bench/model_gold.py                  dev articles, one question each as a rule; then in small windows; then bad answers
    python bench/model_gold.py --gold FILE      other annotated articles
    python bench/model_gold.py --losses         list what did not stand, with its words
    python bench/model_gold.py --write FILE     write the good answers as a replay file for `marsad read --reader model --replay FILE`

A model that reads as the annotators do must score as they do: what is missing was lost by windows, oath, merging or grounding.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from marsad.codebook import load_codebook
from marsad.grounding import ground
from marsad.llm import Answer, Window
from marsad.llm.merging import merged
from marsad.llm.oath import Oath, under_oath
from marsad.llm.prompt import instructions, question
from marsad.llm.windows import MOST, windows_of
from marsad.model import Article, Claim, Reading
from marsad.model.jsonl import article_from_json, article_to_json
from marsad.reading import read
from marsad.run.pipeline import Kit, load_kit
from model_answers import BAD, UNUSABLE, Row, answer_for, spoilt
from shared import need_shared, rows, write_rows

SMALL = 800
"""Characters of a small window: a news article of usual length is three of them."""


@dataclass(slots=True)
class Pass:
    """What came of replaying answers."""

    windows: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    unusable: Counter[str] = field(default_factory=Counter)
    lost: list[tuple[str, str, str]] = field(default_factory=list)
    out: list[Row] = field(default_factory=list)


Write = Callable[[Article, list[Row], Window], str]
"""What the stand-in for a model writes of an article's annotated claims and a window."""


def good(article: Article, claims: list[Row], window: Window) -> str:
    """A good answer."""
    return json.dumps(answer_for(article, claims, window), ensure_ascii=False)


def replayed(given: Iterable[Row], kit: Kit, most: int, write: Write = good) -> Pass:
    """Read annotated articles with what is written for them, as the reader does (`marsad.run.readers_model`).

    Args:
        given: Annotated articles.
        kit: What our own rooms know.
        most: Characters of a window.
        write: What is answered.
    """
    done = Pass()
    oath = Oath.load(load_codebook(), kit.reading.lexicon)
    for row in given:
        article = article_from_json(row)
        reading = read(article, kit.reading)
        groups = []
        for window in windows_of(reading, most=most):
            done.windows += 1
            groups.append(_sworn(reading, window, oath, (write(article, row["claims"], window), done)))
        claims = ground(merged(groups, reading), reading, kit.grounding)
        done.out.append(article_to_json(article, claims, "replayed"))
    return done


def _sworn(reading: Reading, window: Window, oath: Oath, said: tuple[str, Pass]) -> tuple[Claim, ...]:
    text, done = said
    sworn = under_oath(Answer(text=text, origin="replay"), window, reading, oath)
    done.refused.update(sworn.counted)
    done.unusable[sworn.unusable] += bool(sworn.unusable)
    done.lost += [(reading.article.id, one.reason, one.words) for one in sworn.refusals]
    return sworn.claims


def score(shared: Path, gold: Path, done: Pass) -> dict[str, Any]:
    """The figures of score.py."""
    with tempfile.TemporaryDirectory() as work:
        predicted = write_rows(Path(work) / "out.jsonl", done.out)
        command = [sys.executable, str(shared / "tools" / "score.py"), str(gold), str(predicted), "--json"]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {name: value for name, value in json.loads(printed).items() if isinstance(value, dict)}


def floor_figures(shared: Path) -> dict[str, float]:
    """For the gate: F1 of claims when good answers are replayed, in windows of the usual size and in small ones."""
    gold = shared / "gold" / "dev.jsonl"
    given, kit = list(rows(gold)), load_kit()
    sizes = {"replayed": MOST, "replayed_small": SMALL}
    return {
        f"{name}.claim.f1": score(shared, gold, replayed(given, kit, most))["claim"]["f1"]
        for name, most in sizes.items()
    }


def replay_rows(given: Iterable[Row], kit: Kit) -> Iterator[Row]:
    """The lines of a replay file with good answers."""
    asked = instructions(load_codebook())
    for row in given:
        article = article_from_json(row)
        for window in windows_of(read(article, kit.reading)):
            one = question(article, window, asked)
            yield {
                "content": one.content, "prompt": one.prompt, "model": "annotators", "answer": good(article, row["claims"], window),
                "finish": "stop", "tokens_in": 0, "tokens_out": 0,
            }  # fmt: skip


def show(name: str, done: Pass, figures: dict[str, Any]) -> None:
    """Print what came out."""
    print(
        f"\n{name}: {len(done.out)} articles in {done.windows} windows, {sum(len(one['claims']) for one in done.out)} claims"
    )
    for part, value in figures.items():
        shown = value["f1"] if "f1" in value else value["acc"]
        print(f"  {part:12} {shown if shown is not None else float('nan'):.4f}")
    print(f"  refused: {dict(done.refused.most_common())}")


def show_bad(given: list[Row], kit: Kit) -> bool:
    """Print for each kind of bad answer how often its reason was counted, and what came through that should not; whether all held."""
    held = True
    before = replayed(given, kit, MOST).refused
    print(f"\n{'bad answers':28}{'reason':24}{'counted':>9}{'claims':>8}")
    for kind, (_, reason) in BAD.items():
        done = replayed(
            given,
            kit,
            MOST,
            lambda a, c, w, kind=kind: json.dumps(spoilt(answer_for(a, c, w), kind), ensure_ascii=False),
        )
        counted = done.refused[reason] - before[reason]
        held &= counted > 0
        print(
            f"{kind:28}{reason:24}{counted:>9,}{sum(len(one['claims']) for one in done.out):>8,}{'' if counted > 0 else '  NOT COUNTED'}"
        )
    for kind, (spoil, reason) in UNUSABLE.items():
        done = replayed(given, kit, MOST, lambda a, c, w, spoil=spoil: spoil(good(a, c, w)))
        found, through = done.unusable[reason], sum(len(one["claims"]) for one in done.out)
        held &= found == done.windows and not through
        print(
            f"{kind:28}{reason:24}{found:>9,}{through:>8,}{'' if found == done.windows and not through else '  NOT HELD'}"
        )
    return held


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, help="annotated articles; gold/dev.jsonl if not given")
    parser.add_argument("--losses", action="store_true", help="list what did not stand")
    parser.add_argument("--write", type=Path, help="write good answers as a replay file, and nothing else")
    return parser.parse_args()


def main() -> int:
    """Measure and print; exit code 1 where a kind of bad answer was not counted."""
    chosen, shared, kit = options(), need_shared(), load_kit()
    gold = chosen.gold or shared / "gold" / "dev.jsonl"
    given = list(rows(gold))
    if chosen.write:
        write_rows(chosen.write, replay_rows(given, kit))
        return 0
    for name, most in (("usual windows", MOST), ("small windows", SMALL)):
        began = time.process_time()
        done = replayed(given, kit, most)
        show(f"{name} ({time.process_time() - began:.1f} processor seconds)", done, score(shared, gold, done))
        for article, reason, words in done.lost if chosen.losses else ():
            print(f"    {reason:20} {article:24} {words}")
    return 0 if show_bad(given, kit) else 1


if __name__ == "__main__":
    sys.exit(main())
