"""The interface's own words, in English and Arabic: ``words/*.yml``, one file a page.

Each entry is ``key: {en: …, ar: …}``; ``{name}`` stands for a value. A key in two files, or one without both languages, is refused when the server starts, so no page can come up
half translated. Labels of the codebook's values come from the codebook.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from marsad.codebook import load_codebook
from marsad.errors import MarsadError

FOLDER = Path(__file__).parent / "words"
LANGUAGES = ("en", "ar")
_GROUPS = {
    "status": "statuses",
    "stance": "stances",
    "polarity": "polarities",
    "modality": "modalities",
    "kind": "source_kinds",
    "precision": "place_precisions",
    "role": "roles",
    "time": "time_precisions",
    "count": "count_kinds",
    "says": "says",
}
"""What pages call a group of the codebook's values, and what the codebook calls it."""


class WordsError(MarsadError):
    """A file of words cannot be used; the message names it and the key."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language.

    Attributes:
        lang: ``en`` or ``ar``.
        entries: From key to text.
    """

    lang: str
    entries: Mapping[str, str]

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        return "rtl" if self.lang == "ar" else "ltr"

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key, its values filled in.

        Raises:
            KeyError: there is no such key: a mistake in a template, which its test finds.
        """
        text = self.entries[key]
        return text.format(**values) if values else text

    def has(self, key: str) -> bool:
        """Whether there is a text of this key."""
        return key in self.entries

    def label(self, group: str, value: str | None) -> str:
        """What people call a value: of an event type (group ``event``), an event family (``family``), or one of the codebook's other values; the value itself where it has no name."""
        if value is None:
            return self.entries["unknown"]
        book = load_codebook()
        if group == "event":
            event = book.events.get(value)
            found = event.label if event else book.families.get(value)
        elif group == "family":
            found = book.families.get(value.partition(".")[0])
        else:
            key = f"{group}.{value}"
            if key in self.entries:
                return self.entries[key]
            found = book.values.get(_GROUPS.get(group, group), {}).get(value)
        return (found.ar if self.lang == "ar" else found.en) if found else value


@cache
def load_words(folder: Path = FOLDER) -> Mapping[str, Words]:
    """The words of each language.

    Raises:
        WordsError: a file cannot be used.
    """
    entries: dict[str, dict[str, str]] = {lang: {} for lang in LANGUAGES}
    for file in sorted(folder.glob("*.yml")):
        for key, texts in (yaml.safe_load(file.read_text(encoding="utf-8")) or {}).items():
            if not isinstance(texts, dict) or set(texts) != set(LANGUAGES):
                raise WordsError(
                    f"{file.name}: {key!r} must have {' and '.join(LANGUAGES)}, and nothing else"
                )
            if key in entries["en"]:
                raise WordsError(f"{file.name}: {key!r} is in another file too")
            for lang in LANGUAGES:
                entries[lang][key] = str(texts[lang])
    return {lang: Words(lang, entries[lang]) for lang in LANGUAGES}
