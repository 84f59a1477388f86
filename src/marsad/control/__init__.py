"""From incidents to control: who is said to hold a place, since when, on whose word."""

from marsad.control.kit import ControlKit
from marsad.control.trace import Answer, Grouped, by_place, place_key, trace, who_held

__all__ = ["Answer", "ControlKit", "Grouped", "by_place", "place_key", "trace", "who_held"]
