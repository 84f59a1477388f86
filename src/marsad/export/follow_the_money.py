"""FollowTheMoney entities as JSON lines, for Aleph and its kin.

An incident is an `Event`, an article an `Article`, each claim a `Documentation` that ties the two and says who affirms or denies it in which words. Actors of the register are
`PublicBody`, `Organization`, `Company` or `Person`, tied to the event by an `UnknownLink` with the role they are *said* to have had: FollowTheMoney has no link for "reported to have
done it", and ``organizer`` would state it as a fact. Places are `Address`. Nobody who is not in the register becomes an entity.

Every entity is written once, before the first that names it. Ids are made of the store's ids (those of actors are the same in every project, so that they merge), never of chance.
Which articles, places and actors were written is remembered as a number each.
"""

from __future__ import annotations

from pathlib import Path

from marsad.codebook import load_codebook
from marsad.export.base import ClaimRecord, IncidentRecord, Json, Making, Record
from marsad.export.encoding import encode
from marsad.export.follow_the_money_entities import Values, actor_entity, entity, moment_in_utc, toll_words
from marsad.export.identifiers import Seen, digest_of, web_address
from marsad.export.masking import headline_of, is_private_root, quote_of
from marsad.export.points import point_of
from marsad.export.roots import RootAgent, root_of
from marsad.export.wording import outlet_words, place_words, why
from marsad.model.actor import Actor

PUBLISHER = "Marsad (as reported, not established)"


