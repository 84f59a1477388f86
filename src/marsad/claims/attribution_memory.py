"""Memory: the speakers named so far, for cues that name none and names that point back.

"وأضاف" goes on with the nearest speaker that fits the verb's gender and number; "المصدر نفسه" and a bare "المتحدث" stand for one named before;
"البيان" stands for whoever issued it.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace

from marsad.claims.attribution_speakers import Speaker, agrees
from marsad.model import Reading

_GENERIC = (
    "مصدر",
    "مصادر",
    "متحدث",
    "ناطق",
    "مسوول",
    "مسوولون",
    "شاهد",
    "شهود",
    "ناشط",
    "ناشطون",
    "ضابط",
    "مراسل",
)
_FORGOTTEN = 12  # sentences
_REMEMBERED = 100  # speakers
_BACK = frozenset(("نفسه", "نفسها", "نفسهم", "ذاته", "ذاتها", "ذاتهم", "عينه", "عينها", "ذات", "نفس"))


class Memory:
    """The speakers named so far, for the cues that name none."""

    __slots__ = ("_speakers",)

    def __init__(self) -> None:
        """Nobody has spoken yet."""
        self._speakers: deque[Speaker] = deque(maxlen=_REMEMBERED)

    def note(self, speaker: Speaker) -> None:
        """A speaker has been named (again)."""
        self._speakers.append(speaker)

    def last(self) -> Speaker | None:
        """Whoever spoke last."""
        return self._speakers[-1] if self._speakers else None

    def meant_by(self, persons: frozenset[str], sentence: int) -> Speaker | None:
        """The nearest speaker that fits a verb without a subject, if he spoke not long ago."""
        for speaker in reversed(self._speakers):
            if sentence - speaker.sentence > _FORGOTTEN:
                return None
            if agrees(speaker, persons, before=True):
                return speaker
        return None

    def resolved(self, reading: Reading, speaker: Speaker) -> Speaker:
        """The speaker that "المصدر نفسه" or a bare "المتحدث" stands for, or the same speaker where it stands for itself."""
        tokens = reading.tokens
        around = {tokens[i].form for i in (speaker.first - 1, speaker.last) if 0 <= i < len(tokens)}
        around.update(token.form for token in tokens[speaker.first : speaker.last])
        points_back = bool(around & _BACK)
        bare = speaker.last - speaker.first <= 1 and tokens[speaker.first].word.definite
        if not points_back and not (bare and (speaker.head in _GENERIC or speaker.kind == "document")):
            return speaker
        for earlier in reversed(self._speakers):
            if earlier.head == speaker.head or (
                points_back and speaker.head in _GENERIC and _fits(earlier, speaker)
            ):
                return replace(earlier, sentence=speaker.sentence)
        if (
            speaker.kind == "document"
            and self._speakers
            and speaker.sentence - self._speakers[-1].sentence <= 3
        ):
            return self._speakers[-1]
        return speaker


def _fits(earlier: Speaker, later: Speaker) -> bool:
    """Whether an earlier speaker can be what "المصدر نفسه" or "المصادر نفسها" points to."""
    if later.head == "مصدر":
        return earlier.number != "pl"
    return later.head != "مصادر" or earlier.number in ("pl", "du")
