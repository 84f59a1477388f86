"""Learn which words tell news of conflict from other news; writes ``src/marsad/claims/relevance.tsv``.

Input: the unannotated corpus beside the project (``../shared/corpus``). Articles of tier A (on conflict) against articles of
tier X (any other topic), in chunks of about 60 words so that weights serve sentences as well as articles; the articles
of the gold files and of the off-topic check are left out, and all names of
bodies, peoples, places and persons. Output: one line per word, folded and without clitics, with its weight
in a logistic regression (log-odds; above zero speaks for conflict). Run: ``.venv/bin/python bench/relevance.py``.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from marsad.claims.relevance import sign
from marsad.model import Article
from marsad.reading import ReadingKit, read

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("MARSAD_SHARED", ROOT.parent / "shared"))
CHUNK = 60
VOCABULARY = 5000


def articles() -> Iterator[tuple[str, int, str]]:
    """(id, 1 for conflict, text) of the articles to learn from."""
    held_out = set(json.loads((SHARED / "gold/off_topic_ids.json").read_text()))
    for name in ("dev", "train"):
        with (SHARED / f"gold/{name}.jsonl").open(encoding="utf-8") as lines:
            held_out |= {json.loads(line)["id"] for line in lines}
    for name in ("articles", "bench"):
        with gzip.open(SHARED / f"corpus/{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if row["id"] not in held_out and row["tier"] in ("A", "X"):
                    yield row["id"], int(row["tier"] == "A"), f"{row['title'] or ''}\n{row['text']}"


def main() -> int:
    """Train, print the cross-validated accuracy by chunk, write the weights."""
    kit = ReadingKit.load()
    chunks, labels, groups = [], [], []
    for number, (_, label, text) in enumerate(articles()):
        reading = read(Article(id="x", text=text[:20000]), kit)
        named = {
            index
            for number in range(len(reading.sentences))
            for mention in reading.mentions(number)
            if mention.kind not in ("people", "thing")
            for index in range(mention.ext_first, mention.ext_last)
        }
        stems = [
            sign(token)
            for index, token in enumerate(reading.tokens)
            if token.kind == "word" and (index not in named or sign(token).startswith("<"))
        ]
        for start in range(0, max(1, len(stems) - 20), CHUNK):
            chunks.append(stems[start : start + CHUNK])
            labels.append(label)
            groups.append(number)
    counter = CountVectorizer(analyzer=lambda words: set(words), min_df=60)
    x, y = counter.fit_transform(chunks), np.array(labels)
    model = LogisticRegression(C=0.02, max_iter=300, class_weight="balanced")
    guess = cross_val_predict(model, x, y, groups=np.array(groups), cv=GroupKFold(3))
    sys.stdout.write(f"chunks {len(y)}, words {x.shape[1]}, accuracy {np.mean(guess == y):.3f}\n")
    model.fit(x, y)
    names = counter.get_feature_names_out()
    order = np.argsort(-np.abs(model.coef_[0]))[:VOCABULARY]
    out = ROOT / "src/marsad/claims/relevance.tsv"
    with out.open("w", encoding="utf-8") as lines:
        lines.write("# word, weight: written by bench/relevance.py\n")
        lines.write(f"\t{model.intercept_[0]:.3f}\n")
        for index in sorted(order, key=lambda i: names[i]):
            if abs(model.coef_[0][index]) >= 0.02:
                lines.write(f"{names[index]}\t{model.coef_[0][index]:.2f}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
