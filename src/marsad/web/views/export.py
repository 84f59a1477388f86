"""What can be taken away: each list in each form that there is, for whom a form is, and a look at the first rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from shlex import quote
from typing import Any

from sqlalchemy import Connection

from marsad.errors import InputError
from marsad.run.gold import Gold, GoldCounts, gold_articles
from marsad.store.audit import note
from marsad.store.reads import Order, articles_page, claims_page, filters_from, incidents_page
from marsad.store.reads.control import count_control
from marsad.store.reads.kept_back import KeptBack, kept_back
from marsad.web.twins import FORMS, Listing
from marsad.web.views.control import asked_of
from marsad.web.views.lists import chips
from marsad.web.views.taken import articles_listing, claims_listing, incidents_listing
from marsad.web.visit import Visit

LISTS = ("incidents", "claims", "articles", "spells")
PARTS = ("", "first", "second", "adjudication")
_ROWS, _COLUMNS = 5, 9
_LISTINGS: Mapping[str, Callable[[Visit], Listing]] = {
    "incidents": incidents_listing, "claims": claims_listing, "articles": articles_listing,
}  # fmt: skip
_OF_SPELLS = ("country", "holder", "on", "place", "since", "state", "until")
"""The filters that control has too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A list in one form: its address, the command that fetches it, and the key of what it is for."""

    name: str
    address: str
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """The page: the chosen list with how many rows it has, its forms, its first rows, and what is held back of the whole project."""

    chosen: str
    total: int
    counts: Mapping[str, int]
    chips: tuple[tuple[str, str], ...]
    forms: tuple[Form, ...]
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Any], ...]
    back: KeptBack


def export_of(visit: Visit, connection: Connection) -> Export:
    """What the address asks for.

    Raises:
        InputError: there is no such list.
    """
    chosen = visit.asked("list", LISTS[0])
    if chosen not in LISTS:
        raise InputError(f"list={chosen} is none of {', '.join(LISTS)}")
    counts = _counts(visit, connection)
    columns, rows = _preview(visit, chosen)
    return Export(
        chosen=chosen, total=counts[chosen], counts=counts, chips=chips(visit, filters_from(visit.query)),
        forms=tuple(_form(visit, chosen, form) for form in FORMS), columns=columns, rows=rows,
        back=kept_back(connection),
    )  # fmt: skip


def _counts(visit: Visit, connection: Connection) -> dict[str, int]:
    filters, order = filters_from(visit.query), Order(most=1)
    return {
        "incidents": incidents_page(connection, filters, order).total,
        "claims": claims_page(connection, filters, order).total,
        "articles": articles_page(connection, filters, order).total,
        "spells": count_control(connection, asked_of(visit, connection))[1],
    }


def _form(visit: Visit, chosen: str, form: str) -> Form:
    if chosen == "spells":
        away = {name: None for name, _ in visit.query if name not in _OF_SPELLS}
        address = visit.same_query(f"/control.{form}", **away)
    else:
        address = visit.same_query(f"/{chosen}.{form}", list=None, part=None, partial=None, after=None)
    site = str(visit.request.base_url).rstrip("/")
    return Form(name=form, address=address, command=f"curl -o {chosen}.{form} {quote(site + address)}")


def _preview(visit: Visit, chosen: str) -> tuple[tuple[str, ...], tuple[Mapping[str, Any], ...]]:
    if chosen not in _LISTINGS:
        return (), ()
    listing = _LISTINGS[chosen](visit)
    with closing(iter(listing.rows())) as rows:  # type: ignore[type-var]
        return listing.columns[:_COLUMNS], tuple(islice(rows, _ROWS))


def gold_lines(visit: Visit, wanted: Gold) -> Iterator[bytes]:
    """The articles that people decided, a JSON line each; what was taken away is noted in the audit log when all of it is."""
    counts, digest = GoldCounts(), hashlib.sha256()
    with visit.reading() as connection:
        for row in gold_articles(connection, wanted, counts):
            line = (json.dumps(row, ensure_ascii=False) + "\n").encode("utf-8", "replace")
            digest.update(line)
            yield line
    data = {
        "articles": counts.articles, "claims": counts.claims.total(), "left_out": dict(counts.out), "waiting": counts.waiting, "held": counts.held,
        "part": wanted.part, "partial": wanted.partial, "sha256": digest.hexdigest(),
    }  # fmt: skip
    with visit.writing() as connection:
        note(connection, "export", "gold", data, visit.session.who)
