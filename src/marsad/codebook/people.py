"""Words that tell civilians from fighters: who is concerned decides what is a concession, what a toll counts, and how others' codebooks call an act.

The words are folded as `marsad.arabic.letters.fold_letters` folds them, so that whoever asks compares folded words with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

import yaml

_SOURCE = Path(__file__).parent / "people.yml"


@cache
def people_words() -> Mapping[str, frozenset[str]]:
    """The lists of ``people.yml``: ``civilians``, ``fighters``, ``regulars`` (fighters of regular forces), ``counted`` and ``many``.

    >>> "جنود" in people_words()["fighters"]
    True
    """
    rows = cast("dict[str, str]", yaml.safe_load(_SOURCE.read_text(encoding="utf-8")))
    return {key: frozenset(words.split()) for key, words in rows.items()}
