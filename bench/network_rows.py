"""What the network is trained on: candidates of annotated articles as units and signs, each with what an annotator made of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from annotated import annotated_articles
from labelled import CLAIMS, KITS, other_rows
from shared import need_shared

sys.path.insert(0, str(need_shared() / "tools"))
from score import same_name

from marsad.claims.candidate import Candidate
from marsad.claims.find import unjudged
from marsad.claims.names import Names, name_span
from marsad.claims.near import FAR, Near, near_of, sentence_of, view_of
from marsad.claims.network import head_unit, wanted_sentences
from marsad.claims.ranking import prepare, sought
from marsad.claims.signs import Sign, Standing, event_signs, item_keys, spell_out
from marsad.claims.units import Units, sequence
from marsad.model import Article
from marsad.reading import read

Row = dict[str, Any]
PEOPLE = 2.0


class Item(NamedTuple):
    """A noun phrase that could have a role: where it stands, the unit of its head, what is told of it, which annotated name it is (0: none)."""

    sentence: int
    place: int
    hops: int
    head: int
    signs: list[Sign]
    label: int


class Role(NamedTuple):
    """A role of a candidate: the noun phrases near it, and how many names an annotator gave it."""

    items: list[Item]
    names: int


@dataclass(slots=True)
class Case:
    """One candidate: where it stands, what is told of it, whether it is a claim, and how much that counts."""

    sentence: int
    place: int
    event: str
    signs: list[Sign]
    features: dict[str, float]
    label: int
    weight: float = 1.0
    roles: dict[str, Role] = field(default_factory=dict)
    """Only of candidates that are evidence of an annotated claim"""


class Told(NamedTuple):
    """An article: the units of its sentences (empty where none matters), and its candidates."""

    id: str
    annotated: bool
    counts: float
    """How much the article counts: what people annotated twice as much as what language models did"""
    sentences: list[list[int]]
    cases: list[Case]


def names_of(annotated: Row | None) -> list[str]:
    """All strings that count as right."""
    return [annotated["text"], *annotated.get("also", [])] if annotated and annotated.get("text") else []


def claims_at(candidate: Candidate, claims: Sequence[Row]) -> list[Row]:
    """The annotated claims that a candidate is evidence of."""
    start = candidate.view.tokens[candidate.hit.first]
    return [
        claim
        for claim in claims
        if claim["event"] == candidate.event
        and any(
            e.get("in", "text") == start.part and e["start"] <= start.start < e["end"]
            for e in claim["evidence"]
        )
    ]


def annotated(units: Units) -> Iterator[Told]:
    """The annotated articles."""
    for row in annotated_articles():
        found = _candidates(row)
        if found:
            yield _told(row, found, units)


def others(units: Units) -> Iterator[Told]:
    """Labelled sentences, our own examples and articles on other topics: whether candidates are claims is all that is known of them."""
    for row, labels in other_rows():
        found = _candidates(row)
        sentences, places = _sentences(found, units) if found else ([], [])
        cases = [
            _case(candidate, places, label, weight)
            for candidate in found
            for label, weight in [labels(candidate)]
            if weight
        ]
        if cases:
            yield Told(row["id"], False, 1.0, sentences, cases)


def _candidates(row: Row) -> list[Candidate]:
    article = Article(
        id=row["id"], text=row["text"], title=row.get("title") or "", published=row.get("published")
    )
    return unjudged(read(article, KITS), CLAIMS)


def _sentences(found: Sequence[Candidate], units: Units) -> tuple[list[list[int]], list[dict[int, int]]]:
    """The units of every sentence and the unit of each of its tokens."""
    view = found[0].view
    triggers = {candidate.hit.first for candidate in found}
    wanted = wanted_sentences(found)
    read_so = [
        sequence(view_of(view, index), triggers, units) if index in wanted else ([], {})
        for index in range(len(view.reading.sentences))
    ]
    return [numbers for numbers, _ in read_so], [places for _, places in read_so]


def _case(candidate: Candidate, places: list[dict[int, int]], label: int, weight: float) -> Case:
    at = candidate.view.index
    return Case(
        at,
        places[at][candidate.hit.first],
        candidate.event,
        event_signs(candidate),
        candidate.features,
        label,
        weight,
    )


def _told(row: Row, found: list[Candidate], units: Units) -> Told:
    sentences, places = _sentences(found, units)
    claims = [claims_at(candidate, row["claims"]) for candidate in found]
    # Annotators' claims stand for those that the judge will have kept when roles are settled.
    acting = prepare([candidate for candidate, mine in zip(found, claims, strict=True) if mine])
    reading = found[0].view.reading
    standing = Standing(found[0].view, sorted(wanted_sentences(found)), Names(reading))
    sheet = Sheet(places, units)
    cases: list[Case] = []
    for candidate, mine in zip(found, claims, strict=True):
        case = _case(candidate, places, int(bool(mine)), 1.0)
        if mine:
            for role, items, keys in sought(candidate, near_of(candidate)):
                right = _right(mine, role)
                case.roles[role] = Role(
                    [
                        sheet.item(candidate, item, [*spell_out(one), *spell_out(other)], right)
                        for item, one, other in zip(
                            items, item_keys(candidate, items, standing, acting), keys, strict=True
                        )
                    ],
                    len(right),
                )
        cases.append(case)
    return Told(row["id"], True, 1.0 if "tier" in row else PEOPLE, sentences, cases)


def _right(claims: Sequence[Row], role: str) -> list[list[str]]:
    """The names that annotators gave a role, or the place."""
    if role == "place":
        return [names_of(claim["place"]) for claim in claims if claim["place"]]
    return [names_of(actor) for claim in claims for actor in claim["actors"] if actor["role"] == role]


@dataclass(frozen=True)
class Sheet:
    """What items are looked up in: the units of the tokens of every sentence, and the list of units."""

    places: list[dict[int, int]]
    units: Units

    def item(self, candidate: Candidate, item: Near, signs: list[Sign], right: list[list[str]]) -> Item:
        """A noun phrase as a row, with the number of the annotated name that it is."""
        reading = candidate.view.reading
        words = reading.article.words(name_span(reading, item.mention))
        label = next(
            (n for n, names in enumerate(right, 1) if any(same_name(words, name) for name in names)), 0
        )
        sentence = sentence_of(candidate, item)
        place = self.places[sentence].get(item.mention.first, 0) if item.hops != FAR else 0
        return Item(sentence, place, item.hops, head_unit(candidate, item, self.units), signs, label)
