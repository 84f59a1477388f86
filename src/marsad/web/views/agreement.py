"""How far two coders agree, as a page shows it: intervals drawn on a scale, tables of who said what where another said what, and coders under numbers, not names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from marsad.errors import InputError
from marsad.run.agreement import FIELDS, Confusion, FieldAgreement, agreement, coded_twice, confusions
from marsad.store.reads import mark
from marsad.store.reads.article_queue import Waiting, described
from marsad.web.visit import Visit

MARKS = (0.667, 0.8)
"""Krippendorff's own: below the first nothing should be concluded, from the second on one may rely on it."""
LEFT, RIGHT, WIDTH = 130, 20, 720
ROW = 30
TABLES = ("decision", "event", "polarity", "modality", "stance")
"""The fields whose values are few enough for a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One field of the drawing: where its point and its interval lie, in units of the drawing; None where nothing is defined."""

    field: str
    y: int
    point: float | None
    first: float | None
    last: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What one coder said (rows) where another said (columns); a cell is a number of claims."""

    coder: str
    other: str
    rows: Sequence[str]
    columns: Sequence[str]
    cells: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """All that is known of agreement: how many claims two people coded, their names and numbers, each field, and who said what where who else said what."""

    pairs: int
    called: Mapping[str, str]
    found: Sequence[FieldAgreement]
    confusions: Mapping[str, Sequence[Confusion]]


def measured(visit: Visit, connection: Connection) -> Measured:
    """The agreement as it is; kept until somebody decides something."""
    return visit.workspace.kept.get(connection, "agreement", _measured, mark(connection))


def _measured(connection: Connection) -> Measured:
    pairs = coded_twice(connection)
    return Measured(
        pairs=len(pairs), called=pseudonyms(who for pair in pairs for who in (pair.first.who, pair.second.who)), found=agreement(connection, pairs),
        confusions={name: confusions(connection, name, pairs) for name in TABLES},
    )  # fmt: skip


def bars_of(found: Sequence[FieldAgreement]) -> list[Bar]:
    """The drawing's rows. What is below zero (worse than chance) is drawn at zero; its number says it."""
    return [
        Bar(
            field=one.field, y=ROW * number + ROW // 2, point=None if one.alpha is None else at(one.alpha),
            first=None if one.low is None else at(one.low), last=None if one.high is None else at(one.high),
        )
        for number, one in enumerate(found)
    ]  # fmt: skip


def at(value: float) -> float:
    """Where a value from 0 to 1 lies on the scale.

    >>> at(0.0), at(1.0), at(-0.4)
    (130.0, 700.0, 130.0)
    """
    return round(LEFT + (WIDTH - LEFT - RIGHT) * min(max(value, 0.0), 1.0), 1)


def why_none(one: FieldAgreement) -> str:
    """Why there is no number, as a key of the interface's words; "" where there is one."""
    if one.alpha is not None:
        return ""
    return "agreement.none.units" if one.units == 0 else "agreement.none.variation"


def pseudonyms(names: Iterable[str]) -> dict[str, str]:
    """A number for each name, by the order of the names.

    >>> pseudonyms(["ben", "ana", "ben"])
    {'ana': 'C1', 'ben': 'C2'}
    """
    return {name: f"C{number}" for number, name in enumerate(sorted(set(names)), 1)}


def tables_of(found: Sequence[Confusion], called: Mapping[str, str]) -> list[Table]:
    """A table for each pair of coders, most frequent values first."""
    pairs = dict.fromkeys((row.coder, row.other) for row in found)
    made = []
    for coder, other in pairs:
        rows = [row for row in found if (row.coder, row.other) == (coder, other)]
        made.append(
            Table(
                coder=called[coder], other=called[other], rows=list(dict.fromkeys(row.value for row in rows)),
                columns=list(dict.fromkeys(row.other_value for row in rows)),
                cells={(row.value, row.other_value): len(row.claims) for row in rows},
            )
        )  # fmt: skip
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Which claims are asked for: those behind a field, or behind one cell of its table."""

    field: str
    coder: str = ""
    other: str = ""
    value: str = ""
    against: str = ""


def claims_in(found: Sequence[Confusion], called: Mapping[str, str], cell: Cell) -> list[str]:
    """The claims behind a cell."""
    return [
        claim
        for row in found
        if (called[row.coder], called[row.other], row.value, row.other_value) == (cell.coder, cell.other, cell.value, cell.against)
        for claim in row.claims
    ]  # fmt: skip


def field_named(name: str, allowed: Iterable[str] = (*FIELDS, "evidence")) -> str:
    """A field's name.

    Raises:
        InputError: there is none of this name.
    """
    known = tuple(allowed)
    if name not in known:
        raise InputError(f"field={name!r} is none of {', '.join(known)}")
    return name


def items(connection: Connection, claims: Sequence[str]) -> list[tuple[str, Waiting | None]]:
    """What the claims are, in their order; None beside the id of one that a person added."""
    known = {one.id: one for one in described(connection, claims)}
    return [(claim, known.get(claim)) for claim in claims]
