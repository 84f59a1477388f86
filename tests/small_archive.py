"""A finished archive that is written by hand: two articles of our own, one of them a copy, a claim each, one incident, one set aside."""

import time
from pathlib import Path

from marsad.archive.finish import finished
from marsad.archive.folder import Folder, Parts
from marsad.archive.plan import Input, Plan
from marsad.archive.progress import Progress
from marsad.archive.stages import STAGES
from marsad.archive.task import Record, Task

ARTICLES = [
    {"id": "a1", "outlet": "بريد العاصي", "published": "2031-03-17", "shard": "s1", "piece": 0, "claims": 1, "title": "=قصف", "family": "a1"},
    {"id": "a2", "outlet": "صوت النهر", "published": "2031-03-18", "shard": "s1", "piece": 1, "claims": 1, "title": "", "family": "a1", "copy_of": "a1", "copy_known": True},
]  # fmt: skip
CLAIMS = [
    {"id": f"c{number}", "article": f"a{number}", "number": 0, "event": "violence.airstrike", "country": "SY", "place": "حماة", "data": "{}"}
    for number in (1, 2)
]  # fmt: skip
COPIES = [
    {"article": "a1", "family": "a1", "known": False},
    {"article": "a2", "family": "a1", "copy_of": "a1", "known": True},
]
INCIDENTS = [
    {"id": "i1", "block": "violence:SY", "status": "single", "events": ["violence.airstrike"], "roots": 1, "independent": 1, "country": "SY", "claims": 2, "data": '{"id": "i1"}'}
]  # fmt: skip
ASIDE = [
    {"place": "news.jsonl:3", "reason": "empty", "message": "there is no text", "shard": "s1", "piece": 2}
]
_MADE = {
    "read": {"set_aside": ASIDE},
    "settle": {"articles": ARTICLES, "claims": CLAIMS, "copies": COPIES},
    "reconcile": {"incidents": INCIDENTS},
}
_COUNTS = {
    "read": {"pieces": 5, "articles": 2, "claims": 2, "dropped_empty": 1, "filtered_off_topic": 2},
    "settle": {"articles": 2, "claims": 2},
    "reconcile": {"claims": 2, "incidents": 1},
}


def plan_for(root: Path) -> Plan:
    """The plan of it."""
    return Plan(folder=str(root), inputs=(Input(address="/news/news.jsonl", size=900, mark="1"),))


def record_of(folder: Folder, stage: str) -> Record:
    """The record of the one task of a stage, committed, with its files."""
    task = Task(stage=stage, name="p1", given={})
    with Parts(folder, task) as parts:
        for table, rows in _MADE.get(stage, {}).items():
            parts.write(table, rows)
        made = parts.record(counts=_COUNTS.get(stage, {}))
    record = Record(
        stage=stage, name="p1", key=made.key, parts=made.parts, counts=made.counts,
        cost={"processor": 0.5, "seconds": 0.6, "megabytes": 90},
    )  # fmt: skip
    folder.commit(record)
    return record


def small_archive(root: Path) -> Folder:
    """Write it into a folder."""
    folder, plan = Folder(root), plan_for(root)
    with Progress.begun(folder, plan, "1 process on this machine") as progress:
        records = {}
        for stage in STAGES:
            progress.stage(stage, 1, ())
            records[stage] = [record_of(folder, stage)]
        finished(plan, folder, records)
        progress.end("done")
    return folder


def begun_archive(root: Path, *, records: int = 0) -> tuple[Folder, Progress]:
    """One whose stage ``read`` has begun with two tasks, of which so many have been done since."""
    folder, plan = Folder(root), plan_for(root)
    progress = Progress.begun(folder, plan, "1 process on this machine")
    progress.stage("read", 2, ())
    progress.told["stages"]["read"]["began"] = time.time() - 10
    progress.__enter__()
    if records:
        record_of(folder, "read")
    return folder, progress