class FollowTheMoney:
    """The exporter ``ftm``.

    Args:
        path: The file to write; it must not be there.
        making: What the export is part of.
    """

    def __init__(self, path: Path, making: Making) -> None:
        self._making = making
        self._seen = Seen()
        self._labels = {code: event.label for code, event in load_codebook().events.items()}
        self._file = path.open("wb")

    def feed(self, record: Record) -> None:
        """Write an incident with its articles, its claims and the actors of the register in it."""
        assert isinstance(record, IncidentRecord)
        event = self._id("incident", record.id)
        roles = self._roles(record)
        articles = list(dict.fromkeys(self._article(claim) for claim in record.claims))
        self._write(event, "Event", self._event(record, [one.id for one, _ in roles], articles))
        for actor, role in roles:
            link = {
                "subject": [_actor_id(actor)],
                "object": [event],
                "role": [f"{role}, as reported"],
                **self._standing(record),
            }
            self._write(f"{event}-{role}-{actor.id}", "UnknownLink", link)
        sources: dict[str, Actor] = {}
        for place, claim in enumerate(record.claims):
            root = root_of(record, place, self._making)
            self._write(self._id("claim", claim.id), "Documentation", self._claim(record, claim, place, root))
            if root.actor is not None and root.actor.id not in sources:
                sources[root.actor.id] = root.actor
        for actor in sources.values():
            self._actor(actor)
            link = {
                "subject": [_actor_id(actor)],
                "object": [event],
                "role": ["source of a report"],
                **self._standing(record),
            }
            self._write(f"{event}-source-{actor.id}", "UnknownLink", link)

    def finish(self) -> None:
        """Close the file."""
        self._file.close()

    def _id(self, kind: str, identity: str) -> str:
        return f"marsad-{self._making.store or 'store'}-{kind}-{identity}"

    def _write(self, identity: str, schema: str, properties: Values) -> None:
        self._file.write(encode(entity(identity, schema, properties)) + b"\n")

    def _standing(self, record: IncidentRecord) -> Json:
        return {"status": [record.data["status"]], "recordId": [record.id], "publisher": [PUBLISHER]}

    def _roles(self, record: IncidentRecord) -> list[tuple[Actor, str]]:
        """The actors of the register in an incident with their roles, each role once; their entities are written."""
        found: dict[tuple[str, str], Actor] = {}
        for row in record.data["actors"]:
            actor = self._making.names.actor(row.get("id"))
            if actor is not None:
                self._actor(actor)
                found.setdefault((actor.id, row["role"]), actor)
        return [(actor, role) for (_, role), actor in found.items()]

    def _actor(self, actor: Actor) -> None:
        if self._seen.first(_actor_id(actor)):
            self._file.write(encode(actor_entity(_actor_id(actor), actor)) + b"\n")

    def _event(self, record: IncidentRecord, involved: list[str], articles: list[str]) -> Values:
        data, making = record.data, self._making
        time, place = data.get("time") or {}, data.get("place") or {}
        addresses = [web_address(claim.head.url) for claim in record.claims]
        return {
            "name": [self._title(record)],
            "startDate": [time.get("from")],
            "endDate": [time.get("to")],
            "country": [(place.get("country") or "").lower()],
            "location": [place_words(place, making)],
            "addressEntity": [self._address(record)],
            "involved": [f"marsad-actor-{one}" for one in dict.fromkeys(involved)],
            "proof": articles,
            "summary": [why(data, making)],
            "notes": [
                *toll_words(record, making),
                f"status: {data['status'] or 'none'}; review: {record.review}",
            ],
            "keywords": [
                *data["events"],
                *([data["status"]] if data["status"] else []),
                f"review:{record.review}",
            ],
            "recordId": [record.id],
            "sourceUrl": addresses,
            "publisher": [PUBLISHER],
            "modifiedAt": [moment_in_utc(record.changed)],
        }

    def _title(self, record: IncidentRecord) -> str:
        data, making = record.data, self._making
        label = self._labels.get(data["events"][0])
        what = making.said(label) if label else data["events"][0]
        where, day = place_words(data.get("place"), making), (data.get("time") or {}).get("from")
        return ", ".join(one for one in (what, where, day) if one)

    def _address(self, record: IncidentRecord) -> str | None:
        """The id of the entity of an incident's place; None where it is not on the map."""
        place = record.data.get("place") or {}
        point, words = point_of(place), place_words(place, self._making)
        if point is None:
            return None
        key = f"{place.get('id') or words}/{point[0]}/{point[1]}"
        identity = f"marsad-place-{digest_of(key)}"
        if self._seen.first(identity):
            admin = self._making.names.place(place.get("admin"))
            self._write(identity, "Address", {
                "full": [words], "state": [admin.name if admin else None], "country": [(place.get("country") or "").lower()], "latitude": [str(point[0])], "longitude": [str(point[1])],
                "remarks": [f"precision: {place.get('precision') or 'town'}"],
            })  # fmt: skip
        return identity

    def _article(self, claim: ClaimRecord) -> str:
        """The id of the entity of a claim's article, which is written the first time. Its headline is not, where it names a private person."""
        head = claim.head
        identity = self._id("article", digest_of(head.id))
        if self._seen.first(identity):
            open_title = headline_of(claim, self._making) == head.title
            self._write(identity, "Article", {
                "title": [head.title if open_title else None], "publisher": [outlet_words(head.outlet, self._making)], "publishedAt": [moment_in_utc(head.published) or head.day],
                "sourceUrl": [web_address(head.url)], "language": ["ara"], "notes": [f"article {head.id}, version {head.version}, SHA-256 {head.digest}"],
            })  # fmt: skip
        return identity

    def _claim(self, record: IncidentRecord, claim: ClaimRecord, place: int, root: RootAgent) -> Values:
        row, span, making = record.data["claims"][place], claim.data["evidence"][0], self._making
        named = making.private or not is_private_root(row)
        says = ", ".join(one for one in (claim.says, row.get("stance")) if one)
        return {
            "entity": [self._id("incident", record.id)],
            "document": [self._id("article", digest_of(claim.head.id))],
            "role": [f"{root.label}: {says}"],
            "status": [f"{claim.says or 'unknown'}; review: {claim.review}"],
            "date": [claim.head.day],
            "startDate": [(claim.data.get("time") or {}).get("from")],
            "endDate": [(claim.data.get("time") or {}).get("to")],
            "description": [quote_of(claim, making)],
            "summary": [
                f"{claim.data['event']}, {claim.data.get('polarity', 'affirmed')}, {claim.data.get('modality', 'actual')}; "
                f"{span.get('in') or 'text'} {span['start']}-{span['end']} (code points)"
            ],
            "recordId": [claim.id],
            "namesMentioned": [root.label if named and root.actor is not None else None],
        }


def _actor_id(actor: Actor) -> str:
    return f"marsad-actor-{actor.id}"
