"""Articles of an archive that a language model reads (`marsad.run.readers`): what of the user's choice decides rows, and the reader in the process that reads.

The stage imports this only where a model reads, so that what the rules read does not hang on anything that is said here.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from marsad.archive.model_told import counts_of, took_of
from marsad.archive.plan import Settings
from marsad.archive.reading_child import Order
from marsad.archive.stages.read_article import (
    Piece,
    Result,
    Wanted,
    article_in,
    counted,
    failed,
    refused,
    result_of,
)
from marsad.codebook import load_codebook
from marsad.errors import InputError, MarsadError, SetAside
from marsad.llm.prompt import instructions
from marsad.llm.types import Endpoint, Told
from marsad.model import Article
from marsad.run.knowledge import Knowledge
from marsad.run.pipeline import load_kit
from marsad.run.readers import Found, Reader, ReaderChoice, reader_for

MAKE = "marsad.archive.model_reading:reader"
_APART = ("reader", "model", "budget", "cache", "replay")
"""The settings that a task carries beside its key; `decides` says what of them is in it."""
_ROUNDS = 16
"""An article may wait as long as so many questions may take: its own stand in line behind those of articles that were begun before it."""
_STACK = 10
"""Megabytes that a thread which waits for an answer may need."""
_ENDPOINT = frozenset(one.name for one in fields(Endpoint))

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedOfModel(Wanted):
    """What the user chose, with who reads."""

    choice: ReaderChoice = field(default_factory=ReaderChoice)


def choice_of(settings: Settings) -> ReaderChoice:
    """Who reads by the settings of an archive.

    Raises:
        InputError: they name something of an endpoint that this version does not know.
    """
    strange = sorted(set(settings.model) - _ENDPOINT)
    if strange:
        raise InputError(
            f"the plan says {strange[0]!r} of a model's endpoint, which this version does not know"
        )
    return ReaderChoice(
        reader=settings.reader,
        endpoint=Endpoint(**settings.model) if settings.model else None,
        cache=Path(settings.cache) if settings.cache else None,
        replay=Path(settings.replay) if settings.replay else None,
        budget=settings.budget,
    )


def apart(settings: Settings) -> dict[str, Any]:
    """What a task carries of the model beside its key: where it is, how many questions at a time, where answers are kept."""
    return {name: getattr(settings, name) for name in _APART}


def decides(settings: Settings) -> dict[str, Any]:
    """What of the model is in a task's key: who reads, the model's name, instructions, form and length of answers, the budget, and what is replayed.

    Raises:
        InputError: the file of recorded answers cannot be read.
    """
    choice = choice_of(settings)
    asked = choice.endpoint if choice.replay is None else None
    return {
        "kind": choice.reader,
        "model": choice.model,
        "prompt": instructions(load_codebook()).version,
        "budget": choice.budget,
        "form": asked.form if asked else "",
        "tokens": asked.tokens if asked else 0,
        "replay": _digest(choice.replay) if choice.replay else "",
    }


def named(settings: Settings) -> str:
    """Who reads beside the rules' name, as `marsad.run.readers.Reader.version` has it."""
    choice = choice_of(settings)
    share = "" if choice.budget is None else f", budget {choice.budget:g}"
    return f" + {choice.reader} {choice.model}, prompt {instructions(load_codebook()).version}{share}"


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as answers:
            return hashlib.file_digest(answers, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"the record of answers {file} cannot be read: {error.strerror or error}") from error


def order(wanted: Wanted, settings: Settings, make: str = "") -> Order:
    """What a process is started for in which a model reads: it may wait for answers, and its threads take memory.

    Args:
        wanted: What the rules would be told.
        settings: Of the archive.
        make: A reader of one's own, instead of `reader`.
    """
    choice = choice_of(settings)
    asked = choice.endpoint if choice.asks else None
    return Order(
        wanted=WantedOfModel(
            text=wanted.text,
            relevance=wanted.relevance,
            defaults=wanted.defaults,
            data=wanted.data,
            choice=choice,
        ),
        make=make or MAKE,
        memory=settings.memory + (_STACK * asked.in_flight if asked else 0),
        waits=_ROUNDS * asked.seconds * asked.attempts if asked else 0.0,
    )


def reader(wanted: WantedOfModel) -> Pieces:
    """What reads pieces by a model, with all that it needs loaded.

    Raises:
        MarsadError: the kit or a file cannot be used, or the model's address is none.
    """
    data = Path(wanted.data) if wanted.data else None
    told = Told()
    kit = load_kit(data)
    known = Knowledge(kit.grounding.register, kit.grounding.lookup.gazetteer)
    return Pieces(wanted, reader_for(wanted.choice, data, told), told, known)


@dataclass(slots=True)
class Pieces:
    """Reads pieces in two halves (`marsad.archive.stages.read_article.Halves`): what a model is asked about one, it answers while others are begun."""

    wanted: WantedOfModel
    reader: Reader
    told: Told
    known: Knowledge
    _counted: tuple[Counter[str], Counter[str]] = field(default_factory=lambda: (Counter(), Counter()))

    @property
    def ahead(self) -> int:
        """How many pieces may be begun at once."""
        return self.reader.ahead

    def begin(self, piece: Piece) -> Callable[[], Result]:
        """Filter a piece and ask about it.

        Raises:
            MarsadError: it is pointless to go on; what comes back raises it too.
        """
        found = _walled(piece, partial(self._begun, piece))
        return (lambda: found) if isinstance(found, Result) else found

    def _begun(self, piece: Piece) -> Result | Callable[[], Result]:
        article = article_in(piece, self.wanted)
        if article is None:
            return counted("filtered_off_topic")
        return partial(_walled, piece, partial(self._ended, piece, article, self.reader.begin(article)))

    def _ended(self, piece: Piece, article: Article, found: Found) -> Result:
        return result_of(article, piece, (self.wanted, self.known), found())

    def account(self) -> tuple[Counter[str], Counter[str]]:
        """What was told since this was last called: what the same answers give again, and what asking took."""
        before, self._counted = self._counted, (counts_of(self.told), took_of(self.told))
        return self._counted[0] - before[0], self._counted[1] - before[1]


def _walled(piece: Piece, work: Callable[[], Made]) -> Made | Result:
    """One bad article does not end the run; a model that is gone does."""
    try:
        return work()
    except SetAside as refusal:
        return refused(piece, refusal)
    except (MemoryError, MarsadError):
        raise
    except Exception as error:  # noqa: BLE001 (the outer wall: one bad article must not end the run)
        return refused(piece, failed(error))
