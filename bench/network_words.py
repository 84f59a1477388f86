"""The list of units and the corpus in units, for training the network (bench/network.py)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from annotated import SHARED, jsonl
from labelled import KITS
from marsad.claims.near import kind_of
from marsad.claims.units import PROCLITICS, Units, plain, shape
from marsad.claims.view import View, proclitic
from marsad.model import Article, Token
from marsad.reading import read
from marsad.reading.phrase_words import UNKNOWN, facts

LEAST = 20
"""Words that the corpus has less often count by their shape."""
_LONGEST = 60
_LEAST_REST = 5
_TEXT = 4000
_EVERY = 3
"""Of the articles on any topic, each third is read"""


def corpus_sentences() -> Iterator[list[str]]:
    """The sentences of the corpus with noun phrases as their kinds, before words are split."""
    for name, every in (("articles", 1), ("bench", _EVERY)):
        for number, row in enumerate(jsonl(SHARED / f"corpus/{name}.jsonl.gz")):
            if number % every == 0:
                reading = read(
                    Article(id=row["id"], text=row["text"][:_TEXT], title=row.get("title") or ""), KITS
                )
                for index in range(len(reading.sentences)):
                    yield list(_parts(View(reading, index)))


def _parts(view: View) -> Iterator[str]:
    """The units of a sentence as they stand; words that can name an event also inside noun phrases."""
    index = view.first
    while index < view.last:
        mention = view.at(index)
        if mention is None or mention.ext_first != index:
            yield _listed(view.tokens[index])
            index += 1
            continue
        letter = proclitic(view.tokens[index], mention)
        if letter:
            yield letter + "+"
        yield f"<{kind_of(view, mention)}>"
        for token in view.tokens[index : mention.ext_last]:
            if "trigger" in token.word.classes:
                yield _listed(token)
        index = mention.ext_last


def _listed(token: Token) -> str:
    """A token as a unit; what no lexicon knows may be a name, so only its shape goes on the list."""
    unknown = token.kind == "word" and facts(token).flags & UNKNOWN
    return shape(token.form) if unknown else plain(token)


def split(form: str, counts: Counter[str], depth: int = 0) -> list[str]:
    """A word with the one-letter words that are written onto it split off, where the rest is commoner than the whole."""
    if depth < 2 and len(form) > 3 and form[0] in PROCLITICS and not form.endswith("+"):
        rest = "ا" + form[1:] if form.startswith("لل") else form[1:]
        if counts[rest] > counts[form] and counts[rest] >= _LEAST_REST:
            return [form[0] + "+", *split(rest, counts, depth + 1)]
    return [form]


def write_words(path: Path) -> None:
    """Make the list: kinds, split-off letters and words by how often the corpus has them, then shapes."""
    sentences = list(corpus_sentences())
    whole = Counter(form for sentence in sentences for form in sentence if form[:1] != "<")
    counts: Counter[str] = Counter()
    for sentence in sentences:
        for form in sentence:
            counts.update([form] if form[:1] == "<" else split(form, whole))
    shapes: Counter[str] = Counter()
    for form, number in counts.items():
        if number < LEAST and form[:1] != "<":
            shapes[shape(form)] += number
    words = [form for form, number in counts.most_common() if number >= LEAST or form[1:] == "+"]
    words += [form for form, number in shapes.most_common() if number >= LEAST]
    listed = ["<nothing>", "<other>", *words]
    path.write_text("".join(f"{word}\n" for word in dict.fromkeys(listed)), encoding="utf-8")


def corpus_units(units: Units) -> list[list[int]]:
    """The sentences of the corpus as numbers, long ones in pieces."""
    found: list[list[int]] = []
    for sentence in corpus_sentences():
        numbers = [number for form in sentence for number in _numbers(form, units)]
        found.extend(numbers[at : at + _LONGEST] for at in range(0, len(numbers), _LONGEST))
    return [numbers for numbers in found if len(numbers) >= 4]


def _numbers(form: str, units: Units) -> tuple[int, ...]:
    return (units.numbers.get(form, 1),) if form.endswith("+") else units.of(form)
