"""How well claims were read: predicted against annotated articles, with intervals, by group, and every difference with its words.

The front door of measuring: `evaluate`. What is the same and what is right says `marsad.run.evaluating_claims`, how figures are made of it
`marsad.run.evaluating_figures`, where a claim counts `marsad.run.evaluating_sides`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from marsad.errors import InputError
from marsad.run.evaluating_claims import Json, Matched, match
from marsad.run.evaluating_differences import Difference, differences_of
from marsad.run.evaluating_figures import ROUNDS, Scores, Sums, scores
from marsad.run.evaluating_files import Rows, gold_articles, predicted_articles
from marsad.run.evaluating_sides import GROUPINGS, Group, grouping

LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """What is wanted.

    Attributes:
        by: Groups of claims that get figures of their own, of `GROUPINGS`.
        rounds: How many resamples make the intervals; 0 for none.
        seed: Of the resamples.
        data: The user's folder, whose actors are known for ``side``, too.
    """

    by: Sequence[str] = GROUPINGS
    rounds: int = ROUNDS
    seed: int = 0
    data: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One annotated article, the claims predicted for it, which of them are the same, and what those by code add to the sums."""

    article: Json
    predicted: Sequence[Json]
    matched: Matched
    summed: Sequence[Sums] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What was measured.

    Attributes:
        total: The figures over all annotated articles.
        groups: Figures by grouping and group; groups with more annotated claims first.
        only_gold: Ids of annotated articles without prediction; they count as predicted to hold nothing.
        only_predicted: Ids of predicted articles that gold does not have; they count nowhere.
        compared: The articles, in the order of the gold file.
    """

    how: How
    total: Scores
    groups: Mapping[str, Mapping[str, Scores]]
    only_gold: Sequence[str]
    only_predicted: Sequence[str]
    compared: Sequence[Compared] = field(repr=False)

    def differences(self) -> Iterator[Difference]:
        """Every difference between the two, article by article: what was missed, what is spurious, and what differs in claims that are the same."""
        for one in self.compared:
            yield from differences_of(one.article, one.predicted, one.matched.by_code)

    def data(self) -> dict[str, Any]:
        """As JSON has it: the figures of the total at the top."""
        return {
            **self.total.data(),
            "by": {
                name: [{"group": group, **found.data()} for group, found in groups.items()]
                for name, groups in self.groups.items()
            },
            "bootstrap": {
                "unit": "article",
                "level": LEVEL,
                "rounds": self.how.rounds,
                "seed": self.how.seed,
            },
            "only_gold": list(self.only_gold),
            "only_predicted": list(self.only_predicted),
        }


def evaluate(gold: Rows, predicted: Rows, how: How | None = None) -> Evaluation:
    """Measure predicted claims against annotated ones.

    Args:
        gold: Annotated articles (CODEBOOK section 7): a file of JSON lines, or its objects.
        predicted: The same articles with the claims that a reader found in them, such as `marsad read` prints.
        how: Groups and intervals; all groups and 1,000 resamples if not given.

    Returns:
        Figures between 0 and 1, rounded to four digits.

    Raises:
        InputError: something in either cannot be used, or the two have different texts under one id; the message names file, line and value.
        MarsadError: the register, which ``side`` asks, has not been built.

    >>> article = {"id": "a", "text": "قصفت", "claims": [{"event": "strike.shelling", "evidence": [{"start": 0, "end": 4}]}]}
    >>> evaluate([article], [article], How(by=())).total.figures["claim"].values["f1"]
    1.0
    """
    how = how or How()
    if unknown := [name for name in how.by if name not in GROUPINGS]:
        raise InputError(f"by={unknown[0]!r} is none of {', '.join(GROUPINGS)}")
    annotated = gold_articles(gold)
    found, others = predicted_articles(predicted, annotated)
    compared = compare(annotated, found)
    groups = {name: _grouped(compared, grouping(name, how.data), how) for name in dict.fromkeys(how.by)}
    return Evaluation(
        how=how,
        total=_whole(compared, how),
        groups=groups,
        only_gold=[key for key in annotated if key not in found],
        only_predicted=others,
        compared=compared,
    )


def compare(gold: Mapping[str, Json], predicted: Mapping[str, Json]) -> list[Compared]:
    """Each annotated article with what was predicted for it, matched."""
    return [
        _compared(article, predicted[key]["claims"] if key in predicted else [])
        for key, article in gold.items()
    ]


def _compared(article: Json, predicted: Sequence[Json]) -> Compared:
    gold = article["claims"]
    matched = match(predicted, gold)
    summed = [Sums.of_pair(predicted[i], gold[j]) for i, j in matched.by_code]
    return Compared(article=article, predicted=predicted, matched=matched, summed=summed)


def _whole(compared: Sequence[Compared], how: How) -> Scores:
    rows = [_sums(one, lambda _article, _claim: "").get("", Sums()) for one in compared]
    return scores(rows, how.rounds, how.seed)


def _grouped(compared: Sequence[Compared], group: Group, how: How) -> dict[str, Scores]:
    rows: dict[str, list[Sums]] = {}
    for one in compared:
        for name, sums in _sums(one, group).items():
            rows.setdefault(name, []).append(sums)
    found = {name: scores(mine, how.rounds, how.seed) for name, mine in rows.items()}
    return dict(sorted(found.items(), key=lambda pair: (-pair[1].figures["claim"].n, pair[0])))


def _sums(one: Compared, group: Group) -> dict[str, Sums]:
    """The sums of an article by group; groups without any claim in it are not there."""
    place = [group(one.article, claim) for claim in one.article["claims"]]
    own = [group(one.article, claim) for claim in one.predicted]
    found: dict[str, Sums] = {name: Sums() for name in dict.fromkeys((*place, *own))}
    for name in place:
        found[name].add("gold")
    for sum_of, pairs in (("predicted", one.matched.by_code), ("family_predicted", one.matched.by_family)):
        partner = {i: place[j] for i, j in pairs}
        for i, name in enumerate(own):
            found[partner.get(i, name)].add(sum_of)
    for _, j in one.matched.by_family:
        found[place[j]].add("family")
    for (_, j), summed in zip(one.matched.by_code, one.summed, strict=True):
        found[place[j]].add_all(summed)
    return {name: sums for name, sums in found.items() if any(sums.numbers)}
