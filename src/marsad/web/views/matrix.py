"""Who says what, through whom: roots in rows, outlets in columns, and in each cell what that outlet has from that root.

Articles that are near copies of each other stand in one column, however many outlets ran them: they are one text. Roots that count as one stand together, and what was not
counted stands last, so that the number of independent roots can be counted with one's own eyes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from marsad.model.incident import Root, Testimony, Told

Act = Literal["affirms", "repeats", "denies", "concedes", "expects", "demands"]
SYMBOLS: Mapping[Act, str] = {
    "affirms": "●", "concedes": "◆", "denies": "✕", "repeats": "○", "expects": "◇", "demands": "□",
}  # fmt: skip
"""A sign for each act beside its word, in the order in which the acts of a cell are named."""
_ORDER = {act: number for number, act in enumerate(SYMBOLS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One outlet, or the outlets of a family of near copies; ``articles`` are those of this incident, the first one first."""

    key: str
    outlets: tuple[str, ...]
    articles: tuple[str, ...]
    family: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A cell: what is done, since when, with which numbers (the range of the largest kind of toll), in which claims."""

    acts: tuple[Act, ...]
    first: str
    low: int | None
    high: int | None
    claims: tuple[Testimony, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A root with its cells by the key of the column."""

    root: Root
    cells: Mapping[str, Said]
    first: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Roots that count as one; with ``key`` "" those that do not count."""

    key: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """All of it; ``hidden`` columns and ``left`` rows are not shown for want of room."""

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    hidden: int = 0
    left: int = 0
    acts: tuple[Act, ...] = field(default=())


def act_of(told: Told, conceding: Collection[str]) -> Act:
    """What a claim does: it repeats where it does not count or is the text of another article; it concedes where the status says so or its words do."""
    one = told.testimony
    if one.says == "denies":
        return "denies"
    if one.says != "affirms":
        return "expects" if one.says == "expects" else "demands"
    if not told.group or one.copy_of:
        return "repeats"
    return "concedes" if one.id in conceding else "affirms"


def matrix_of(
    told: Sequence[Told],
    conceding: Collection[str] = (),
    *,
    unfold: bool = False,
    most: tuple[int, int] = (10, 25),
) -> Matrix:
    """The matrix of an incident.

    Args:
        told: Its claims.
        conceding: Ids of claims by which a root concedes.
        unfold: Whether near copies stand in columns of their own outlets.
        most: Columns and rows to be shown at most; those with most claims are.
    """
    columns = _columns(told, unfold)
    of = {article: column.key for column in columns for article in column.articles}
    shown = columns[: most[0]]
    keys = {column.key for column in shown}
    grouped: dict[str, dict[str, list[Told]]] = {}
    for one in told:
        grouped.setdefault(one.group, {}).setdefault(one.testimony.root.key, []).append(one)
    groups = [Group(key=key, rows=_rows(roots, of, conceding)) for key, roots in grouped.items()]
    groups.sort(key=lambda group: (not group.key, -_weight(group), group.rows[0].first, group.key))
    cut, left = _cut(groups, keys, most[1])
    acts = {act for group in cut for row in group.rows for said in row.cells.values() for act in said.acts}
    return Matrix(
        columns=tuple(shown), groups=tuple(cut), hidden=len(columns) - len(shown), left=left, acts=tuple(sorted(acts, key=_ORDER.__getitem__))
    )  # fmt: skip


def _columns(told: Iterable[Told], unfold: bool) -> list[Column]:
    held: dict[str, dict[str, Testimony]] = {}
    number: dict[str, int] = {}
    for one in sorted((one.testimony for one in told), key=lambda one: (one.instant, one.article)):
        key = f"family:{one.family}" if one.family and not unfold else f"outlet:{one.outlet}"
        held.setdefault(key, {}).setdefault(one.article, one)
        number[key] = number.get(key, 0) + 1
    made = []
    for key, articles in held.items():
        outlets = tuple(dict.fromkeys(one.outlet for one in articles.values()))
        made.append(Column(key=key, outlets=outlets, articles=tuple(articles), family=key.startswith("family:") and len(articles) > 1))  # fmt: skip
    return sorted(made, key=lambda column: (-number[column.key], column.key))


def _rows(roots: Mapping[str, Sequence[Told]], of: Mapping[str, str], conceding: Collection[str]) -> tuple[Row, ...]:  # fmt: skip
    made = []
    for told in roots.values():
        cells: dict[str, list[Told]] = {}
        for one in told:
            cells.setdefault(of[one.testimony.article], []).append(one)
        first = min((one.testimony.published for one in told if one.testimony.published), default="")
        made.append(Row(root=told[0].testimony.root, cells={key: _said(held, conceding) for key, held in cells.items()}, first=first))  # fmt: skip
    return tuple(
        sorted(made, key=lambda row: (-sum(len(said.claims) for said in row.cells.values()), row.first))
    )


def _said(told: Sequence[Told], conceding: Collection[str]) -> Said:
    acts = sorted({act_of(one, conceding) for one in told}, key=_ORDER.__getitem__)
    claims = tuple(sorted((one.testimony for one in told), key=lambda one: (one.instant, one.number)))
    first = min((one.published for one in claims if one.published), default="")
    counts = [count for one in claims for count in one.counts if count.kind == "killed"]
    lows = [number for count in counts for number in (count.min, count.max) if number is not None]
    is_open = any(count.max is None for count in counts)
    return Said(
        acts=tuple(acts), first=first, low=min(lows, default=None),
        high=None if is_open else max(lows, default=None), claims=claims,
    )  # fmt: skip


def _weight(group: Group) -> int:
    return sum(len(said.claims) for row in group.rows for said in row.cells.values())


def _cut(groups: Sequence[Group], keys: Collection[str], most: int) -> tuple[list[Group], int]:
    """The first rows that have a cell in a shown column, and how many are left out."""
    kept: list[Group] = []
    room, left = most, 0
    for group in groups:
        fit = [row for row in group.rows if keys & row.cells.keys()][:room]
        left += len(group.rows) - len(fit)
        room -= len(fit)
        if fit:
            kept.append(Group(key=group.key, rows=tuple(fit)))
    return kept, left
