"""``/export``: take away what a list holds, or what people decided."""

from __future__ import annotations

from starlette.responses import Response, StreamingResponse

from marsad.errors import InputError
from marsad.run.gold import Gold
from marsad.web.later import Later, Sent, only_head
from marsad.web.views.export import LISTS, PARTS, export_of, gold_lines
from marsad.web.views.formats import asked_for, file_name, offers, written
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
    headers, media = named("gold.jsonl"), "application/jsonl; charset=utf-8"
    if visit.request.method == "HEAD":
        return only_head(headers, media)
    return StreamingResponse(gold_lines(visit, wanted), media_type=media, headers=headers)


def file(visit: Visit) -> Response | Later:
    """The project in one of the formats that other tools read, under the filters of the address; written whole, then sent."""
    form, of, scope = asked_for(visit, visit.part("form"))
    name = file_name(form, of)
    if visit.request.method == "HEAD":
        return only_head(named(name), form.media)

    def made() -> Response:
        path, digest = written(visit, form, of, scope)
        return Sent(path, headers={**named(name), "etag": f'"{digest}"'}, media_type=form.media)

    return Later(made)


def named(name: str) -> dict[str, str]:
    """The header that gives a download its name."""
    return {"content-disposition": f'attachment; filename="{name}"'}


ROUTES = (("/export/files/{form}", file), ("/export/gold.jsonl", gold), ("/export", export))
