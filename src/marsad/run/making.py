"""Making the incidents of blocks that are in memory: pure work without a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from marsad.control import ControlKit, by_place
from marsad.incidents import Verdicts, keep_ids, reconcile
from marsad.model.incident import Incident, Testimony
from marsad.run.knowledge import Knowledge
from marsad.store.incidents import Prepared, prepare


@dataclass(frozen=True, slots=True)
class Making:
    """What making the incidents of some blocks needs.

    Args:
        groups: The keys of each block, the first of them its name.
        blocks: By name, its episodes.
        before: By key, from the id of a claim to that of the incident that it is in as the store stands.
        verdicts: What people judged.
        knowledge: Who is who and what lies where.
        kit: The names that control is told in.
    """

    groups: Sequence[tuple[str, ...]]
    blocks: Mapping[str, Sequence[tuple[Testimony, ...]]]
    before: Mapping[str, Mapping[str, str]]
    verdicts: Verdicts
    knowledge: Knowledge
    kit: ControlKit

    def made(self, number: int, elsewhere: set[str]) -> list[Incident]:
        """The incidents of a block under the ids that they had, but for ids that incidents of other blocks bear."""
        keys = self.groups[number]
        made = reconcile(self.blocks.get(keys[0], ()), self.verdicts, self.knowledge)
        before = {claim: one for key in keys for claim, one in self.before.get(key, {}).items()}
        return keep_ids(made, before, set(elsewhere), elsewhere) if before or elsewhere else made

    def prepared(self, number: int, made: list[Incident]) -> list[Prepared]:
        """The same as rows."""
        return [prepare(one, self.groups[number][0], _rows_of_control(one, self.kit)) for one in made]


def _rows_of_control(incident: Incident, kit: ControlKit) -> list[str]:
    """The places whose control an incident bears on."""
    if not any(event.startswith("territory.") for event in incident.events):
        return []
    return sorted(by_place([incident], kit).at)
