"""The same list in another form: ``.json``, ``.jsonl``, ``.csv``, ``.geojson`` and ``.atom`` under the same query as its page.

Rows are flat objects; they are written while they are read, so a list of any length takes no memory. Each carries ``page``, the address where it is shown with its
reasons. A table that a spreadsheet opens begins with a byte order mark, and no cell of it can be taken for a formula.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator, Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from anyio import CapacityLimiter, to_thread
from starlette.responses import Response, StreamingResponse

from marsad.export import cell
from marsad.web.later import only_head
from marsad.web.pages import clean
from marsad.web.visit import NotFound, Visit

Row = Mapping[str, Any]
_BYTES_AT_ONCE = 1 << 16
_TYPES = {
    "json": "application/json",
    "jsonl": "application/jsonl",
    "csv": "text/csv",
    "geojson": "application/geo+json",
    "atom": "application/atom+xml",
}
_MOST_ENTRIES = 200
"""Of a feed: a reader takes the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list that can be taken away.

    Attributes:
        name: What it lists: ``incidents``; the name of the file, and of the array in ``.json``.
        path: The page that shows it.
        columns: The fields of its rows, in the order of the table.
        rows: Called once, inside a view of the store: the rows, each with its ``id``.
        page: The path at which a row is shown.
        title: Of a row, for a feed.
        moment: The field that says when a row changed, for a feed.
        whole: The full objects in the order of the rows, for ``.jsonl``; None where the rows are all there is.
    """

    name: str
    path: str
    columns: tuple[str, ...]
    rows: Callable[[], Iterable[Row]]
    page: Callable[[Row], str]
    title: Callable[[Row], str]
    moment: str = "changed"
    whole: Callable[[], Iterable[Mapping[str, Any]]] | None = None


def twin(visit: Visit, listing: Listing) -> Response:
    """A list in the form that the address names (its part ``form``).

    Raises:
        NotFound: there is no such form.
    """
    form = visit.part("form")
    writer = _WRITERS.get(form)
    if writer is None:
        raise NotFound(f"there is no {listing.path}.{form}: the forms are {', '.join(_WRITERS)}")
    headers = {"content-disposition": f'inline; filename="{listing.name}.{form}"'}
    kind = f"{_TYPES[form]}; charset=utf-8"
    if visit.request.method == "HEAD":
        return only_head(headers, kind)
    chunks = _encoded(writer(visit, listing))
    first = next(chunks)  # what cannot be listed is found out while it can still be said
    pieces = in_turn(first, chunks, visit.workspace.streams)
    return StreamingResponse(pieces, media_type=kind, headers=headers)


async def in_turn(
    first: bytes, rest: Generator[bytes, None, None], turns: CapacityLimiter
) -> AsyncIterator[bytes]:
    """The pieces of a list; all lists that are taken away take turns, piece by piece, and so leave pages their threads.

    Args:
        first: The first piece, which is there already.
        rest: Makes the others; closed at the end, also where nobody wants the rest any more.
        turns: How many may make a piece at the same time.
    """
    try:
        yield first
        while piece := await to_thread.run_sync(next, rest, b"", limiter=turns):
            yield piece
    finally:
        rest.close()


def _encoded(lines: Iterator[str]) -> Generator[bytes, None, None]:
    held, size = [], 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size > _BYTES_AT_ONCE:
            yield "".join(held).encode("utf-8", "replace")
            held, size = [], 0
    yield "".join(held).encode("utf-8", "replace")


def _site(visit: Visit) -> str:
    return str(visit.request.base_url).rstrip("/")


def _addressed(visit: Visit, listing: Listing) -> Iterator[dict[str, Any]]:
    site = _site(visit)
    for row in listing.rows():
        yield {**{name: row.get(name) for name in listing.columns}, "page": site + listing.page(row)}


def _json(visit: Visit, listing: Listing) -> Iterator[str]:
    head = {"query": visit.query, "page": _site(visit) + visit.same_query(listing.path), "reported": True}
    yield json.dumps(head, ensure_ascii=False)[:-1] + f', "{listing.name}": ['
    before = "\n"
    for row in _addressed(visit, listing):
        yield before + json.dumps(row, ensure_ascii=False)
        before = ",\n"
    yield "\n]}\n"


def _jsonl(visit: Visit, listing: Listing) -> Iterator[str]:
    rows = listing.whole() if listing.whole else _addressed(visit, listing)
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"


def _csv(visit: Visit, listing: Listing) -> Iterator[str]:
    page = io.StringIO()
    writer = csv.writer(page)
    yield "\ufeff"
    writer.writerow((*listing.columns, "page"))
    for row in _addressed(visit, listing):
        writer.writerow([cell(value) for value in row.values()])
        yield page.getvalue()
        page.seek(0)
        page.truncate()
    yield page.getvalue()


def _geojson(visit: Visit, listing: Listing) -> Iterator[str]:
    yield '{"type": "FeatureCollection", "features": ['
    before = "\n"
    for row in _addressed(visit, listing):
        lon, lat = row.pop("lon", None), row.pop("lat", None)
        point = None if lon is None or lat is None else {"type": "Point", "coordinates": [lon, lat]}
        feature = {"type": "Feature", "id": row.get("id"), "geometry": point, "properties": row}
        yield before + json.dumps(feature, ensure_ascii=False)
        before = ",\n"
    yield "\n]}\n"


def _atom(visit: Visit, listing: Listing) -> Iterator[str]:
    site, store = _site(visit), visit.workspace.store.id
    here = site + visit.same_query(f"{listing.path}.atom")
    entries, newest = [], ""
    for number, row in enumerate(listing.rows()):
        if number >= _MOST_ENTRIES:
            break
        moment = str(row.get(listing.moment) or "")
        newest = max(newest, moment)
        entries.append(
            _entry(f"urn:marsad:{store}:{row['id']}", site + listing.page(row), listing.title(row), moment)
        )
    yield '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
    yield f"<id>urn:marsad:{store}:{escape(visit.same_query(listing.path))}</id>\n<title>Marsad: {listing.name}, as reported</title>\n"
    yield f"<author><name>Marsad</name></author>\n<updated>{_rfc3339(newest)}</updated>\n"
    yield f'<link rel="self" href={quoteattr(here)}/>\n'
    yield from entries
    yield "</feed>\n"


def _entry(identity: str, address: str, title: str, moment: str) -> str:
    return (
        f"<entry><id>{escape(clean(identity))}</id><title>{escape(clean(title))}</title>"
        f"<link href={quoteattr(clean(address))}/><updated>{_rfc3339(moment)}</updated></entry>\n"
    )


def _rfc3339(moment: str) -> str:
    return (moment if "T" in moment else f"{moment or '1970-01-01'}T00:00:00Z").replace("+00:00", "Z")


_WRITERS: Mapping[str, Callable[[Visit, Listing], Iterator[str]]] = {
    "json": _json, "jsonl": _jsonl, "csv": _csv, "geojson": _geojson, "atom": _atom,
}  # fmt: skip
FORMS = tuple(_WRITERS)
"""The forms of a list."""
