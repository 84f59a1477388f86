"""PROV-JSON: what each incident was made from, by what, and on whose word.

Entities are articles (as the version that was read, with its SHA-256), claims and incidents; activities are the reading of an article, the reconciling of an incident and people's
review of a claim; agents are this program, outlets, roots, and the people who review, who are never told apart or named. An agent is an organisation or a person in PROV's sense only
where the register says so.

PROV-JSON is one object with a section for each kind of statement, while records come incident by incident: each section grows in a file of its own beside the path, and the end joins
them. Which articles and agents were written is remembered as a number each, so memory grows by some 60 bytes an article.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import IO

from marsad.export.base import ClaimRecord, IncidentRecord, Json, Making, Record
from marsad.export.encoding import encode
from marsad.export.identifiers import Seen, local, web_address
from marsad.export.masking import quote_of
from marsad.export.points import point_of
from marsad.export.roots import root_of
from marsad.export.wording import outlet_words, place_words

KINDS = ("article", "claim", "incident", "outlet", "root", "reading", "reconciling", "review")
SECTIONS = (
    "entity", "activity", "agent", "used", "wasGeneratedBy", "wasDerivedFrom", "wasAttributedTo", "wasAssociatedWith",
)  # fmt: skip
_AT_ONCE = 1000
SOFTWARE, PEOPLE = "marsad:software", "marsad:reviewers"


class Provenance:
    """The exporter ``prov``.

    Args:
        path: The file to write; it must not be there. ``NAME.SECTION.part`` files stand beside it until it is done.
        making: What the export is part of.
    """

    def __init__(self, path: Path, making: Making) -> None:
        self._path, self._making = path, making
        # A million short statements: written many at once, each after a comma that the end takes from the first.
        self._parts: dict[str, IO[bytes]] = {one: self._part(one).open("wb") for one in SECTIONS}
        self._held: dict[str, list[bytes]] = {one: [] for one in SECTIONS}
        self._seen = Seen()
        version = {"marsad:exportedBy": making.version} if making.version else {}
        self._write(
            "agent", SOFTWARE, {"prov:type": _name("prov:SoftwareAgent"), "prov:label": "Marsad", **version}
        )

    def feed(self, record: Record) -> None:
        """Write an incident with its claims."""
        assert isinstance(record, IncidentRecord)
        incident, activity = f"incident:{local(record.id)}", f"reconciling:{local(record.id)}"
        self._write("entity", incident, self._incident(record))
        self._write(
            "activity", activity, {"prov:type": _name("marsad:Reconciling"), **_ended(record.changed)}
        )
        self._write(
            "wasGeneratedBy", f"_:g-{local(record.id)}", {"prov:entity": incident, "prov:activity": activity}
        )
        self._associate(activity, record.id, SOFTWARE)
        for place, claim in enumerate(record.claims):
            name = f"claim:{local(claim.id)}"
            self._claim(claim, name)
            self._attribute(name, record, place)
            ends = {"prov:activity": activity, "prov:entity": name}
            self._write("used", f"_:u-{local(claim.id)}", ends)
            derived = {"prov:generatedEntity": incident, "prov:usedEntity": name, "prov:activity": activity}
            self._write("wasDerivedFrom", f"_:i-{local(claim.id)}", derived)

    def finish(self) -> None:
        """Join the sections."""
        making = self._making
        prefixes = {kind: making.iri(kind, "") for kind in KINDS} | {"marsad": "urn:marsad:terms:"}
        with self._path.open("wb") as whole:
            whole.write(b'{"prefix":' + encode(prefixes))
            for section, part in self._parts.items():
                part.write(b"".join(self._held.pop(section)))
                part.close()
                with self._part(section).open("rb") as made:
                    if made.read(1):  # the comma before its first statement
                        whole.write(b',\n"%s":{' % section.encode())
                        shutil.copyfileobj(made, whole, 1 << 20)
                        whole.write(b"}")
                self._part(section).unlink()
            whole.write(b"}\n")

    def _part(self, section: str) -> Path:
        return self._path.with_name(f"{self._path.name}.{section}.part")

    def _write(self, section: str, name: str, statement: Json) -> None:
        held = self._held[section]
        # Names are ASCII without quotation marks (`local`).
        held.append(b',\n"%s":%s' % (name.encode(), encode(statement)))
        if len(held) == _AT_ONCE:
            self._parts[section].write(b"".join(held))
            held.clear()

    def _incident(self, record: IncidentRecord) -> Json:
        data, making = record.data, self._making
        point = point_of(data.get("place"))
        return _told(
            {
                "prov:type": _name("marsad:Incident"),
                "marsad:events": "; ".join(data["events"]),
                "marsad:status": data["status"],
                "marsad:independentRoots": data["independent"],
                "marsad:firstDay": (data.get("time") or {}).get("from"),
                "marsad:lastDay": (data.get("time") or {}).get("to"),
                "marsad:place": place_words(data.get("place"), making),
                "marsad:point": f"{point[0]} {point[1]}" if point else None,
                "marsad:review": record.review,
                "marsad:claimsRejected": record.rejected or None,
            }
        )

    def _claim(self, claim: ClaimRecord, name: str) -> None:
        data, span = claim.data, claim.data["evidence"][0]
        article, reading = self._article(claim), f"reading:{local(claim.head.id)}"
        self._write("entity", name, _told({
            "prov:type": _name("marsad:Claim"), "marsad:event": data["event"], "marsad:polarity": data.get("polarity", "affirmed"),
            "marsad:modality": data.get("modality", "actual"), "marsad:says": claim.says, "marsad:review": claim.review, "prov:value": quote_of(claim, self._making),
            "marsad:in": span.get("in") or "text", "marsad:start": span["start"], "marsad:end": span["end"],
        }))  # fmt: skip
        self._write(
            "wasGeneratedBy", f"_:c-{local(claim.id)}", {"prov:entity": name, "prov:activity": reading}
        )
        derived = {"prov:generatedEntity": name, "prov:usedEntity": article, "prov:activity": reading}
        self._write("wasDerivedFrom", f"_:d-{local(claim.id)}", derived)
        if claim.review != "machine":
            self._review(claim, name)

    def _review(self, claim: ClaimRecord, name: str) -> None:
        activity = f"review:{local(claim.id)}"
        if self._seen.first(PEOPLE):
            self._write("agent", PEOPLE, {"prov:label": "people who review, not told apart"})
        self._write(
            "activity", activity, {"prov:type": _name("marsad:Review"), "marsad:result": claim.review}
        )
        self._write("used", f"_:r-{local(claim.id)}", {"prov:activity": activity, "prov:entity": name})
        self._associate(activity, f"r-{claim.id}", PEOPLE)

    def _article(self, claim: ClaimRecord) -> str:
        """The name of a claim's article; the first time with what made it known."""
        head = claim.head
        name, reading = f"article:{local(head.id)}", f"reading:{local(head.id)}"
        if self._seen.first(name):
            self._write("entity", name, _told({
                "prov:type": _name("marsad:ArticleVersion"), "marsad:url": web_address(head.url), "marsad:published": head.published, "marsad:version": head.version,
                "marsad:sha256": head.digest, "marsad:kept": head.kept or None, "marsad:added": head.added or None,
            }))  # fmt: skip
            self._write("activity", reading, {"prov:type": _name("marsad:Reading")})
            self._write("used", f"_:a-{local(head.id)}", {"prov:activity": reading, "prov:entity": name})
            self._associate(reading, f"a-{head.id}", SOFTWARE)
            if head.outlet:
                outlet = self._outlet(head.outlet)
                ends = {"prov:entity": name, "prov:agent": outlet}
                self._write("wasAttributedTo", f"_:o-{local(head.id)}", ends)
        return name

    def _outlet(self, stored: str) -> str:
        known = self._making.names.outlet(stored)
        name = f"outlet:{local(known.id if known else stored)}"
        if self._seen.first(name):
            kind = {"prov:type": _name("prov:Organization")} if known else {}
            self._write("agent", name, {**kind, "prov:label": outlet_words(stored, self._making)})
        return name

    def _attribute(self, name: str, record: IncidentRecord, place: int) -> None:
        row, root = record.data["claims"][place], root_of(record, place, self._making)
        agent = self._outlet(root.outlet) if root.outlet else f"root:{local(root.key)}"
        if not root.outlet and self._seen.first(agent):
            kind = {"prov:type": _name(f"prov:{root.type}")} if root.type else {}
            self._write("agent", agent, {**kind, "prov:label": root.label})
        stance = {"marsad:stance": row["stance"]} if row.get("stance") else {}
        ends = {"prov:entity": name, "prov:agent": agent, **stance}
        self._write("wasAttributedTo", f"_:w-{local(record.claims[place].id)}", ends)

    def _associate(self, activity: str, key: str, agent: str) -> None:
        self._write(
            "wasAssociatedWith", f"_:s-{local(key)}", {"prov:activity": activity, "prov:agent": agent}
        )


def _name(qualified: str) -> Json:
    return {"$": qualified, "type": "prov:QUALIFIED_NAME"}


def _told(statement: Json) -> Json:
    return {name: value for name, value in statement.items() if value is not None}


def _ended(moment: str) -> Json:
    return {"prov:endTime": moment} if moment else {}
