"""Families as rows of shards: from ranks back to where the articles were read, and where the families are at home."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from marsad.archive.copies_kin import Families
from marsad.archive.folder import Folder, read_part
from marsad.articles.nearness import Ints

_AT_ONCE = 1 << 16


@dataclass(frozen=True, slots=True)
class Rows:
    """The articles of families in the order of their ranks, and behind them those that are left out.

    Attributes:
        names: The shards.
        shard: For each article the number of its shard; ``row`` the row there.
        ids: Their ids, as Arrow.
        family: The place among these of its family's first, -1 for those that are left out.
        of: The place of what it is a copy of, or -1.
        known: Whether that is known to have come before.
        by_shard: All places by shard and row.
    """

    names: Sequence[str]
    shard: Ints
    row: Ints
    ids: Any
    family: Ints
    of: Ints
    known: Any
    by_shard: Ints

    @property
    def left_out(self) -> int:
        """How many are left out."""
        return int(np.count_nonzero(self.family < 0))

    def at(self, shard: int) -> Ints:
        """The places of a shard's articles, by row."""
        low, high = np.searchsorted(self.shard, [shard, shard + 1], sorter=self.by_shard)
        return self.by_shard[low:high]

    def of_shard(self, shard: int, homes: Sequence[str]) -> Any:  # noqa: ANN401 (pyarrow has no types)
        """The rows of a shard as an Arrow table, by row.

        Args:
            shard: Its number.
            homes: For each place that is the first of a family the country where it is at home.
        """
        import pyarrow as pa  # type: ignore[import-untyped]

        at = self.at(shard)
        family, of = self.family[at], self.of[at]
        out = family < 0
        return pa.table(
            {
                "shard": pa.array([self.names[shard]] * len(at), pa.string()),
                "row": pa.array(self.row[at].astype(np.int32)),
                "id": self.ids.take(pa.array(at)),
                "family": self.ids.take(pa.array(family, mask=out)),
                "copy_of": self.ids.take(pa.array(of, mask=of < 0)),
                "known": pa.array(self.known[at], mask=out),
                "home": pa.array([homes[place] if place >= 0 else None for place in family.tolist()], pa.string()),
                "left_out": pa.array(out),
            }
        )  # fmt: skip


def rows_of(folder: Folder, order: str, found: Families, among: tuple[int, Sequence[str]]) -> Rows:
    """Where the articles of families were read.

    Args:
        folder: The archive.
        order: The path of the order; it is gone through once.
        found: The families.
        among: How many articles have a rank, and the names of all shards.
    """
    import pyarrow as pa
    import pyarrow.compute as pc  # type: ignore[import-untyped]

    signed, names = among
    start = 0
    ids, shards, rows = [], [], []
    for batch in read_part(folder, order, ["shard", "row", "id"], _AT_ONCE):
        end = start + batch.num_rows
        low, high = np.searchsorted(found.ranks, [start, end])
        at = np.append(found.ranks[low:high], np.arange(max(start, signed), end)) - start
        kept = batch.take(pa.array(at))
        ids.append(kept.column("id").cast(pa.large_string()))
        shards.append(pc.index_in(kept.column("shard"), pa.array(names, pa.string())).to_numpy())
        rows.append(kept.column("row").to_numpy())
        start = end
    left_out = np.full(max(start - signed, 0), -1)
    known = np.append(found.known, np.zeros(len(left_out), dtype=bool))
    family, of = (_places(found.ranks, ranks, left_out) for ranks in (found.family, found.of))
    none = [np.empty(0, dtype=np.int64)]
    whole = pa.chunked_array(ids, pa.large_string()).combine_chunks()
    shard, row = np.concatenate(none + shards), np.concatenate(none + rows)
    return Rows(names, shard, row, whole, family, of, known, np.lexsort((row, shard)))


def _places(ranks: Ints, wanted: Ints, left_out: Ints) -> Ints:
    return np.append(np.where(wanted < 0, -1, np.searchsorted(ranks, wanted)), left_out)


def homes_of(folder: Folder, read: Sequence[str], rows: Rows) -> list[str]:
    """For each place that is the first of a family the country where most claims of its articles lie, "" where none lies anywhere; "" for the others.

    Args:
        folder: The archive.
        read: The paths of the articles of each shard.
        rows: The articles of families.
    """
    lands: dict[str, int] = {}
    found = []
    for shard, path in enumerate(read):
        at = rows.at(shard)
        at = at[rows.family[at] >= 0]
        if len(at):
            found.append(_named(_lands(folder, path, rows.row[at]), rows.family[at], lands))
    homes = [""] * len(rows.family)
    if not found:
        return homes
    family, land, claims = np.concatenate(found).T
    names = sorted(lands)
    by_name = np.empty(len(names), dtype=np.int64)
    by_name[[lands[name] for name in names]] = np.arange(len(names))
    for place, name in _most(family, by_name[land], claims):
        homes[place] = names[name]
    return homes


def _lands(folder: Folder, path: str, wanted: Ints) -> list[str | None]:
    """What some rows of a shard say of their claims' countries, as JSON."""
    import pyarrow as pa

    start = 0
    found: list[str | None] = []
    for batch in read_part(folder, path, ["lands"], _AT_ONCE):
        low, high = np.searchsorted(wanted, [start, start + batch.num_rows])
        found += batch.column(0).take(pa.array(wanted[low:high] - start)).to_pylist()
        start += batch.num_rows
    return found


def _named(told: Sequence[str | None], families: Ints, lands: dict[str, int]) -> Ints:
    """Rows of family, number of the country, claims."""
    rows = [
        (family, lands.setdefault(land, len(lands)), claims)
        for text, family in zip(told, families.tolist(), strict=True)
        for land, claims in (json.loads(text) if text else {}).items()
    ]
    return np.array(rows, dtype=np.int64).reshape(len(rows), 3)


def _most(family: Ints, land: Ints, claims: Ints) -> list[tuple[int, int]]:
    """For each family the country with most claims, the first by name where several have as many."""
    lands = int(land.max(initial=0)) + 1
    pairs, at = np.unique(family * lands + land, return_inverse=True)
    sums = np.zeros(len(pairs), dtype=np.int64)
    np.add.at(sums, at, claims)
    order = np.lexsort((pairs % lands, -sums, pairs // lands))
    families = pairs[order] // lands
    first = np.flatnonzero(np.append(True, families[1:] != families[:-1])) if len(families) else order
    return list(zip(families[first].tolist(), (pairs[order] % lands)[first].tolist(), strict=True))
