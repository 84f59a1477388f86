"""A project: a folder with its settings (``marsad.toml``), its store (``marsad.db``, or a PostgreSQL server) and an ``archive/`` of what was fetched.

Nothing in it is found by where the folder lies, so that it can be zipped, handed on and opened elsewhere.
"""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from marsad.errors import InputError, SetAside
from marsad.feeds import Guard, address_of
from marsad.run.readers_rules import KINDS
from marsad.store import Store, open_store

SETTINGS, DATABASE, ARCHIVE = "marsad.toml", "marsad.db", "archive"
_TABLES: dict[str, dict[str, type | tuple[type, ...]]] = {
    "store": {"url": str},
    "intake": {"max_characters": int, "max_bytes": int},
    "columns": dict.fromkeys(("id", "text", "title", "published", "outlet", "url"), str),
    "model": {
        **dict.fromkeys(("reader", "address", "model", "form"), str),
        **dict.fromkeys(("in_flight", "tokens"), int),
        **dict.fromkeys(("seconds", "budget", "price_in", "price_out"), (int, float)),
    },
    "watch": {"every": (str, int), "contact": str, "allow": list, "delay": (int, float)},
}
_FEED: dict[str, type | tuple[type, ...]] = {"address": str, "outlet": str, "every": (str, int)}
_LONGEST_DELAY = 3600
FORMS = ("json_schema", "json_object", "text")
"""How a model's answers can be held to their form (`marsad.llm.types.AnswerForm`)."""
MOST_IN_FLIGHT = 64
"""More questions at a time wait at the endpoint, not here."""
_A_STORE = re.compile(r"(?:sqlite|postgres(?:ql)?)(?:\+\w+)?://|$")
_MUST: dict[tuple[str, str], tuple[Callable[[Any], bool], str]] = {
    ("store", "url"): (lambda value: _A_STORE.match(value) is not None, "sqlite:///FILE or postgresql://..."),
    ("intake", "max_characters"): (lambda value: value > 0, "above zero"),
    ("intake", "max_bytes"): (lambda value: value > 0, "above zero"),
    ("model", "reader"): (lambda value: value in KINDS, " or ".join(KINDS)),
    ("model", "form"): (lambda value: value in FORMS, " or ".join(FORMS)),
    ("model", "in_flight"): (lambda value: 0 < value <= MOST_IN_FLIGHT, f"1 to {MOST_IN_FLIGHT}"),
    ("model", "tokens"): (lambda value: value > 0, "above zero"),
    ("model", "seconds"): (lambda value: 0 < value < math.inf, "above zero"),
    ("model", "budget"): (lambda value: 0 < value <= 1, "a share above 0 and up to 1"),
    ("model", "price_in"): (lambda value: 0 <= value < math.inf, "zero or more"),
    ("model", "price_out"): (lambda value: 0 <= value < math.inf, "zero or more"),
    ("watch", "delay"): (
        lambda value: math.isfinite(value) and 0 <= value <= _LONGEST_DELAY,
        f"0 to {_LONGEST_DELAY} seconds",
    ),
    ("watch", "contact"): (
        lambda value: value.isascii() and value.isprintable(),
        "an address in plain ASCII letters, for it is sent with each request",
    ),
}
"""What values must be beyond their type, and how that is said."""
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}

