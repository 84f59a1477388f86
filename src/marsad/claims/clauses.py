"""Clauses: the words around a hit that are quoted as its evidence.

From the last boundary before the trigger to the first one behind its parts: marks of punctuation and subordinating words bound
a clause; a reporting verb before it stays outside.
"""

from __future__ import annotations

from marsad.claims.candidate import Candidate
from marsad.claims.view import SUBORDINATORS, View

_BOUNDS = frozenset('. ؛ ; : ؟ ! .. ... " « » “ ” ( )'.split())
_LONGEST = 28


def clause_of(candidate: Candidate) -> tuple[int, int]:
    """Token range of the evidence of a candidate: its trigger with the clause around it."""
    view, hit = candidate.view, candidate.hit
    first, last = hit.first, hit.last
    while first > view.first and hit.first - first < _LONGEST // 2 and not _boundary(view, first - 1):
        first -= 1
    while last < view.last and last - hit.last < _LONGEST and not _boundary(view, last):
        last += 1
    return first, _before_joined_subject(view, hit.last, last)


def _before_joined_subject(view: View, first: int, last: int) -> int:
    """Where a clause ends whose last words are the subject, joined by و, of the verb behind it: "خسارة البلدة | والمرصد يحصي"."""
    mention = view.at(last - 1) if last < view.last and "report" in view.tokens[last].word.classes else None
    joined = mention is not None and mention.ext_last == last and view.preposition(mention) == "و"
    return mention.ext_first if mention is not None and joined and mention.ext_first >= first else last


def _boundary(view: View, index: int) -> bool:
    token = view.tokens[index]
    if token.kind == "punct":
        return token.form in _BOUNDS or token.form in "،,"
    return token.kind == "break" or token.form in SUBORDINATORS or "report" in token.word.classes
