"""The quality gate runs with the tests where the annotated cases lie beside the checkout."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ONLY = ["--only", "dev", "--only", "incidents", "--only", "status", "--only", "replayed"]


def bench_module(name: str):
    spec = importlib.util.spec_from_file_location(name, ROOT / "bench" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def gate(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "bench"))
    return bench_module("gate")


def test_gate_no_figure_is_below_its_floor():
    if bench_module("shared").shared_folder() is None:
        pytest.skip("no ../shared beside this checkout: accuracy was not measured")
    command = [sys.executable, str(ROOT / "bench" / "gate.py"), *ONLY]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_gate_says_so_without_shared(tmp_path):
    command = [sys.executable, str(ROOT / "bench" / "gate.py")]
    environment = {"MARSAD_SHARED": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert (done.returncode, "nothing to measure against" in done.stdout) == (0, True)


@pytest.mark.parametrize(
    ("measured", "failed"),
    [({"dev.claim.f1": 0.61}, ["dev.claim.f1"]), ({"dev.claim.f1": 0.62}, []), ({"dev.new.f1": 0.1}, [])],
)
def test_gate_finds_what_fell_below_its_floor(gate, measured, failed):
    assert gate.compare({"floors": {"dev.claim.f1": 0.62}, "goals": {}}, measured) == failed


def test_gate_treats_off_topic_claims_as_a_ceiling(gate):
    name = "off_topic.claims_per_article"
    assert gate.compare({"floors": {name: 0.2}, "goals": {}}, {name: 0.3}) == [name]


def run_gate(gate, monkeypatch, tmp_path, arguments, measured):
    """The gate with one made-up measure and a floors file of its own; its exit code and the floors after it."""
    floors = tmp_path / "floors.json"
    (tmp_path / "gold.jsonl").write_text("{}", encoding="utf-8")
    pinned = {"floors": {"dev.claim.f1": 0.5}, "goals": {}, "sha256": {}}
    if not floors.exists():
        floors.write_text(json.dumps(pinned), encoding="utf-8")
    monkeypatch.setattr(gate, "FLOORS", floors)
    monkeypatch.setattr(gate, "ROOT", tmp_path)
    monkeypatch.setattr(gate, "need_shared", lambda: tmp_path)
    monkeypatch.setattr(gate, "MEASURES", {"dev": (lambda *_: {"dev.claim.f1": measured}, ("gold.jsonl",))})
    monkeypatch.setattr(sys, "argv", ["gate.py", *arguments])
    return gate.main(), json.loads(floors.read_text(encoding="utf-8"))["floors"]["dev.claim.f1"]


@pytest.mark.parametrize(
    ("arguments", "measured", "expected"),
    [
        ([], 0.6, (0, 0.5)),
        ([], 0.4, (1, 0.5)),
        (["--update"], 0.6, (0, 0.6)),
        (["--update"], 0.4, (1, 0.5)),
        (["--update", "--allow-regression"], 0.4, (0, 0.4)),
    ],
)
def test_gate_only_raises_floors(gate, monkeypatch, tmp_path, arguments, measured, expected):
    assert run_gate(gate, monkeypatch, tmp_path, arguments, measured) == expected


def test_gate_refuses_figures_of_other_gold(gate, monkeypatch, tmp_path):
    run_gate(gate, monkeypatch, tmp_path, ["--update"], 0.6)
    monkeypatch.setattr(gate, "sha256", lambda _: "another")
    assert run_gate(gate, monkeypatch, tmp_path, [], 0.7) == (1, 0.6)
    assert run_gate(gate, monkeypatch, tmp_path, ["--update"], 0.7) == (1, 0.6)
