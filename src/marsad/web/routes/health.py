"""``/health``: how much is there, what waits, what the doctor finds, what runs in the background, and whether everything is as it should be."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from marsad.run.looking import overview
from marsad.web.views.health import backups, findings, is_small, server, vital
from marsad.web.visit import Visit


def health(visit: Visit) -> Response:
    """The server, what waits, the chores and the backups; what takes longer comes as parts."""
    workspace = visit.workspace
    return visit.page(
        "health.html", server=server(workspace), vital=vital(workspace), chores=workspace.chores.all(), backups=backups(workspace.project),
        is_file=workspace.store.database.file is not None,
        at_once=is_small(workspace),
    )  # fmt: skip


def health_json(visit: Visit) -> Response:
    """The same in short, for whoever watches the desk."""
    return JSONResponse(dict(vital(visit.workspace)))


def stored(visit: Visit) -> Response:
    """A part, or a page of its own without scripts: what the store holds, table by table."""
    return visit.page("health_stored.html", overview=overview(visit.workspace.store), part=visit.by_htmx)


def doctor(visit: Visit) -> Response:
    """A part, likewise: what `marsad doctor` finds."""
    return visit.page("health_doctor.html", findings=findings(visit.workspace), part=visit.by_htmx)


def chores(visit: Visit) -> Response:
    """A part: what runs in the background; it asks again while something does."""
    return visit.page("health_chores.html", chores=visit.workspace.chores.all())


def backup(visit: Visit) -> Response:
    """Have a copy of the store made beside it."""
    visit.need("admin")
    chore = visit.workspace.chores.ask("store", "backup", who=visit.session.who)
    return visit.go(f"/health#chore-{chore.id}")


def reconcile(visit: Visit) -> Response:
    """Have what waits reconciled."""
    visit.need("coder")
    chore = visit.workspace.chores.ask("store", "reconcile", who=visit.session.who)
    return visit.go(f"/health#chore-{chore.id}")


ROUTES = (
    ("/health", health),
    ("/health.json", health_json),
    ("/health/stored", stored),
    ("/health/doctor", doctor),
    ("/health/chores", chores),
    ("/health/backup", backup, "POST"),
    ("/health/reconcile", reconcile, "POST"),
)
