"""The quality gate: accuracy on the annotated cases against floors that only go up.

    python bench/gate.py                      measure everything, compare with bench/floors.json
    python bench/gate.py --only dev           only one of: dev, gsr, off_topic, incidents, status, replayed
    python bench/gate.py --cases bench/out/a  write one line per claim (right, missed, spurious), to be diffed
    python bench/gate.py --update             raise the floors to what was measured

A floor is never lowered, and a changed gold file is never accepted, unless ``--allow-regression`` is given too.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cases import write_cases
from shared import MARSAD, ROOT, need_shared, rows, write_rows

FLOORS = ROOT / "bench" / "floors.json"
CEILINGS = {"off_topic.claims_per_article", "incidents.split", "status.independent"}  # here less is better
Figures = dict[str, float]


def predict(articles: list[dict[str, Any]], out: Path) -> Path:
    """Run ``marsad read`` on articles without their annotation; the JSONL it printed."""
    bare = [{k: v for k, v in article.items() if k != "claims"} for article in articles]
    source = write_rows(out.with_suffix(".in.jsonl"), bare)
    with out.open("wb") as target:
        command = [*MARSAD, "read", "--format", "jsonl", str(source)]
        done = subprocess.run(command, stdout=target, stderr=subprocess.PIPE, check=False)
    if done.returncode not in (0, 3):
        sys.exit(f"marsad read failed with exit code {done.returncode}:\n{done.stderr.decode()[-2000:]}")
    return out


def run_tool(tool: Path, *arguments: str | Path) -> str:
    """What one of the shared scorers prints."""
    command = [sys.executable, str(tool), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def measure_dev(shared: Path, work: Path, cases: Path | None) -> Figures:
    """The figures of score.py on the development cases."""
    gold = shared / "gold" / "dev.jsonl"
    predicted = predict(list(rows(gold)), work / "dev.jsonl")
    if cases:
        write_cases(shared, gold, predicted, cases / "dev.tsv")
    result = json.loads(run_tool(shared / "tools" / "score.py", gold, predicted, "--json"))
    figures: Figures = {}
    for name, value in result.items():
        if isinstance(value, dict):
            kind = "f1" if "f1" in value else "acc"
            figures[f"dev.{name}.{kind}"] = value[kind] or 0.0
    return figures


def measure_gsr(shared: Path, work: Path, cases: Path | None) -> Figures:
    """F1 on the labelled sentences of the Open Event Data Alliance."""
    figures: Figures = {}
    tool = shared / "tools" / "score_gsr.py"
    for kind in ("assault", "protest"):
        labels = shared / "gold" / "gsr" / f"{kind}.jsonl"
        listed = run_tool(tool, "--articles", labels)
        articles = [json.loads(line) for line in listed.splitlines()]
        predicted = predict(articles, work / f"{kind}.jsonl")
        result = json.loads(run_tool(tool, labels, predicted, "--json"))
        figures.update({f"gsr.{kind}.{name}": result[name] for name in ("p", "r", "f1")})
    return figures


def measure_off_topic(shared: Path, work: Path, cases: Path | None) -> Figures:
    """Claims per article on articles that hold no conflict at all."""
    wanted = set(json.loads((shared / "gold" / "off_topic_ids.json").read_text(encoding="utf-8")))
    articles = [a for a in rows(shared / "corpus" / "bench.jsonl.gz") if a["id"] in wanted]
    read = list(rows(predict(articles, work / "off_topic.jsonl")))
    if cases:
        lines = [
            f"{a['id']}\t{c['event']}\t{(a['title'] if e.get('in') == 'title' else a['text'])[e['start'] : e['end']]!r}"
            for a in read
            for c in a["claims"]
            for e in c["evidence"][:1]
        ]
        (cases / "off_topic.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return {
        "off_topic.claims_per_article": round(sum(len(a["claims"]) for a in read) / max(1, len(articles)), 4)
    }


def reconcile(articles: Path, work: Path) -> Path:
    """Run ``marsad read`` and ``marsad reconcile`` on all articles of a file together; the incidents."""
    claims = predict(list(rows(articles)), work / "claims.jsonl")
    out = work / "incidents.jsonl"
    with out.open("wb") as target:
        subprocess.run([*MARSAD, "reconcile", "--format", "jsonl", str(claims)], stdout=target, check=True)
    return out


def measure_incidents(shared: Path, work: Path, cases: Path | None) -> Figures:
    """The figures of score_incidents.py on the incidents that researchers linked articles to."""
    gold = shared / "gold" / "incidents"
    found = reconcile(gold / "articles_dev.jsonl", work)
    if cases:
        shutil.copy(found, cases / "incidents.jsonl")
    printed = run_tool(shared / "tools" / "score_incidents.py", gold / "truth_dev.jsonl", found, "--json")
    result = json.loads(printed)
    names = ("found", "located", "dated", "counted", "split", "purity")
    return {f"incidents.{name}": result[name] for name in names}


def measure_status(shared: Path, work: Path, cases: Path | None) -> Figures:
    """The figures of score_status.py on events told by several outlets."""
    gold = shared / "gold" / "status"
    found = reconcile(gold / "articles_dev.jsonl", work)
    if cases:
        shutil.copy(found, cases / "status.jsonl")
    printed = run_tool(shared / "tools" / "score_status.py", gold / "status_dev.jsonl", found, "--json")
    result = json.loads(printed)
    return {f"status.{name}": result[name] for name in ("met", "status", "independent", "roots", "killed")}


def measure_replayed(shared: Path, work: Path, cases: Path | None) -> Figures:
    """F1 of claims when good answers of a model, made of the annotation, go through the second reader's pipe: what it loses."""
    del work, cases
    from model_gold import floor_figures  # late: the other measures read nothing in this process

    return floor_figures(shared)


