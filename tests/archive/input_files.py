"""Files of many kinds for the tests of reading in shards, and the two ways of reading them."""

import gzip
import json

from marsad.archive.folder import Folder
from marsad.archive.inputs import inputs_of
from marsad.archive.plan import Plan, Settings
from marsad.archive.shards import pieces_of, shards_of
from marsad.archive.stages import cut
from marsad.articles import Limits, pieces

TEXT = "قال شهود إن قذيفة سقطت قرب السوق في حلب صباح الخميس، وأصيب ثلاثة أشخاص."


def line(number, text=TEXT):
    return json.dumps({"id": f"a{number}", "text": f"{text} {number}"}, ensure_ascii=False).encode() + b"\n"


def record(number, text=TEXT, kind="response"):
    """A record of a web archive."""
    body = f"<html><body><p>{text} {number}</p></body></html>".encode()
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://example.org/{number}\r\nContent-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def members(records):
    return [gzip.compress(one, mtime=0) for one in records]


def planned(tmp_path, addresses, **settings):
    return Plan(
        folder=str(tmp_path / "out"),
        inputs=inputs_of([str(one) for one in addresses]),
        settings=Settings(**settings),
    )


def shared_out(plan):
    """The shards of a plan and the folder, with stage cut done."""
    folder = Folder(plan_folder(plan))
    records = [cut.run(task, folder) for task in cut.tasks(plan, {})]
    return shards_of(plan, records), folder


def plan_folder(plan):
    from pathlib import Path

    return Path(plan.folder)


def in_shards(plan, limits=None):
    """What the shards of a plan give, shard by shard."""
    shards, folder = shared_out(plan)
    assert len({shard.name for shard in shards}) == len(shards)
    return [
        list(
            pieces_of(
                type(shard).from_json(json.loads(json.dumps(shard.to_json()))),
                folder,
                limits or Limits(),
                plan.settings.columns,
            )
        )
        for shard in shards
    ]


def at_once(plan, limits=None):
    """What the files give that are read as a whole."""
    columns = plan.settings.columns or None
    return [piece for one in plan.inputs for piece in pieces(one.address, limits or Limits(), columns)]


def told(raws):
    """What counts of pieces: all but in which line they stand, which a reader that begins in the middle cannot know."""
    return [
        (
            raw.kind,
            raw.data,
            raw.about,
            raw.file,
            raw.kept,
            raw.refusal and (raw.refusal.reason, raw.refusal.message),
        )
        for raw in raws
    ]


def placed(raws):
    return [(raw.member, raw.refusal and raw.refusal.reason) for raw in raws]


def joined(lists):
    return [one for some in lists for one in some]
