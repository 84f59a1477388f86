"""Quarters of the annotated articles, for measuring on what a network has not seen."""

import hashlib

FOLDS = 4


def fold_of(article: str) -> int:
    """Which quarter an article is in."""
    return int(hashlib.md5(article.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS
