"""Many files as a folder or as one ZIP: the same files, and of a ZIP always the same bytes."""

import zipfile

import pytest

from marsad.export.bundle import bundle_at

FILES = {"a.txt": "نص".encode(), "deep/er/b.txt": b"", "deep/c.bin": bytes(range(256))}


def fill(path):
    bundle = bundle_at(path)
    for name, data in FILES.items():
        bundle.put(name, data)
    bundle.close()


def test_a_folder_has_the_files(tmp_path):
    fill(tmp_path)
    assert {
        one.relative_to(tmp_path).as_posix(): one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()
    } == FILES


def test_a_zip_has_the_files_under_its_own_name_and_no_times(tmp_path):
    for folder in "xy":
        (tmp_path / folder).mkdir()
        fill(tmp_path / folder / "out.zip")
    assert (tmp_path / "x" / "out.zip").read_bytes() == (tmp_path / "y" / "out.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "x" / "out.zip") as archive:
        assert {one.filename: archive.read(one) for one in archive.infolist()} == {
            f"out/{name}": data for name, data in FILES.items()
        }
        assert {(one.date_time, one.external_attr >> 16) for one in archive.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), 0o100644)
        }


def test_no_file_is_written_over(tmp_path):
    fill(tmp_path)
    with pytest.raises(FileExistsError):
        bundle_at(tmp_path).put("a.txt", b"again")
