"""The table of incidents with a second row of HXL tags (HXL 1.1), as humanitarian platforms read it.

Only hashtags of the standard are used; attributes say the rest. ``#affected`` holds numbers alone and ``#date`` days alone, so that validators find nothing to complain of;
who gives a toll, and how sure a day is, are ``#meta``. HXL has no hashtag for those who act: they are ``#group``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from marsad.export.base import Making
from marsad.export.columns import INCIDENTS
from marsad.export.table_csv import CsvTable

_AFFECTED: Mapping[str, str] = {"wounded": "injured", "held": "detained"}
"""Our kinds of counts that HXL's attributes call otherwise."""
_TAGS: Mapping[str, str] = {
    "id": "#event+id",
    "event": "#event+type+code",
    "events": "#event+type+code+list",
    "status": "#status+reported",
    "review": "#status+review",
    "claims_reviewed": "#meta+claims+reviewed+num",
    "claims_rejected": "#meta+claims+rejected+num",
    "roots": "#meta+source+original+num",
    "independent": "#meta+source+independent+num",
    "first_day": "#date+occurred+start",
    "last_day": "#date+occurred+end",
    "time_precision": "#meta+date+precision",
    "place": "#loc+name+i_en",
    "place_ar": "#loc+name+i_ar",
    "place_id": "#loc+code",
    "admin1": "#adm1+name",
    "admin1_id": "#adm1+code",
    "country": "#country+code+v_iso2",
    "lat": "#geo+lat",
    "lon": "#geo+lon",
    "place_precision": "#geo+precision",
    "place_reach_km": "#geo+radius+km",
    "agents": "#group+name+agent+list",
    "patients": "#group+name+patient+list",
    "gainers": "#group+name+gainer+list",
    "losers": "#group+name+loser+list",
    "parties": "#group+name+party+list",
    "actor_ids": "#group+code+list",
    "counts_differ": "#meta+affected+differ",
    "why": "#description+status",
    "root_names": "#meta+source+original+list",
    "outlets": "#meta+source+list",
    "claims": "#meta+claims+num",
    "articles": "#meta+id+article+list",
    "urls": "#meta+url+list",
    "quote": "#description+quote",
    "first_published": "#date+published",
    "added": "#date+added",
    "changed": "#date+updated",
}


def tag_of(name: str) -> str:
    """The HXL tag of a column of the table of incidents: its hashtag and attributes."""
    if name in _TAGS:
        return _TAGS[name]
    kind, _, end = name.partition("_")
    what = f"{_AFFECTED.get(kind, kind)}+{end.replace('_by', '')}"
    return f"#meta+source+affected+{what}" if end.endswith("_by") else f"#affected+{what}"


class Hxl(CsvTable):
    """Writes incidents as CSV with a row of tags under the row of names."""

    def __init__(self, path: Path, making: Making) -> None:
        super().__init__(path, making, "incidents")
        self._writer.writerow([tag_of(column.name) for column in INCIDENTS])
