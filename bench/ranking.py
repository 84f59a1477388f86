"""Train the rankers: which noun phrase has which role and which place is meant; writes ``roles.tsv`` and ``places.tsv``.

Input: the annotated articles (see annotated.py). For every candidate whose trigger lies in annotated evidence of its code, each noun phrase near by is
right or wrong for each role, by the scorer's own comparison of names; of several that name the same, the nearest counts. Prints
cross-validated figures (by article). Run: ``.venv/bin/python bench/ranking.py``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from annotated import SHARED, annotated_articles
from judge import CLAIMS, KITS, codebook_examples

sys.path.insert(0, str(SHARED / "tools"))
from score import same_name

from marsad.claims.candidate import Candidate
from marsad.claims.find import candidates_of
from marsad.claims.names import name_span
from marsad.claims.near import Near, near_of
from marsad.claims.ranking import PLACE_WEIGHTS, ROLE_WEIGHTS, prepare, roles_of, scored_places, scored_roles
from marsad.model import Article
from marsad.reading import read

KEPT = -1.0
"""Candidates that the judge scores below this take no part in what surrounds the others."""

Row = tuple[list[str], int, str]
"""Features, label, group (article)."""


def matched() -> Iterator[tuple[str, Candidate, list[dict[str, Any]]]]:
    """Candidates of the annotated articles with the annotated claims that they are evidence of."""
    for row in annotated_articles():
        article = Article(
            id=row["id"], text=row["text"], title=row.get("title") or "", published=row["published"]
        )
        reading = read(article, KITS)
        found = candidates_of(reading, CLAIMS)
        reading.memo["known"] = prepare([candidate for candidate in found if candidate.score > KEPT])
        for candidate in found:
            start = candidate.view.tokens[candidate.hit.first]
            claims = [
                claim
                for claim in row["claims"]
                if claim["event"] == candidate.event
                and any(
                    e.get("in", "text") == start.part and e["start"] <= start.start < e["end"]
                    for e in claim["evidence"]
                )
            ]
            if claims:
                yield row["id"], candidate, claims


def exemplary() -> Iterator[tuple[str, Candidate, list[dict[str, Any]]]]:
    """Candidates of the codebook's example sentences with the roles and place given there, in the form of a claim."""
    for event, row in codebook_examples():
        roles = row.get("roles")
        if not roles:
            continue
        reading = read(Article(id="example", text=row["text"]), KITS)
        found = candidates_of(reading, CLAIMS)
        reading.memo["known"] = prepare(found)
        actors = [
            {"role": role, "text": text}
            for role, texts in roles.items()
            for text in (texts if isinstance(texts, list) else [texts])
        ]
        place = {"text": row["place"]} if row.get("place") else None
        for candidate in found:
            if candidate.event == event:
                yield row["text"], candidate, [{"actors": actors, "place": place}]


def names(annotated: dict[str, Any] | None) -> list[str]:
    """All strings that count as right."""
    return [annotated["text"], *annotated.get("also", [])] if annotated and annotated.get("text") else []


def text_of(candidate: Candidate, item: Near) -> str:
    """The words of a noun phrase as a claim would give them."""
    reading = candidate.view.reading
    return reading.article.words(name_span(reading, item.mention))


def labels(
    candidate: Candidate, scored: list[tuple[Near, list[str]]], right: list[list[str]]
) -> Iterator[tuple[list[str], int]]:
    """Features with labels; further mentions of a name that is right count neither way."""
    order = sorted(scored, key=lambda pair: (pair[0].hops, pair[0].distance))
    done: set[int] = set()
    for item, features in order:
        text = text_of(candidate, item)
        hits = [number for number, group in enumerate(right) if any(same_name(text, name) for name in group)]
        if not hits:
            yield features, 0
        elif not done & set(hits):
            done |= set(hits)
            yield features, 1


def role_rows() -> Iterator[Row]:
    """Rows for the ranker of roles."""
    for article, candidate, claims in (*matched(), *exemplary()):
        near, known = near_of(candidate), candidate.view.reading.memo["known"]
        for role in roles_of(candidate.event):
            right = [names(actor) for claim in claims for actor in claim["actors"] if actor["role"] == role]
            for features, label in labels(candidate, list(scored_roles(candidate, role, near, known)), right):
                yield features, label, article


def place_rows() -> Iterator[Row]:
    """Rows for the ranker of places."""
    for article, candidate, claims in matched():
        right = [names(claim["place"]) for claim in claims if claim["place"]]
        for features, label in labels(candidate, list(scored_places(candidate, near_of(candidate))), right):
            yield features, label, article


def train(rows: list[Row], path: Path, c: float, lean: float, bias: list[str]) -> None:
    """Fit, report, write."""
    counter = CountVectorizer(analyzer=lambda features: features, binary=True, min_df=3)
    x, y = counter.fit_transform([row[0] for row in rows]), np.array([row[1] for row in rows])
    groups = np.array([row[2] for row in rows])
    model = LogisticRegression(C=c, max_iter=3000, fit_intercept=False)
    proba = cross_val_predict(model, x, y, groups=groups, cv=GroupKFold(5), method="predict_proba")[:, 1]
    for at in (-0.5, 0.0, 0.5, 1.0):
        guess = proba > 1 / (1 + np.exp(at))
        right = np.sum(guess & (y == 1))
        p, r = right / max(1, guess.sum()), right / y.sum()
        sys.stdout.write(
            f"{path.name} lean {at:+.1f}: p {p:.3f} r {r:.3f} f1 {2 * p * r / max(1e-9, p + r):.3f}\n"
        )
    model.fit(x, y)
    with path.open("w", encoding="utf-8") as lines:
        lines.write("# feature, weight: written by bench/ranking.py\n")
        for name, value in sorted(zip(counter.get_feature_names_out(), model.coef_[0], strict=True)):
            added = value + (lean if name in bias else 0.0)
            if abs(added) >= 0.02:
                lines.write(f"{name}\t{added:.2f}\n")


def main() -> int:
    """Train both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--c", type=float, default=0.3)
    parser.add_argument("--role-lean", type=float, default=1.3)
    parser.add_argument("--place-lean", type=float, default=2.5)
    options = parser.parse_args()
    train(
        list(role_rows()),
        ROLE_WEIGHTS,
        options.c,
        options.role_lean,
        ["agent", "patient", "party", "gainer", "loser"],
    )
    train(list(place_rows()), PLACE_WEIGHTS, options.c, options.place_lean, ["bias"])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
