"""``marsad gazetteer fetch``: the official GeoNames dump of a country, read into a gazetteer file of the user's own.

Two archives a country are fetched, the dump and the alternate names; of each only the member ``CC.txt`` is opened, never written to the disk.
Place data © GeoNames.org, CC BY 4.0.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from marsad.errors import InputError
from marsad.grounding.download import Fetched, Progress, download
from marsad.grounding.gazetteer_file import write_gazetteer
from marsad.grounding.geonames import Faults, alternate_names, dump_rows
from marsad.grounding.place_rows import Units
from marsad.grounding.tables import governorates

BASE = "https://download.geonames.org/export/dump/"
LICENCE = "Place data © GeoNames.org, CC BY 4.0"
_MOST_PACKED, _MOST_UNPACKED = 200_000_000, 2_000_000_000
_MOST_RATIO = 60
_COUNTRY = re.compile("[A-Z]{2}")


def fetch_country(country: str, folder: Path, base: str, progress: Progress) -> tuple[Path, int, Faults]:
    """Fetch a country's dump and alternate names and make its gazetteer file: (file, places, lines that could not be used).

    Args:
        country: ISO 3166-1 alpha-2, in capitals.
        folder: The user's gazetteer folder; archives are kept in ``downloads`` below it until their rows are in.
        base: Where the dump lies, ending in ``/``.
        progress: Told how far a download has come.

    Raises:
        InputError: no country's code, no such file, an archive that holds something else than it should.
        TryAgain: the connection broke; the same call goes on.
    """
    if not _COUNTRY.fullmatch(country):
        raise InputError(f"{country!r} is not a country's code of two capitals, such as SY")
    base = base if base.endswith("/") else f"{base}/"
    downloads = folder / "downloads"
    names = download(
        f"{base}alternatenames/{country}.zip", downloads / f"{country}-names.zip", _MOST_PACKED, progress
    )
    dump = download(f"{base}{country}.zip", downloads / f"{country}.zip", _MOST_PACKED, progress)
    faults = Faults()
    alternates = alternate_names(_lines(names.path, f"{country}.txt"), faults)
    rows = dump_rows(_lines(dump.path, f"{country}.txt"), alternates, Units(governorates()).of, faults)
    target = folder / f"{country}.sqlite"
    count = write_gazetteer(target, rows, _meta(country, dump, names))
    for archive in (names.path, dump.path):
        archive.unlink()
    return target, count, faults


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
        InputError: it is no archive, lacks the member, or the member is too large or packed too tightly to be what it should be.
    """
    try:
        with zipfile.ZipFile(archive) as packed:
            if member not in packed.namelist():
                raise InputError(
                    f"{archive.name}: there is no {member} in it, but {', '.join(packed.namelist()[:5])}"
                )
            info = packed.getinfo(member)
            if (
                info.file_size > _MOST_UNPACKED
                or info.file_size > _MOST_RATIO * max(info.compress_size, 1) + 65_536
            ):
                raise InputError(f"{archive.name}: {member} would be {info.file_size:,} bytes; refused")
            with packed.open(info) as raw:
                yield from io.TextIOWrapper(raw, encoding="utf-8", errors="strict", newline="\n")
    except (zipfile.BadZipFile, UnicodeDecodeError, EOFError) as error:
        archive.unlink(missing_ok=True)
        raise InputError(
            f"{archive.name}: not the archive that it should be ({error}); fetch it again"
        ) from None
