"""A folder as one ZIP file."""

import os
import zipfile

from marsad.run.packing import pack

FILES = {"a.txt": "نص".encode(), "deep/er/b.txt": b"", "deep/c.bin": bytes(range(256))}


def packed(folder, order):
    """A folder whose files were made in some order, at some time, as a ZIP."""
    for number, name in enumerate(order):
        path = folder / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(FILES[name])
        os.utime(path, (number * 1e8, number * 1e8))
    pack(folder / "site", folder / "site.zip")
    return folder / "site.zip"


def test_the_same_files_give_the_same_bytes_whenever_they_were_made(tmp_path):
    one, other = packed(tmp_path / "x", list(FILES)), packed(tmp_path / "y", list(FILES)[::-1])
    assert one.read_bytes() == other.read_bytes()
    with zipfile.ZipFile(one) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            f"site/{name}": data for name, data in FILES.items()
        }
        assert archive.testzip() is None
