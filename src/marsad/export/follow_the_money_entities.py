"""FollowTheMoney's entities: values as the model wants them, and which of its schemata an actor is.

A property holds a list of texts; what is unknown is left out, and every text is one line in Unicode's composed form (NFC) without control characters, as long at most as the
property's type lets it be. The model would do the same when it reads them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from unicodedata import normalize

from marsad.export.base import IncidentRecord, Json, Making
from marsad.export.identifiers import one_line
from marsad.export.masking import said_of
from marsad.model.actor import Actor

Values = Mapping[str, Sequence[str | None]]
_MOST: Mapping[str, int] = {
    **dict.fromkeys(("name", "namesMentioned"), 384),
    **dict.fromkeys(("full", "location"), 250),
    **dict.fromkeys(("summary", "description", "notes"), 60000),
    **dict.fromkeys(("title", "publisher", "role", "state"), 1000),
    "sourceUrl": 4000,
}
"""Of properties that hold published text or labels, how long their texts may be; all others hold ids, codes, days and numbers, which are clean as they are."""
_PUBLIC = frozenset(
    {
        "army", "navy", "airforce", "police", "intelligence", "government", "ministry", "state", "office", "court", "parliament",
    }
)  # fmt: skip
_STATE = 1
_DAY = len("2031-03-15")


def entity(identity: str, schema: str, properties: Values) -> Json:
    """An entity with those values that are known, each once, properties in order."""
    made: dict[str, list[str]] = {}
    for name, values in properties.items():
        known = [value for value in values if value]
        most = _MOST.get(name)
        if most and known:
            known = [one for one in (_clean(value, most) for value in known) if one]
        if known:
            made[name] = known if len(known) == 1 else list(dict.fromkeys(known))
    return {"id": identity, "schema": schema, "properties": made}


def _clean(text: str, most: int) -> str:
    return one_line(text if text.isascii() else normalize("NFC", text), most)


def actor_entity(identity: str, actor: Actor) -> Json:
    """An actor of the register with its neutral labels; a movement or an armed group is an `Organization`, an organ of a state a `PublicBody`."""
    return entity(
        identity,
        schema_of(actor),
        {"name": [actor.label.en, actor.label.ar], "country": [actor.country.lower()]},
    )


def schema_of(actor: Actor) -> str:
    """The schema of an actor: a ministry or army that fights a state is an `Organization`."""
    if actor.kind == "person":
        return "Person"
    if actor.kind == "company":
        return "Company"
    return "PublicBody" if actor.kind in _PUBLIC and actor.inter in (None, _STATE) else "Organization"


def toll_words(record: IncidentRecord, making: Making) -> list[str]:
    """The ranges of an incident's tolls with who gives each end."""
    made = []
    for row in record.data["counts"]:
        low, high = row["min"], row["max"]
        ends = (
            f"{low}"
            if low == high
            else f"{low if low is not None else '?'}-{high if high is not None else 'or more'}"
        )
        by = [said_of(row.get(f"{end}_by"), record.data, making) for end in ("min", "max")]
        said = "; ".join(dict.fromkeys(one for one in by if one))
        made.append(f"{row['kind']}: {ends}" + (f" (by {said})" if said else ""))
    return made


def moment_in_utc(said: str | None) -> str | None:
    """A day as it is, a moment in UTC to the second; None for none, or for what is neither.

    >>> moment_in_utc("2031-03-15T02:30:00+03:00"), moment_in_utc("2031-03-15"), moment_in_utc("soon")
    ('2031-03-14T23:30:00', '2031-03-15', None)
    """
    try:
        found = datetime.fromisoformat(said or "")
        if len(said or "") == _DAY:
            return said
        return (found.astimezone(UTC) if found.tzinfo else found).strftime("%Y-%m-%dT%H:%M:%S")
    except (ValueError, OverflowError):
        return None
