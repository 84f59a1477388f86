"""The stage ``read`` with a reader that some texts end or hold up, for engines: one task of one shard."""

from marsad.archive.stages.read import read_shard

NAME = __name__
READER = "archive.poison:poisoned"


def run(task, folder):
    """Read the shard."""
    return read_shard(task, folder, READER)
