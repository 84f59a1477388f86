"""Filters as conditions of SQL, for incidents, claims and articles.

A question of words is asked of the index once, when the filters are taken up; the articles that answer stand in the conditions as a list of numbers.

Columns of few values are compared through ``coalesce``. That gives what is not known its word, and it keeps SQLite from looking half a table up through an
index on that column, row by row, where going through the short rows is many times faster.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    ScalarSelect,
    Select,
    and_,
    any_,
    func,
    literal,
    literal_column,
    or_,
    select,
)

from marsad.store import tables
from marsad.store.list_tables import claim_actors, claim_list, incident_list, incident_terms
from marsad.store.lists import day_number
from marsad.store.reads.filters import NONE, REVIEW_STATES, Filters, codes_of
from marsad.store.search import matching

_I, _C, _T, _A = incident_list.c, claim_list.c, incident_terms.c, tables.articles.c
_S = tables.review_states.c
_L = claim_list.alias("listed")
_ALL_DAYS = date.max.toordinal()
DECIDED = tuple(state for state in REVIEW_STATES if state != "machine")
"""States of review of claims that people decided about."""
_OWN_OF_ARTICLES = ("outlet", "since", "until", "words", "article")
"""Filters that an article answers itself; the others are asked of its claims."""

Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Filters that are ready to be asked of a connection.

    Attributes:
        filters: The filters.
        is_file: Whether the store is an SQLite file.
        found: Serials of the articles that answer the question of words.
    """

    filters: Filters
    is_file: bool
    found: tuple[int, ...] = ()

    def without(self, *names: str) -> Narrowed:
        """The same without the filters of some names."""
        filters = self.filters
        for name in names:
            filters = filters.without(name)
        return replace(self, filters=filters)

    def of(self, filters: Filters) -> Narrowed:
        """Other filters with the same words, or none."""
        return replace(self, filters=filters)

    def incidents(self) -> list[Condition]:
        """What holds of rows of ``incident_list`` that fit."""
        return self._all(_OF_INCIDENTS)

    def claims(self) -> list[Condition]:
        """What holds of rows of ``claim_list`` that fit."""
        return self._all(_OF_CLAIMS)

    def articles(self) -> list[Condition]:
        """What holds of rows of ``articles`` that fit themselves and have a claim that fits the rest."""
        rest = self.without(*_OWN_OF_ARTICLES).claims()
        told = [_A.serial.in_(select(_C.article).where(*rest))] if rest else []
        return [*self._all(_OF_ARTICLES), *told]

    def _all(self, builders: Mapping[str, Builder]) -> list[Condition]:
        used = [builders[name] for name in self.filters.used if name in builders]
        return [build(self) for build in dict.fromkeys(used)]


Builder = Callable[[Narrowed], Condition]


def narrowed(connection: Connection, filters: Filters) -> Narrowed:
    """Take filters up: words are looked for now."""
    found = tuple(matching(connection, filters.words)) if filters.words else ()
    return Narrowed(filters, connection.dialect.name == "sqlite", found)


def among(key: ColumnElement[Any], serials: Sequence[int], *, is_file: bool) -> Condition:
    """Whether a column is one of so many numbers that they cannot be bound one by one."""
    if is_file:
        listed = func.json_each(json.dumps(serials)).table_valued("value")
        return key.in_(select(listed.c.value))
    return key == any_(literal(list(serials), ARRAY(BigInteger)))


def known(value: ColumnElement[Any]) -> ColumnElement[str]:
    """A column with the word for what is not known; written out, since PostgreSQL tells grouped values apart that are bound."""
    return func.coalesce(value, literal_column(f"'{NONE}'"))


def _words_of(columns: Any, name: str) -> Builder:  # noqa: ANN401 (the columns of a table)
    return lambda n: known(columns[name]).in_(getattr(n.filters, name))


def _terms(kind: str) -> Builder:
    def build(n: Narrowed) -> Condition:
        values = codes_of(n.filters.event) if kind == "event" else getattr(n.filters, kind)
        return _I.serial.in_(select(_T.incident).where(_T.kind == kind, _T.value.in_(values)))

    return build


def _told(*conditions: Condition) -> Condition:
    """Incidents of which a claim fits."""
    return _I.serial.in_(select(_C.incident).where(*conditions))


def _since(columns: Any) -> Builder:  # noqa: ANN401 (the columns of a table)
    return lambda n: func.coalesce(columns.last, columns.first + _ALL_DAYS) >= day_number(n.filters.since)


def _until(columns: Any) -> Builder:  # noqa: ANN401 (the columns of a table)
    return lambda n: func.coalesce(columns.first, columns.last - _ALL_DAYS) <= day_number(n.filters.until)


def _killed(columns: Any) -> Builder:  # noqa: ANN401 (the columns of a table)
    return lambda n: columns.killed_top >= n.filters.killed


