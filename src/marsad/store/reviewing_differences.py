"""Where two coders decided differently: only the fields that differ, beside what the machine has; the others are settled by being equal."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from marsad.errors import InputError
from marsad.store.reviewing_carry import edit_in
from marsad.store.reviewing_edits import FIELDS, corrected
from marsad.store.reviewing_queue import Queue, queue
from marsad.store.reviewing_standing import subject_of
from marsad.store.reviewing_states import Review

DECISION = "decision"
"""The name under which it is listed that one would keep the claim and the other would not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDifference:
    """A field in which two coders differ: its JSON as the machine, the first and the second have it; of ``decision`` what each decided (the machine nothing)."""

    field: str
    machine: Any
    first: Any
    second: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A claim in conflict.

    Attributes:
        claim: The id under which it stands.
        article: The article it is in.
        revision: What a decision of the part ``adjudication`` must carry.
        first, second: The two decisions.
        machine: The claim's JSON as it was before either; that of the person who added it where one did.
        merged: The same with everything that both changed to the same.
        fields: What differs.
    """

    claim: str
    article: str
    revision: str
    first: Review
    second: Review
    machine: Mapping[str, Any]
    merged: Mapping[str, Any]
    fields: tuple[FieldDifference, ...]


def differences(connection: Connection, claim_ids: Sequence[str] = (), most: int = 50) -> list[Difference]:
    """The claims in conflict, the riskiest first.

    Args:
        connection: A reading connection.
        claim_ids: Only these, in this order; those that are not in conflict are left out.
        most: How many where none is named.
    """
    ids = claim_ids or queue(connection, Queue(who="", part="adjudication", most=most))
    found = (_difference(connection, one) for one in ids)
    return [one for one in found if one is not None]


def _difference(connection: Connection, claim: str) -> Difference | None:
    try:
        subject = subject_of(connection, claim)
    except InputError:  # it went with an earlier version since the list was made
        return None
    first, second = subject.now.first, subject.now.second
    if subject.now.state != "conflict" or first is None or second is None:
        return None
    machine = json.loads(subject.data)
    one, other = (_as_decided(connection, machine, row, subject.version) for row in (first, second))
    merged, fields = machine, []
    if one is None or other is None:
        fields.append(
            FieldDifference(field=DECISION, machine=None, first=first.decision, second=second.decision)
        )
    else:
        merged = {**machine, **{name: one[name] for name in FIELDS if one.get(name) == other.get(name)}}
        fields += [
            FieldDifference(
                field=name, machine=machine.get(name), first=one.get(name), second=other.get(name)
            )
            for name in FIELDS
            if one.get(name) != other.get(name)
        ]
    return Difference(
        claim=subject.id, article=subject.article, revision=subject.revision("adjudication"), first=first, second=second,
        machine=machine, merged=merged, fields=tuple(fields),
    )  # fmt: skip


def _as_decided(
    connection: Connection, machine: Mapping[str, Any], row: Review, version: int
) -> dict[str, Any] | None:
    """The claim as somebody would have it; None where they would not have it, or do not know."""
    if row.decision in ("reject", "unsure"):
        return None
    return corrected(machine, edit_in(connection, row, version) or {})