_TEMPLATE = """\
# A Marsad project. Everything here may be left out; what stands behind # is the default or an example.

[store]
# url = "postgresql://user@localhost/marsad"   # without it the store is marsad.db in this folder

[intake]
# max_characters = 2000000     # longer articles are set aside
# max_bytes = 50000000         # so are larger documents and lines

# Which columns of CSV and Parquet files hold what; well-known names are found without it.
[columns]
# text = "body"

[watch]
# every = "1h"                 # how often a feed is asked, unless it says otherwise
# delay = 5                    # seconds between two requests to one host
# contact = "desk@example.org" # told to the hosts that are asked, so that they can write to you
# allow = ["127.0.0.1:8000"]   # private or local addresses that may be fetched all the same

# A language model as a second reader. Its key is never written here: it is in the variable MARSAD_MODEL_KEY.
[model]
# reader = "both"              # rules, model or both
# address = "http://127.0.0.1:8080"
# model = "name"
# budget = 0.2                 # with both: the share of the text that the model is shown, where the rules are unsure

# [[feed]]
# address = "https://example.org/feed.xml"
# outlet = "Example"
# every = "30m"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """A feed as ``marsad.toml`` names it; ``every`` in seconds, None where it is not said."""

    address: str
    outlet: str | None = None
    every: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What ``marsad.toml`` says.

    Attributes:
        url: The store's URL, or "" for the file in the folder.
        max_characters: As in `marsad.articles.Limits`, None where it is not said; so is ``max_bytes``.
        columns: From our fields to a table's headers.
        every: Seconds between two polls of a feed.
        delay: Seconds between two requests to one host.
        contact: Who runs this desk.
        allow: Private addresses that may be fetched.
        model: Who reads, and the model that is asked: reader, address, model, form, in_flight, seconds, tokens, budget, price_in, price_out.
        feeds: Feeds that are named there.
    """

    url: str = ""
    max_characters: int | None = None
    max_bytes: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    every: int = 3600
    delay: float = 5.0
    contact: str = ""
    allow: tuple[str, ...] = ()
    model: Mapping[str, Any] = field(default_factory=dict)
    feeds: tuple[FeedEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project's folder and what its settings say; `open` gives its store."""

    folder: Path
    plan: Plan

    @property
    def url(self) -> str:
        """The URL of the store."""
        return self.plan.url or f"sqlite:///{self.folder / DATABASE}"

    @property
    def archive(self) -> Path:
        """Where raw responses are kept."""
        return self.folder / ARCHIVE

    def open(self) -> Store:
        """The project's store.

        Raises:
            InputError: it is not there, or of another version, or its URL is none.
            MarsadError: it cannot be opened.
        """
        return open_store(self.url)


def make_project(folder: Path, url: str = "") -> Project:
    """Make a project in a folder, which may exist; what is there already is left as it is.

    A store that lies there without settings (a backup that was put in place, or a run of this that was killed) is taken over.

    Raises:
        InputError: there is a project already, or the folder cannot be written.
        MarsadError: the store cannot be made, or what lies there is none.
    """
    settings = folder / SETTINGS
    if settings.exists():
        raise InputError(f"{folder} is a project already: it has {SETTINGS}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        project = Project(folder=folder.resolve(), plan=Plan(url=url))
        open_store(project.url, make=True).close()
        (folder / ARCHIVE).mkdir(exist_ok=True)
        said = f"url = {json.dumps(url, ensure_ascii=False)}  # "
        settings.write_text(_TEMPLATE.replace("# url = ", said, 1) if url else _TEMPLATE, encoding="utf-8")
    except OSError as error:
        raise InputError(f"a project cannot be made in {folder}: {error.strerror or error}") from error
    return load_project(folder)


def find_project(start: Path) -> Project:
    """The project that a folder is in: the nearest one upward that has a ``marsad.toml``.

    Raises:
        InputError: there is none, or its settings cannot be used.
    """
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / SETTINGS).is_file():
            return load_project(folder)
    raise InputError(f"{start} is in no project: `marsad init` makes one, --project names one")


def load_project(folder: Path) -> Project:
    """The project of a folder.

    Raises:
        InputError: there is none, or its settings cannot be used; the message names the value.
    """
    file = folder / SETTINGS
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise InputError(f"{folder} is no project: it has no {SETTINGS}; `marsad init` makes one") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{file} cannot be read: {error}") from None
    return Project(folder=folder.resolve(), plan=_plan(said, file))


def _plan(said: Mapping[str, Any], file: Path) -> Plan:
    for name in said:
        if name not in (*_TABLES, "feed"):
            raise InputError(f"{file}: there is no table [{name}]; there are {', '.join((*_TABLES, 'feed'))}")
    tables = {name: _table(said.get(name, {}), (name, keys), file) for name, keys in _TABLES.items()}
    for (name, key), (sound, must) in _MUST.items():
        value = tables[name].get(key)
        if value is not None and not sound(value):
            raise InputError(f"{file}: {key!r} in [{name}] must be {must}, not {value!r}")
    watch, intake = tables["watch"], tables["intake"]
    return Plan(
        url=tables["store"].get("url", ""),
        max_characters=intake.get("max_characters"),
        max_bytes=intake.get("max_bytes"),
        columns=tables["columns"],
        every=seconds(watch.get("every", "1h"), file),
        delay=float(watch.get("delay", 5.0)),
        contact=watch.get("contact", ""),
        model=tables["model"],
        allow=_allowed(watch.get("allow", []), file),
        feeds=_feeds(said.get("feed", []), file),
    )


def _table(
    values: object, about: tuple[str, Mapping[str, type | tuple[type, ...]]], file: Path
) -> dict[str, Any]:
    name, keys = about
    if not isinstance(values, dict):
        raise InputError(f"{file}: [{name}] must be a table, not {values!r}")
    for key, value in values.items():
        if key not in keys:
            raise InputError(f"{file}: [{name}] has no setting {key!r}; it has {', '.join(keys)}")
        if not isinstance(value, keys[key]) or isinstance(value, bool):
            raise InputError(f"{file}: {key!r} in [{name}] cannot be {value!r}")
    return values


def _allowed(values: list[object], file: Path) -> tuple[str, ...]:
    entries = tuple(map(str, values))
    try:
        Guard(entries)
    except (InputError, ValueError) as error:
        raise InputError(f"{file}: 'allow' in [watch]: {error}") from None
    return entries


def _feeds(values: object, file: Path) -> tuple[FeedEntry, ...]:
    if not isinstance(values, list):
        raise InputError(f"{file}: feeds are written as [[feed]], in two brackets, each with an address")
    return tuple(_feed(one, file) for one in values)


def _feed(values: object, file: Path) -> FeedEntry:
    row = _table(values, ("feed", _FEED), file)
    if not row.get("address"):
        raise InputError(f"{file}: a [[feed]] has no address")
    try:
        address = address_of(row["address"]).text
    except SetAside as refusal:
        raise InputError(f"{file}: a [[feed]] has a bad address: {refusal.message}") from None
    every = seconds(row["every"], file) if "every" in row else None
    return FeedEntry(address=address, outlet=row.get("outlet"), every=every)


def seconds(value: str | int, file: Path | str) -> int:
    """A time span such as ``30m``, ``1h`` or a number of seconds.

    Raises:
        InputError: it is none; the message names the file.
    """
    raw = str(value).strip().lower()
    number, unit = (raw[:-1], _UNITS[raw[-1]]) if raw[-1:] in _UNITS else (raw, 1)
    if not number.isascii() or not number.isdigit() or not 0 < int(number) * unit <= 31 * 86400:
        raise InputError(f"{file}: {value!r} is no time span such as 30m, 1h or 1d")
    return int(number) * unit
