"""What reads an article: the protocol, and the first reader that keeps it, the rules."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, cast

from marsad import __version__
from marsad.model.article import Article
from marsad.model.claim import Claim
from marsad.run.pipeline import Kit, claims_of, load_kit

ReaderKind = Literal["rules", "model", "both"]
KINDS: tuple[ReaderKind, ...] = ("rules", "model", "both")
"""What a user may have articles read by."""
_ASKED = re.compile(r" \+ (model|both) ")

Found = Callable[[], list[Claim]]
"""Waits for what was asked and gives an article's claims, grounded, in the order of the text."""


class Reader(Protocol):
    """Reads articles; it is called from one thread."""

    @property
    def version(self) -> str:
        """Its name and version: two readers of one version find the same claims in a text (a model, as far as it answers alike)."""

    @property
    def ahead(self) -> int:
        """How many articles may be begun before the first of them is finished."""

    def begin(self, article: Article) -> Found:
        """Do what needs no answer, and ask what is to be asked.

        What comes back raises SetAside where this article cannot be read so (``model_failed``, ``not_recorded``), and any
        other MarsadError where it is pointless to go on.
        """

    def close(self) -> None:
        """Let go of what it holds; what is still asked is given up."""


def reader_of(kit: str) -> str:
    """The name and version of the rules with a kit; with ``""`` the program's alone."""
    return f"marsad {__version__} ({kit})" if kit else f"marsad {__version__}"


def kind_of(version: str) -> ReaderKind:
    """What kind of reader a version is of, as it is stored beside an article."""
    asked = _ASKED.search(version)  # the first: a model may have any name
    return cast(ReaderKind, asked[1]) if asked else "rules"


@dataclass(frozen=True, slots=True)
class RulesReader:
    """Our own rooms: fast, free, and always the same."""

    kit: Kit
    ahead: int = 1

    @property
    def version(self) -> str:
        """The program with its knowledge."""
        return reader_of(self.kit.version)

    def begin(self, article: Article) -> Found:
        """Nothing is asked, so everything is done when it is wanted."""
        return lambda: claims_of(article, self.kit)

    def close(self) -> None:
        """Nothing is held."""


def rules_reader(data: Path | None = None) -> RulesReader:
    """The rules with the kit of this process.

    Raises:
        MarsadError: the kit cannot be loaded (`load_kit`).
    """
    return RulesReader(load_kit(data))
