"""``/incidents/ID``: one incident, why it has its status, and the forms by which people say that it is the same as another, or that it is two."""

from __future__ import annotations

import re

from sqlalchemy import Connection
from starlette.responses import JSONResponse, Response

from marsad.errors import InputError
from marsad.model.incident import Incident, Judgement
from marsad.model.incident_json import incident_to_json
from marsad.store.audit import note
from marsad.store.people import add_judgement, undo_judgement
from marsad.store.reads import story
from marsad.store.tombstones import became_of
from marsad.web.views.incident import claim_address, near_of, parts_by_role, place_name, reason_text, story_of
from marsad.web.views.matrix import SYMBOLS
from marsad.web.views.titles import day_words, sentence
from marsad.web.visit import NotFound, Visit, whole

_ID = re.compile(r"(?:^|/)(i[0-9a-z]+)(?:\.json)?/?(?:[?#].*)?$")
_MOST_NOTE = 2000


def incident(visit: Visit) -> Response:
    """One incident."""
    with visit.reading() as connection:
        found = story.incident_at(connection, visit.part("id"))
        if found is None:
            return _gone(visit, connection)
        made = story_of(visit, connection, found)
    return visit.page(
        "incident.html", story=made, incident=found, symbols=SYMBOLS, sentence=sentence, reason_text=reason_text,
        day=lambda first, last: day_words(first, last, visit.words), own_roles=parts_by_role,
        address_of=lambda claim: claim_address(visit, claim),
        place_name=lambda place, name: place_name(visit, place, name),
    )  # fmt: skip


def incident_json(visit: Visit) -> Response:
    """The same as CODEBOOK section 8 has it."""
    with visit.reading() as connection:
        found = story.incident_at(connection, visit.part("id"))
    if found is None:
        raise NotFound(f"there is no incident {visit.part('id')}")
    return JSONResponse(incident_to_json(found))


def _gone(visit: Visit, connection: Connection) -> Response:
    """What became of an incident that is no more, where that is known.

    Raises:
        NotFound: there is none of this id, or nothing tells where its claims are.
    """
    identity = visit.part("id")
    ids = story.incidents_holding(connection, story.claims_it_had(connection, identity))
    if not ids and (fate := became_of(connection, identity)):
        ids = list(fate.into)
    if not ids:
        raise NotFound(visit.words("incident.none", id=identity))
    return visit.page(
        "incident_gone.html", 410, id=identity, into=near_of(visit, connection, ids), sentence=sentence
    )


def same(visit: Visit) -> Response:
    """That this incident and another are one: a judgement between a claim of each."""
    visit.need("coder")
    identity, other = visit.part("id"), _named(visit.field("other"))
    if other == identity:
        raise InputError(f"{identity} is this incident itself: name another one")
    with visit.writing() as connection:
        mine, theirs = _at(connection, identity), _at(connection, other)
        pair = (mine.told[0].testimony.id, theirs.told[0].testimony.id)
        _judge(visit, connection, [pair], "same")
        for one, into in ((mine, other), (theirs, identity)):
            claims = [told.testimony.id for told in one.told]
            note(connection, story.MERGED, one.id, {"with": into, "claims": claims}, visit.session.who)
    return _tie(visit, list(pair))


def different(visit: Visit) -> Response:
    """That some claims of this incident are of another event: a judgement between each of them and one that stays."""
    visit.need("coder")
    going = list(dict.fromkeys(visit.fields("claim")))
    with visit.writing() as connection:
        found = _at(connection, visit.part("id"))
        here = [told.testimony.id for told in found.told]
        if not going:
            raise InputError("no claim was ticked: tick those that are of another event")
        if strangers := [one for one in going if one not in here]:
            raise InputError(f"claim {strangers[0]!r} is not in this incident any more: look at it again")
        staying = [one for one in here if one not in going]
        if not staying:
            raise InputError("every claim was ticked: leave out those that stay together")
        _judge(visit, connection, [(one, staying[0]) for one in going], "different")
        note(connection, story.SPLIT, found.id, {"going": going, "claims": here}, visit.session.who)
    return _tie(visit, [staying[0], *going])


def undo(visit: Visit) -> Response:
    """Take a judgement back, by a row of its own; another person's only as adjudicator."""
    visit.need("coder")
    written = visit.field("judgement")
    number = whole(written)
    if number is None:
        raise InputError(f"judgement={written[:40]!r} is no number of a judgement")
    with visit.writing() as connection:
        found = _at(connection, visit.part("id"))
        ids = [told.testimony.id for told in found.told]
        held = {one.number: one for one in story.judgements_on(connection, ids)}
        one = held.get(number)
        if one is None or one.undoes is not None:
            raise InputError(f"there is no judgement {number} about a claim of this incident")
        if one.undone:
            raise InputError(f"judgement {number} was taken back already")
        if one.who != visit.session.who:
            visit.need("adjudicator")
        undo_judgement(connection, one.number, visit.session.who)
    return _tie(visit, [one.one, one.other])


def tied(visit: Visit) -> Response:
    """Whether the incidents have been tied anew, and which they are then; the page asks again until they are."""
    number = visit.number("chore", 0, 10**9)
    chore = visit.workspace.chores.one(number)
    claims = [value for name, value in visit.query if name == "claim"]
    is_done = chore is None or chore.state not in ("waiting", "running")
    with visit.reading() as connection:
        ids = story.incidents_holding(connection, claims) if is_done else []
        into = near_of(visit, connection, ids)
    template = "incident_tied_part.html" if visit.by_htmx else "incident_tied.html"
    return visit.page(template, chore=chore, done=is_done, into=into, id=visit.part("id"), sentence=sentence)


def _at(connection: Connection, identity: str) -> Incident:
    found = story.incident_at(connection, identity)
    if found is None:
        raise NotFound(f"there is no incident {identity}: it was tied anew meanwhile, and nothing was stored")
    return found


def _named(written: str) -> str:
    """The id in what somebody wrote: the id itself, or the address of its page."""
    found = _ID.search(written)
    if found is None:
        raise InputError(f"{written!r} is neither the id of an incident nor the address of its page")
    return found[1]


def _judge(visit: Visit, connection: Connection, pairs: list[tuple[str, str]], verdict: str) -> None:
    text = visit.field("note")
    if len(text) > _MOST_NOTE:
        raise InputError(f"a note has at most {_MOST_NOTE:,} characters")
    for one, other in pairs:
        add_judgement(
            connection, Judgement(one=one, other=other, verdict="same" if verdict == "same" else "different", by=visit.session.who), text=text
        )  # fmt: skip


def _tie(visit: Visit, claims: list[str]) -> Response:
    chore = visit.workspace.chores.ask("store", "reconcile", who=visit.session.who)
    path = f"/incidents/{visit.part('id')}/tied"
    return visit.go(visit.address(path, chore=chore.id, claim=claims))


ROUTES = (
    ("/incidents/{id}.json", incident_json),
    ("/incidents/{id}/same", same, "POST"),
    ("/incidents/{id}/different", different, "POST"),
    ("/incidents/{id}/undo", undo, "POST"),
    ("/incidents/{id}/tied", tied),
    ("/incidents/{id}", incident),
)
