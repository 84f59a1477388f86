"""A root as an agent in linked data: a key that stays and gives no private person away, a label, and what the register says it is.

A root of the register has its own id. Another is a text ("a medical source", a name that nobody registered); its key is a digest of that text. A digest of a private person's name
could be found by trying names, so such a root's key is its incident's id with its number there: known as one voice within the incident, and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from marsad.export.base import IncidentRecord, Making
from marsad.export.identifiers import digest_of
from marsad.export.masking import is_private_root
from marsad.export.wording import root_words
from marsad.model.actor import Actor

RootType = Literal["Organization", "Person", ""]
_OUTLET = "outlet:"


@dataclass(frozen=True, slots=True)
class RootAgent:
    """Who is nearest to an event.

    Attributes:
        key: Letters, digits and hyphens.
        label: For people; for a private person no name.
        type: What the register says it is; "" where it says nothing.
        outlet: The outlet's id where the outlet itself is the root, else "".
        actor: The actor of the register, or None.
    """

    key: str
    label: str
    type: RootType = ""
    outlet: str = ""
    actor: Actor | None = None


def root_of(record: IncidentRecord, place: int, making: Making) -> RootAgent:
    """The root of one of an incident's claims, by its place among them."""
    row = record.data["claims"][place]
    label, root = root_words(row, making), str(row["root"])
    actor = making.names.actor(root)
    if actor is not None:
        return RootAgent(actor.id, label, "Person" if actor.kind == "person" else "Organization", actor=actor)
    if root.startswith(_OUTLET):
        return RootAgent(digest_of(root)[:16], label, outlet=root.removeprefix(_OUTLET))
    if is_private_root(row) and not making.private:
        number = [one["root"] for one in record.data["claims"]].index(root)
        return RootAgent(f"private-{record.id}-{number}", label)
    return RootAgent(f"said-{digest_of(root)[:16]}", label)
