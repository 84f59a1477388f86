"""The parts of the README that the program writes itself: what reading looks like, and how often it is right."""

import json
from pathlib import Path

from marsad.cli.table import TableStyle, article_table
from marsad.model.claim import Claim
from marsad.model.jsonl import article_from_json
from marsad.run import claims_of, load_kit

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"

# Which claims of the samples are shown: article, event, words of the nearest source. A claim that is not found is left out.
SHOWN = (
    ("demo-1", "territory.withdrawal", "الجيش"),
    ("demo-1", "territory.control", "درع العاصي"),
    ("demo-1", "harm.killed", "مرصد"),
    ("demo-1", "harm.killed", "مصدر طبي"),
    ("demo-2", "territory.control", "المتحدث"),
)
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


def picture() -> str:
    """Some claims of the sample articles, as `marsad read` prints them."""
    kit = load_kit()
    tables = []
    for line in (ROOT / "demo" / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        article = article_from_json(json.loads(line))
        wanted = [(event, source) for name, event, source in SHOWN if name == article.id]
        claims = claims_of(article, kit) if wanted else []
        picked = [claim for event, source in wanted if (claim := _first(claims, event, source))]
        if picked:
            tables.append(article_table(article, picked, TableStyle(width=100)))
    return "```text\n" + "".join(tables).rstrip() + "\n```\n"


def _first(claims: list[Claim], event: str, source: str) -> Claim | None:
    for claim in claims:
        if claim.event == event and claim.attribution and source in claim.attribution[0].text:
            return claim
    return None


def figures() -> str:
    """The accepted figures of the quality gate as a table."""
    floors = json.loads((ROOT / "bench" / "floors.json").read_text(encoding="utf-8"))["floors"]
    rows = [f"  | {label} | {floors[name]:.2f} |\n" for name, label in FIGURES.items() if name in floors]
    return "".join(["  | what | figure |\n", "  | --- | --- |\n", *rows])


def readme_page() -> str:
    """The README with its generated parts renewed."""
    text = README.read_text(encoding="utf-8")
    for name, make in (("picture", picture), ("figures", figures)):
        start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        before, rest = text.split(start)
        text = f"{before}{start}\n\n{make()}\n{end}{rest.split(end)[1]}"
    return text
