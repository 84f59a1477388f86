"""What tasks that tie claims ask of this process: who is who and what lies where, and how garbage is collected while they do it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from marsad.archive.fingerprints import data_of
from marsad.control import ControlKit
from marsad.incidents import Known
from marsad.run.controlling import control_kit
from marsad.run.reconciling import load_knowledge


def knowledge(data: str) -> Known:
    """Who is who, from the kit of this process and the user's folder ("" for none)."""
    return load_knowledge(Path(data) if data else None)


def kit_of(data: str) -> ControlKit:
    """Names for ids, the same way."""
    return control_kit(Path(data) if data else None)


def marks_of(data: str) -> tuple[str, ...]:
    """What a task that asks them depends on beside the code: what the user fetched and added."""
    return (data_of(data),) if data else ()


@contextmanager
def without_collecting() -> Iterator[None]:
    """Garbage is not looked for: millions of objects are made and kept, and looking through them time and again takes a third of the work."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
