"""What a person may adjust, in one frozen object that is made at the door (`cli`) and handed down.

Reading this module has no effects, and no other room imports it: a stage is told what it needs as an argument.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from marsad.errors import InputError

PREFIX = "MARSAD_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Limits and defaults of one run.

    Attributes:
        max_characters: An article longer than this is set aside as ``too_long``.
        max_bytes: A file larger than this is refused before it is decoded.
        jobs: Number of processes that read articles.
        model_address: Where the language model is that a second reader asks; "" for none.
        model: Its name there.
        data: Folder of what the user fetched and added: gazetteer files and a register of actors.
    """

    max_characters: int = 2_000_000
    max_bytes: int = 50_000_000
    jobs: int = 1
    model_address: str = ""
    model: str = ""
    data: Path = field(default_factory=lambda: _data_folder({}))


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The defaults, changed by variables such as ``MARSAD_MAX_CHARACTERS``."""
    given = os.environ if environment is None else environment
    values: dict[str, Any] = {"data": _data_folder(given)}
    for one in fields(Settings):
        name = PREFIX + one.name.upper()
        if name not in given or one.name == "data":
            continue
        values[one.name] = given[name].strip() if one.type is str else _positive(name, given[name])
    return Settings(**values)


def _data_folder(given: Mapping[str, str]) -> Path:
    """``MARSAD_DATA``, else ``marsad`` in the folder that the platform keeps such things in (XDG_DATA_HOME)."""
    if given.get(f"{PREFIX}DATA"):
        return Path(given[f"{PREFIX}DATA"]).expanduser()
    if given.get("XDG_DATA_HOME"):
        return Path(given["XDG_DATA_HOME"]).expanduser() / "marsad"
    return Path("~/.local/share/marsad").expanduser()


def _positive(name: str, raw: str) -> int:
    if not raw.isascii() or not raw.isdigit() or int(raw) == 0:
        raise InputError(f"{name} must be a whole number above zero, not {raw!r}")
    return int(raw)
