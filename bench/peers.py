"""How many articles a second of one core Marsad reads, beside tools for Arabic that run here without a model: in one run, on the same articles, with what each delivers.

    python bench/peers.py --venvs /tmp/peers                     1,000 articles of ../shared/corpus/bench.jsonl.gz
    python bench/peers.py --venvs /tmp/peers --articles 200      fewer

Each peer is installed in an environment of its own below ``--venvs`` (where it is not there yet), so that nothing of it comes near our locks. No model is downloaded: what needs
one that no package brings is named with the reason. Most of these tools do a small part of what reading takes, so that the table says what a step costs and not who is better.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import venv
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from shared import need_shared, rows, write_rows

_HERE = Path(__file__).resolve().parent
_WORK = _HERE / "peers_work.py"
_BARE = _HERE / "archive_bare.py"


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A tool: its name in `peers_work`, what pip installs for it, its licence, what comes out of it."""

    tool: str
    package: str
    licence: str
    delivers: str


PEERS = (
    Peer(tool="pystemmer", package="PyStemmer", licence="MIT, BSD", delivers="stems (in C)"),
    Peer(tool="pyarabic", package="pyarabic", licence="GPL", delivers="tokens, marks and tatweel removed"),
    Peer(tool="camel", package="camel-tools", licence="MIT", delivers="tokens, letters normalised"),
    Peer(tool="spacy", package="spacy", licence="MIT", delivers="tokens with offsets (blank model)"),
    Peer(tool="nltk", package="nltk", licence="Apache-2.0", delivers="roots by the ISRI stemmer"),
    Peer(tool="snowballstemmer", package="snowballstemmer", licence="BSD-3", delivers="stems (in Python)"),
    Peer(tool="tashaphyne", package="tashaphyne", licence="GPL", delivers="light stems and affixes"),
)
NOT_RUN = (
    ("ufal.udpipe (MPL-2.0)", "the library installs; no package brings an Arabic model and its home is not to be had here, so nothing is measured. Quoted from ANCHORS.md, with a small model that was"
     " trained on UD_Arabic-PUD: 124 sentences/s of a core for parses, 287 for UniversalPetrarch's events from parses, 87 for the chain."),
    ("camel-tools' morphology and taggers (MIT)", "their data is downloaded, from no package: not run"),
    ("stanza (Apache-2.0)", "its models are downloaded, from no package: not run"),
)  # fmt: skip
_LEVELS = (
    (
        "claims",
        "claims: event, who says so, polarity, place on the map, time, actors, counts, with exact spans",
    ),
    ("read", "the same, and signatures for copies, roots, sides, episodes"),
)


def environment(folder: Path, peer: Peer) -> Path | None:
    """The Python of a peer's environment, made where it is missing; None where it cannot be installed."""
    home = folder / peer.tool
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
    known = subprocess.run([python, "-m", "pip", "show", "-q", peer.package], capture_output=True, check=False)  # fmt: skip
    if known.returncode:
        command = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", peer.package]
        if subprocess.run(command, check=False).returncode:
            return None
    return python


def measured(python: Path, peer: Peer, texts: Path) -> dict[str, Any] | None:
    """What one peer took; None where it failed."""
    done = subprocess.run([python, _WORK, peer.tool, texts], stdout=subprocess.PIPE, env=_alone(), check=False)  # fmt: skip
    return json.loads(done.stdout) if done.returncode == 0 else None


def _alone() -> dict[str, str]:
    return {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def marsad(level: str, lines: Path) -> dict[str, Any]:
    """What Marsad took at a level of `archive_bare`."""
    done = subprocess.run([sys.executable, _BARE, lines, level], stdout=subprocess.PIPE, env=_alone(), check=True)  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def line(name: str, version: str, rate: float | None, delivers: str) -> None:
    """Print a row of the table."""
    shown = "not installable" if rate is None else f"{rate:,.0f}"
    print(f"| {name} | {version} | {shown} | {delivers} |", flush=True)


def main() -> None:
    """Print the table, as Markdown."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--venvs", type=Path, required=True, help="folder of the peers' environments")
    parser.add_argument("--articles", type=int, default=1_000)
    options = parser.parse_args()
    articles = list(islice(rows(need_shared() / "corpus" / "bench.jsonl.gz"), options.articles))
    print(f"{len(articles):,} articles, {sum(len(row['text'].split()) for row in articles) / len(articles):.0f} words on average; load before the run {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")  # fmt: skip
    print("| tool (licence) | version | articles/s of a core | delivers |\n| --- | --- | ---: | --- |")
    with tempfile.TemporaryDirectory() as place:
        texts = Path(place) / "texts.json"
        texts.write_text(json.dumps([row["text"] for row in articles]), encoding="utf-8")
        lines = write_rows(Path(place) / "articles.jsonl", articles)
        for peer in PEERS:
            python = environment(options.venvs.resolve(), peer)
            took = measured(python, peer, texts) if python else None
            rate = len(articles) / took["processor"] if took else None
            line(f"{peer.package} ({peer.licence})", took["version"] if took else "", rate, peer.delivers)
        for level, delivers in _LEVELS:
            took = marsad(level, lines)
            line("**Marsad**", "this checkout", took["articles"] / took["processor"], delivers)
    print()
    for name, why in NOT_RUN:
        print(f"* {name}: {why}")


if __name__ == "__main__":
    main()
