"""From words to the world: times, places and actors as resolved values beside the words."""

from marsad.grounding.ground import ground

__all__ = ["ground"]
