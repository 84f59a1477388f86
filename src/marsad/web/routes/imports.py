"""``/import``: files, a pasted text or an address; a look at what is in them, and then taking them in by ``marsad ingest`` in a process of its own."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from starlette.responses import Response

from marsad.articles.formats.rows import FIELDS
from marsad.errors import InputError, SetAside
from marsad.feeds import address_of
from marsad.run.chores import Chore
from marsad.store.audit import note
from marsad.store.reads.runs import (
    RunRow,
    aside_page,
    aside_reasons,
    aside_rows,
    run_at,
    run_since,
    runs_page,
)
from marsad.web.twins import Listing, twin
from marsad.web.views.imports import Asked, asked_of, day_of, looks
from marsad.web.views.uploads import keep, kept_file, shown_name
from marsad.web.visit import NotFound, Visit, made_address

_MOST_RUNS, _MOST_ASIDE = 30, 60
_MOST_NUMBER = 10**12
_MOST_PASTED = 2_000_000
_GOES_ON = ("waiting", "running")


def imports(visit: Visit) -> Response:
    """The forms, what is being taken in now, and the runs that were."""
    before = visit.number("before", 0, _MOST_NUMBER)
    with visit.reading() as connection:
        runs = runs_page(connection, before or None, _MOST_RUNS + 1)
        reasons = aside_reasons(connection, None)
    more = visit.address("/import", before=runs[_MOST_RUNS - 1].id) if len(runs) > _MOST_RUNS else ""
    going = [
        one for one in visit.workspace.chores.all() if one.command[0] == "ingest" and one.state in _GOES_ON
    ]
    return visit.page(
        "import.html", runs=runs[:_MOST_RUNS], more=more, reasons=reasons, chores=going, before=before,
        chosen=visit.number("run", 0, _MOST_NUMBER), most=_MOST_PASTED, sums=sums_of,
    )  # fmt: skip


def upload(visit: Visit) -> Response:
    """Keep files, then look at them."""
    visit.need("coder")
    given = [file for file in visit.files if file.filename]
    if not given:
        raise InputError("choose a file first")
    asked = asked_of(visit.form)  # refuses what cannot be said of them before anything is kept
    names = [keep(visit.workspace.project.archive, file.filename or "", file.file) for file in given]
    _noted(visit, names)
    return visit.go(
        _at_look(Asked(files=tuple(names), outlet=asked.outlet, published=asked.published, columns={}))
    )


def paste(visit: Visit) -> Response:
    """Keep a pasted text as a record of its own, then look at it."""
    visit.need("coder")
    text = visit.field("text").replace("\r\n", "\n")
    if not text:
        raise InputError("there is no text to take in")
    if len(text) > _MOST_PASTED:
        raise InputError(f"at most {_MOST_PASTED:,} characters can be pasted; save the text as a file")
    said = {"title": visit.field("title"), "outlet": visit.field("outlet"), "published": day_of(visit.field("published")), "url": visit.field("url")}  # fmt: skip
    row = {"text": text, **{name: value for name, value in said.items() if value}}
    identity = _digest(json.dumps(row, sort_keys=True, ensure_ascii=True))
    line = json.dumps({"id": f"pasted-{identity}", **row}, ensure_ascii=True)
    name = keep(visit.workspace.project.archive, "pasted.jsonl", io.BytesIO(line.encode() + b"\n"))
    _noted(visit, [name])
    return visit.go(_at_look(Asked(files=(name,), columns={})))


def look(visit: Visit) -> Response:
    """What is in files that were kept, as it would be read."""
    visit.need("coder")
    asked = asked_of(visit.query)
    if not asked.files:
        return visit.go("/import")
    found = looks(visit, asked)
    tables = [one for one in found if one.headers]
    headers = list(dict.fromkeys(name for one in tables for name in one.headers))
    return visit.page(
        "import_look.html", looks=found, asked=asked, headers=headers, fields=FIELDS,
        known={name: header for one in reversed(tables) for name, header in one.known.items()},
        wants_admin=any(one.entries for one in found),
    )  # fmt: skip


def take(visit: Visit) -> Response:
    """Begin to take kept files in."""
    visit.need("coder")
    asked = asked_of(visit.form)
    archive = visit.workspace.project.archive
    files = [str(kept_file(archive, name)) for name in asked.files]
    if not files:
        raise InputError("choose a file first")
    if any(one.entries for one in looks(visit, asked)):
        visit.need("admin")  # a list of addresses has the server fetch them
    chore = visit.workspace.chores.ask("ingest", *asked.options(), "--", *files, who=visit.session.who)
    return visit.go(f"/import/chores/{chore.id}")


def fetch(visit: Visit) -> Response:
    """Begin to fetch an address: a page, a feed, a site map or an OPML list."""
    visit.need("admin")
    asked = asked_of([(name, value) for name, value in visit.form if name == "outlet"])
    try:
        address = address_of(visit.field("address")).text
    except SetAside as refusal:
        raise InputError(refusal.message) from None
    chore = visit.workspace.chores.ask("ingest", *asked.options(), "--", address, who=visit.session.who)
    return visit.go(f"/import/chores/{chore.id}")


def progress(visit: Visit) -> Response:
    """How far something has come that is being taken in; the page asks again until it has ended."""
    number = visit.part("number")
    chore = visit.workspace.chores.one(int(number[:12])) if number.isascii() and number.isdigit() else None
    if chore is None:
        raise NotFound(f"nothing is known of work {number}: the list of runs at /import has what was done")
    run, reasons = None, []
    if chore.began:
        with visit.reading() as connection:
            run = run_since(connection, chore.command[0], chore.began)
            reasons = aside_reasons(connection, run.id) if run else []
    values: dict[str, Any] = {
        "chore": chore, "run": run, "reasons": reasons, "goes_on": chore.state in _GOES_ON, "told": _told(chore), "sums": sums_of,
    }  # fmt: skip
    return visit.page("import_chore.html" if visit.by_htmx else "import_progress.html", **values)


def aside(visit: Visit) -> Response:
    """What was set aside, and why."""
    run, reason = visit.number("run", 0, _MOST_NUMBER) or None, visit.asked("reason")
    with visit.reading() as connection:
        rows = aside_page(
            connection, run, reason, visit.number("after", 0, _MOST_NUMBER) or None, _MOST_ASIDE + 1
        )
        reasons = aside_reasons(connection, run)
        shown = run_at(connection, run) if run else None
    more = visit.address(after=rows[_MOST_ASIDE - 1].id) if len(rows) > _MOST_ASIDE else ""
    return visit.page(
        "import_aside.html", rows=rows[:_MOST_ASIDE], more=more, reasons=reasons, reason=reason, run=shown, number=run,
        total=sum(count for name, count in reasons if reason in ("", name)), place=_shown_place,
    )  # fmt: skip


def aside_twin(visit: Visit) -> Response:
    """The same in another form."""

    def rows() -> Iterator[Mapping[str, Any]]:
        with visit.reading() as connection:
            for one in aside_rows(
                connection, visit.number("run", 0, _MOST_NUMBER) or None, visit.asked("reason")
            ):
                yield {**asdict(one), "place": _shown_place(one.place)}

    return twin(
        visit,
        Listing(
            name="aside", path="/import/aside", columns=("id", "place", "reason", "message", "added", "run"), rows=rows,
            page=lambda row: f"/import/aside?after={row['id'] + 1}", title=lambda row: f"{row['reason']}: {row['place']}", moment="added",
        ),
    )  # fmt: skip


def sums_of(run: RunRow) -> list[tuple[str, int]]:
    """The sums of a run that are not zero, in the order in which they are told."""
    names = ("pieces", "new", "changed", "reread", "unchanged", "claims")
    found = [
        (name, run.data[name]) for name in names if isinstance(run.data.get(name), int) and run.data[name]
    ]
    dropped = run.data.get("set_aside")
    count = sum(dropped.values()) if isinstance(dropped, dict) else dropped
    return [*found, ("set_aside", count)] if count else found


def _noted(visit: Visit, names: list[str]) -> None:
    with visit.writing() as connection:
        for name in names:
            note(connection, "upload", name, {}, visit.session.who)


def _at_look(asked: Asked) -> str:
    changes: dict[str, list[str]] = {}
    for name, value in asked.pairs():
        changes.setdefault(name, []).append(value)
    return made_address("/import/look", (), changes)


def _told(chore: Chore) -> list[str]:
    """What the command said, with the names that files came with in the place of where they lie."""
    return [_shown_place(line.removeprefix("marsad: ")) for line in chore.said]


def _shown_place(text: str) -> str:
    """A place or sentence without the folder in which uploads lie.

    >>> _shown_place("/desk/archive/uploads/0123456789ab-news.jsonl:12: set aside")
    'news.jsonl:12: set aside'
    """
    before, folder, rest = text.rpartition("/archive/uploads/")
    if not folder:
        return text
    start = before.rfind(" /") + 1 if " /" in before else 0
    return before[:start] + shown_name(rest)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


ROUTES = (
    ("/import", imports),
    ("/import/upload", upload, "POST"),
    ("/import/paste", paste, "POST"),
    ("/import/look", look),
    ("/import/take", take, "POST"),
    ("/import/address", fetch, "POST"),
    ("/import/chores/{number}", progress),
    ("/import/aside", aside),
    ("/import/aside.{form}", aside_twin),
)
