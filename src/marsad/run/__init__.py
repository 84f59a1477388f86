"""Composition and scale: the one place where the stages meet."""

from marsad.run.known import KnownLabels
from marsad.run.outcome import Crew, Outcome, ReadingWork, Work, Writer
from marsad.run.own_data import OwnData, actors_file, gazetteer_folder
from marsad.run.pipeline import Kit, claims_of, load_kit, read_article
from marsad.run.setaside import once_each
from marsad.run.stats import Stats
from marsad.run.workers import outcomes

__all__ = [
    "Crew",
    "Kit",
    "KnownLabels",
    "Outcome",
    "OwnData",
    "ReadingWork",
    "Stats",
    "Work",
    "Writer",
    "actors_file",
    "claims_of",
    "gazetteer_folder",
    "load_kit",
    "once_each",
    "outcomes",
    "read_article",
]
