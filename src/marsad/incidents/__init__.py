"""Claims to incidents: who says what of one event, in how many independent voices.

An article's claims become testimonies (`testimonies`) and episodes (`episodes`), episodes are put into blocks that know nothing of each other
(`keyed`, `blocks`), and each block becomes incidents (`reconcile`).
"""

from marsad.incidents.block import block_key, blocks, home_of, keyed
from marsad.incidents.episodes import episodes
from marsad.incidents.index import DAYS_AROUND
from marsad.incidents.keep import keep_ids
from marsad.incidents.known import Known
from marsad.incidents.reconcile import reconcile
from marsad.incidents.scene import Scene
from marsad.incidents.testify import testimonies
from marsad.incidents.verdicts import Verdicts

__all__ = [
    "DAYS_AROUND",
    "Known",
    "Scene",
    "Verdicts",
    "block_key",
    "blocks",
    "episodes",
    "home_of",
    "keep_ids",
    "keyed",
    "reconcile",
    "testimonies",
]
