"""All that the page of one incident shows, gathered in one view of the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from marsad.model.incident import Incident, Part, Reason, Testimony, Told
from marsad.store.reads import story
from marsad.store.reviewing import standings
from marsad.web.views.locator import Locator, locator
from marsad.web.views.matrix import Act, Matrix, act_of, matrix_of
from marsad.web.views.readers import Note, note_of
from marsad.web.views.titles import Gist, title_of
from marsad.web.views.tolls import Tolls, tolls_of
from marsad.web.visit import Visit

MOST_CLAIMS = 40
_MOST_ALL = (60, 400)
_DECIDED = ("accepted", "edited", "rejected", "unsure", "conflict", "agreed", "final")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One claim as it weighs: what it does, the article it is in, what people decided, why it belongs here, and what two readers come to."""

    number: int
    told: Told
    act: Act
    article: story.ArticleFact | None
    review: str
    note: Note | None = None

    @property
    def claim(self) -> Testimony:
        """The claim."""
        return self.told.testimony


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An article of the timeline, with what it does."""

    article: story.ArticleFact
    published: str
    acts: tuple[Act, ...]
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A row of the history: a status (``before``, ``after``) or a judgement."""

    at: str
    before: str = ""
    after: str = ""
    judged: story.Judged | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Another incident beside this one, with its title."""

    id: str
    title: str
    status: str | None
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The page."""

    incident: Incident
    title: str
    matrix: Matrix
    tolls: Sequence[Tolls]
    map: Locator | None
    claims: Sequence[Weighed]
    left: int
    timeline: Sequence[Published]
    history: Sequence[Event]
    reviews: Mapping[str, int]
    near: Sequence[Near]
    control: Mapping[str, str]
    outlets: int
    families: int
    copies: int
    added: str
    changed: str
    addresses: Mapping[str, str]

    @property
    def reviewed(self) -> int:
        """How many of its claims people decided about."""
        return sum(self.reviews.get(one, 0) for one in _DECIDED)


def story_of(visit: Visit, connection: Connection, incident: Incident) -> Story:
    """The page of an incident; the query's ``all=1`` shows every claim, ``unfold=1`` near copies one by one."""
    whole, unfold = visit.asked("all") == "1", visit.asked("unfold") == "1"
    told = incident.told
    ids = [one.testimony.id for one in told]
    articles = story.article_facts(connection, sorted({one.testimony.article for one in told}))
    states = standings(connection, ids, visit.session.who)
    conceding = {why.claim for why in incident.reasons if why.code.startswith("conceded_")}
    conceding |= {one.testimony.id for one in told if one.testimony.stance == "concede"}
    weighed = [
        Weighed(number=number, told=one, act=act_of(one, conceding), article=articles.get(one.testimony.article), review=states[one.testimony.id])
        for number, one in enumerate(told, 1)
    ]  # fmt: skip
    shown = _noted(connection, weighed if whole else weighed[:MOST_CLAIMS])
    added, changed = story.written(connection, incident.id)
    place = incident.place
    return Story(
        incident=incident, title=title_of(gist_of(visit, incident), visit.words),
        matrix=matrix_of(told, conceding, unfold=unfold, most=_MOST_ALL if whole else (10, 25)),
        tolls=tolls_of(incident), map=locator(place.lat, place.lon, place.precision) if place else None,
        claims=shown, left=len(weighed) - len(shown), timeline=_timeline(weighed, articles),
        history=_history(connection, incident, ids), reviews=Counter(states.values()),
        near=near_of(visit, connection, story.near_ids(connection, incident)),
        control=story.control_places(connection, incident.id),
        outlets=len({one.testimony.outlet for one in told if one.testimony.outlet}),
        families=len({one.testimony.family for one in told if one.testimony.family}),
        copies=len({one.testimony.article for one in told if one.testimony.copy_of}), added=added, changed=changed,
        addresses={one.testimony.id: claim_address(visit, one.testimony) for one in told},
    )  # fmt: skip


