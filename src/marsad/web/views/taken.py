"""The lists as they are taken away: the columns of a row, the whole objects, and titles for feeds; read in batches, so that a list of any length takes no memory.

What people hold back is not in them, as in every export, and rows have their points no more precisely than is known; whole objects are as they are stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection

from marsad.export import point_of
from marsad.model.jsonl import article_to_json
from marsad.store import claim_of, latest
from marsad.store.reads import (
    ArticleRow,
    ClaimRow,
    IncidentRow,
    all_articles,
    all_claims,
    all_incidents,
    claim_json,
    filters_from,
    incident_json,
    quotes,
)
from marsad.store.reads.article import readers_of
from marsad.store.reads.kept_back import KeptBack, kept_back
from marsad.store.reads.story import decided_of
from marsad.store.reviewing import standings
from marsad.store.sensitive import held_back
from marsad.web.twins import Listing, Row
from marsad.web.views.incident import gists
from marsad.web.views.lists import order_of
from marsad.web.views.titles import day_words, title_of
from marsad.web.visit import Visit, made_address

_BATCH = 200
T = TypeVar("T")
Kept = TypeVar("Kept", IncidentRow, ClaimRow, ArticleRow)
INCIDENT_COLUMNS = (
    "id", "status", "title", "events", "place", "place_id", "country", "lat", "lon", "precision", "first_day", "last_day", "roots",
    "independent", "outlets", "claims", "killed_min", "killed_max", "counts_differ", "reviewed", "rejected", "changed",
)  # fmt: skip
CLAIM_COLUMNS = (
    "id", "article", "number", "event", "polarity", "modality", "source", "source_kind", "source_id", "stance", "root", "place", "place_id",
    "country", "lat", "lon", "precision", "first_day", "last_day", "killed_min", "killed_max", "outlet", "published", "title", "incident",
    "status", "review", "quote", "start", "end", "in",
)  # fmt: skip
ARTICLE_COLUMNS = (
    "id", "title", "outlet", "published", "url", "characters", "claims", "versions", "copy_of", "added", "changed",
)  # fmt: skip


def incidents_listing(visit: Visit) -> Listing:
    """The incidents of the address."""
    every = partial(all_incidents, filters=filters_from(visit.query), sort=order_of(visit, "incidents").sort)
    return Listing(
        name="incidents", path="/incidents", columns=INCIDENT_COLUMNS,
        rows=_read(visit, every, partial(_incidents, visit)), whole=_read(visit, every, _whole_incidents),
        page=lambda row: made_address(f"/incidents/{row['id']}", (), {}), title=lambda row: str(row["title"]),
    )  # fmt: skip


def claims_listing(visit: Visit) -> Listing:
    """The claims of the address."""
    every = partial(all_claims, filters=filters_from(visit.query), sort=order_of(visit, "claims").sort)
    return Listing(
        name="claims", path="/claims", columns=CLAIM_COLUMNS, moment="published",
        rows=_read(visit, every, partial(_claims, visit)), whole=_read(visit, every, _whole_claims),
        page=lambda row: f"{made_address('/articles/' + str(row['article']), (), {})}#claim-{row['number']}",
        title=lambda row: claim_title(visit, row),
    )  # fmt: skip


def articles_listing(visit: Visit) -> Listing:
    """The articles of the address; whole with their texts and claims, as `marsad ingest` takes them in."""
    every = partial(all_articles, filters=filters_from(visit.query), sort=order_of(visit, "articles").sort)
    return Listing(
        name="articles", path="/articles", columns=ARTICLE_COLUMNS,
        rows=_read(visit, every, lambda _, some: map(asdict, some)), whole=_read(visit, every, _whole_articles),
        page=lambda row: made_address(f"/articles/{row['id']}", (), {}), title=lambda row: str(row["title"] or row["id"]),
    )  # fmt: skip


def _read(
    visit: Visit,
    every: Callable[[Connection], Iterator[Kept]],
    made: Callable[[Connection, Sequence[Kept]], Iterable[Row]],
) -> Callable[[], Iterator[Row]]:
    """What reads a list in one view of the store, a slice at a time, and gives what is made of each slice but of what is held back."""

    def rows() -> Iterator[Row]:
        with visit.reading() as connection:
            out = _ids(kept_back(connection))
            for some in batched((row for row in every(connection) if (type(row), row.id) not in out), _BATCH):
                yield from made(connection, some)

    return rows


def _ids(back: KeptBack) -> set[tuple[type, str]]:
    """What is held back, by the kind of row that it would be."""
    kinds = ((IncidentRow, back.incidents), (ClaimRow, back.claims), (ArticleRow, back.articles))
    return {(kind, one) for kind, ids in kinds for one in ids}


def batched(rows: Iterator[T], size: int) -> Iterator[Sequence[T]]:
    """The rows in slices."""
    while some := tuple(islice(rows, size)):
        yield some


def claim_title(visit: Visit, row: Row) -> str:
    """A claim in a line: what, where, when, and who says so."""
    words = visit.words
    when = day_words(row["first_day"], row["last_day"], words)
    what = [words.label("event", row["event"]), row["place"] or "", when]
    who = visit.label(row["source_id"]) or row["source"] or row["outlet"] or words("unknown")
    return f"{(words('frame.comma') + ' ').join(one for one in what if one)} ({who})"


def _incidents(visit: Visit, connection: Connection, some: Sequence[IncidentRow]) -> Iterator[Row]:
    rows = {row.id: asdict(row) for row in some}
    named, decided = gists(visit, connection, rows), decided_of(connection, list(rows), visit.session.who)
    for identity, row in rows.items():
        reviewed, rejected = decided.get(identity, (0, 0))
        title = title_of(named[identity], visit.words)
        yield row | _toll(row) | _point(row) | {"title": title, "reviewed": reviewed, "rejected": rejected}


def _claims(visit: Visit, connection: Connection, some: Sequence[ClaimRow]) -> Iterator[Row]:
    ids = [row.id for row in some]
    words, found = quotes(connection, ids), claim_json(connection, ids)
    states = standings(connection, ids, visit.session.who)
    for one in some:
        row, span = asdict(one), found[one.id]["evidence"][0]
        yield row | _toll(row) | _point(row) | {
            "review": states[one.id], "quote": words.get(one.id, ""), "start": span["start"], "end": span["end"],
            "in": span.get("in", "text"),
        }  # fmt: skip


def _toll(row: Mapping[str, Any]) -> dict[str, int | None]:
    low, high = row["killed"] or (None, None)
    return {"killed_min": low, "killed_max": high}


def _point(row: Mapping[str, Any]) -> dict[str, float | None]:
    lat, lon = point_of(row) or (None, None)
    return {"lat": lat, "lon": lon}


def _whole_incidents(connection: Connection, some: Sequence[IncidentRow]) -> Iterable[Row]:
    return incident_json(connection, [row.id for row in some]).values()


def _whole_claims(connection: Connection, some: Sequence[ClaimRow]) -> Iterator[Row]:
    found = claim_json(connection, [row.id for row in some])
    return ({"article": row.article, **found[row.id]} for row in some if row.id in found)


def _whole_articles(connection: Connection, some: Sequence[ArticleRow]) -> Iterator[Row]:
    ids = [row.id for row in some]
    reader = readers_of(connection, ids)
    out = held_back(connection).claims
    found = {article.id: (article, data) for article, data in latest(connection, ids)}
    for one in (found[identity] for identity in ids if identity in found):
        claims = [claim_of(data, one[0].id) for data in one[1]]
        yield article_to_json(one[0], [claim for claim in claims if claim.id not in out], reader[one[0].id])
