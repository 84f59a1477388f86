"""Atom (RFC 4287) and JSON Feed 1.1 of incidents that changed, newest first: an entry an incident, for a desk's reader.

An entry's id is the incident's and stays, so that a reader shows a changed status as an update of what it has. An incident that is gone (merged, split, withdrawn) is a deleted
entry (RFC 6721) in Atom; JSON Feed has no such thing, so there it is an item that says what became of it. The wording is that of the status, never of truth. The text comes as plain
text: no published word is ever read as markup.
"""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

from marsad.export.base import ChangeRecord, IncidentRecord, Json, Making, Record
from marsad.export.encoding import encode
from marsad.export.identifiers import iri, one_line, web_address, xml_text
from marsad.export.news_words import Telling
from marsad.export.points import point_of

_BEGINNING = "1970-01-01T00:00:00.000+00:00"
_SPACES = 'xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0" xmlns:georss="http://www.georss.org/georss"'
_TERMS = "urn:marsad:terms:"
_VERSION = "https://jsonfeed.org/version/1.1"


class _News:
    """The newest changes, one an incident.

    Args:
        path: The file to write; it must not be there.
        making: What the export is part of; ``making.most`` entries are kept.
    """

    def __init__(self, path: Path, making: Making) -> None:
        self._path, self._making = path, making
        self._telling = Telling(making)
        self._kept: OrderedDict[str, ChangeRecord] = OrderedDict()

    def feed(self, record: Record) -> None:
        """Take a change; they come oldest first, and a later one of the same incident replaces an earlier."""
        assert isinstance(record, ChangeRecord)
        self._kept[record.id] = record
        self._kept.move_to_end(record.id)
        if len(self._kept) > self._making.most:
            self._kept.popitem(last=False)

    def _newest_first(self) -> list[ChangeRecord]:
        return list(reversed(self._kept.values()))

    def _updated(self) -> str:
        """When the newest change was; for an empty feed when the store last changed."""
        newest = next(reversed(self._kept.values()), None)
        return (newest.at if newest else "") or self._making.moment or _BEGINNING

    def _addresses(self, record: IncidentRecord) -> list[str]:
        """The addresses of the articles, each once, in order of publication."""
        found = (web_address(claim.head.url) for claim in record.claims)
        return list(dict.fromkeys(one for one in found if one))


class Atom(_News):
    """The exporter ``atom``."""

    def finish(self) -> None:
        """Write the feed."""
        making, told = self._making, self._telling
        names = making.creators or ("Marsad",)
        lines = [
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<feed {_SPACES} xml:lang="{making.lang}">',
            f"<id>{xml_text(making.iri('feed', 'incidents'))}</id>",
            f'<title type="text">{xml_text(told.feed_title())}</title>',
            f'<subtitle type="text">{xml_text(told.about())}</subtitle>',
            f"<updated>{self._updated()}</updated>",
            *(f"<author><name>{xml_text(name)}</name></author>" for name in names),
            f"<generator{_attribute('version', making.version)}>Marsad</generator>",
            *([f'<rights type="text">{xml_text(making.license)}</rights>'] if making.license else []),
        ]
        for change in self._newest_first():
            lines += self._entry(change, change.incident) if change.incident else self._deleted(change)
        lines.append("</feed>\n")
        self._path.write_bytes("\n".join(lines).encode())

    def _entry(self, change: ChangeRecord, record: IncidentRecord) -> list[str]:
        told, point = self._telling, point_of(record.data.get("place"))
        terms = [
            ("status", record.data["status"] or "none"),
            ("review", record.review),
            *(("event", one) for one in record.data["events"]),
        ]
        return [
            "<entry>",
            f"<id>{xml_text(iri(self._making, 'incident', change.id))}</id>",
            f'<title type="text">{xml_text(told.title(record))}</title>',
            f"<published>{record.added or change.at}</published>",
            f"<updated>{change.at}</updated>",
            *(f'<category scheme="{_TERMS}{scheme}"{_attribute("term", term)}/>' for scheme, term in terms),
            *([f"<georss:point>{point[0]} {point[1]}</georss:point>"] if point else []),
            *(f'<link rel="via"{_attribute("href", one)}/>' for one in self._addresses(record)),
            f'<summary type="text">{xml_text(told.summary(record))}</summary>',
            f'<content type="text">{xml_text(told.body(change, record))}</content>',
            "</entry>",
        ]

    def _deleted(self, change: ChangeRecord) -> list[str]:
        ref = _attribute("ref", iri(self._making, "incident", change.id))
        said = xml_text(self._telling.gone(change))
        return [
            f'<at:deleted-entry{ref} when="{change.at}"><at:comment type="text">{said}</at:comment></at:deleted-entry>'
        ]


class JsonFeed(_News):
    """The exporter ``jsonfeed``."""

    def finish(self) -> None:
        """Write the feed."""
        making, told = self._making, self._telling
        made: Json = {
            "version": _VERSION,
            "title": told.feed_title(),
            "description": told.about(),
            "language": making.lang,
            "authors": [{"name": name} for name in making.creators or ("Marsad",)],
            "items": [
                self._item(change, change.incident) if change.incident else self._gone(change)
                for change in self._newest_first()
            ],
            "_marsad": {
                "about": "https://jsonfeed.org/version/1.1#extensions",
                "id": making.iri("feed", "incidents"),
                "updated": self._updated(),
                "version": making.version,
                **({"license": making.license} if making.license else {}),
            },
        }
        self._path.write_bytes(encode(made) + b"\n")

    def _item(self, change: ChangeRecord, record: IncidentRecord) -> Json:
        told, data, addresses = self._telling, record.data, self._addresses(record)
        point = point_of(data.get("place"))
        return {
            "id": iri(self._making, "incident", change.id),
            **({"external_url": addresses[0]} if addresses else {}),
            "title": told.title(record),
            "summary": told.summary(record),
            "content_text": told.body(change, record),
            "date_published": record.added or change.at,
            "date_modified": change.at,
            "tags": [*data["events"], *([data["status"]] if data["status"] else [])],
            "language": self._making.lang,
            "_marsad": {
                "incident": change.id,
                "what": change.what,
                "before": change.before,
                "now": change.now,
                "review": record.review,
                "roots": data["roots"],
                "independent": data["independent"],
                "point": list(point) if point else None,
                "precision": (data.get("place") or {}).get("precision") if point else None,
                "urls": addresses,
            },
        }

    def _gone(self, change: ChangeRecord) -> Json:
        said = self._telling.gone(change)
        return {
            "id": iri(self._making, "incident", change.id),
            "title": said,
            "content_text": said,
            "date_modified": change.at,
            "tags": [change.what],
            "_marsad": {
                "incident": change.id,
                "what": change.what,
                "into": [iri(self._making, "incident", one) for one in change.into],
                "before": change.before,
            },
        }


def _attribute(name: str, value: str) -> str:
    return f' {name}="{xml_text(one_line(value))}"' if value else ""
