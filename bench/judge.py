"""Train the judge: which candidates an annotator would code; writes ``src/marsad/claims/judge.tsv``.

Input: the annotated articles (see annotated.py; a candidate is right when its trigger lies in annotated evidence of the same code), the labelled
sentences of ``gold/gsr`` and articles of the corpus on other topics (none of their candidates is right). The articles of
``dev.jsonl`` and of the off-topic check take no part. Prints precision, recall and F1 of candidates, cross-validated by article.
Run: ``.venv/bin/python bench/judge.py``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np
import yaml
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from annotated import ROOT, SHARED, annotated_articles, jsonl
from marsad.arabic.compile import lexicon_files, read_entries
from marsad.claims.candidate import Candidate
from marsad.claims.find import ClaimsKit, candidates_of
from marsad.claims.judge import WEIGHTS
from marsad.model import Article
from marsad.reading import ReadingKit, read

OTHER_TOPICS = 700
RARE = 4
SENTENCES = {"assault": (1.0, 1.0), "protest": (1.0, 3.0)}
"""How much a candidate of a labelled sentence counts, by its label; sentences on protest that say yes are few."""
TOPICS = 0.3
EXAMPLES = 0.15
"""The same for our own example sentences."""
"""The same for candidates of articles on other topics."""
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

Row = tuple[dict[str, float], int, float, str]
"""Features, label, weight of the example, group (article)."""


def candidates(row: dict[str, Any]) -> list[Candidate]:
    """The candidates of one article."""
    article = Article(id=row["id"], text=row["text"], title=row.get("title") or "")
    return candidates_of(read(article, KITS), CLAIMS)


def annotated() -> Iterator[Row]:
    """Candidates of the annotated articles."""
    for row in annotated_articles():
        evidence = defaultdict(list)
        for claim in row["claims"]:
            for e in claim["evidence"]:
                evidence[claim["event"]].append((e.get("in", "text"), e["start"], e["end"]))
        for candidate in candidates(row):
            tokens = candidate.view.tokens
            first, last = tokens[candidate.hit.first], tokens[candidate.hit.last - 1]
            right = any(
                part == first.part
                and start <= first.start
                and min(end, last.end) - first.start > 0
                and first.start < end
                for part, start, end in evidence[candidate.event]
            )
            yield candidate.features, int(right), 1.0, row["id"]


def labelled_sentences() -> Iterator[Row]:
    """Candidates of the labelled sentences; only clear labels are used."""
    for name, families in GSR.items():
        for row in jsonl(SHARED / f"gold/gsr/{name}.jsonl"):
            if row["label"] not in ("yes", "easy no"):
                continue
            for candidate in candidates(row):
                if candidate.event in families:
                    label = int(row["label"] == "yes")
                    yield candidate.features, label, SENTENCES[name][label], row["id"]


def examples() -> Iterator[Row]:
    """Candidates of our own example sentences: those of the codebook and those of the trigger lexicon."""
    sentences = [
        (event, row["text"], row.get("is", event) == event, EXAMPLES) for event, row in codebook_examples()
    ]
    for path in lexicon_files():
        for cls, entry in read_entries(path):
            if cls == "trigger" and entry.get("example"):
                sentences.append((entry["event"], entry["example"], True, EXAMPLES / 2))
    for event, text, right, weight in sentences:
        for candidate in candidates({"id": text, "text": text}):
            if candidate.event == event:
                yield candidate.features, int(right), weight, text


def codebook_examples() -> Iterator[tuple[str, dict[str, Any]]]:
    """(event, example or counter-example) of the codebook."""
    tree = yaml.safe_load((ROOT / "src/marsad/codebook/codebook.yml").read_text(encoding="utf-8"))
    for code, event in tree["events"].items():
        for row in [*event.get("examples", ()), *event.get("counter", ())]:
            yield code, row


def other_topics() -> Iterator[Row]:
    """Candidates of articles on other topics: none is right."""
    held_out = set(json.loads((SHARED / "gold/off_topic_ids.json").read_text()))
    seen = 0
    for row in jsonl(SHARED / "corpus/bench.jsonl.gz"):
        if row["tier"] == "X" and row["id"] not in held_out and seen < OTHER_TOPICS:
            seen += 1
            for candidate in candidates(row):
                yield candidate.features, 0, TOPICS, row["id"]


def without_rare(rows: list[Row]) -> list[Row]:
    """Rows without the features that stand in too few of them to mean anything."""
    seen = Counter(name for row in rows for name in row[0])
    return [
        ({name: value for name, value in features.items() if seen[name] >= RARE}, label, weight, group)
        for features, label, weight, group in rows
    ]


def sentence_f1(rows: list[Row], proba: np.ndarray, name: str, lean: float) -> float:
    """F1 of labelled sentences in which any candidate is kept, each judged by a model that has not seen it."""
    said: dict[str, float] = {}
    for row, chance in zip(rows, proba, strict=True):
        if row[3].startswith(name):
            said[row[3]] = max(chance, said.get(row[3], 0.0))
    labels = {row["id"]: row["label"] for row in jsonl(SHARED / f"gold/gsr/{name}.jsonl")}
    kept = {key for key, chance in said.items() if chance > 1 / (1 + np.exp(lean))}
    yes = {key for key, label in labels.items() if label == "yes"}
    return 2 * len(kept & yes) / max(1, len(kept) + len(yes))


def report(rows: list[Row], proba: np.ndarray, y: np.ndarray, main_rows: np.ndarray) -> None:
    """Print the held-out figures: of the annotated articles by lean, then of the labelled sentences."""
    for lean in (-0.8, -0.4, 0.0, 0.4, 0.8, 1.2):
        guess = proba[main_rows] > 1 / (1 + np.exp(lean))
        right = np.sum(guess & (y[main_rows] == 1))
        p, r = right / max(1, guess.sum()), right / y[main_rows].sum()
        sys.stdout.write(f"lean {lean:+.1f}: p {p:.3f} r {r:.3f} f1 {2 * p * r / (p + r):.3f}\n")
    for name in GSR:
        sys.stdout.write(
            f"{name} sentences held out: f1 {[round(sentence_f1(rows, proba, name, lean), 3) for lean in (-1.0, -0.5, 0.0, 0.5)]}\n"
        )


def main() -> int:
    """Train, print the cross-validated figures, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--c", type=float, default=0.25, help="inverse strength of the regularisation")
    parser.add_argument("--lean", type=float, default=1.1, help="added to the bias: above 0 keeps more")
    parser.add_argument(
        "--alone", type=float, default=-0.6, help="the same for long sentences that come alone"
    )
    options = parser.parse_args()
    rows = without_rare([*annotated(), *labelled_sentences(), *examples(), *other_topics()])
    vectorizer = DictVectorizer()
    x = vectorizer.fit_transform([row[0] for row in rows])
    y, weight = np.array([row[1] for row in rows]), np.array([row[2] for row in rows])
    groups = np.array([row[3] for row in rows])
    model = LogisticRegression(C=options.c, max_iter=2000, fit_intercept=False)
    proba = cross_val_predict(
        model, x, y, groups=groups, cv=GroupKFold(5), method="predict_proba", params={"sample_weight": weight}
    )[:, 1]
    main_rows = np.array(
        [
            not group.startswith(tuple(GSR)) and chance == 1.0
            for group, chance in zip(groups, weight, strict=True)
        ]
    )
    report(rows, proba, y, main_rows)
    model.fit(x, y, sample_weight=weight)
    names = vectorizer.get_feature_names_out()
    leans = {"in an article": options.lean, "alone long": options.alone}
    with WEIGHTS.open("w", encoding="utf-8") as lines:
        lines.write("# feature, weight: written by bench/judge.py\n")
        for name, value in sorted(zip(names, model.coef_[0], strict=True)):
            added = value + leans.get(name, 0.0)
            if abs(added) >= 0.02:
                lines.write(f"{name}\t{added:.2f}\n")
    sys.stdout.write(f"rows {len(rows)}, annotated {int(main_rows.sum())}, right {int(y.sum())}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
