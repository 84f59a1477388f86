"""Composition and scale: the one place where the stages meet."""

from marsad.run.outcome import Crew, Outcome, ReadingWork, Work, Writer
from marsad.run.pipeline import Kit, claims_of, load_kit, read_article
from marsad.run.setaside import once_each
from marsad.run.stats import Stats
from marsad.run.workers import outcomes

__all__ = [
    "Crew",
    "Kit",
    "Outcome",
    "ReadingWork",
    "Stats",
    "Work",
    "Writer",
    "claims_of",
    "load_kit",
    "once_each",
    "outcomes",
    "read_article",
]
