"""What is known of candidates beside the annotated articles: labelled sentences, our own examples, articles on other topics.

The articles of ``dev.jsonl`` and of the off-topic check take no part.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from annotated import SHARED, jsonl
from marsad.arabic.compile import lexicon_files, read_entries
from marsad.claims.candidate import Candidate
from marsad.claims.find import ClaimsKit
from marsad.reading import ReadingKit
from shared import ROOT

OTHER_TOPICS = 700
SENTENCES = {"assault": (1.0, 1.0), "protest": (1.0, 3.0)}
"""How much a candidate of a labelled sentence counts, by its label; sentences on protest that say yes are few."""
TOPICS = 0.3
"""The same for candidates of articles on other topics."""
EXAMPLES = 0.15
"""The same for our own example sentences of the codebook; those of the trigger lexicon count half of it."""
KITS = ReadingKit.load()
CLAIMS = ClaimsKit.load(KITS.lexicon)
GSR = {
    "assault": frozenset(
        "fight.clash fight.attack strike.air strike.drone strike.shelling blast.explosion blast.suicide harm.killed harm.wounded"
        " harm.assassination harm.execution harm.abduction harm.abuse territory.control territory.advance territory.repel"
        " damage.property".split()
    ),
    "protest": frozenset(("protest.demonstration", "protest.riot")),
}
"""The codes that each file's label is about, as the scorer has them."""

Labels = Callable[[Candidate], tuple[int, float]]
"""Label and weight of a candidate; weight 0: nothing is known of it."""


def other_rows() -> Iterator[tuple[dict[str, Any], Labels]]:
    """Texts, each with what is known of its candidates."""
    yield from _sentences()
    yield from _other_topics()
    for event, row in codebook_examples():
        yield _example(event, row["text"], row.get("is", event) == event, EXAMPLES)
    for path in lexicon_files():
        for cls, entry in read_entries(path):
            if cls == "trigger" and entry.get("example"):
                yield _example(entry["event"], entry["example"], True, EXAMPLES / 2)


def _sentences() -> Iterator[tuple[dict[str, Any], Labels]]:
    """The labelled sentences; only clear labels are used."""
    for name, events in GSR.items():
        for row in jsonl(SHARED / f"gold/gsr/{name}.jsonl"):
            if row["label"] in ("yes", "easy no"):
                yield row, _of_events(events, int(row["label"] == "yes"), SENTENCES[name])


def _of_events(events: frozenset[str], label: int, weights: tuple[float, float]) -> Labels:
    return lambda candidate: (label, weights[label] if candidate.event in events else 0.0)


def _other_topics() -> Iterator[tuple[dict[str, Any], Labels]]:
    """Articles on other topics: none of their candidates is a claim."""
    held_out = set(json.loads((SHARED / "gold/off_topic_ids.json").read_text()))
    seen = 0
    for row in jsonl(SHARED / "corpus/bench.jsonl.gz"):
        if row["tier"] == "X" and row["id"] not in held_out and seen < OTHER_TOPICS:
            seen += 1
            yield row, lambda candidate: (0, TOPICS)


def _example(event: str, text: str, right: bool, weight: float) -> tuple[dict[str, Any], Labels]:
    return {"id": text, "text": text}, lambda candidate: (
        int(right),
        weight if candidate.event == event else 0.0,
    )


def codebook_examples() -> Iterator[tuple[str, dict[str, Any]]]:
    """(event, example or counter-example) of the codebook."""
    tree = yaml.safe_load((ROOT / "src/marsad/codebook/codebook.yml").read_text(encoding="utf-8"))
    for code, event in tree["events"].items():
        for row in [*event.get("examples", ()), *event.get("counter", ())]:
            yield code, row
