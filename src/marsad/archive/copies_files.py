"""What copies are found by, for all signed articles of an archive: three files by rank, which are mapped into memory and never read whole.

    signatures   512 bytes for each article: what two of them are compared by
    bands        for each of the 64 bands the keys of all articles: what they meet by, one band behind the other
    facts        24 bytes for each article (`FACTS`)

The keys lie in the signatures too; they are kept apart because a task looks at a few bands of all articles, and would else read every signature for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from marsad.articles.kinship import Moment
from marsad.articles.nearness import NO_DAY, PLACES, Ints, Keys, Texts, keys_of

FACTS = np.dtype([("instant", "<i8"), ("runs", "<i4"), ("outlet", "<i4"), ("day", "<i4"), ("agency", "?"), ("timed", "?"), ("spare", "V2")])  # fmt: skip
"""An article's moment (`marsad.articles.kinship.Moment`; a day that is not known is `NO_DAY`), its runs of words and the number of its outlet."""

_ROWS_AT_ONCE = 1 << 15

Facts = npt.NDArray[np.void]
Digests = npt.NDArray[np.uint32]


def write_signatures(path: Path, count: int, found: Iterable[tuple[Ints, Digests]]) -> None:
    """Write the signatures, which come in another order than that of their ranks.

    Args:
        path: The file.
        count: How many there are.
        found: Ranks with their signatures, piece by piece.
    """
    with path.open("r+b") as file:
        file.truncate(count * PLACES * 4)
    for ranks, digests in found:
        # Mapped anew for each piece, so that what was written can leave the memory; in order, so that neighbours go to the disk together.
        order = np.argsort(ranks)
        if len(ranks):
            mapped = np.memmap(path, dtype="<u4", mode="r+", shape=(count, PLACES))
            mapped[ranks[order]] = digests[order]
            del mapped


def write_bands(path: Path, signatures: Path, count: int) -> None:
    """Write the keys of all signatures, band by band."""
    with path.open("r+b") as file, signatures.open("rb") as source:
        for start in range(0, count, _ROWS_AT_ONCE):
            rows = min(_ROWS_AT_ONCE, count - start)
            digests = np.fromfile(source, dtype="<u4", count=rows * PLACES).reshape(rows, PLACES)
            for band, keys in enumerate(np.ascontiguousarray(keys_of(digests).T)):
                file.seek((band * count + start) * 8)
                file.write(keys.tobytes())


def keys_in_band(path: Path, band: int, count: int, share: tuple[int, int]) -> tuple[Keys, Ints]:
    """The keys of a band that belong to a share, and the ranks of the texts that have them.

    Args:
        path: The file of bands.
        band: Which of the `BANDS`.
        count: How many texts there are.
        share: Which, of how many; all texts with one key are in one share.
    """
    which, shares = share
    kept, ranks = [np.empty(0, dtype=np.uint64)], [np.empty(0, dtype=np.int64)]
    with path.open("rb") as file:
        file.seek(band * count * 8)
        for start in range(0, count, _ROWS_AT_ONCE):
            keys = np.fromfile(file, dtype="<u8", count=min(_ROWS_AT_ONCE, count - start))
            at = np.flatnonzero(_shares(keys, shares) == which) if shares > 1 else np.arange(len(keys))
            kept.append(keys[at])
            ranks.append(at + start)
    return np.concatenate(kept), np.concatenate(ranks)


def _shares(keys: Keys, shares: int) -> Keys:
    # The numbers of a signature are the least of many, so most are small: they are spread first.
    spread: Keys = (keys * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)
    return spread % np.uint64(shares)


def facts_in(path: Path, count: int) -> Facts:
    """The facts, mapped."""
    facts: Facts = _mapped(path, FACTS, (count,))
    return facts


def texts_in(signatures: Path, facts: Facts) -> Texts:
    """All texts as `marsad.articles.nearness` compares them, mapped."""
    digests = _mapped(signatures, np.dtype("<u4"), (len(facts), PLACES))
    return Texts(digests, facts["runs"], facts["outlet"], facts["day"])


def _mapped(path: Path, kind: np.dtype[Any], shape: tuple[int, ...]) -> Any:  # noqa: ANN401 (as said)
    if not shape[0]:  # nothing cannot be mapped
        return np.empty(shape, dtype=kind)
    return np.asarray(np.memmap(path, dtype=kind, mode="r", shape=shape))


def moments_of(facts: Facts) -> Iterator[Moment]:
    """The moments of some articles."""
    for instant, day, agency, timed in zip(
        *(facts[name].tolist() for name in ("instant", "day", "agency", "timed")), strict=True
    ):
        yield Moment(agency, instant, timed, None if day == NO_DAY else day)
