"""Review: one claim after the other, each decision one request whose answer is the next claim.

The same pages work without scripts: a decision is then a form, and its answer leads to the next claim's address. With them only the work area is exchanged.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from marsad.codebook import load_codebook
from marsad.errors import InputError, Stale
from marsad.store.reads.article_queue import claim_of_review
from marsad.store.reviewing import REASONS, Decision, decide, undo
from marsad.web.views.editing import Told, books, edit_of, field_of, from_form, shaped
from marsad.web.views.readers import taken_over
from marsad.web.views.review import Scope, Work, first_free, scope_of, work_of
from marsad.web.visit import NotFound, Visit

_MOST_PLACES = 12


def review(visit: Visit) -> Response:
    """The next claim that waits, or the one that the address names."""
    visit.need("coder")
    work = _work(visit, _scope(visit), visit.asked("claim"))
    return _answer(visit, work, Told(done=visit.asked("said")), edit=visit.asked("edit") == "1")


def decide_claim(visit: Visit) -> Response:
    """Store a decision, and go on to the next claim. Somebody who was too late is shown what happened meanwhile, with all that they wrote."""
    visit.need("coder")
    scope, claim, reason = _scope(visit), visit.field("claim"), visit.field("reason")
    decision = visit.field("decision") or ("reject" if reason else "edit" if visit.field("take") else "")
    values = None
    try:
        base = _work(visit, scope, claim) if decision == "edit" else None
        values = _values(visit, base) if base else None
        edit = edit_of(values, _base(base), all_of_it=base.blind) if values is not None and base else None
        made = Decision(
            who=scope.who, decision=decision, part=scope.part, claim=claim, edit=edit, reason=reason, note=visit.field("note"),
            revision=visit.field("revision"),
        )  # fmt: skip
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
        return _answer(visit, _work(visit, scope, claim), told, edit=values is not None)
    with visit.reading() as connection:
        following = first_free(connection, scope, visit.workspace.leases, claim)
    return _go(visit, scope, following, decision)


def undo_last(visit: Visit) -> Response:
    """Take back the last decision of whoever asks, and show its claim."""
    visit.need("coder")
    scope = _scope(visit)
    with visit.writing() as connection:
        number = undo(connection, scope.who, role=visit.session.role)
        claim = claim_of_review(connection, number) or ""
    return _go(visit, scope, claim, "undo")


def add(visit: Visit) -> Response:
    """Add a claim from words that were selected, and show it to be completed."""
    visit.need("coder")
    article, part = visit.field("article"), visit.field("part") or "first"
    span = {"start": _whole(visit, "start"), "end": _whole(visit, "end"), "in": visit.field("in") or "text"}
    claim = {"event": visit.field("event"), "polarity": visit.field("polarity"), "modality": visit.field("modality"), "evidence": [span]}  # fmt: skip
    made = Decision(who=visit.session.who, decision="add", part=part, article=article, edit=claim)
    with visit.writing() as connection:
        number = decide(connection, made)
        identity = claim_of_review(connection, number)
    return visit.go(visit.same_query("/review", claim=identity, edit=1, said="add"))


def places(visit: Visit) -> Response:
    """A part: the places that bear a name, each to be picked."""
    names = visit.workspace.names
    found = names.places(visit.asked("q") or visit.asked("place.q"), _MOST_PLACES)
    return visit.page("review_places.html", found=[(one, names.place(one.admin)) for one in found])


def event(visit: Visit) -> Response:
    """A part: what the codebook says of an event."""
    found = load_codebook().events.get(visit.asked("event"))
    if found is None:
        raise NotFound(f"the codebook has no event {visit.asked('event')!r}")
    return visit.page("review_event.html", event=found)


def _whole(visit: Visit, name: str) -> int:
    raw = visit.field(name)
    if not raw.isascii() or not raw.isdigit():
        raise InputError(f"field 'evidence': {name!r} must be a number of characters, not {raw!r}")
    return int(raw[:12])


def _scope(visit: Visit) -> Scope:
    return scope_of(visit.query, visit.session.who)


def _work(visit: Visit, scope: Scope, claim: str) -> Work:
    with visit.reading() as connection:
        work = work_of(connection, scope, visit.workspace.leases, claim)
    if work is None:
        raise NotFound(f"there is no claim {claim!r} here")
    return work


def _base(work: Work) -> Mapping[str, Any]:
    """The claim as the form shows it: as the machine has it, so that an edit says all that differs from that."""
    return work.base or {}


def _values(visit: Visit, work: Work) -> dict[str, Any]:
    """A correction as a form holds it: the form itself, or the other reader's reading of a part, where somebody takes it over."""
    take = visit.field("take")
    return _taken(work, take) if take else from_form(visit.form, visit.workspace.names.place)


def _taken(work: Work, take: str) -> dict[str, Any]:
    if work.both is None or work.base is None or work.card is None or work.article is None:
        raise InputError("there is no other reading of this claim that could be taken over")
    return taken_over(work.base, work.card.claim, work.article, [take])


def _go(visit: Visit, scope: Scope, claim: str, said: str) -> Response:
    """The next claim: its work area for a page with scripts, its address for one without."""
    if not _is_part(visit):
        return visit.go(visit.same_query("/review", claim=claim, said=said, edit=None, take=None))
    work = _work(visit, scope, claim)
    return _answer(visit, work, Told(done=said))


def _is_part(visit: Visit) -> bool:
    return visit.by_htmx and visit.request.headers.get("hx-request-type") == "partial"


def _answer(visit: Visit, work: Work, told: Told, *, edit: bool = False) -> Response:
    part = _is_part(visit)
    values = told.values or (_first_values(visit, work) if edit else None)
    page = visit.page(
        "review_work.html" if part else "review.html", told.status, work=work, told=told, edit=edit, values=values, books=books(),
        reasons=REASONS, event_type=load_codebook().events.get(values["event"] if values else ""), here=_here(visit),
    )  # fmt: skip
    if part:
        page.headers["hx-push-url"] = _here(visit)(claim=work.claim or None, edit="1" if edit else None)
    return page


def _first_values(visit: Visit, work: Work) -> dict[str, Any] | None:
    """What the form begins with: the claim as it stands, with what the address asks to be taken over from the other reader."""
    take = visit.asked("take")
    if take and work.both is not None:
        return _taken(work, take)
    return shaped(work.card.claim) if work.card else None


def _here(visit: Visit) -> Any:  # noqa: ANN401 (a function of any names)
    """Gives addresses of this page with other values."""

    def address(path: str = "/review", **changes: object) -> str:
        return visit.same_query(path, **{"said": None, "edit": None, "take": None, "claim": None, **changes})

    return address


ROUTES = (
    ("/review", review),
    ("/review/decide", decide_claim, "POST"),
    ("/review/undo", undo_last, "POST"),
    ("/review/add", add, "POST"),
    ("/review/places", places),
    ("/review/event", event),
)
