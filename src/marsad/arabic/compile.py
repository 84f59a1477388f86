"""Compile the lexicons: YAML files of all rooms in, one table of folded forms out.

A lexicon file maps a class to a list of entries. An entry has one of ``verb`` (vocalised lemma, conjugated by
mazini), ``word`` (noun or particle) or ``phrase`` (words in order), and may have:

- ``nouns``: masdars and other nouns that stand for the entry; ``forms``: further inflected forms as written;
- ``plural``: ``sound_m`` or ``sound_f`` adds the sound plurals; ``dual: true`` adds the duals;
- ``kind: particle`` (takes no pronoun), ``strict: true`` (takes no clitic at all), ``alef: false`` (no accusative ـا);
- ``persons: third`` limits a verb to the third person, ``voice: active`` to its active forms; ``key`` names the entry, otherwise its first form does.

Everything else is the entry's data. Duplicates within a class and unknown shapes are refused with the file's name.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marsad.arabic.folded import fold_word
from marsad.arabic.lexicon import BUILT
from marsad.arabic.verbs import load_roots, verb_forms
from marsad.errors import MarsadError

PACKAGE = Path(__file__).parent.parent
_SHAPE = {
    "verb",
    "word",
    "phrase",
    "nouns",
    "forms",
    "plural",
    "dual",
    "alef",
    "persons",
    "key",
    "example",
    "note",
}
_THIRD = frozenset({"3ms", "3fs", "3mp", "3md", "3fd"})
_TOLD = _THIRD | {"1s", "1p"}
"""The persons of news: nobody is spoken to, and the feminine plural (عدن, لندن) is a place far more often than a verb."""


Entry = dict[str, Any]


class LexiconError(MarsadError):
    """A lexicon file has an entry that cannot be compiled."""


def lexicon_files() -> list[Path]:
    """All lexicon files of the package, in a fixed order."""
    return sorted(PACKAGE.glob("*/lexicon/*.yml"))


def read_entries(path: Path) -> Iterator[tuple[str, Entry]]:
    """(class, entry) of one file.

    Raises:
        LexiconError: the file is not a mapping of classes to lists of entries.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    tree = yaml.load(path.read_text(encoding="utf-8"), Loader=loader) or {}
    for cls, entries in tree.items():
        if not isinstance(entries, list):
            raise LexiconError(f"{path.name}: class {cls!r} is not a list of entries")
        for entry in entries:
            if not isinstance(entry, dict) or not {"verb", "word", "phrase"} & entry.keys():
                raise LexiconError(f"{path.name}: an entry of {cls!r} has no verb, word or phrase: {entry!r}")
            yield str(cls), entry


class Table:
    """The table under construction."""

    def __init__(self) -> None:
        """An empty table."""
        self.entries: list[tuple[str, str, Entry]] = []
        self.forms: dict[str, dict[tuple[int, bool], str]] = {}
        self.phrases: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        self.unknown: list[str] = []
        self._seen: set[tuple[str, str]] = set()
        self._roots = load_roots()

    def add(self, cls: str, entry: Entry, where: str) -> None:
        """Add one entry with all its forms."""
        same = (
            cls,
            repr(sorted((key, str(value)) for key, value in entry.items() if key not in ("example", "note"))),
        )
        if same in self._seen:
            raise LexiconError(f"{where}: the same entry of class {cls!r} stands twice: {entry!r}")
        self._seen.add(same)
        first = entry.get("verb") or entry.get("word") or entry.get("phrase")
        data = {key: value for key, value in entry.items() if key not in _SHAPE}
        index = len(self.entries)
        self.entries.append((cls, str(entry.get("key", first)), data))
        if "verb" in entry:
            self._add_verb(index, entry, where)
        if "word" in entry:
            self._add_noun(index, str(entry["word"]), entry)
        if "phrase" in entry:
            self._add_phrase(index, str(entry["phrase"]))
        for noun in entry.get("nouns", ()):
            self._add_noun(index, str(noun), {})
        for form in entry.get("forms", ()):
            self._form(index, fold_word(str(form)), "x" if entry.get("kind") == "particle" else "n.pl")

    def _add_verb(self, index: int, entry: Entry, where: str) -> None:
        analyses = self._roots.get(entry["verb"])
        if not analyses:
            self.unknown.append(f"{where}: no root is known for {entry['verb']}")
            return
        persons = _THIRD if entry.get("persons") == "third" else _TOLD
        for form, morphs in verb_forms(analyses, persons).items():
            kept = (
                [m for m in morphs.split("|") if "v.p." not in m]
                if entry.get("voice") == "active"
                else [morphs]
            )
            if kept:
                self._form(index, form, "|".join(kept))

    def _add_noun(self, index: int, noun: str, entry: Entry) -> None:
        if " " in noun:
            self._add_phrase(index, noun)
            return
        if entry.get("kind") == "particle":
            self._form(index, fold_word(noun), "x")
            return
        for form, morph in _inflected(noun, entry):
            self._form(index, form, morph)

    def _add_phrase(self, index: int, phrase: str) -> None:
        words = tuple(fold_word(word) for word in phrase.split())
        known = self.phrases.setdefault(words[0], [])
        if (words, index) not in known:
            known.append((words, index))

    def _form(self, index: int, form: str, morph: str) -> None:
        if not form:
            return
        rows = self.forms.setdefault(form, {})
        key = (index, "v." in morph)
        rows[key] = morph if key not in rows or rows[key] == morph else f"{rows[key]}|{morph}"

    def data(self, version: str) -> dict[str, Any]:
        """The table as plain data, ready to be written."""
        return {
            "version": version,
            "entries": self.entries,
            "forms": {
                form: tuple((index, morph) for (index, _), morph in rows.items())
                for form, rows in self.forms.items()
            },
            "phrases": {
                first: sorted(rows, key=lambda row: -len(row[0])) for first, rows in self.phrases.items()
            },
        }


def _inflected(noun: str, entry: Entry) -> Iterator[tuple[str, str]]:
    """The forms of a noun with their morphology: itself, its accusative ـا, the duals and the sound plural asked for."""
    folded = fold_word(noun)
    feminine = noun.endswith("ة")
    stem = folded[:-1] if feminine else folded
    yield folded, "n"
    if entry.get("alef", True) and not folded.endswith(("ا", "ي", "ه", "اء")) and len(folded) > 2:
        yield folded + "ا", "n"
    if entry.get("dual"):
        for ending in ("ان", "ين", "ا", "ي"):
            yield (stem + "ت" if feminine else stem) + ending, "n.du"
    if entry.get("plural") == "sound_m":
        for ending in ("ون", "ين", "و", "ي"):
            yield folded + ending, "n.pl"
    elif entry.get("plural") == "sound_f":
        yield stem + "ات", "n.pl"


def build(out_dir: Path | None = None) -> list[Path]:
    """Compile all lexicon files; returns the files written.

    Raises:
        LexiconError: an entry cannot be compiled; the message names the file.
    """
    digest = hashlib.sha256()
    table = Table()
    for path in lexicon_files():
        digest.update(path.read_bytes())
        for cls, entry in read_entries(path):
            table.add(cls, entry, path.name)
    out = (out_dir or BUILT.parent) / BUILT.name
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(marshal.dumps(table.data(digest.hexdigest()[:16])))
    if table.unknown:
        hint = "run 'python -m marsad.arabic.verbs' and build again"
        raise LexiconError("; ".join([*table.unknown, hint]))
    return [out]


if __name__ == "__main__":
    for written in build():
        written.stat()
