"""From words to the world: times, places and actors as resolved values beside the words."""

from marsad.grounding.gazetteer import Gazetteer
from marsad.grounding.ground import GroundingKit, ground
from marsad.grounding.nations import nation_of, state_id
from marsad.grounding.own_actors import add_actor, own_actors
from marsad.grounding.place_lookup import Lookup
from marsad.grounding.places import Choice, Scored
from marsad.grounding.register import Register
from marsad.grounding.search import search

__all__ = [
    "Choice",
    "Gazetteer",
    "GroundingKit",
    "Lookup",
    "Register",
    "Scored",
    "add_actor",
    "ground",
    "nation_of",
    "own_actors",
    "search",
    "state_id",
]
