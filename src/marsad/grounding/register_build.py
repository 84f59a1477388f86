"""Compiling the register: hand-written actors, the bodies that every state has, sides and outlets into one table of names.

Everything wrong in a file is refused with the file's name: unknown keys, kinds and parents, ids given twice, dates that end before they begin.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from reprlib import repr as in_short
from typing import Any

from marsad.errors import MarsadError
from marsad.grounding.actor_keys import key_of_name
from marsad.grounding.register import names_of
from marsad.grounding.register_file import BUILT, write_tables
from marsad.grounding.tables import DATA, Country, countries

ACTORS = DATA / "actors"
OUTLETS = DATA / "outlets.yml"
STATE_BODIES = DATA / "state_bodies.yml"
KINDS = frozenset(
    "state government ministry office army navy airforce police intelligence militia faction party parliament court council coalition tribe monitor"
    " rights relief un igo company movement people person".split()
)
"""Kinds of actors."""
OWNERSHIPS = frozenset("state party private public community unknown".split())
_KEYS = frozenset(
    "id en ar kind country inter from to parent sides aliases loaded local offices extend".split()
)
_OUTLET_KEYS = frozenset("id en ar country ownership owner alignment agency domains aliases".split())
_NO_ADJECTIVE = re.compile(r"\{[mf]\}")
_PRECEDENCE = (
    "parliament presidency judiciary foreign-ministry defence-ministry interior-ministry health-ministry police security-forces intelligence"
    " navy army air-force government state"
).split()
"""Of two bodies of one state that were made with one name, the first here keeps it; a country's own name is the state's."""
_LISTS = ("aliases", "loaded", "local", "sides", "offices")

Row = dict[str, Any]


class RegisterError(MarsadError):
    """A file of the register has an entry that cannot be used."""


def build(path: Path = BUILT) -> list[Path]:
    """Write the compiled register; the files written.

    Raises:
        RegisterError: an entry cannot be used; the message names file and entry.
    """
    write_tables(path, compile_register())
    return [path]


def compile_register() -> Row:
    """The table that `Register` reads."""
    sides, actors = read_actors()
    outlets = read_outlets(OUTLETS)
    check_references(actors, sides, outlets)
    table: Row = {
        "actors": dict(sorted(actors.items())),
        "outlets": dict(sorted(outlets.items())),
        "names": names_borne(actors),
        "local": _by_country(actors.values()),
        "domains": {
            domain: key for key, row in sorted(outlets.items()) for domain in row.get("domains") or ()
        },
        "outlet_names": {
            key_of_name(name): key
            for key, row in sorted(outlets.items())
            for name in (row["ar"], row["en"], *(row.get("aliases") or ()))
        },
    }
    labels = {key: (row["en"], row["ar"]) for key, row in sorted(sides.items())}
    digest = hashlib.sha256(json.dumps([labels, table], ensure_ascii=False, sort_keys=True).encode())
    table["meta"] = {"sides": labels, "version": digest.hexdigest()[:16]}
    return table


def read_actors() -> tuple[dict[str, Row], dict[str, Row]]:
    """Sides and actors by id, of all files and of the bodies of states."""
    sides: dict[str, Row] = {}
    actors: dict[str, Row] = {}
    for land in _with_bodies():
        sides[land.slug] = {"id": land.slug, "en": land.english, "ar": land.names[0]}
        actors.update((row["id"], row) for row in bodies_of(land))
    extensions: list[tuple[str, Row]] = []
    for path in sorted(ACTORS.glob("*.yml")):
        tree = _load(path)
        for side in tree.get("sides") or ():
            sides.setdefault(side["id"], side)
        extensions += _take_rows(path.name, tree.get("actors") or (), actors)
    extensions += [(STATE_BODIES.name, row) for row in _bodies_by_hand(actors)]
    for name, row in extensions:
        if row["id"] not in actors:
            raise RegisterError(f"{name}: {row['id']} extends an actor that is not there")
        actors[row["id"]] = extended(actors[row["id"]], plain_row(row))
    return sides, actors


def _bodies_by_hand(actors: Mapping[str, Row]) -> Iterator[Row]:
    """The usual names of a state's bodies for those that are written by hand: no side is known by fewer names than another."""
    plan = _load(STATE_BODIES)
    taken = {key_of_name(name) for row in actors.values() for name in names_of(row) if not row.get("made")}
    for land in countries():
        for body in plan["bodies"]:
            for identity in plan["by_hand"].get(land.code, {}).get(body["id"], ()):
                names = [form for name in (body["ar"], *body["names"]) for form in forms_of(name, land)]
                free = [name for name in dict.fromkeys(names) if key_of_name(name) not in taken]
                yield {
                    "id": identity,
                    "extend": True,
                    "aliases": free,
                    "local": list(body.get("local") or ()),
                }


