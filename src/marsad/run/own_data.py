"""What a user fetched and added, in one folder: ``gazetteer/*.sqlite`` and ``actors.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marsad.grounding import own_actors


@dataclass(frozen=True, slots=True)
class OwnData:
    """The user's gazetteer files, in a fixed order, and the rows of the user's register."""

    gazetteers: tuple[Path, ...] = ()
    actors: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def of(cls, folder: Path | None, *, actors: bool = True) -> OwnData:
        """What lies in a folder; nothing where there is none.

        Args:
            folder: The user's folder.
            actors: Whether the user's register is read too; who asks for places only is not stopped by what is wrong in it.

        Raises:
            MarsadError: the user's register has an entry that cannot be used.
        """
        if folder is None:
            return cls()
        register = actors_file(folder)
        rows = tuple(own_actors(register)) if actors and register.is_file() else ()
        return cls(tuple(sorted(gazetteer_folder(folder).glob("*.sqlite"))), rows)


def gazetteer_folder(folder: Path) -> Path:
    """Where the user's gazetteer files lie."""
    return folder / "gazetteer"


def actors_file(folder: Path) -> Path:
    """The user's own register."""
    return folder / "actors.yml"
