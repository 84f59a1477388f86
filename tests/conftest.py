"""Fixtures for all tests; the only conftest."""

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from marsad.cli.main import main
from marsad.run.pipeline import load_kit

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the checkout."""
    return ROOT


class Done(NamedTuple):
    """What a command left: its exit code, and the lines of its two outputs."""

    code: int
    out: list[str]
    said: list[str]

    @property
    def rows(self):
        """Its output as JSON lines."""
        return [json.loads(line) for line in self.out]


@pytest.fixture
def data(tmp_path, monkeypatch):
    """The user's folder, not made yet; at the end nothing lies where it would lie without MARSAD_DATA."""
    folder = tmp_path / "data"
    monkeypatch.setenv("MARSAD_DATA", str(folder))
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("no_proxy", "*")
    yield folder
    assert not (tmp_path / "home").exists()


@pytest.fixture
def program(data, capsys):
    """The program, run in this process as if in a new one, with a user's folder of the test."""

    def run(*arguments):
        load_kit.cache_clear()
        capsys.readouterr()
        code = main([str(one) for one in arguments])
        out, said = capsys.readouterr()
        return Done(code, out.splitlines(), said.splitlines())

    return run
