"""What counts as an event: the types, their roles and their examples."""

from marsad.codebook.codebook import (
    AcledType,
    Codebook,
    CodebookError,
    CounterExample,
    EventType,
    Example,
    Label,
    PloverType,
    Settled,
    build,
    compile_codebook,
    describe,
    load_codebook,
    near_codes,
)
from marsad.codebook.people import people_words

__all__ = [
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
    "people_words",
]
