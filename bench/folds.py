"""The figures on annotated articles, each read by a network that has not seen it: ``bench/network.py --fold 0`` to ``3`` come first.

python bench/folds.py                    the figures on train.jsonl and on our own annotation
python bench/folds.py --lean 0.2         with that much added to the judge's bias (above 0 keeps more)
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from annotated import annotated_articles
from labelled import CLAIMS, KITS
from marsad.claims.find import ClaimsKit, find_claims
from marsad.claims.linear import Weights
from marsad.claims.network import Network
from marsad.grounding import GroundingKit, ground
from marsad.model.jsonl import article_from_json, article_to_json
from marsad.reading import read
from network_folds import fold_of
from shared import OUT, need_shared

sys.path.insert(0, str(need_shared() / "tools"))
from score import score

FIGURES = ("claim", "usable", "source", "named", "place", "negation", "modality", "actors")


def leaning(path: Path, lean: float) -> Weights:
    """The judge's weights with something added to the bias."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "judge.tsv"
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
        bias = lean + sum(float(weight) for name, weight in rows if name == "bias")
        lines = [f"{name}\t{weight}\n" for name, weight in rows if name != "bias"]
        copy.write_text("".join([*lines, f"bias\t{bias}\n"]), encoding="utf-8")
        return Weights(copy)


@cache
def kit(fold: int, lean: float = 0.0) -> ClaimsKit:
    """The kit with the network that has not seen a quarter of the articles."""
    network = OUT / f"fold{fold}.npz"
    if not network.exists():
        sys.exit(f"{network} is not there: run bench/network.py --fold {fold} first")
    return dataclasses.replace(
        CLAIMS, network=Network.load(network), judge=leaning(network.with_suffix(".tsv"), lean)
    )


def predicted(row: dict[str, Any], lean: float) -> dict[str, Any]:
    """An annotated article as the program reads it."""
    article = article_from_json({key: value for key, value in row.items() if key != "claims"})
    reading = read(article, KITS)
    claims = find_claims(reading, kit(fold_of(article.id), lean))
    return article_to_json(article, ground(claims, reading, grounding()), "folds")


@cache
def grounding() -> GroundingKit:
    """The gazetteer and the register."""
    return GroundingKit.load()


def main() -> int:
    """Read and score."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lean", type=float, default=0.0)
    options = parser.parse_args()
    rows = {row["id"]: row for row in annotated_articles()}
    found = {key: predicted(row, options.lean) for key, row in rows.items()}
    for name, wanted in (("train.jsonl", False), ("our own", True)):
        gold = {key: row for key, row in rows.items() if ("tier" in row) is wanted}
        figures = score(gold, found)
        for figure in FIGURES:
            values = ", ".join(f"{key} {value}" for key, value in figures[figure].items())
            sys.stdout.write(f"{name:12} {figure:9} {values}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