def _take_rows(name: str, rows: Iterable[Row], actors: dict[str, Row]) -> Iterator[tuple[str, Row]]:
    """Put a file's rows among the actors; those that extend another are given back."""
    for row in rows:
        check_row(row, name)
        if row.get("extend"):
            yield name, row
        elif row["id"] in actors:
            raise RegisterError(f"{name}: {row['id']} is there already")
        else:
            actors[row["id"]] = plain_row(row)


def extended(known: Row, more: Row) -> Row:
    """A row with the lists of another added and its other values taken over."""
    merged = {**known, **{k: v for k, v in more.items() if k not in _LISTS and k != "extend"}}
    for name in _LISTS:
        joined = [
            *(known.get(name) or []),
            *(one for one in more.get(name) or [] if one not in (known.get(name) or [])),
        ]
        if joined:
            merged[name] = joined
    return merged


def bodies_of(land: Country) -> Iterator[Row]:
    """The bodies that every state has, for one country."""
    plan = _load(STATE_BODIES)
    for body in plan["bodies"]:
        names = [form for name in body["names"] for form in forms_of(name, land)]
        # A country whose name has no adjective in the news ("مالي") has "البرلمان في مالي".
        label = next(iter(forms_of(body["ar"], land)), _NO_ADJECTIVE.sub(f"في {land.names[0]}", body["ar"]))
        row: Row = {
            "id": f"{land.slug}-{body['id']}",
            "en": body["en"].format(en=land.english),
            "ar": label,
            "kind": body["kind"],
            "country": land.code,
            "sides": [{"side": land.slug}],
            "made": True,
            "aliases": list(dict.fromkeys(name for name in names if name != label)),
        }
        if body.get("local"):
            row["local"] = list(body["local"])
        if body.get("inter"):
            row["inter"] = body["inter"]
        if body.get("parent"):
            row["parent"] = f"{land.slug}-{body['parent']}"
        yield row


def forms_of(name: str, land: Country) -> Iterator[str]:
    """A name of the plan with the country's forms in it; none where the country has no such form."""
    empty: tuple[str, ...] = ()
    m, f, people, oblique = land.nisba if len(land.nisba) == 4 else (empty,) * 4
    values = {
        "{ar}": land.names[:1],
        "{name}": land.names,
        "{m}": tuple(f"ال{form}" for form in m),
        "{f}": tuple(f"ال{form}" for form in f),
        "{im}": m,
        "{if}": f,
        "{p}": (*people, *oblique, *(f"ال{form}" for form in (*people, *oblique))),
        "{capital}": land.capitals,
        "{metonym}": land.metonyms,
    }
    mark = next((mark for mark in values if mark in name), None)
    if mark is None:
        yield name
        return
    for value in dict.fromkeys(values[mark]):
        yield name.replace(mark, value)


def _with_bodies() -> list[Country]:
    by_hand = set(_load(STATE_BODIES)["by_hand"])
    return [land for land in countries() if land.nisba and land.code not in by_hand]


