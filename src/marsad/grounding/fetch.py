"""``marsad gazetteer fetch``: the official GeoNames dump of a country, read into a gazetteer file of the user's own.

Two archives a country are fetched, the dump and the alternate names; of each only the member ``CC.txt`` is opened, never written to the disk.
Place data © GeoNames.org, CC BY 4.0.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from marsad.errors import InputError
from marsad.grounding.download import Fetched, Progress, download
from marsad.grounding.gazetteer_file import Row, write_gazetteer
from marsad.grounding.geonames import Faults, alternate_names, dump_rows
from marsad.grounding.place_rows import Units
from marsad.grounding.tables import governorates

BASE = "https://download.geonames.org/export/dump/"
LICENCE = "Place data © GeoNames.org, CC BY 4.0"
_MOST_PACKED, _MOST_UNPACKED = 200_000_000, 2_000_000_000
_MOST_RATIO = 60
_KEPT_SECONDS = 86_400
"""How long an archive serves the next try, where one of another file or of the rows failed; GeoNames makes new ones each day."""
_COUNTRY = re.compile("[A-Z]{2}")


def fetch_country(country: str, folder: Path, base: str, progress: Progress) -> tuple[Path, int, Faults]:
    """Fetch a country's dump and alternate names and make its gazetteer file: (file, places, lines that could not be used).

    Args:
        country: ISO 3166-1 alpha-2, in capitals.
        folder: The user's gazetteer folder; archives are kept in ``downloads`` below it until their rows are in, for a day at most.
        base: Where the dump lies, ending in ``/``.
        progress: Told how far a download has come.

    Raises:
        InputError: no country's code, no such file, an archive that holds something else than it should or no place at all;
            the country's file of before stays.
        TryAgain: the connection broke; the same call goes on.
        OSError: the folder cannot be written.
    """
    if not _COUNTRY.fullmatch(country):
        raise InputError(f"{country!r} is not a country's code of two capitals, such as SY")
    base = base if base.endswith("/") else f"{base}/"
    downloads = folder / "downloads"
    names = _archive(f"{base}alternatenames/{country}.zip", downloads / f"{country}-names.zip", progress)
    dump = _archive(f"{base}{country}.zip", downloads / f"{country}.zip", progress)
    faults = Faults()
    alternates = alternate_names(_lines(names.path, f"{country}.txt"), faults)
    rows = dump_rows(_lines(dump.path, f"{country}.txt"), alternates, Units(governorates()).of, faults)
    target = folder / f"{country}.sqlite"
    count = write_gazetteer(
        target, _some(rows, dump.path, faults), _meta(country, dump, names), set_aside=faults.add
    )
    for archive in (names.path, dump.path):
        _remove(archive)
    return target, count, faults


def _archive(address: str, goal: Path, progress: Progress) -> Fetched:
    """An archive: the one that an earlier try brought whole from there, where it is fresh, or fetched now."""
    source = _source(goal)
    if goal.is_file() and source.is_file() and abs(time.time() - goal.stat().st_mtime) < _KEPT_SECONDS:
        whence, _, modified = source.read_text(encoding="utf-8").partition("\n")
        if whence == address:
            return Fetched(goal, address, modified)
    source.unlink(missing_ok=True)
    fetched = download(address, goal, _MOST_PACKED, progress)
    source.write_text(f"{address}\n{fetched.modified}", encoding="utf-8")
    return fetched


def _source(archive: Path) -> Path:
    """The file that says from where an archive is, and the server's date of it."""
    return archive.with_name(f"{archive.name}.source")


def _remove(archive: Path) -> None:
    archive.unlink(missing_ok=True)
    _source(archive).unlink(missing_ok=True)


def _some(rows: Iterator[Row], archive: Path, faults: Faults) -> Iterator[Row]:
    """The rows as they are.

    Raises:
        InputError: there was none, when all are read; the archive is removed.
    """
    none = True
    for row in rows:
        none = False
        yield row
    if none:
        _remove(archive)
        raise InputError(
            f"{archive.name}: no place in it can be used; {'; '.join(faults.first) or 'it names none'}"
        )


def _meta(country: str, dump: Fetched, names: Fetched) -> dict[str, str]:
    meta = {"sources": f"GeoNames dump of {country}", "licence": LICENCE}
    for label, one in (("dump", dump), ("names", names)):
        meta[f"{label}_address"] = one.address
        meta[f"{label}_modified"] = one.modified
        meta[f"{label}_sha256"] = hashlib.sha256(one.path.read_bytes()).hexdigest()
    return meta


def _lines(archive: Path, member: str) -> Iterator[str]:
    """The lines of one member of an archive.

    Raises:
        InputError: it is no archive, lacks the member, or the member is too large, packed too tightly, encrypted or packed as GeoNames packs
            none; the archive is removed.
    """
    try:
        with zipfile.ZipFile(archive) as packed:
            info = _member(packed, archive.name, member)
            with packed.open(info) as raw:
                yield from io.TextIOWrapper(raw, encoding="utf-8", errors="strict", newline="\n")
    except InputError:
        _remove(archive)
        raise
    except (zipfile.BadZipFile, zlib.error, struct.error, ValueError, EOFError, RuntimeError) as error:
        _remove(archive)
        raise InputError(
            f"{archive.name}: not the archive that it should be ({error}); fetch it again"
        ) from None


def _member(packed: zipfile.ZipFile, archive: str, member: str) -> zipfile.ZipInfo:
    """A member that may be unpacked."""
    if member not in packed.namelist():
        raise InputError(f"{archive}: there is no {member} in it, but {', '.join(packed.namelist()[:5])}")
    info = packed.getinfo(member)
    if info.file_size > _MOST_UNPACKED or info.file_size > _MOST_RATIO * max(info.compress_size, 1) + 65_536:
        raise InputError(f"{archive}: {member} would be {info.file_size:,} bytes; refused")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or info.flag_bits & 1:
        raise InputError(f"{archive}: {member} is encrypted, or packed in another way than GeoNames packs")
    return info
