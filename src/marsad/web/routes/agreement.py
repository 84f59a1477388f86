"""``/agreement``: how far coders agree, field by field, with the claims behind every number, and how much is coded twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from starlette.responses import Response

from marsad.errors import InputError
from marsad.run.agreement import FieldAgreement
from marsad.store.reviewing import BLIND, ReviewSettings, review_settings, set_review_settings
from marsad.web.twins import Listing, twin
from marsad.web.views.agreement import (
    LEFT,
    MARKS,
    ROW,
    TABLES,
    WIDTH,
    Cell,
    at,
    bars_of,
    claims_in,
    field_named,
    items,
    measured,
    tables_of,
    why_none,
)
from marsad.web.visit import Visit

_MOST_ITEMS = 200


def agreement_page(visit: Visit) -> Response:
    """Alpha for each field, and the table of one of them."""
    name = field_named(visit.asked("field") or "decision", TABLES)
    with visit.reading() as connection:
        known = measured(visit, connection)
        settings = review_settings(connection)
    return visit.page(
        "agreement.html", found=known.found, bars=bars_of(known.found), tables=tables_of(known.confusions[name], known.called), field=name,
        fields=TABLES, called=known.called, settings=settings, blind=BLIND, pairs=known.pairs, why_none=why_none, at=at, marks=MARKS, left=LEFT,
        width=WIDTH, row=ROW,
    )  # fmt: skip


def agreement_items(visit: Visit) -> Response:
    """The claims behind a number: all of a field, those in which coders differ, or those of one cell."""
    cell = Cell(
        field=field_named(visit.asked("field")), coder=visit.asked("coder"), other=visit.asked("other"), value=visit.asked("value"),
        against=visit.asked("against"),
    )  # fmt: skip
    start = visit.number("start", 0, 10**7)
    with visit.reading() as connection:
        known = measured(visit, connection)
        if cell.coder:
            claims = claims_in(known.confusions[field_named(cell.field, TABLES)], known.called, cell)
        else:
            [one] = [one for one in known.found if one.field == cell.field]
            claims = list(one.differing if visit.asked("which") == "differing" else one.claims)
        shown = items(connection, claims[start : start + _MOST_ITEMS])
    after = start + _MOST_ITEMS
    more = visit.address(start=after) if len(claims) > after else ""
    return visit.page(
        "agreement_items.html",
        cell=cell,
        items=shown,
        total=len(claims),
        more=more,
        which=visit.asked("which"),
    )


def set_second(visit: Visit) -> Response:
    """Set how much is coded twice, and what the second coder is not shown."""
    visit.need("adjudicator")
    share = visit.field("share")
    if not share.isascii() or not share.isdigit() or len(share) > 3:
        raise InputError(f"the share that is coded twice is a whole number from 0 to 100, not {share!r}")
    made = ReviewSettings(second_share=int(share), blind=visit.field("blind"))
    with visit.writing() as connection:
        set_review_settings(connection, made, visit.session.who)
    return visit.go("/agreement#second")


def agreement_twin(visit: Visit) -> Response:
    """The numbers in another form."""

    def rows() -> Iterator[Mapping[str, Any]]:
        with visit.reading() as connection:
            known = measured(visit, connection)
        for one in known.found:
            yield _row(visit, one)

    columns = ("id", "level", "alpha", "low", "high", "units", "coders", "differing", "why_none")
    return twin(
        visit,
        Listing(
            name="agreement", path="/agreement", columns=columns, rows=rows, page=lambda row: f"/agreement#field-{row['id']}",
            title=lambda row: f"{row['id']}: {row['alpha']}",
        ),
    )  # fmt: skip


def _row(visit: Visit, one: FieldAgreement) -> dict[str, Any]:
    why = why_none(one)
    return {
        "id": one.field, "level": one.level, "alpha": one.alpha, "low": one.low, "high": one.high, "units": one.units, "coders": one.coders,
        "differing": len(one.differing), "why_none": visit.words(why) if why else None,
    }  # fmt: skip


ROUTES = (
    ("/agreement", agreement_page),
    ("/agreement/items", agreement_items),
    ("/agreement/settings", set_second, "POST"),
    ("/agreement.{form}", agreement_twin),
)
