"""What people decided, taken back from a lossless export: judgements, reviews and marks, each as it was made, by whom and when.

In the file they are numbered in their order, and one that undoes another names its number. A row that the store has already, equal in everything, is that row.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, select, update

from marsad.errors import SetAside
from marsad.model.jsonl import article_to_json
from marsad.run.claim_rows import article_with_claims
from marsad.store import tables, versions_of
from marsad.store.export_tables import sensitive
from marsad.store.people import stands_as
from marsad.store.reviewing import DECISIONS, PARTS
from marsad.store.reviewing_states import refresh
from marsad.store.sensitive import KINDS

Row = Mapping[str, Any]
_A, _C = tables.articles.c, tables.claims.c
_TABLES: Mapping[str, Table] = {
    "judgement": tables.judgements,
    "review": tables.reviews,
    "sensitive": sensitive,
}
_VERDICTS = ("same", "different", "unsure")
_UNDO = "undo"


@dataclass(slots=True)
class Notes:
    """The rows of one import.

    Attributes:
        stored: How many were stored, by what they are; ``known`` those that were there.
    """

    stored: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    _numbers: dict[tuple[str, int], int] = field(default_factory=dict)
    _there: dict[str, dict[str, deque[int]]] = field(default_factory=dict)

    def put(self, connection: Connection, lines: Sequence[tuple[str, Row]]) -> Iterator[tuple[str, SetAside]]:
        """Store some in their order, in the caller's transaction; those that cannot be used, and why."""
        reviewed: set[str] = set()
        judged: set[str] = set()
        for where, line in lines:
            [(name, row)] = line.items()
            try:
                values = self._values(connection, name, row)
            except SetAside as refusal:
                yield where, refusal
                continue
            if self._put_one(connection, (name, row["number"]), values):
                reviewed |= {values["article"]} if name == "review" else set()
                judged |= {values["one"], values["other"]} if name == "judgement" else set()
        refresh(connection, reviewed)
        _wait(connection, judged)

    def _put_one(self, connection: Connection, key: tuple[str, int], values: Row) -> bool:
        """Whether it was stored."""
        name, table = key[0], _TABLES[key[0]]
        there = self._there.setdefault(name, {}) if name in self._there else self._look(connection, name)
        if same := there.get(_digest(values)):
            self._numbers[key] = same.popleft()
            self.known[name] += 1
            return False
        made: int = connection.execute(table.insert().values(values).returning(table.c.id)).scalar_one()
        self._numbers[key] = made
        self.stored[name] += 1
        return True

    def _look(self, connection: Connection, name: str) -> dict[str, deque[int]]:
        """The rows that the store has, by all that they say."""
        table = _TABLES[name]
        found = self._there[name] = {}
        for row in connection.execute(select(table).order_by(table.c.id)):
            values = {**row._mapping}
            found.setdefault(_digest(values), deque()).append(values["id"])
        return found

    def _values(self, connection: Connection, name: str, row: Row) -> dict[str, Any]:
        """The row as the table has it.

        Raises:
            SetAside: it cannot be used.
        """
        values: dict[str, Any] = {}
        for column in _TABLES[name].columns:
            if column.name != "id":
                values[column.name] = _field(row, column.name, column.type.python_type, bool(column.nullable))
        if type(row.get("number")) is not int:
            raise SetAside("bad_note", "field 'number' must be a whole number")
        undoes = values.get("undoes")
        if undoes is not None:
            values["undoes"] = self._numbers.get((name, undoes))
            if values["undoes"] is None:
                raise SetAside("bad_note", f"it undoes {name} {undoes}, which did not come before it")
        _CHECKS[name](connection, values)
        return values


def _field(row: Row, name: str, kind: type, nullable: bool) -> Any:  # noqa: ANN401 (a value of any column)
    value = row.get(name)
    if type(value) is not kind and not (value is None and nullable):
        raise SetAside("bad_note", f"field {name!r} must be {kind.__name__}, not {type(value).__name__}")
    if isinstance(value, str) and ("\x00" in value or (not value.isascii() and not _legible(value))):
        raise SetAside("bad_note", f"field {name!r} holds a character that no database can")
    return value


def _legible(value: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in value)


def _digest(values: Row) -> str:
    said = {name: value for name, value in values.items() if name != "id"}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _check_judgement(connection: Connection, values: Row) -> None:
    if values["verdict"] not in _VERDICTS:
        raise SetAside("bad_note", f"field 'verdict' must be one of {', '.join(_VERDICTS)}")


def _check_mark(connection: Connection, values: Row) -> None:
    if values["subject_kind"] not in KINDS or not values["note"].strip() or not values["who"].strip():
        raise SetAside("bad_note", "a mark is on a claim or an article, and says who made it and why")
    if values["subject_kind"] == "article":
        _check_article(connection, values["subject"])


def _check_review(connection: Connection, values: Row) -> None:
    """What pages rely on: whose article is there, in a version that is, with words where the claim says that they are."""
    if values["decision"] not in (*DECISIONS, _UNDO) or (values["decision"] == _UNDO) != (
        values["undoes"] is not None
    ):
        raise SetAside("bad_note", f"field 'decision' cannot be {values['decision']!r} here")
    if values["part"] not in PARTS or not values["who"].strip():
        raise SetAside("bad_note", f"field 'part' must be one of {', '.join(PARTS)}, and 'who' a name")
    latest = _check_article(connection, values["article"])
    if not 1 <= values["version"] <= latest:
        raise SetAside("bad_note", f"article {values['article']!r} has no version {values['version']}")
    if (values["edit"] is not None) != (values["decision"] in ("edit", "add")):
        raise SetAside("bad_note", "an edit comes with the decisions 'edit' and 'add', and with no other")
    if values["edit"] is not None:
        _check_edit(connection, values)


def _check_edit(connection: Connection, values: Row) -> None:
    try:
        claim = {**json.loads(values["machine"] or "{}"), **json.loads(values["edit"])}
    except (ValueError, TypeError, RecursionError) as error:
        raise SetAside("bad_note", f"the claim or its edit is no JSON object: {error}") from None
    article = next(versions_of(connection, values["article"], values["version"]))
    article_with_claims({**article_to_json(article, (), ""), "claims": [claim]})


def _check_article(connection: Connection, article: str) -> int:
    """The number of its latest version."""
    found: int | None = connection.scalar(select(_A.version).where(_A.id == article))
    if found is None:
        raise SetAside("bad_note", f"there is no article {article!r} in this project")
    return found


_CHECKS = {"judgement": _check_judgement, "review": _check_review, "sensitive": _check_mark}


def _wait(connection: Connection, claims: set[str]) -> None:
    """What is judged must be reconciled anew."""
    for claim in sorted(claims):
        now = stands_as(connection, claim)
        if now is not None:
            article = select(_C.article).where(_C.id == now).scalar_subquery()
            connection.execute(update(tables.articles).where(_A.id == article).values(pending=True))
