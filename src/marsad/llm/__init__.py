"""The second reader: a language model that a user brings. It is asked in the codebook's words and believed only where the article's own words bear it out."""

from marsad.llm.types import (
    Answer,
    Endpoint,
    Question,
    Refusal,
    Shown,
    Sworn,
    Told,
    Window,
)

__all__ = [
    "Answer",
    "Endpoint",
    "Question",
    "Refusal",
    "Shown",
    "Sworn",
    "Told",
    "Window",
]
