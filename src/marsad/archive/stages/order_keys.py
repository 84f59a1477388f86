"""What articles are put in order by: the same as `marsad.articles.copies` goes by, as columns that DuckDB sorts beyond what fits in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from marsad.archive.copies_files import FACTS
from marsad.archive.copies_tables import database
from marsad.archive.folder import Folder, read_part
from marsad.articles.kinship import moment_of
from marsad.articles.nearness import NO_DAY, Ints

_COLUMNS = ["id", "outlet", "published", "runs", "s0"]

_SORTED = """
copy (with again as (select id, min(number) as first from read_parquet($keys) group by id having count(*) > 1),
marked as (select k.*, coalesce(k.number <> a.first, false) as left_out from read_parquet($keys) k left join again a using (id))
select number, id, agency, instant, timed, day, outlet, runs, left_out from marked where left_out or signed
order by left_out, not agency, instant, published, id, number) to $target (format parquet, row_group_size 65536)
"""
"""An agency's articles first, then by time, by what is written there and by id, as text is ordered by its code points; those that came before at the end."""


@dataclass(slots=True)
class Outlets:
    """The numbers of outlets, in the order in which they are met, and which of them are agencies."""

    is_agency: Callable[[str], bool]
    numbers: dict[str | None, tuple[int, bool]] = field(default_factory=dict)

    @classmethod
    def known(cls, data: str) -> Outlets:
        """With what the register knows; ``data`` is the folder of what the user added to it, or ""."""
        from marsad.run.reconciling import load_knowledge

        knowledge = load_knowledge(Path(data) if data else None)

        def is_agency(outlet: str) -> bool:
            known = knowledge.outlet(outlet)
            return known is not None and known.agency

        return cls(is_agency)

    def of(self, outlet: str | None) -> tuple[int, bool]:
        """Its number (-1 where it is not known) and whether it is an agency."""
        if outlet is None:
            return -1, False
        found = self.numbers.get(outlet)
        if found is None:
            found = self.numbers[outlet] = len(self.numbers), self.is_agency(outlet)
        return found


def key_rows(folder: Folder, shards: Sequence[tuple[str, str]], target: Path, outlets: Outlets) -> Ints:
    """Write the keys of all articles, signed or not.

    Args:
        folder: The archive.
        shards: The name of each shard and the path of its articles.
        target: A Parquet file.
        outlets: What is known of outlets.

    Returns:
        The number over all shards that each shard's first article has, and behind them how many there are.
    """
    from pyarrow import parquet  # type: ignore[import-untyped]

    starts = [0]
    with parquet.ParquetWriter(target, _schema(), compression="zstd") as writer:
        for _, path in shards:
            count = starts[-1]
            for batch in read_part(folder, path, _COLUMNS):
                writer.write_table(_keys(batch, count, outlets))
                count += batch.num_rows
            starts.append(count)
    return np.array(starts, dtype=np.int64)


def _schema() -> Any:  # noqa: ANN401 (pyarrow has no types)
    import pyarrow as pa

    whole = [(name, pa.int32()) for name in ("runs", "outlet", "day")]
    yes = [(name, pa.bool_()) for name in ("agency", "timed", "signed")]
    text = [(name, pa.string()) for name in ("id", "published")]
    return pa.schema([("number", pa.int64()), ("instant", pa.int64()), *whole, *yes, *text])


def _keys(batch: Any, start: int, outlets: Outlets) -> Any:  # noqa: ANN401 (pyarrow has no types)
    import pyarrow as pa
    import pyarrow.compute as pc  # type: ignore[import-untyped]

    columns: dict[str, Any] = {
        "number": np.arange(start, start + batch.num_rows),
        "id": batch.column("id"),
        "runs": batch.column("runs"),
        "published": pc.fill_null(batch.column("published"), ""),
        "signed": pc.is_valid(batch.column("s0")),
    }
    known = _by_value(batch.column("outlet"), outlets.of, [("outlet", "i4"), ("agency", "?")])
    times = _by_value(
        batch.column("published"), _time, [(name, FACTS[name].str) for name in ("instant", "timed", "day")]
    )
    for found in (known, times):
        columns |= {name: found[name] for name in found.dtype.names}
    return pa.table({name: pa.array(columns[name]) for name in _schema().names}, schema=_schema())


def _time(published: str | None) -> tuple[int, bool, int]:
    moment = moment_of(published, agency=False)
    return moment.instant, moment.timed, NO_DAY if moment.day is None else moment.day


def _by_value(column: Any, what: Callable[[str | None], tuple[Any, ...]], kind: list[tuple[str, str]]) -> Any:  # noqa: ANN401 (pyarrow has no types)
    """What a function says of each value of a column, which is asked once for each that is different."""
    coded = column.dictionary_encode(null_encoding="encode")
    values = np.array([what(value) for value in coded.dictionary.to_pylist()], dtype=kind)
    return values[coded.indices.to_numpy()]


def sorted_keys(keys: Path, scratch: Path) -> Iterator[Any]:
    """The keys in order as Arrow record batches; articles that have no signature are not among them, but for those that came again.

    Args:
        keys: The file of `key_rows`.
        scratch: A folder for what does not fit in memory.

    Raises:
        InputError: DuckDB is not installed.
    """
    from pyarrow import parquet

    target = scratch / "sorted.parquet"
    with database(scratch) as connection:
        connection.execute(_SORTED, {"keys": str(keys), "target": str(target)})
    with parquet.ParquetFile(target) as file:
        yield from file.iter_batches(batch_size=1 << 16)
