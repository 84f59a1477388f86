"""What a run refuses, and what makes work be done anew."""

import sys
from types import SimpleNamespace

import pytest

from marsad.archive import Folder, Plan, Settings, drive, fingerprints
from marsad.archive.engines.here import Here
from marsad.archive.inputs import inputs_of
from marsad.archive.stages import STAGES
from marsad.errors import InputError

LINE = '{"id": "a", "published": "2024-12-06", "text": "أعلن الجيش انسحابه من مدينة حماة بعد معارك عنيفة."}\n'


def test_an_input_that_is_planned_twice_is_refused_before_anything_is_read(tmp_path):
    (tmp_path / "a.jsonl").write_text(LINE)
    inputs = inputs_of([str(tmp_path / "a.jsonl")])
    plan = Plan(folder=str(tmp_path / "out"), inputs=inputs * 2, settings=Settings(shard_bytes=64))
    with pytest.raises(InputError, match="planned 2 times"):
        drive(plan, Folder(tmp_path / "out"), Here())
    assert not (tmp_path / "out" / "archive.json").exists()


@pytest.fixture
def forgotten():
    fingerprints.code_of.cache_clear()
    yield
    fingerprints.code_of.cache_clear()


def fingerprint(stage):
    fingerprints.code_of.cache_clear()
    return fingerprints.code_of(stage)


def test_another_python_is_another_version_of_every_stage(forgotten, monkeypatch):
    before = {stage: fingerprint(stage) for stage in STAGES}
    monkeypatch.setattr(fingerprints, "sys", SimpleNamespace(version_info=SimpleNamespace(major=3, minor=99)))
    assert sys.version_info.minor != 99
    assert [stage for stage in STAGES if fingerprint(stage) == before[stage]] == []


def test_another_library_for_pages_reads_anew_and_touches_no_other_stage(forgotten, monkeypatch):
    before = {stage: fingerprint(stage) for stage in STAGES}
    known = fingerprints.version
    monkeypatch.setattr(fingerprints, "version", lambda name: "0.0" if name == "trafilatura" else known(name))
    assert [stage for stage in STAGES if fingerprint(stage) != before[stage]] == ["read"]
