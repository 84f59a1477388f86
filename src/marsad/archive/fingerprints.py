"""What a stage's results depend on beside its input: its code and what it knows. Where that changes, the stage is done anew, and those after it where its results differ."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

import marsad

_HOME = Path(marsad.__file__).parent
_READING = ("arabic", "articles", "claims", "codebook", "grounding", "model", "reading")
_KNOWING = ("incidents", "grounding", "model", "codebook", "arabic")
_KIT = ("run/pipeline.py", "run/knowledge.py", "run/own_data.py", "_built")
_KNOWLEDGE = (*_KIT, "run/reconciling.py")
_BLOCKS = tuple(f"archive/{name}.py" for name in ("slicing", "blocks_episodes", "blocks_incidents", "blocks_tying"))  # fmt: skip
_TYING = (*_KNOWING, *_KNOWLEDGE, "control", "run/controlling.py", "run/known.py", "archive", *_BLOCKS)
_COPIES = tuple(f"archive/copies_{name}.py" for name in ("files", "kin", "tables"))
_WATCH = ("archive/reading_child.py", "archive/reading_watch.py")
_PIECES = tuple(f"archive/{name}.py" for name in ("opening", "chunks", "shard_pieces"))
_ROWS = (
    *_READING,
    "incidents",
    *_KIT,
    "run/readers_rules.py",
    "archive",
    "archive/relevance.py",
    *_WATCH,
    *_PIECES,
)
_ASKING = ("llm", "deadline.py", "run/readers.py", "run/readers_model.py", "archive/model_reading.py", "archive/model_told.py")  # fmt: skip

ROOMS: dict[str, tuple[str, ...]] = {
    "cut": ("articles", "arabic/folded.py", "arabic/letters.py", "model/beside.py", "archive", *_PIECES),
    "read": _ROWS,
    "read+model": (*_ROWS, *_ASKING),
    "order": ("articles", "grounding", *_KNOWLEDGE, "archive", *_COPIES),
    "pairs": ("articles", "archive", *_COPIES),
    "families": ("articles", "archive", *_COPIES),
    "settle": (
        "incidents",
        "codebook",
        "_built/codebook.json",
        "model",
        "archive",
        "archive/slicing.py",
        "archive/blocks_episodes.py",
    ),
    "reconcile": (*_TYING, "archive/blocks_edges.py"),
    "stitch": _TYING,
    "control": _TYING,
}
"""The rooms and files of this package that a stage's results come from; what is compiled from the word lists lies in ``_built``. ``read+model`` is
``read`` where a model reads as well: what the rules read hangs on nothing of it.
"""


LIBRARIES = {
    "cut": ("lxml", "pyarrow"),
    "read": ("hijridate", "lxml", "numpy", "py3langid", "pyarrow", "rensa", "trafilatura"),
}
"""What finds the article on a page, tells languages, weighs candidates and signs: another version may read otherwise."""


def _python() -> str:
    """Letters and their classes come with Python, anew in each of its minor versions."""
    return f"python {sys.version_info.major}.{sys.version_info.minor}\n"


@cache
def code_of(stage: str) -> str:
    """The fingerprint of a stage: 16 hex digits over every file of its rooms, the version of Python, and for reading those of the libraries that its rows hang on.

    A stage of a module elsewhere has no files here.
    """
    digest = hashlib.sha256(_python().encode())
    for library in LIBRARIES.get(_plain(stage), ()):
        digest.update(f"{library} {version(library)}\n".encode())
    for path in files_of(stage):
        digest.update(str(path.relative_to(_HOME)).encode() + b"\0" + _digest(path).encode() + b"\n")
    return digest.hexdigest()[:16]


def code_for(stage: str, reader: str) -> str:
    """The fingerprint of a stage in an archive that the rules, a model or both read."""
    asking = f"{stage}+model"
    return code_of(asking if reader != "rules" and asking in ROOMS else stage)


def _plain(stage: str) -> str:
    """The stage, whoever reads in it."""
    return stage.partition("+")[0]


def files_of(stage: str) -> list[Path]:
    """The files that a stage's results come from, each once, in the order of their paths."""
    return sorted({path for room in ROOMS.get(stage, ()) for path in _files(stage, room)})


def _files(stage: str, room: str) -> list[Path]:
    """Of this room only what carries rows: the engines, the driver and what shows people how far it has come change nothing in a table."""
    if room == "archive":
        name = _plain(stage)
        carrying = ("packing.py", "schema.py", f"stages/{name}.py", f"stages/{name}_*.py")
        return [path for pattern in carrying for path in (_HOME / "archive").glob(pattern)]
    place = _HOME / room
    if place.is_file():
        return [place]
    return [path for path in place.rglob("*") if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")]  # fmt: skip


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def data_of(folder: str) -> str:
    """The fingerprint of what a user fetched and added (`marsad.run.OwnData`): 16 hex digits over its files, wherever the folder lies; "" for none."""
    if not folder:
        return ""
    from marsad.run import (
        actors_file,
        gazetteer_folder,
    )  # late: the driver's door does not load what reads articles

    home = Path(folder)
    files = [actors_file(home), *sorted(gazetteer_folder(home).glob("*.sqlite"))]
    digest = hashlib.sha256()
    for path in filter(Path.is_file, files):
        with path.open("rb") as data:
            held = hashlib.file_digest(data, "sha256").hexdigest()
        digest.update(f"{path.name}\0{held}\n".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]