def _box(columns: Any) -> Builder:  # noqa: ANN401 (the columns of a table)
    def build(n: Narrowed) -> Condition:
        west, south, east, north = n.filters.box or (-180.0, -90.0, 180.0, 90.0)
        across = (
            columns.lon.between(west, east) if west <= east else or_(columns.lon >= west, columns.lon <= east)
        )
        return and_(columns.lat.between(south, north), across)

    return build


def _manner(n: Narrowed) -> Condition:
    """Polarity, modality and stance, of one claim."""
    wanted = [(_C[name], getattr(n.filters, name)) for name in ("polarity", "modality", "stance")]
    return and_(*(known(value).in_(values) for value, values in wanted if values))


def _serial_of_article(n: Narrowed) -> ScalarSelect[Any]:
    return select(_A.serial).where(_A.id == n.filters.article).scalar_subquery()


def _found(key: ColumnElement[Any]) -> Builder:
    return lambda n: among(key, n.found, is_file=n.is_file)


def _decided(states: Sequence[str]) -> Select[Any]:
    return select(_S.claim).where(_S.state.in_(states))


def _serials_decided(states: Sequence[str]) -> Select[Any]:
    """By serials, which every index holds."""
    return select(_L.c.serial).join(tables.review_states, _S.claim == _L.c.id).where(_S.state.in_(states))


def _claims_reviewed(n: Narrowed) -> Condition:
    decided = [state for state in n.filters.review if state != "machine"]
    parts = [_C.serial.in_(_serials_decided(decided))] if decided else []
    if "machine" in n.filters.review:
        parts.append(_C.serial.not_in(_serials_decided(DECIDED)))
    return or_(*parts)


def _incidents_reviewed(n: Narrowed) -> Condition:
    decided = [state for state in n.filters.review if state != "machine"]
    parts = [_told(_C.id.in_(_decided(decided)))] if decided else []
    if "machine" in n.filters.review:
        parts.append(_I.serial.not_in(all_decided()))
    return or_(*parts)


def all_decided() -> Select[Any]:
    """Serials of the incidents of which people decided about every claim."""
    whole = incident_list.alias("whole")
    claims = select(whole.c.claims).where(whole.c.serial == _C.incident).scalar_subquery()
    # Said so that SQLite begins with the reviews, which are few, and not with the index of the claims' incidents.
    tied = func.coalesce(_C.incident, 0) > 0
    return (
        select(_C.incident)
        .join(tables.review_states, _S.claim == _C.id)
        .where(_S.state.in_(DECIDED), tied)
        .group_by(_C.incident)
        .having(func.count() >= claims)
    )


_OF_INCIDENTS: Mapping[str, Builder] = {
    "status": _words_of(_I, "status"),
    "event": _terms("event"),
    "actor": _terms("actor"),
    "place": lambda n: _I.place_id == n.filters.place,
    "country": _words_of(_I, "country"),
    "outlet": _terms("outlet"),
    "root": _terms("root"),
    "since": _since(_I),
    "until": _until(_I),
    "killed": _killed(_I),
    "review": _incidents_reviewed,
    "precision": _words_of(_I, "precision"),
    "readers": lambda n: _told(known(_C.readers).in_(n.filters.readers)),
    **dict.fromkeys(("polarity", "modality", "stance"), lambda n: _told(_manner(n))),
    "words": lambda n: _told(among(_C.article, n.found, is_file=n.is_file)),
    "box": _box(_I),
    "incident": lambda n: _I.id == n.filters.incident,
    "article": lambda n: _told(_C.article == _serial_of_article(n)),
}
_OF_CLAIMS: Mapping[str, Builder] = {
    "status": _words_of(_C, "status"),
    "event": lambda n: known(_C.event).in_(codes_of(n.filters.event)),
    "actor": lambda n: _C.serial.in_(
        select(claim_actors.c.claim).where(claim_actors.c.actor.in_(n.filters.actor))
    ),
    "place": lambda n: _C.place_id == n.filters.place,
    "country": _words_of(_C, "country"),
    "outlet": lambda n: func.coalesce(_C.outlet, "").in_(n.filters.outlet),
    "root": lambda n: func.coalesce(_C.root, "").in_(n.filters.root),
    "since": _since(_C),
    "until": _until(_C),
    "killed": _killed(_C),
    "review": _claims_reviewed,
    "precision": _words_of(_C, "precision"),
    "readers": _words_of(_C, "readers"),
    **dict.fromkeys(("polarity", "modality", "stance"), _manner),
    "words": _found(_C.article),
    "box": _box(_C),
    "incident": lambda n: (
        _C.incident == select(_I.serial).where(_I.id == n.filters.incident).scalar_subquery()
    ),
    "article": lambda n: _C.article == _serial_of_article(n),
}
_OF_ARTICLES: Mapping[str, Builder] = {
    "outlet": lambda n: _A.outlet.in_(n.filters.outlet),
    "since": lambda n: _A.day >= n.filters.since,
    "until": lambda n: _A.day <= n.filters.until,
    "words": _found(_A.serial),
    "article": lambda n: _A.id == n.filters.article,
}
