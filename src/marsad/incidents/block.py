"""Which episodes can be about the same thing at all: blocks that reconcile without knowing of each other.

A block is a group of event codes in one country; acts of speech have no place to go by, nor often truces, and make one block for each group. Within a block cost grows with the
data, not with its square (`marsad.incidents.index`). News places events at the lines of Israel and the Palestinian territories
under either name, so these are one region. Claims that people judged bring their blocks together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from marsad.incidents.families import WITHOUT_COUNTRY, rank
from marsad.incidents.scene import Scene
from marsad.incidents.verdicts import Verdicts
from marsad.model.incident import Testimony
from marsad.model.union import Union

_ONE_REGION = {"IL": "IL+PS", "PS": "IL+PS"}


Episode = tuple[Testimony, ...]
"""The testimonies of one event in one article; blocks hold them so, since a scene with its summary takes ten times the room."""


def keyed(scenes: Iterable[Scene], family: Counter[str] | None = None) -> Iterator[tuple[str, Episode]]:
    """The episodes of one article with the keys of their blocks; one that has no country goes where most of its article's go.

    Args:
        scenes: The episodes.
        family: How often the claims of all the article's near copies name each country: copies of one text go to one block.
    """
    held = list(scenes)
    lands = family or Counter(scene.spot.country for scene in held if scene.spot and scene.spot.country)
    home = home_of(lands)
    for scene in held:
        yield block_key(scene.group, scene.spot.country if scene.spot else "", home), tuple(scene.told)


def block_key(group: str, country: str, home: str) -> str:
    """The key of the block of an episode.

    Args:
        group: The group of its event codes.
        country: The country of its place, ISO 3166-1 alpha-2, or "".
        home: The country where it goes if it has none of its own (`home_of`), or "".

    >>> block_key("violence", "", "PS")
    'violence:IL+PS'
    """
    if group in WITHOUT_COUNTRY:
        return f"{group}:"
    land = country or home
    return f"{group}:{_ONE_REGION.get(land, land)}"


def home_of(lands: Mapping[str, int]) -> str:
    """The country that is named most often, the first by its code among equals; "" where none is named."""
    return min(lands, key=lambda land: (-lands[land], land)) if lands else ""


def _order(key: str) -> tuple[tuple[int, str], str]:
    group, _, land = key.partition(":")
    return (rank(group), land)


def blocks(episodes: Iterable[tuple[str, Episode]], verdicts: Verdicts) -> dict[str, list[Episode]]:
    """Episodes by block, in a fixed order of the blocks; blocks that a judgement ties are one, under the first of their keys."""
    held: dict[str, list[Episode]] = {}
    met: dict[str, str] = {}
    ties = Union()
    for key, episode in episodes:
        held.setdefault(key, []).append(episode)
        if not verdicts:
            continue
        for one in episode:
            if verdicts.tied(one.id):
                first = met.setdefault(verdicts.together(one.id), key)
                if first != key:
                    ties.join(first, key)
    joined: dict[str, list[Episode]] = {}
    for key in sorted(held, key=_order):
        joined.setdefault(ties.first(key), []).extend(held.pop(key))
    return joined
