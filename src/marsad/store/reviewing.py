"""The front door of reviewing: deciding about single claims, undoing it, what was decided, and what waits to be.

A decision carries the revision of what its maker saw. Where somebody was quicker, or the same form comes twice, the revision is another one by now and nothing
is stored (`marsad.errors.Stale`): two people at once cannot lose a decision. Rows are only ever added; to undo is a new row. Who waits to code a claim a second time is
told nothing of the first decision by any function that is given their name.
"""

from marsad.store.reviewing_carry import carried
from marsad.store.reviewing_decide import DECISIONS, REASONS, Decision, decide, undo
from marsad.store.reviewing_differences import Difference, FieldDifference, differences
from marsad.store.reviewing_edits import FIELDS, checked_edit, corrected
from marsad.store.reviewing_queue import ORDERS, Progress, Queue, progress, queue
from marsad.store.reviewing_settings import BLIND, ReviewSettings, review_settings, set_review_settings
from marsad.store.reviewing_standing import (
    PARTS,
    AddedClaim,
    Standing,
    added_claims,
    history,
    shown,
    standing,
    standings,
)
from marsad.store.reviewing_states import STATES, Review, held, holding, rebuild_states, reviews_of

__all__ = [
    "BLIND",
    "DECISIONS",
    "FIELDS",
    "ORDERS",
    "PARTS",
    "REASONS",
    "STATES",
    "AddedClaim",
    "Decision",
    "Difference",
    "FieldDifference",
    "Progress",
    "Queue",
    "Review",
    "ReviewSettings",
    "Standing",
    "added_claims",
    "carried",
    "checked_edit",
    "corrected",
    "decide",
    "differences",
    "held",
    "history",
    "holding",
    "progress",
    "queue",
    "rebuild_states",
    "review_settings",
    "reviews_of",
    "set_review_settings",
    "shown",
    "standing",
    "standings",
    "undo",
]