MEASURES: dict[str, tuple[Callable[[Path, Path, Path | None], Figures], tuple[str, ...]]] = {
    "dev": (measure_dev, ("gold/dev.jsonl", "tools/score.py")),
    "gsr": (measure_gsr, ("gold/gsr/assault.jsonl", "gold/gsr/protest.jsonl", "tools/score_gsr.py")),
    "off_topic": (measure_off_topic, ("gold/off_topic_ids.json",)),
    "incidents": (
        measure_incidents,
        ("gold/incidents/articles_dev.jsonl", "gold/incidents/truth_dev.jsonl", "tools/score_incidents.py"),
    ),
    "status": (
        measure_status,
        ("gold/status/articles_dev.jsonl", "gold/status/status_dev.jsonl", "tools/score_status.py"),
    ),
    "replayed": (measure_replayed, ("gold/dev.jsonl", "tools/score.py")),
}


def sha256(path: Path) -> str:
    """The hash that pins a gold file or a scorer."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def worse(name: str, measured: float, floor: float) -> bool:
    """Whether a figure is on the wrong side of its floor (or ceiling)."""
    return measured > floor if name in CEILINGS else measured < floor


def compare(pinned: dict[str, Any], figures: Figures) -> list[str]:
    """Print figure, floor and goal of each measure; the names of those below their floor."""
    failed = []
    print(f"{'figure':34} {'measured':>9} {'floor':>9} {'goal':>9}")
    for name, measured in figures.items():
        floor, goal = pinned["floors"].get(name), pinned["goals"].get(name)
        note = ""
        if floor is not None and worse(name, measured, floor):
            failed.append(name)
            note = "  BELOW ITS FLOOR" if name not in CEILINGS else "  ABOVE ITS CEILING"
        elif goal is not None and worse(name, measured, goal):
            note = "  goal not reached"
        print(f"{name:34} {measured:9.4f} {_cell(floor)} {_cell(goal)}{note}")
    return failed


def _cell(value: float | None) -> str:
    return f"{value:9.4f}" if value is not None else f"{'-':>9}"


def update(pinned: dict[str, Any], figures: Figures, hashes: dict[str, str], failed: list[str]) -> None:
    """Write the measured figures as the new floors."""
    pinned["floors"].update(figures)
    pinned["sha256"].update(hashes)
    FLOORS.write_text(json.dumps(pinned, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    print(f"wrote {FLOORS.relative_to(ROOT)}" + (f"; lowered: {', '.join(failed)}" if failed else ""))


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--only", choices=sorted(MEASURES), action="append", help="measure only this (repeatable)"
    )
    parser.add_argument("--cases", type=Path, help="folder for one line per claim, to be diffed")
    parser.add_argument("--update", action="store_true", help="raise the floors to what was measured")
    parser.add_argument(
        "--allow-regression", action="store_true", help="let --update lower a floor or take new gold"
    )
    return parser.parse_args()


def main() -> int:
    """Measure, compare, and update where asked; exit code 1 where a figure is below its floor."""
    chosen = options()
    shared = need_shared()
    pinned = json.loads(FLOORS.read_text(encoding="utf-8"))
    if chosen.cases:
        chosen.cases.mkdir(parents=True, exist_ok=True)
    figures: Figures = {}
    hashes: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as work:
        for name in chosen.only or MEASURES:
            measure, files = MEASURES[name]
            hashes.update({file: sha256(shared / file) for file in files})
            figures.update(measure(shared, Path(work), chosen.cases))
    moved = [file for file, digest in hashes.items() if pinned["sha256"].get(file, digest) != digest]
    failed = compare(pinned, figures)
    for file in moved:
        print(f"{file} is not the file that the floors were measured on; the figures cannot be compared.")
    if (failed or moved) and not (chosen.update and chosen.allow_regression):
        return 1
    if chosen.update:
        update(pinned, figures, hashes, failed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
