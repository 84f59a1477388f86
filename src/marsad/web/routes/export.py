"""``/export``: take away what a list holds, or what people decided."""

from __future__ import annotations

from starlette.responses import Response, StreamingResponse

from marsad.errors import InputError
from marsad.run.gold import Gold
from marsad.web.twins import in_turn
from marsad.web.views.export import LISTS, PARTS, export_of, gold_lines
from marsad.web.views.formats import asked_for, offers, pieces
from marsad.web.visit import Visit


def export(visit: Visit) -> Response:
    """What can be taken away."""
    with visit.reading() as connection:
        found = export_of(visit, connection)
    return visit.page("export.html", export=found, offers=offers(visit), lists=LISTS, parts_of_gold=PARTS)


def gold(visit: Visit) -> Response:
    """The articles as people decided them, as a file."""
    visit.need("coder")
    part = visit.asked("part")
    if part not in PARTS:
        raise InputError(f"part={part} is none of {', '.join(PARTS[1:])}")
    wanted = Gold(part=part, partial=visit.asked("partial") == "1")
    headers = {"content-disposition": 'attachment; filename="gold.jsonl"'}
    return StreamingResponse(
        gold_lines(visit, wanted), media_type="application/jsonl; charset=utf-8", headers=headers
    )


def file(visit: Visit) -> Response:
    """The project in one of the formats that other tools read, under the filters of the address; written whole, then sent."""
    wanted, scope = asked_for(visit, visit.part("form"))
    headers = {"content-disposition": f'attachment; filename="{wanted.path.name}"'}
    sent = in_turn(b"", pieces(visit, wanted, scope), visit.workspace.streams)
    return StreamingResponse(sent, media_type=wanted.form.media, headers=headers)


ROUTES = (("/export/files/{form}", file), ("/export/gold.jsonl", gold), ("/export", export))
