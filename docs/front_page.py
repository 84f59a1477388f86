"""The parts of the README that the program writes itself: what comes out of the sample articles, and how often it is right."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from marsad.cli.control_table import SpellSheet, place_spells
from marsad.cli.incident_table import incident_table
from marsad.cli.rows import Sheet
from marsad.cli.table import TableStyle, article_table
from marsad.control import by_place, trace
from marsad.model.article import Article
from marsad.model.claim import Claim
from marsad.model.control import Spell
from marsad.model.incident import Incident
from marsad.model.jsonl import article_from_json
from marsad.run import KnownLabels, claims_of, load_kit
from marsad.run.controlling import control_kit
from marsad.run.reconciling import Corpus, load_knowledge

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
WIDTH = 100

# Which claims of the samples are shown: article, event, words of the nearest source. A claim that is not found is left out.
SHOWN = (
    ("demo-1", "territory.withdrawal", "الجيش"),
    ("demo-1", "territory.control", "درع العاصي"),
    ("demo-1", "harm.killed", "مرصد"),
    ("demo-1", "harm.killed", "مصدر طبي"),
    ("demo-2", "territory.control", "المتحدث"),
)
CITY = "geonames:168325"
"""Khan Shaykhun: its conceded incident and its spells are shown."""
FIGURES = {
    "dev.claim.f1": "a claim is found, and is one (F1)",
    "dev.source.acc": "of the claims found, the nearest source is right",
    "dev.place.acc": "the place is right",
    "dev.coordinates.acc": "its coordinates are right, as near as the annotators could say",
    "dev.time.acc": "the day is right, where one is said",
    "dev.actors.f1": "the actors and their roles (F1)",
    "dev.counts.f1": "the counts (F1)",
    "dev.usable.f1": "all of it is right at once: source, polarity, modality, place and every actor (F1)",
}
INCIDENT_FIGURES = {
    "incidents.found": "an incident that researchers coded is found: one of ours joins its articles",
    "incidents.located": "... and lies within 15 km of their place",
    "incidents.dated": "... and within two days of their date",
    "incidents.counted": "... and its toll meets theirs, where they coded one",
    "incidents.split": "how many of one kind it is told as, on average (1 is right)",
    "incidents.purity": "two articles that are joined are of one incident, or of two within 25 km and three days",
    "status.met": "an incident that several outlets tell is found",
    "status.status": "its status is right",
    "status.roots": "of its roots, those that are there",
}


@cache
def demo_claims() -> tuple[tuple[Article, tuple[Claim, ...]], ...]:
    """The sample articles with their claims."""
    kit = load_kit()
    lines = (ROOT / "demo" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    articles = (article_from_json(json.loads(line)) for line in lines)
    return tuple((article, tuple(claims_of(article, kit))) for article in articles)


@cache
def demo_incidents() -> tuple[Incident, ...]:
    """The incidents of the sample articles."""
    corpus = Corpus(load_knowledge())
    for article, claims in demo_claims():
        corpus.add(article, claims)
    return tuple(corpus.incidents())


def demo_spells() -> list[Spell]:
    """The spells of the sample articles' city."""
    kit = control_kit()
    return trace(by_place(demo_incidents(), kit).at[CITY], kit)


def picture() -> str:
    """Some claims of the sample articles, as `marsad read` prints them."""
    tables = []
    for article, claims in demo_claims():
        wanted = [(event, source) for name, event, source in SHOWN if name == article.id]
        picked = [claim for event, source in wanted if (claim := _first(claims, event, source))]
        if picked:
            tables.append(article_table(article, picked, TableStyle(width=WIDTH)))
    return _fenced("".join(tables))


def _first(claims: tuple[Claim, ...], event: str, source: str) -> Claim | None:
    for claim in claims:
        if claim.event == event and claim.attribution and source in claim.attribution[0].text:
            return claim
    return None


def incidents() -> str:
    """What the city's army concedes, as `marsad reconcile` prints it, and who is said to hold the city, as `marsad control` does."""
    conceded = [
        incident_table(incident, Sheet(width=WIDTH), KnownLabels(None))
        for incident in demo_incidents()
        if incident.status == "conceded" and incident.place and incident.place.id == CITY
    ]
    spells = demo_spells()
    held = place_spells(spells[0].place, spells, SpellSheet(width=WIDTH, kit=control_kit()))
    return _fenced("".join((*conceded, held)))


def _fenced(text: str) -> str:
    return f"```text\n{text.rstrip()}\n```\n"


def figures() -> str:
    """The accepted figures of the quality gate on claims as a table."""
    return _figures(FIGURES)


def incident_figures() -> str:
    """The same on incidents and their status."""
    return _figures(INCIDENT_FIGURES)


def _figures(labels: Mapping[str, str]) -> str:
    floors = json.loads((ROOT / "bench" / "floors.json").read_text(encoding="utf-8"))["floors"]
    rows = [f"  | {label} | {floors[name]:.2f} |\n" for name, label in labels.items() if name in floors]
    return "".join(["  | what | figure |\n", "  | --- | --- |\n", *rows]) if rows else "  Not measured yet.\n"


PARTS = {
    "picture": picture,
    "incidents": incidents,
    "figures": figures,
    "incident figures": incident_figures,
}


def readme_page() -> str:
    """The README with its generated parts renewed."""
    text = README.read_text(encoding="utf-8")
    for name, make in PARTS.items():
        start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        before, rest = text.split(start)
        text = f"{before}{start}\n\n{make()}\n{end}{rest.split(end)[1]}"
    return text
