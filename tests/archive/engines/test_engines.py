"""One contract for all engines: what comes back, what is tried again, and that nothing but the engine differs.

Spark and Ray run where they are installed (`make engines`), each as a cluster of two machines on loopback.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec

import pytest

from archive.engines.doing import clusters, faults, poisoned
from marsad.archive.drive import drive
from marsad.archive.engines import Failed
from marsad.archive.engines.choosing import engine_of
from marsad.archive.fingerprints import code_of
from marsad.archive.folder import Folder, read_part
from marsad.archive.inputs import inputs_of
from marsad.archive.plan import Plan, Settings
from marsad.archive.stages import read

OTHERS = [
    pytest.param(
        name,
        marks=[
            pytest.mark.skipif(
                find_spec(package) is None, reason=f"{package} is not installed: make engines"
            ),
            pytest.mark.xdist_group(name),
            pytest.mark.filterwarnings("default"),  # theirs
        ],
    )
    for name, package in (("spark", "pyspark"), ("ray", "ray"))
]


@contextmanager
def _cluster(kind, logs):
    """Its address; what kills a machine of it and puts another in its place (None where it has but one)."""
    if kind == "local":
        yield "local:2", None, None
        return
    with clusters.spark_cluster(logs) if kind == "spark" else clusters.ray_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="module", params=["local", *OTHERS])
def cluster(request, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(clusters.TESTS))
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        with _cluster(request.param, tmp_path_factory.mktemp("logs")) as entered:
            yield entered


@pytest.fixture(scope="module")
def engine(cluster):
    with engine_of(cluster[0]) as entered:
        yield entered


@pytest.fixture
def kill(cluster):
    """Kills a machine; another takes its place after the test."""
    yield cluster[1]
    cluster[2]()


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


def outcomes(engine, folder, tasks):
    """By name: records, and failures."""
    there = [replace(one, folder=str(folder.root), code=code_of(one.stage)) for one in tasks]
    found = list(engine.each(there))
    names = [one.task.name if isinstance(one, Failed) else one.name for one in found]
    assert sorted(names) == sorted(one.name for one in tasks)  # one outcome for each
    return dict(zip(names, found, strict=True))


def without_cost(records):
    return {name: replace(record, cost={}) for name, record in records.items()}


def plain(count, **given):
    return [faults.named(f"part-{n}", value=n, **given) for n in range(count)]


def driver(address, root):
    words = ["-m", "archive.engines.doing.driver", address, str(root), "16", "0.5"]
    return subprocess.Popen([sys.executable, *words], process_group=0, stdout=subprocess.PIPE)


# Before the engine of the other tests is there, which takes all cores of a cluster.
@pytest.mark.parametrize("cluster", OTHERS, indirect=True)
def test_a_driver_that_is_killed_is_gone_on_from(cluster, folder):
    first = driver(cluster[0], folder.root)
    end = time.monotonic() + 150
    while len(folder.records(faults.NAME)) < 3 and time.monotonic() < end:
        time.sleep(0.1)
    first.kill()
    first.communicate()
    before = len(folder.records(faults.NAME))
    assert 3 <= before < 16
    said, _ = driver(cluster[0], folder.root).communicate(timeout=90)
    ran = int(said.split()[-1])
    assert 0 < ran <= 16 - before  # a task that was out when the driver was killed may have been done since
    parts = [part for record in folder.records(faults.NAME).values() for part in record.parts]
    rows = [row["article"] for part in parts for batch in read_part(folder, part) for row in batch.to_pylist()]  # fmt: skip
    assert sorted(rows) == sorted(f"{n}-{k}" for n in range(16) for k in range(2))


def test_records_are_those_of_this_process(engine, folder, tmp_path):
    tasks = plain(12)
    found = outcomes(engine, folder, tasks)
    with engine_of("here") as here:
        alone = outcomes(here, Folder(tmp_path / "alone"), tasks)
    assert without_cost(found) == without_cost(alone)
    assert folder.records(faults.NAME) == found  # and each is committed


def test_work_that_is_done_is_not_done_again(engine, folder):
    outcomes(engine, folder, plain(4))
    outcomes(engine, folder, plain(6))
    assert [len(faults.tries_of(f"part-{n}", folder)) for n in range(6)] == [1] * 6


def test_no_tasks_are_no_outcomes(engine, folder):
    assert outcomes(engine, folder, []) == {}


@pytest.mark.parametrize("fault", ["killed", "left", "full disk", "no memory"])
def test_what_fails_once_is_tried_again(engine, folder, fault):
    found = outcomes(engine, folder, [faults.named("ill", value=9, fault=fault, times=1), *plain(4)])
    assert found["ill"].told == {"value": 9}
    assert len(faults.tries_of("ill", folder)) == 2


def test_what_always_fails_fails_alone(engine, folder):
    ill = [
        faults.named("kills", value=1, fault="killed"),
        faults.named("fills", value=2, fault="full disk"),
        faults.named("is refused", value=3, fault="refused"),
    ]
    found = outcomes(engine, folder, [*ill, *plain(8)])
    assert {name for name, one in found.items() if isinstance(one, Failed)} == {one.name for one in ill}
    assert found["is refused"].why == "part.jsonl: line 7 is no article"
    assert "no space left" in found["fills"].why
    assert [len(faults.tries_of(one.name, folder)) for one in ill] == [3, 3, 1]
    assert [found[one.name].tries for one in ill] == [3, 3, 1]


def test_workers_of_another_version_are_refused(engine, folder):
    task = replace(faults.named("part-1", value=1), folder=str(folder.root), code="of another version")
    (failed,) = engine.each([task])
    assert "another version of Marsad" in failed.why


def test_a_process_that_is_killed_from_outside_loses_nothing(engine, folder):
    tasks = plain(8, seconds=0.4)

    def end_one():
        while not (processes := faults.tries_of("part-3", folder)):
            time.sleep(0.05)
        os.kill(processes[0], 9)

    thread = threading.Thread(target=end_one)
    thread.start()
    found = outcomes(engine, folder, tasks)
    thread.join()
    assert not [one for one in found.values() if isinstance(one, Failed)]
    assert len(faults.tries_of("part-3", folder)) == 2


@pytest.mark.parametrize("cluster", OTHERS, indirect=True)
def test_a_machine_that_is_gone_loses_nothing(engine, folder, kill):
    thread = threading.Timer(1.5, kill)
    thread.start()
    found = outcomes(engine, folder, plain(24, seconds=0.4))
    thread.join()
    assert not [one for one in found.values() if isinstance(one, Failed)]


def test_a_poison_article_is_set_aside_alone(engine, tmp_path):
    source = tmp_path / "articles.jsonl"
    lines = [
        {"id": f"a{n}", "title": "قصف", "text": f"قصفت المدفعية البلدة صباح اليوم، وفق مصدر طبي رقم {n}."}
        for n in range(6)
    ]
    lines[2]["text"] += " !poison:kill"
    source.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    folder = Folder(tmp_path / "archive")
    plan = Plan(folder=str(folder.root), inputs=inputs_of([str(source)]), settings=Settings(quota=1.0))
    (task,) = read.tasks(plan, {"cut": []})
    found = outcomes(engine, folder, [replace(task, stage=poisoned.NAME)])
    (record,) = found.values()
    assert (record.counts["articles"], record.counts["dropped_crashed"]) == (5, 1)


@pytest.fixture(scope="module")
def whole(project, tmp_path_factory):
    """A plan over the project's own articles, in many small tasks; and the archive that this machine's processes make of it."""

    def made(root, engine, say=lambda *_: None):
        plan = Plan(folder=str(root), inputs=inputs, settings=Settings(shard_bytes=12_000, claims_at_once=60))
        ran = drive(plan, Folder(root), engine, say)
        return ran, json.loads((root / "archive.json").read_text(encoding="utf-8"))

    inputs = inputs_of([str(project / "demo/articles.jsonl"), str(project / "demo-desk/campaign.jsonl")])
    with engine_of("local", 2) as engine:
        return made, made(tmp_path_factory.mktemp("local"), engine)[1]


def test_every_engine_makes_the_same_files(whole, engine, cluster, tmp_path):
    made, here = whole
    ran, there = made(tmp_path / "archive", engine_of(cluster[0]))
    assert there["tables"] == here["tables"]
    assert there["counts"] == here["counts"]
    assert ran.tasks["settle"] > 2
    assert ran.tasks["reconcile"] > 2


@pytest.mark.parametrize("stage", ["read", "settle", "reconcile"])
@pytest.mark.parametrize("cluster", OTHERS, indirect=True)
def test_a_machine_that_is_gone_in_the_middle_changes_no_row(whole, engine, cluster, kill, tmp_path, stage):
    made, here = whole
    gone = Counter()

    def say(name, done, of):
        if name == stage and done > 0 and not gone[name]:
            gone[name] += 1
            kill()

    _, there = made(tmp_path / "archive", engine_of(cluster[0]), say)
    assert gone[stage] == 1
    assert there["tables"] == here["tables"]
