"""Load the codebook: from the compiled JSON where it is built and fresh, else from ``codebook.yml``.

The YAML is for people; reading it takes a tenth of a second, so the build writes the same data as JSON. The JSON names
the digest of the YAML it was made from: edit the YAML and the old JSON is passed over, never believed.
"""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from marsad.codebook.parse import CodebookError, parse_codebook
from marsad.codebook.types import (
    AcledType,
    Codebook,
    CounterExample,
    EventType,
    Example,
    PloverType,
    Settled,
)
from marsad.model import Label

__all__ = [
    "BUILT",
    "SOURCE",
    "AcledType",
    "Codebook",
    "CodebookError",
    "CounterExample",
    "EventType",
    "Example",
    "Label",
    "PloverType",
    "Settled",
    "build",
    "compile_codebook",
    "describe",
    "load_codebook",
    "near_codes",
]

SOURCE = Path(__file__).parent / "codebook.yml"
BUILT = Path(__file__).parent.parent / "_built" / "codebook.json"


def compile_codebook(source: Path = SOURCE) -> bytes:
    """The YAML as JSON with its digest, checked before it is written.

    Raises:
        CodebookError: the YAML has a duplicate, an unknown key or a name outside the official lists.
    """
    raw = source.read_bytes()
    tree = _yaml_tree(raw)
    parse_codebook(tree)
    return json.dumps({"source": _digest(raw), "tree": tree}, ensure_ascii=False).encode()


def build(out_dir: Path | None = None) -> list[Path]:
    """Write the compiled codebook; returns the files written."""
    out = (out_dir or BUILT.parent) / BUILT.name
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(compile_codebook())
    return [out]


@cache
def load_codebook(source: Path = SOURCE, built: Path = BUILT) -> Codebook:
    """The codebook; the same object for every call.

    Raises:
        CodebookError: it has a duplicate, an unknown key or a name outside the official lists.
    """
    raw = source.read_bytes()
    if built.exists():
        compiled = json.loads(built.read_bytes())
        if compiled["source"] == _digest(raw):
            return parse_codebook(compiled["tree"])
    return parse_codebook(_yaml_tree(raw))


def near_codes(code: str, codebook: Codebook) -> list[str]:
    """Codes that someone who typed ``code`` may have meant, the likeliest first; at most five."""
    known = list(codebook.events)
    close = difflib.get_close_matches(code, known, n=3, cutoff=0.5)
    words = {word for word in code.lower().split(".") if len(word) > 2}
    shared = [name for name in known if words & set(name.split("."))]
    starts = [name for name in known if any(part.startswith(code.lower()) for part in name.split("."))]
    return list(dict.fromkeys([*close, *starts, *shared]))[:5]


def describe(event: EventType, codebook: Codebook) -> str:
    """An event type in plain text, for the terminal.

    >>> print(describe(load_codebook().events["strike.air"], load_codebook()).splitlines()[0])
    strike.air · air strike · غارة جوية
    """
    roles = [f"{role} ({codebook.values['roles'][role].en})" for role in event.roles]
    lines = [
        f"{event.code} · {event.label.en} · {event.label.ar}",
        event.definition,
        "",
        f"roles    {', '.join(roles)}",
        f"ACLED    {acled_text(event)}",
        f"PLOVER   {plover_text(event)}",
    ]
    if event.notes:
        lines.append(f"notes    {event.notes}")
    lines += ["", "examples"]
    for example in event.examples:
        lines.append(f"  {example.text}")
        lines.append(f"    {_parts_text(example)}")
    lines += ["", "not this"]
    lines += [f"  {counter.text}  ({counter.event or 'no claim'})" for counter in event.counter]
    return "\n".join(lines)


def acled_text(event: EventType) -> str:
    """The ACLED types of an event in one line, with the note."""
    names = "; ".join(f"{kind.event}: {kind.sub_event}" for kind in event.acled)
    return " ".join(part for part in (names and f"{names}.", event.acled_note) if part)


def plover_text(event: EventType) -> str:
    """The PLOVER types of an event in one line, with the note."""
    names = ", ".join(str(kind) for kind in event.plover)
    return " ".join(part for part in (names and f"{names}.", event.plover_note) if part)


def _parts_text(example: Example) -> str:
    parts = [f"trigger: {example.trigger}"]
    parts += [f"{role}: {'، '.join(texts)}" for role, texts in example.roles.items()]
    if example.place:
        parts.append(f"place: {example.place}")
    usual = ("affirmed", "actual")
    parts += [value for value in (example.polarity, example.modality) if value not in usual]
    return " · ".join(parts)


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _yaml_tree(raw: bytes) -> Mapping[str, Any]:
    """The YAML as plain data; a key that stands twice is an error, where YAML itself would keep the last."""
    from marsad.codebook.strict_yaml import load_strict

    return load_strict(raw)
