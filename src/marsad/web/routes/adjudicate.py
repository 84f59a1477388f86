"""``/adjudicate``: claims that two coders decided differently, one at a time, each settled by one key where one of the two is right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from starlette.responses import Response

from marsad.codebook import load_codebook
from marsad.errors import InputError, Stale
from marsad.store.reads.article_queue import last_settled
from marsad.store.reviewing import REASONS, Decision, decide, undo
from marsad.web.views.editing import Told, books, edit_of, field_of, from_form, shaped
from marsad.web.views.settle import SIDES, Settling, as_side, chain, quoted, settling
from marsad.web.visit import NotFound, Visit

_KEYS: Mapping[str, str] = {"a": "Digit1", "b": "Digit2", "machine": "Digit3"}


def adjudicate(visit: Visit) -> Response:
    """The next claim in conflict, or the one that the address names."""
    visit.need("adjudicator")
    try:
        work = _work(visit, visit.asked("claim"))
    except InputError as error:  # there is no such claim
        raise NotFound(str(error)) from None
    return _answer(visit, work, Told(done=visit.asked("said")), edit=visit.asked("edit") == "1")


def decide_difference(visit: Visit) -> Response:
    """Settle a claim as one side has it (``side``), or by a decision of one's own; then the next."""
    visit.need("adjudicator")
    claim, values = visit.field("claim"), None
    work = _work(visit, claim)
    try:
        values = (
            from_form(visit.form, visit.workspace.names.place) if visit.field("decision") == "edit" else None
        )
        made = _decision(visit, work, values)
        with visit.writing() as connection:
            decide(connection, made)
    except (InputError, Stale) as error:
        status = 409 if isinstance(error, Stale) else 400
        told = Told(
            problem=str(error),
            wrong=field_of(str(error)),
            values=values,
            status=status,
            fields=dict(visit.form),
        )
        return _answer(visit, _work(visit, claim), told, edit=values is not None)
    return _go(visit, "", "settled")


def undo_last(visit: Visit) -> Response:
    """Take back what this person settled last, and show its claim again."""
    visit.need("adjudicator")
    with visit.writing() as connection:
        last = last_settled(connection, visit.session.who)
        if last is None:
            raise InputError(visit.words("adjudicate.nothing_to_undo"))
        undo(connection, visit.session.who, last[0], visit.session.role)
    return _go(visit, last[1], "undo")


def _decision(visit: Visit, work: Settling, values: Mapping[str, Any] | None) -> Decision:
    sent = Decision(
        who=visit.session.who, decision=visit.field("decision"), part="adjudication", claim=visit.field("claim"), reason=visit.field("reason"),
        note=visit.field("note"), revision=visit.field("revision"),
    )  # fmt: skip
    if work.settled is not None:
        said = (
            f"{work.settled.who} has settled this claim at {work.settled.at}"
            if work.settled.decision
            else "this claim is not in conflict any more"
        )
        raise Stale(f"{said}: nothing was stored")
    if visit.field("side"):
        return as_side(work, visit.field("side"), sent)
    if values is None:
        return sent
    return _own(work, values, sent)


def _own(work: Settling, values: Mapping[str, Any], sent: Decision) -> Decision:
    """A decision of one's own; a form that says what the machine says accepts it."""
    edit = edit_of(values, work.base or {})
    return replace(sent, decision="edit", edit=edit) if edit else replace(sent, decision="accept")


def _work(visit: Visit, claim: str) -> Settling:
    with visit.reading() as connection:
        return settling(connection, visit.session.who, claim)


def _go(visit: Visit, claim: str, said: str) -> Response:
    if not _is_part(visit):
        return visit.go(visit.address("/adjudicate", claim=claim or None, said=said))
    return _answer(visit, _work(visit, claim), Told(done=said))


def _is_part(visit: Visit) -> bool:
    return visit.by_htmx and visit.request.headers.get("hx-request-type") == "partial"


def _answer(visit: Visit, work: Settling, told: Told, *, edit: bool = False) -> Response:
    part = _is_part(visit)
    values = told.values or (shaped(work.merged) if work.merged and edit else None)
    here = partial(_here, visit)
    article = work.article
    page = visit.page(
        "adjudicate_work.html" if part else "adjudicate.html", told.status, work=work, told=told, edit=edit, values=values, books=books(),
        reasons=REASONS, event_type=load_codebook().events.get(values["event"] if values else ""), here=here, keys=_KEYS, names=SIDES,
        chains={side.name: chain(side, article) for side in work.sides} if article else {},
        quotes={side.name: quoted(side, article) for side in work.sides} if article else {},
    )  # fmt: skip
    if part:
        page.headers["hx-push-url"] = here(claim=work.claim or None, edit="1" if edit else None)
    return page


def _here(visit: Visit, path: str = "/adjudicate", **changes: object) -> str:
    """Addresses of this page; the form in which a claim is corrected is that of review, and is sent here."""
    path = path.replace("/review", "/adjudicate", 1)
    return visit.same_query(path, **{"said": None, "edit": None, "claim": None, **changes})


ROUTES = (
    ("/adjudicate", adjudicate),
    ("/adjudicate/decide", decide_difference, "POST"),
    ("/adjudicate/undo", undo_last, "POST"),
)
