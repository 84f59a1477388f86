"""A task is known by all that its result depends on, and by nothing else."""

from dataclasses import replace

import pytest

from marsad.archive.task import Part, Record, Task

TASK = Task(stage="read", name="part-1", given={"start": 0, "end": 9}, depends=("b", "a"), code="c1")


@pytest.mark.parametrize(
    "other",
    [
        replace(TASK, stage="settle"),
        replace(TASK, name="part-2"),
        replace(TASK, given={"start": 1, "end": 9}),
        replace(TASK, depends=("a",)),
        replace(TASK, code="c2"),
    ],
    ids=["stage", "name", "given", "depends", "code"],
)
def test_what_decides_the_result_moves_the_key(other):
    assert other.key != TASK.key


@pytest.mark.parametrize(
    "other",
    [
        replace(TASK, folder="/elsewhere"),
        replace(TASK, reads=("work/x.parquet",)),
        replace(TASK, apart={"in_flight": 4}),
        replace(TASK, depends=("a", "b")),
        replace(TASK, given={"end": 9, "start": 0}),
    ],
    ids=["folder", "reads", "apart", "order of what it depends on", "order of what is given"],
)
def test_what_decides_nothing_does_not(other):
    assert other.key == TASK.key


def test_a_task_comes_back_from_its_line_as_it_was():
    task = replace(TASK, given={"outlet": "وكالة", "share": 0.25}, folder="/x", reads=("a", "b"))
    line = task.to_json()
    assert Task.from_json(line) == task
    assert Task.from_json(line).key == task.key
    assert (
        line.isascii() and "\n" not in line
    )  # engines carry it through environments and logs of any encoding


def test_a_record_comes_back_from_its_line_as_it_was():
    part = Part(table="claims", path="claims/a-1.parquet", rows=3, bytes=10, sha256="0" * 64)
    record = Record(
        stage="read", name="a", key="k", parts=(part,), counts={"claims": 3}, told={"حلب": 1}, cost={"seconds": 0.1}
    )  # fmt: skip
    assert Record.from_json(record.to_json()) == record
    assert record.of("claims") == (part,)
    assert record.of("articles") == ()
