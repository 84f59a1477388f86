"""Marsad reads Arabic conflict news, offline, and says who said that what happened.

>>> from marsad import read_article
>>> claims = read_article("أعلن الجيش مقتل ثلاثة مسلحين في تدمر.", published="2024-05-02")  # doctest: +SKIP

The public names are loaded when they are first used, so that ``marsad --version`` stays quick.
"""

import os
from typing import TYPE_CHECKING

# Said before numpy is first imported: matrices as small as ours are multiplied fastest by one thread; work is shared out by processes.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

if TYPE_CHECKING:
    from marsad.model.article import Article
    from marsad.model.claim import Claim
    from marsad.model.control import Spell
    from marsad.model.incident import Incident
    from marsad.run.controlling import control_of
    from marsad.run.evaluating import evaluate
    from marsad.run.exporting import export_project
    from marsad.run.pipeline import read_article
    from marsad.run.readers import open_reader
    from marsad.run.reconciling import reconcile_articles
    from marsad.store import open_store

__version__ = "0.1.0"
__all__ = [
    "Article",
    "Claim",
    "Incident",
    "Spell",
    "__version__",
    "control_of",
    "evaluate",
    "export_project",
    "open_reader",
    "open_store",
    "read_article",
    "reconcile_articles",
]

_HOMES = {
    "Article": "marsad.model.article",
    "Claim": "marsad.model.claim",
    "Incident": "marsad.model.incident",
    "Spell": "marsad.model.control",
    "control_of": "marsad.run.controlling",
    "evaluate": "marsad.run.evaluating",
    "export_project": "marsad.run.exporting",
    "open_reader": "marsad.run.readers",
    "open_store": "marsad.store",
    "read_article": "marsad.run.pipeline",
    "reconcile_articles": "marsad.run.reconciling",
}


def __getattr__(name: str) -> object:
    """Fetch a public name from its room on first use (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'marsad' has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(_HOMES[name]), name)
    return value
