"""Where the gold and the corpora lie: beside the project in ``../shared``, or where ``MARSAD_SHARED`` says."""

import gzip
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "bench" / "out"
MARSAD = [sys.executable, "-m", "marsad"]


def shared_folder() -> Path | None:
    """The folder with ``gold``, ``corpus`` and ``tools``, or None where this machine has none."""
    folder = Path(os.environ.get("MARSAD_SHARED") or ROOT.parent / "shared")
    return folder if (folder / "tools" / "score.py").is_file() else None


def need_shared() -> Path:
    """The shared folder; without it, a plain word and exit code 0, for there is nothing to measure against."""
    folder = shared_folder()
    if folder is None:
        print("No ../shared beside this checkout (and MARSAD_SHARED is not set): nothing to measure against.")
        sys.exit(0)
    return folder


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def write_rows(path: Path, items: Iterator[dict[str, Any]] | list[dict[str, Any]]) -> Path:
    """Write objects as JSONL and return the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as out:
        for item in items:
            out.write(json.dumps(item, ensure_ascii=False) + "\n")
    return path
