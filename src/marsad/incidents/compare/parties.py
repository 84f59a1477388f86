"""Are the same sides named as those who did it and those it was done to?"""

from __future__ import annotations

from marsad.incidents.compare.feature import Score
from marsad.incidents.families import SPEECH
from marsad.incidents.scene import Scene

_REVERSED = -6.0


def compare_parties(one: Scene, other: Scene) -> Score:
    """The same side as agent 1 point; other sides against it, since a dispute over who did it must still meet; roles reversed much against it."""
    if one.group in SPEECH:
        return _speakers(one, other)
    a, b = one.by.keys(), other.by.keys()
    if not a or not b:
        return Score(0.0, "parties_unknown")
    if shared := sorted(a & b):
        return Score(1.0, "parties_same", shared[0])
    if {one.group, *one.main, *other.main} >= {"territory", "territory.repel"}:
        # Who takes a place in one account is beaten back in the other.
        return Score(0.0, "parties_unknown")
    if (a & other.to.keys() - b) and (b & one.to.keys() - a):
        return Score(_REVERSED, "parties_reversed")
    return Score(-1.0, "parties_differ", f"{min(a)} {min(b)}")


def _speakers(one: Scene, other: Scene) -> Score:
    """Of acts of speech those who speak are the event itself."""
    a, b = one.speakers, other.speakers
    shared = sorted(a & b)
    if not shared:
        return Score(-3.0 if a and b else -1.0, "speaker_differs")
    if one.to.keys() & other.to.keys():
        return Score(2.5, "speaker_same", shared[0])
    # Whoever speaks daily speaks of many things: without the same addressee the words have to be alike too.
    return Score(0.5 if one.to and other.to else 1.0, "speaker_same", shared[0])