def read_outlets(path: Path) -> dict[str, Row]:
    """The outlets of a file by id.

    Raises:
        RegisterError: an entry cannot be used.
    """
    found: dict[str, Row] = {}
    for row in _load(path).get("outlets") or ():
        unknown = set(row) - _OUTLET_KEYS
        if unknown or not {"id", "en", "ar"} <= row.keys() or row["id"] in found:
            raise RegisterError(
                f"{path.name}: {row.get('id')}: unknown keys {sorted(unknown)}, or id, en, ar missing or twice"
            )
        if row.get("ownership", "unknown") not in OWNERSHIPS:
            raise RegisterError(
                f"{path.name}: {row['id']}: ownership is one of {', '.join(sorted(OWNERSHIPS))}"
            )
        found[row["id"]] = row
    return found


def check_row(row: Mapping[str, Any], where: str) -> None:
    """Refuse a row of the register, or of a user's file, that cannot be used.

    Raises:
        RegisterError: with what is wrong with it.
    """
    identity = row.get("id")
    if unknown := set(row) - _KEYS:
        raise RegisterError(f"{where}: {identity}: unknown keys {', '.join(sorted(map(str, unknown)))}")
    if not identity or (not row.get("extend") and not all(row.get(key) for key in ("en", "ar", "kind"))):
        raise RegisterError(f"{where}: {identity}: id, en, ar and kind are needed")
    if wrong := next(_misshapen(row), None):
        raise RegisterError(f"{where}: {identity}: {wrong}")
    if (kind := row.get("kind")) is not None and kind not in KINDS:
        raise RegisterError(f"{where}: {identity}: kind is one of {', '.join(sorted(KINDS))}, not {kind!r}")
    for spell in (row, *(row.get("sides") or ()), *(row.get("offices") or ())):
        start, end = spell.get("from"), spell.get("to")
        if start and end and _iso(start) > _iso(end):
            raise RegisterError(f"{where}: {identity}: {end} is before {start}")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_day(value: object) -> bool:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        try:
            return bool(date.fromisoformat(value))
        except ValueError:
            return False
    return isinstance(value, date) and not isinstance(value, datetime)


_SHAPES: Mapping[str, tuple[Callable[[object], bool], str]] = {
    **dict.fromkeys("id en ar kind parent text by side of".split(), (_is_text, "a text")),
    **dict.fromkeys(("from", "to"), (_is_day, "a day such as 2024-12-06")),
    **dict.fromkeys(
        ("aliases", "local"),
        (lambda value: isinstance(value, list) and all(map(_is_text, value)), "a list of names"),
    ),
    "country": (
        lambda value: isinstance(value, str) and re.fullmatch("[A-Z]{2}", value) is not None,
        'two capital letters such as SY (Norway is "NO", in quotes)',
    ),
    "inter": (lambda value: isinstance(value, int) and not isinstance(value, bool), "a whole number"),
    "extend": (lambda value: isinstance(value, bool), "true or false"),
}
"""What a key must hold: whether it does, and how it is called."""
_PARTS = {"loaded": "text by".split(), "sides": "side from to".split(), "offices": "of en ar from to".split()}
"""Lists of mappings: their keys; the first is needed."""


def _misshapen(row: Mapping[str, Any]) -> Iterator[str]:
    """What keys of a row hold that they cannot; a key that holds nothing is as good as none."""
    for key, value in row.items():
        if key in _PARTS and value is not None:
            yield from _misshapen_parts(key, value)
        elif value is not None and not _SHAPES[key][0](value):
            yield f"{key} is {in_short(value)}, not {_SHAPES[key][1]}"


