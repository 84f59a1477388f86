"""One line per claim of the annotated cases: what was right, missed, spurious, and which parts were wrong."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any


def load_scorer(shared: Path) -> ModuleType:
    """The shared scorer as a module, so that cases are matched exactly as they are scored."""
    spec = importlib.util.spec_from_file_location("marsad_score", shared / "tools" / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(shared / "tools" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def write_cases(shared: Path, gold: Path, predicted: Path, out: Path) -> None:
    """Write a table that two runs can be compared by with ``diff``: article, start, fate, event, wrong parts, words."""
    scorer = load_scorer(shared)
    annotated, read = scorer.load(gold), scorer.load(predicted)
    lines: list[str] = []
    for key, article in annotated.items():
        claims = read.get(key, {}).get("claims", [])
        pairs = scorer.match(claims, article["claims"], lambda event: event)
        hit = {id(claim) for pair in pairs for claim in pair}
        lines += [_line(article, theirs, "right", _wrong(scorer, mine, theirs)) for mine, theirs in pairs]
        lines += [_line(article, c, "missed", "") for c in article["claims"] if id(c) not in hit]
        lines += [_line(article, c, "spurious", "") for c in claims if id(c) not in hit]
    out.write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")


def _wrong(scorer: ModuleType, mine: dict[str, Any], theirs: dict[str, Any]) -> str:
    right, wanted, given = scorer.actors_right(mine, theirs)
    checks = {
        "source": scorer.source_right(mine, theirs),
        "polarity": mine["polarity"] == theirs.get("polarity", "affirmed"),
        "modality": mine["modality"] == theirs.get("modality", "actual"),
        "place": scorer.place_right(mine, theirs),
        "actors": right == wanted and given <= wanted + 1,
        "counts": scorer.counts_of(mine) == scorer.counts_of(theirs),
    }
    return ",".join(name for name, fine in checks.items() if not fine)


def _line(article: dict[str, Any], claim: dict[str, Any], fate: str, wrong: str) -> str:
    span = claim["evidence"][0]
    text = article.get("title") or "" if span.get("in") == "title" else article["text"]
    words = " ".join(text[span["start"] : span["end"]].split())
    return f"{article['id']}\t{span['start']:6}\t{fate}\t{claim['event']}\t{wrong}\t{words}"
