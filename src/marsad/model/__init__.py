"""What things are: frozen rows with no behaviour beyond their own meaning."""

from marsad.model.actor import Actor, ActorRef, Label, Membership, Outlet, on_day
from marsad.model.article import Article
from marsad.model.claim import Claim, Count, Evidence, Origin, Source
from marsad.model.interval import Interval, TimeExpr, TimeRef
from marsad.model.place import Place, PlaceRef
from marsad.model.readers import Readers
from marsad.model.reading import Mention, Quotation, Reading, Sense, Sentence, Token, Word
from marsad.model.span import Span
from marsad.model.union import Union

__all__ = [
    "Actor",
    "ActorRef",
    "Article",
    "Claim",
    "Count",
    "Evidence",
    "Interval",
    "Label",
    "Membership",
    "Mention",
    "Origin",
    "Outlet",
    "Place",
    "PlaceRef",
    "Quotation",
    "Readers",
    "Reading",
    "Sense",
    "Sentence",
    "Source",
    "Span",
    "TimeExpr",
    "TimeRef",
    "Token",
    "Union",
    "Word",
    "on_day",
]