def _misshapen_parts(key: str, parts: object) -> Iterator[str]:
    keys = _PARTS[key]
    if not isinstance(parts, list):
        yield f"{key} is {in_short(parts)}, not a list"
        return
    for part in parts:
        if not isinstance(part, Mapping) or part.get(keys[0]) is None or not set(part) <= set(keys):
            yield f"{key} has {in_short(part)}, where {keys[0]} is needed and {', '.join(keys[1:])} may be"
            continue
        for name, value in part.items():
            if value is not None and not _SHAPES[name][0](value):
                yield f"{name} in {key} is {in_short(value)}, not {_SHAPES[name][1]}"


def check_references(actors: Mapping[str, Row], sides: Mapping[str, Row], outlets: Mapping[str, Row]) -> None:
    """Refuse parents, sides, offices and owners that are not there.

    Raises:
        RegisterError: the first that is not.
    """
    for where, kind, named in _references(actors, outlets):
        if named and named not in (actors if kind == "actor" else sides):
            raise RegisterError(f"{where}: there is no {kind} {named!r}")


def _references(
    actors: Mapping[str, Row], outlets: Mapping[str, Row]
) -> Iterator[tuple[str, str, str | None]]:
    for row in actors.values():
        yield row["id"], "actor", row.get("parent")
        yield from ((row["id"], "actor", office["of"]) for office in row.get("offices") or ())
        yield from ((row["id"], "side", side["side"]) for side in row.get("sides") or ())
    for row in outlets.values():
        yield row["id"], "actor", row.get("owner")
        yield row["id"], "side", row.get("alignment")


def names_borne(actors: Mapping[str, Row]) -> dict[str, list[str]]:
    """Every name, as a key, with the ids of those who bear it."""
    names: dict[str, list[str]] = {}
    for identity, row in sorted(actors.items()):
        for key in {key_of_name(name) for name in names_of(row)}:
            if key:
                names.setdefault(key, []).append(identity)
    own = {key_of_name(name) for land in countries() for name in land.names}
    return {key: sorted(_bearers(ids, actors, own=key in own)) for key, ids in sorted(names.items())}


def _bearers(ids: list[str], actors: Mapping[str, Row], *, own: bool) -> list[str]:
    """Who keeps a name: what was written by hand before what was made, of what was made one body for each state."""
    if len(ids) == 1:
        return ids
    written = [one for one in ids if not actors[one].get("made")]
    lands = {actors[one].get("country") for one in written}
    made = [one for one in ids if actors[one].get("made") and actors[one].get("country") not in lands]
    kept: dict[str, str] = {}
    for one in sorted(made, key=lambda one: _rank(one, own=own)):
        kept.setdefault(str(actors[one].get("country")), one)
    return [*written, *kept.values()]


def _rank(identity: str, *, own: bool) -> int:
    place = next(n for n, body in enumerate(_PRECEDENCE) if identity.endswith(f"-{body}"))
    return -1 if own and identity.endswith("-state") else place


def _by_country(rows: Iterable[Row]) -> dict[str, dict[str, list[str]]]:
    local: dict[str, dict[str, list[str]]] = {}
    for row in sorted(rows, key=lambda row: str(row["id"])):
        for key in {key_of_name(name) for name in row.get("local") or ()}:
            local.setdefault(key, {}).setdefault(row.get("country", ""), []).append(row["id"])
    return dict(sorted(local.items()))


def _load(path: Path) -> Row:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    tree = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    if not isinstance(tree, dict):
        raise RegisterError(f"{path.name}: not a mapping")
    return tree


def _iso(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def plain_row(row: Mapping[str, Any], *, keep_extend: bool = False) -> Row:
    """A row as it is kept: days as text."""
    plain: Row = {k: v for k, v in row.items() if v is not None and (keep_extend or k != "extend")}
    for key in ("from", "to"):
        if key in plain:
            plain[key] = _iso(plain[key])
    for name in _PARTS:
        if plain.get(name):
            plain[name] = [
                {k: _iso(v) if k in ("from", "to") else v for k, v in one.items() if v is not None}
                for one in plain[name]
            ]
    return plain
