"""``/audit``: who did what when, and whether the chain of digests is whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from starlette.responses import Response

from marsad.store.audit import broken
from marsad.store.check import head
from marsad.store.reads.audit import (
    Asked,
    AuditRow,
    audit_count,
    audit_page,
    audit_rows,
    audit_values,
    is_short,
    withheld_claims,
    without_decision,
)
from marsad.web.twins import Listing, twin
from marsad.web.visit import Visit

_MOST = 60
_MOST_NUMBER = 10**12
_NAMES = ("who", "action", "subject", "since", "until")


def audit(visit: Visit) -> Response:
    """The log, newest first."""
    return _page(visit)


def verify(visit: Visit) -> Response:
    """Check the chain: at once where it is short, else in the background, where its end is read at ``/health``."""
    visit.need("coder")
    with visit.reading() as connection:
        if is_short(connection):
            faults = broken(connection)
            rows, digest = head(connection)
            return _page(visit, checked=(faults, rows, digest))
    chore = visit.workspace.chores.ask("store", "check", who=visit.session.who)
    return visit.go(f"/health#chore-{chore.id}")


def audit_twin(visit: Visit) -> Response:
    """The log in another form."""
    columns = ("id", "at", "who", "action", "subject", "data", "before", "digest")

    def rows(whole: bool = False) -> Iterator[Mapping[str, Any]]:
        with visit.reading() as connection:
            withheld = withheld_claims(connection, visit.session.who)
            for row in audit_rows(connection, _asked(visit)):
                one = without_decision(row, visit.session.who, withheld)
                yield (
                    asdict(one)
                    if whole
                    else {**asdict(one), "data": json.dumps(one.data, ensure_ascii=False)}
                )

    return twin(
        visit,
        Listing(
            name="audit", path="/audit", columns=columns, rows=rows, whole=lambda: rows(whole=True), moment="at",
            page=lambda row: f"/audit?after={row['id'] + 1}",
            title=lambda row: f"{row['who']}: {row['action']} {row['subject']}",
        ),
    )  # fmt: skip


def _asked(visit: Visit) -> Asked:
    return Asked(**{name: visit.asked(name) for name in _NAMES})


def _page(visit: Visit, checked: tuple[list[str], int, str] | None = None) -> Response:
    asked, after = _asked(visit), visit.number("after", 0, _MOST_NUMBER)
    with visit.reading() as connection:
        withheld = withheld_claims(connection, visit.session.who)
        found = audit_page(connection, asked, after or None, _MOST + 1)
        rows = [without_decision(row, visit.session.who, withheld) for row in found]
        total = audit_count(connection, asked)
        people, actions = audit_values(connection)
    more = visit.address("/audit", **_kept(visit), after=rows[_MOST - 1].id) if len(rows) > _MOST else ""
    values: dict[str, Any] = {"rows": rows[:_MOST], "more": more, "link": link_of}
    if visit.by_htmx:
        return visit.page("audit_rows.html", **values)
    chips = [
        (f"{visit.words('audit.' + name)}: {visit.asked(name)}", visit.address("/audit", **{**_kept(visit), name: None}))
        for name in _NAMES
        if visit.asked(name)
    ]  # fmt: skip
    return visit.page(
        "audit.html",
        **values,
        total=total,
        people=people,
        actions=actions,
        chips=chips,
        asked=asked,
        checked=checked,
    )


def _kept(visit: Visit) -> dict[str, str]:
    return {name: visit.asked(name) for name in _NAMES}


def link_of(row: AuditRow) -> str:
    """Where what a row is about can be seen, or ""."""
    claim = row.data.get("claim")
    if isinstance(claim, str) and claim:
        return (
            f"/adjudicate?claim={claim}"
            if row.data.get("part") == "adjudication"
            else f"/review?claim={claim}"
        )
    if row.action.startswith("user "):
        return "/people"
    if row.subject.startswith("run "):
        return f"/import?run={row.subject.removeprefix('run ')}"
    return ""


ROUTES = (("/audit", audit), ("/audit/check", verify, "POST"), ("/audit.{form}", audit_twin))
