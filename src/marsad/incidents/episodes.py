"""The claims of one article that tell of one event: an episode.

An article tells an event in several sentences (lead, toll, the words of a source), and a round-up tells ten events one after the other. Claims are
taken in the order of the text, each to the episode it fits best, if it fits any well enough; one that names another town opens its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from marsad.incidents.families import EVENT_GROUPS
from marsad.incidents.match import ENOUGH_FOR_REGION, ENOUGH_IN_ARTICLE, match_in_article
from marsad.incidents.scene import Scene
from marsad.incidents.verdicts import Verdicts
from marsad.model.incident import Testimony

_MOST_OPEN = 40
"""Episodes that a claim is compared with, the latest first: in a text of hundreds the one before last is not meant."""


def episodes(told: Sequence[Testimony], verdicts: Verdicts) -> list[Scene]:
    """The episodes of one article, in the order of their first claims.

    Args:
        told: All testimonies of the article.
        verdicts: What people judged; claims that they hold apart are never in one episode.
    """
    found: list[Scene] = []
    for _, group in _by_group(told):
        found += _grouped(group, verdicts)
    return found


def _by_group(told: Iterable[Testimony]) -> list[tuple[str, list[Testimony]]]:
    groups: dict[str, list[Testimony]] = {}
    for one in told:
        groups.setdefault(EVENT_GROUPS[one.event], []).append(one)
    return sorted(groups.items())


def _grouped(told: list[Testimony], verdicts: Verdicts) -> list[Scene]:
    """First the claims that say most of where (they open the episodes), then the others; each in the order of the text."""
    scenes = [Scene((one,)) for one in told]
    ordered = sorted(
        scenes, key=lambda scene: (not scene.precise, scene.told[0].span.part == "text", scene.told[0].span)
    )
    open_episodes: list[Scene] = []
    for scene in ordered:
        best, most = None, ENOUGH_IN_ARTICLE
        for episode in open_episodes[-_MOST_OPEN:]:
            points = match_in_article(episode, scene, most).points
            if points >= most and not verdicts.apart(episode, scene):
                best, most = episode, points
        if best is None:
            open_episodes.append(scene)
        else:
            best.absorb(scene)
    return _gathered(open_episodes, verdicts)


def _denies(scene: Scene) -> bool:
    return all(one.says == "denies" for one in scene.told)


def _denied_by(scene: Scene, others: list[Scene]) -> Scene | None:
    """What a denial in an article is about: the one event of that code that the article tells, unless it names another town or day."""
    told = [other for other in others if not _denies(other) and scene.codes.keys() & other.codes.keys()]
    if len(told) != 1 or scene.when.tie != "article" or (scene.precise and told[0].precise):
        return None
    return told[0]


def _gathered(found: list[Scene], verdicts: Verdicts) -> list[Scene]:
    """What names no town goes to the episode of its article that fits best: a lead says "ريف إدلب" of what the next sentence places in a village."""
    kept = [scene for scene in found if scene.precise and not _denies(scene)]
    for scene in sorted(found, key=_denies):
        if any(scene is one for one in kept):
            continue
        if _denies(scene) and (denied := _denied_by(scene, kept)) and not verdicts.apart(denied, scene):
            denied.absorb(scene)
            continue
        fitting = [
            (points, -number)
            for number, other in enumerate(kept)
            if (points := match_in_article(other, scene, ENOUGH_FOR_REGION).points) >= ENOUGH_FOR_REGION
            and not verdicts.apart(other, scene)
        ]
        if fitting:
            kept[-max(fitting)[1]].absorb(scene)
        else:
            kept.append(scene)
    return kept
