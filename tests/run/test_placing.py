"""What is written stands beside its place until it is whole, and what killed processes left is cleared away."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from marsad.errors import InputError
from marsad.run.placing import check_file, check_folder, folders_beside, is_empty


def left_by(number, folder):
    """A folder as a process of this number makes it."""
    with folders_beside([folder / "x.csv"]) as (mine,):
        name = mine.name.replace(f"-{os.getpid()}-", f"-{number}-")
    (folder / name).mkdir()
    (folder / name / "half.csv").touch()
    return folder / name


def gone():
    """The number of a process that is no more."""
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    return ended.pid


def test_each_has_a_folder_of_its_own_that_is_gone_afterwards(tmp_path):
    with folders_beside([tmp_path / "a", tmp_path / "b"]) as found:
        assert len({*found}) == 2
        assert {one.parent for one in found} == {tmp_path}
        assert is_empty(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_is_cleared_away_and_what_a_living_one_has_stays(tmp_path):
    living, left = left_by(os.getppid(), tmp_path), left_by(gone(), tmp_path)
    other = tmp_path / ".marsad-export-0000-1-elsewhere"
    other.mkdir()
    assert left.is_dir() and is_empty(tmp_path)
    with folders_beside([tmp_path / "x.csv"]):
        assert not left.exists()
    assert sorted(tmp_path.iterdir()) == sorted([other, living])


def test_the_systems_reasons_are_said(tmp_path):
    with (
        pytest.raises(InputError, match=r"x\.csv cannot be written: No space"),
        folders_beside([tmp_path / "x.csv"]),
    ):
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_a_device_is_no_file_and_stays_a_device():
    with pytest.raises(InputError, match="it is no file"):
        check_file(Path(os.devnull))


def test_what_stands_there_is_said(tmp_path):
    (tmp_path / "file").touch()
    check_file(tmp_path / "file")
    check_folder(tmp_path / "new")
    for check, path, said in (
        (check_file, tmp_path, "it is a folder"),
        (check_file, tmp_path / "no" / "x", "there is no folder"),
        (check_folder, tmp_path / "file", "is there already"),
        (check_folder, tmp_path, "is there already"),
    ):
        with pytest.raises(InputError, match=said):
            check(path)
