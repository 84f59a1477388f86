"""Train merging: which mentions of an article tell one event by one source; writes ``src/marsad/claims/merge.tsv``.

Input: the annotated articles (see annotated.py). Candidates whose trigger lies in annotated evidence of their code are paired, code by code; a pair is
right when both are evidence of one annotated claim. Pairs that never join (two sources, two tolls) are left out. Prints figures
cross-validated by article: of pairs, and of the claims that come of them. Roles and places are those of networks that have not seen the article
(``bench/network.py --fold``). Run: ``.venv/bin/python bench/merging.py``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from annotated import annotated_articles
from folds import kit
from labelled import KITS
from marsad.claims.candidate import Candidate
from marsad.claims.find import candidates_of
from marsad.claims.linear import Weights
from marsad.claims.merge import WEIGHTS, merge
from marsad.claims.merge_features import counts, features_of, profile_of, voices
from marsad.claims.names import Names
from marsad.claims.ranking import rank
from marsad.model import Article, Reading
from marsad.reading import read
from network_folds import FOLDS, fold_of

KEPT = -1.0
"""Candidates that the judge scores below this are left out of training."""
_LEAST = 0.02

Row = tuple[list[str], int, str]
"""Features, label, group (article)."""


@dataclass(frozen=True, slots=True)
class Told:
    """One article with its candidates and, for each, which annotated claims it is evidence of."""

    id: str
    reading: Reading
    candidates: list[Candidate]
    claims: list[frozenset[int]]


def told() -> Iterator[Told]:
    """The annotated articles, read."""
    for row in annotated_articles():
        article = Article(
            id=row["id"], text=row["text"], title=row.get("title") or "", published=row["published"]
        )
        reading = read(article, KITS)
        unseen = kit(fold_of(article.id))
        found = [candidate for candidate in candidates_of(reading, unseen) if candidate.score > KEPT]
        if not found:
            continue
        rank(found, unseen.network, Names(reading))
        yield Told(article.id, reading, found, [evidence_of(candidate, row["claims"]) for candidate in found])


def evidence_of(candidate: Candidate, claims: list[dict[str, Any]]) -> frozenset[int]:
    """The numbers of the annotated claims whose evidence holds the candidate's trigger."""
    start = candidate.view.tokens[candidate.hit.first]
    return frozenset(
        number
        for number, claim in enumerate(claims)
        if claim["event"] == candidate.event
        and any(
            e.get("in", "text") == start.part and e["start"] <= start.start < e["end"]
            for e in claim["evidence"]
        )
    )


def pairs(article: Told) -> Iterator[tuple[int, int]]:
    """The pairs of candidates, by their place in the article, of which it is known whether they are one claim."""
    found = [number for number, claims in enumerate(article.claims) if claims]
    for place, left in enumerate(found):
        for right in found[place + 1 :]:
            a, b = article.candidates[left], article.candidates[right]
            if a.event == b.event and a.polarity == b.polarity:
                yield left, right


def rows(article: Told) -> Iterator[Row]:
    """The pairs of an article that can join, with features and label."""
    names = Names(article.reading)
    profiles = [profile_of(candidate, names) for candidate in article.candidates]
    for left, right in pairs(article):
        a, b = profiles[left], profiles[right]
        if voices(a, b) != "other" and counts(a, b) != "other":
            yield list(features_of(a, b)), int(bool(article.claims[left] & article.claims[right])), article.id


def grouped(article: Told, weights: Weights) -> Counter[str]:
    """How merging does on an article: pairs rightly and wrongly put together and missed, claims that come out, annotated claims."""
    kept = [candidate for candidate in article.candidates if candidate.score > 0]
    groups = merge(kept, Names(article.reading), weights)
    of = {id(member): index for index, group in enumerate(groups) for member in group.members}
    group = [of.get(id(candidate), -1) for candidate in article.candidates]
    known = [number for number, claims in enumerate(article.claims) if claims and group[number] >= 0]
    found: Counter[str] = Counter()
    found["claims"] = len({group[number] for number in known})
    found["annotated"] = len({claim for number in known for claim in article.claims[number]})
    for left, right in pairs(article):
        if group[left] >= 0 and group[right] >= 0:
            one = bool(article.claims[left] & article.claims[right])
            joined = group[left] == group[right]
            found[f"{'joined' if joined else 'split'}, {'one' if one else 'two'}"] += 1
    return found


def fit(data: list[Row], options: argparse.Namespace, path: Path) -> Weights:
    """Write the weights that a logistic regression gives the features."""
    counter = CountVectorizer(analyzer=lambda features: features, binary=True, min_df=3)
    model = LogisticRegression(C=options.c, max_iter=3000, fit_intercept=False)
    model.fit(counter.fit_transform([row[0] for row in data]), [row[1] for row in data])
    with path.open("w", encoding="utf-8") as lines:
        lines.write("# feature, weight: written by bench/merging.py\n")
        for name, value in sorted(zip(counter.get_feature_names_out(), model.coef_[0], strict=True)):
            added = value + (options.lean if name == "bias" else 0.0)
            if abs(added) >= _LEAST:
                lines.write(f"{name}\t{added:.2f}\n")
    return Weights(path)


def validated(articles: list[Told], data: list[Row], options: argparse.Namespace) -> Counter[str]:
    """The figures of each article with weights learnt from the others."""
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for fold in range(FOLDS):
            held = {article.id for article in articles if fold_of(article.id) == fold}
            weights = fit([row for row in data if row[2] not in held], options, Path(folder) / "merge.tsv")
            for article in articles:
                if article.id in held:
                    found += grouped(article, weights)
    return found


def main() -> int:
    """Train, print the figures, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--c", type=float, default=0.3, help="inverse strength of the regularisation")
    parser.add_argument("--lean", type=float, default=-0.3, help="added to the bias: above 0 joins more")
    options = parser.parse_args()
    articles = list(told())
    data = [row for article in articles for row in rows(article)]
    found = validated(articles, data, options)
    right = found["joined, one"]
    p, r = right / max(1, right + found["joined, two"]), right / max(1, right + found["split, one"])
    sys.stdout.write(f"pairs {len(data)}, of one claim {sum(row[1] for row in data)}\n")
    sys.stdout.write(f"joined p {p:.3f} r {r:.3f} f1 {2 * p * r / max(1e-9, p + r):.3f}\n")
    sys.stdout.write(f"claims {found['claims']}, annotated {found['annotated']}\n")
    fit(data, options, WEIGHTS)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
