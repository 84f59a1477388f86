"""Articles as text, through all of the program: read, grounded, tied together."""

from functools import cache

from marsad.model import Article
from marsad.run.pipeline import claims_of, load_kit
from marsad.run.reconciling import Corpus, load_knowledge


@cache
def read(article, medium, published, text):
    made = Article(id=article, text=text, published=published, outlet=medium)
    return made, tuple(claims_of(made, load_kit()))


def told_in(*articles, judgements=()):
    """The incidents of articles given as ``(id, outlet, published, text)``."""
    corpus = Corpus(load_knowledge())
    for row in articles:
        corpus.add(*read(*row))
    return list(corpus.incidents(judgements))


def about(found, event):
    """The incidents that hold claims of this event."""
    return [one for one in found if event in one.events]


def only(found, event):
    (one,) = about(found, event)
    return one


def why(incident):
    return [reason.text.en for reason in incident.reasons]
