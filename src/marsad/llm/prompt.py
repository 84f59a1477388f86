"""What a model is told and asked: instructions made from the codebook, and an article as one JSON object.

The article goes to the model as JSON and as nothing else: in a JSON string a quotation mark or a line break of the text is escaped, so
that no text can close the object and pose as instructions. That is one lock of several: what speaks to a machine is not shown at all
(`marsad.llm.addressed`), and what comes back is under oath (`marsad.llm.oath`).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from marsad.codebook import Codebook, EventType
from marsad.llm.addressed import defused, speaks_to_machine
from marsad.llm.schema import answer_schema
from marsad.llm.types import Question, Window
from marsad.model import Article

__all__ = ["PROMPT", "Instructions", "examples", "instructions", "question", "schema_text", "tokens_of"]

PROMPT = 1
"""Raised by hand where the task changes; a change of words alone is seen in the digest."""
_SOURCE = Path(__file__).parent / "prompt.yml"
_VALUES = (
    ("polarity", "polarities"),
    ("modality", "modalities"),
    ("kind of a source", "source_kinds"),
    ("stance", "stances"),
    ("role", "roles"),
    ("kind of a count", "count_kinds"),
)
_USUAL_ROLES = ("agent", "patient")
_TRIGGERS = 3
"""Trigger words shown for each code."""
_ELSEWHERE = re.compile(r"\b(?:ACLED|PLOVER|RETREAT)\b")
"""A sentence of a note that is about another coding system says nothing to who reads an article."""
_PIECES = re.compile(
    r"(?P<latin>[A-Za-z]+)|(?P<number>[0-9]+)|(?P<arabic>[\u0600-\u06ff]+)|(?P<signs>[^\w\s]+)|(?P<other>\S)|(?P<line>\n)"
)
_LETTERS = {"latin": 7, "number": 3, "arabic": 3, "signs": 3, "other": 1, "line": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Instructions:
    """What a model is told before it sees an article.

    Attributes:
        text: The words.
        version: ``1-0123456789ab``: `PROMPT`, and a digest of the words and the schema, which both come from the codebook.
    """

    text: str
    version: str


def instructions(codebook: Codebook) -> Instructions:
    """The instructions for a codebook: its codes, values and settled points, the answer's form and worked examples."""
    fillings = {
        "{values}": "\n".join(_values(codebook)),
        "{codes}": "\n".join(_code(event) for event in codebook.events.values()),
        "{settled}": "\n".join(f"- {point.text}" for point in codebook.settled),
        "{examples}": "\n\n".join(f"{_json(article)}\n{_json(answer)}" for article, answer in examples()),
    }
    text = _parts()["text"].strip()
    for place, words in fillings.items():
        text = text.replace(place, words)
    whole = text + "\x1f" + schema_text(codebook)
    return Instructions(text=text, version=f"{PROMPT}-{_digest(whole)[:12]}")


def schema_text(codebook: Codebook) -> str:
    """The schema of an answer as JSON in one line: some endpoints put it before the model and count it as part of the question."""
    return _json(answer_schema(codebook))


def question(article: Article, window: Window, given: Instructions) -> Question:
    """What a model is asked about one window.

    Args:
        article: Whose day, outlet and title go along, so far as they do not speak to a machine.
        window: Its sentences are shown as they stand, but for what a chat template could take for its own signs, which is broken.
        given: The instructions.

    Returns:
        A question whose ``user`` is one JSON object and whose ``content`` is the digest of it.
    """
    shown = [defused(article.part(one.part)[one.start : one.end]) for one in window.shown]
    row = {
        "published": article.published,
        "outlet": _harmless(article.outlet),
        "title": _harmless(article.title) if window.title else None,
        "sentences": shown,
    }
    # Half of a surrogate pair, which a broken file can hold, has no UTF-8: it could be neither sent nor hashed.
    user = _json(row).encode("utf-8", "replace").decode("utf-8")
    return Question(system=given.text, user=user, content=_digest(user), prompt=given.version)


def examples() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The worked examples: an article as `question` shows it, and the whole answer, with every key."""
    return [
        (dict(row["article"]), {"claims": [_full(claim) for claim in row["claims"]]})
        for row in _parts()["examples"]
    ]


def tokens_of(text: str) -> int:
    """How many tokens a text is at most in a vocabulary of today; no tokenizer is needed, and one text is always one number.

    A token for every seven Latin letters of a word that are begun, every three digits, Arabic letters and signs, and for each line break
    and other character; blanks are free. By this rule instructions and schema have 1.07 times the tokens of OpenAI's vocabulary o200k and
    1.03 times those of Voyage 3's, measured with the package `bpe-openai`; an Arabic article has 1.15 and 0.98 times as many. Older
    vocabularies know few Arabic words: cl100k needs an eighth more than told for the instructions, and twice as many for an article.

    >>> tokens_of("قصفت strike.air")
    5
    """
    return sum(
        -(-len(found.group()) // _LETTERS[found.lastgroup or "other"]) for found in _PIECES.finditer(text)
    )


def _values(codebook: Codebook) -> Iterator[str]:
    for title, kind in _VALUES:
        yield f"- {title}: " + "; ".join(
            f"{name} ({label.en})" for name, label in codebook.values[kind].items()
        )


def _code(event: EventType) -> str:
    roles = "" if event.roles == _USUAL_ROLES else f" [{', '.join(event.roles)}]"
    triggers = "، ".join(list(dict.fromkeys(one.trigger for one in event.examples))[:_TRIGGERS])
    notes = " ".join(one for one in re.split(r"(?<=\.) ", event.notes) if one and not _ELSEWHERE.search(one))
    return f"- {event.code}{roles}: {event.definition} {triggers}." + (f" {notes}" if notes else "")


def _full(claim: Mapping[str, Any]) -> dict[str, Any]:
    """A claim of the examples with the keys that the file leaves out."""
    usual = {"polarity": "affirmed", "modality": "actual", "sources": (), "actors": (), "place": None, "time": None, "counts": ()}  # fmt: skip
    whole = {"event": claim["event"], "evidence": claim["evidence"], **usual, **claim}
    whole["evidence"] = [{"in": "text", **one} for one in whole["evidence"]]
    source = {"words": "", "kind": "", "stance": "", "cue": None, "quote": "indirect", "for": None}
    whole["sources"] = [{**source, **one} for one in whole["sources"]]
    whole["actors"], whole["counts"] = list(whole["actors"]), list(whole["counts"])
    return whole


def _harmless(words: str | None) -> str | None:
    return defused(words) if words and not speaks_to_machine(words) else None


@cache
def _parts() -> Mapping[str, Any]:
    import yaml

    parts: Mapping[str, Any] = yaml.safe_load(_SOURCE.read_text(encoding="utf-8"))
    return parts


def _json(value: object) -> str:
    # Without blanks, which would be a sixth of the tokens of an answer.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