def _noted(connection: Connection, weighed: Sequence[Weighed]) -> list[Weighed]:
    """The same with what two readers come to, where two read the article."""
    read = story.readers_of(connection, [one.claim.id for one in weighed])
    return [
        replace(one, note=note_of({"readers": read[one.claim.id]})) if one.claim.id in read else one
        for one in weighed
    ]


def claim_address(visit: Visit, claim: Testimony) -> str:
    """Where a claim is shown in its article."""
    return f"{visit.address('/articles/' + claim.article)}#claim-{claim.number}"


def gist_of(visit: Visit, incident: Incident) -> Gist:
    """What an incident's title says: of those who took part only who is in the register."""
    place = incident.place
    parties = [(part.role, visit.label(part.id)) for part in incident.parts if part.id]
    return Gist(
        events=incident.events, place=place_name(visit, place.id, place.name) if place else "",
        first=incident.when.start.isoformat() if incident.when.start else None,
        last=incident.when.end.isoformat() if incident.when.end else None,
        parties=tuple((role, name) for role, name in parties if name),
    )  # fmt: skip


def place_name(visit: Visit, identity: str | None, name: str | None) -> str:
    """What a place is called in the visit's language; as the store has it, where the gazetteer has no name for it."""
    if visit.lang == "ar" and identity:
        place = visit.workspace.names.place(identity)
        if place is not None and place.ar:
            return place.ar
    return name or ""


def gists(visit: Visit, connection: Connection, rows: Mapping[str, Mapping[str, Any]]) -> dict[str, Gist]:
    """What the titles of rows of incidents say, by id; a row has ``events``, ``place_id``, ``place``, ``first_day`` and ``last_day``."""
    parties = story.parties_of(connection, list(rows))
    found = {}
    for identity, row in rows.items():
        events = row["events"]
        named = [(role, visit.label(actor)) for role, actor in parties.get(identity, ())]
        found[identity] = Gist(
            events=tuple(events.split(" ")) if isinstance(events, str) else tuple(events),
            place=place_name(visit, row["place_id"], row["place"]), first=row["first_day"], last=row["last_day"],
            parties=tuple((role, name) for role, name in named if name),
        )  # fmt: skip
    return found


def near_of(visit: Visit, connection: Connection, ids: Sequence[str]) -> list[Near]:
    """Some incidents with their titles, in the order of the ids; those that are no more are left out."""
    rows = story.headings(connection, ids)
    titles = {one: title_of(gist, visit.words) for one, gist in gists(visit, connection, rows).items()}
    return [
        Near(id=one, title=titles[one], status=rows[one]["status"], claims=rows[one]["claims"])
        for one in ids
        if one in rows
    ]


def parts_by_role(incident: Incident) -> list[tuple[str, list[Part]]]:
    """Who took part, by role; each once."""
    found: dict[str, dict[str, Part]] = {}
    for part in incident.parts:
        found.setdefault(part.role, {}).setdefault(part.key, part)
    return [(role, list(parts.values())) for role, parts in found.items()]


def reason_text(why: Reason, lang: str) -> str:
    """A reason in the visit's language."""
    return why.text.ar if lang == "ar" else why.text.en


def _timeline(weighed: Sequence[Weighed], articles: Mapping[str, story.ArticleFact]) -> list[Published]:
    held: dict[str, list[Weighed]] = {}
    for one in sorted(
        weighed, key=lambda one: (not one.claim.published, one.claim.instant, one.claim.article)
    ):
        held.setdefault(one.claim.article, []).append(one)
    return [
        Published(article=articles[key], published=some[0].claim.published, acts=tuple(dict.fromkeys(one.act for one in some)), claims=len(some))
        for key, some in held.items()
        if key in articles
    ]  # fmt: skip


def _history(connection: Connection, incident: Incident, ids: Sequence[str]) -> list[Event]:
    events = [Event(at=one.at, before=one.before, after=one.after) for one in story.status_changes(connection, incident.id)]  # fmt: skip
    events += [Event(at=one.at, judged=one) for one in story.judgements_on(connection, ids)]
    return sorted(events, key=lambda one: one.at)
