"""Archives whose articles are read already: signatures in shards, and the three stages that find their copies, done here one after the other."""

import json
from dataclasses import dataclass, replace

from marsad.archive.fingerprints import code_of
from marsad.archive.folder import Folder, Parts
from marsad.archive.plan import Plan
from marsad.archive.schema import GROUPS
from marsad.archive.stages import stage_of
from marsad.archive.task import Task
from marsad.archive.work import done
from marsad.articles import Signed

STAGES = ("order", "pairs", "families")


@dataclass(frozen=True)
class Read:
    """An article as it was read: with how many claims lie in which country."""

    signed: Signed
    lands: dict | None = None


def row_of(read):
    signed = read.signed
    digest, size = signed.signature.digest, 512 // GROUPS
    pieces = {f"s{n}": digest[n * size : (n + 1) * size] if digest else None for n in range(GROUPS)}
    return {
        "id": signed.article,
        "outlet": signed.outlet,
        "published": signed.published,
        "runs": signed.signature.runs,
        "lands": None if read.lands is None else json.dumps(read.lands),
        **pieces,
    }


def read_shards(folder, shards):
    """Records as stage ``read`` leaves them."""
    records = []
    for number, articles in enumerate(shards):
        task = Task(stage="read", name=f"shard-{number:03}", given={})
        with Parts(folder, task) as parts:
            parts.write("read_articles", [row_of(article) for article in articles])
            records.append(parts.record())
    return records


def addressed(task, folder):
    return replace(task, code=code_of(task.stage), folder=str(folder.root))


def copied(root, shards):
    """The records of all stages, by stage."""
    folder = Folder(root)
    plan = Plan(folder=str(root), inputs=())
    records = {"read": read_shards(folder, shards)}
    for name in STAGES:
        tasks = stage_of(name).tasks(plan, records)
        records[name] = [done(addressed(task, folder)) for task in tasks]
    return records
