"""What passes between the parts of this room: what a model is shown, what it is asked, what came back, and what of that stood."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from marsad.model import Claim
from marsad.model.span import Part

AnswerOrigin = Literal["endpoint", "cache", "replay"]
AnswerForm = Literal["json_schema", "json_object", "text"]
"""How an endpoint can be held to a form: by a JSON schema, to JSON of any shape, or not at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A model behind an OpenAI-compatible address.

    Attributes:
        address: ``http://127.0.0.1:8080``, with or without ``/v1``.
        model: Its name there.
        form: How its answers are held to the schema.
        in_flight: Questions that may be asked at the same time.
        seconds: How long one answer may take.
        attempts: How often a question is asked before it is given up.
        tokens: The longest answer, in the model's tokens.
        price_in: What a million tokens of questions cost, in the user's currency; ``price_out`` the same of answers; None where it costs nothing.
        key: The name of the environment variable that holds the key; never the key itself.
    """

    address: str
    model: str
    form: AnswerForm = "json_schema"
    in_flight: int = 8
    seconds: float = 120.0
    attempts: int = 4
    tokens: int = 4_096
    price_in: float | None = None
    price_out: float | None = None
    key: str = "MARSAD_MODEL_KEY"


class Shown(NamedTuple):
    """A sentence as the model sees it: the raw code points ``start:end`` of a part. ``sentence`` is its index in the reading."""

    sentence: int
    part: Part
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A stretch of an article that is asked about in one question.

    Attributes:
        number: Which of the article's windows it is, from 0.
        shown: Its sentences in order of the text; the title is not among them.
        title: Whether the title is shown as well, and may be quoted.
        withheld: Sentences in it that were not shown because they speak to the model and not to readers.
    """

    number: int
    shown: tuple[Shown, ...]
    title: bool = True
    withheld: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: the messages, and the digest of what is in it of the article.

    Attributes:
        system: The instructions (`marsad.llm.prompt`).
        user: What is shown of the article, as JSON.
        content: SHA-256 of ``user`` in hexadecimal: what recorded answers are found by.
        prompt: Version of the instructions with the digest of instructions, schema and codebook.
    """

    system: str
    user: str
    content: str
    prompt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back.

    Attributes:
        text: The model's words, as they came.
        finish: ``stop``; ``length`` where it was cut off.
        tokens_in: Tokens of the question as the endpoint counted them, 0 where it does not tell; ``tokens_out`` of the answer.
        seconds: How long it took, attempts that failed left out.
        attempts: How often it was asked.
        origin: Where it is from.
    """

    text: str
    finish: str = "stop"
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    attempts: int = 1
    origin: AnswerOrigin = "endpoint"


class Refusal(NamedTuple):
    """A part of an answer that did not stand: why (a code that is counted), and the words or value that it is about."""

    reason: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sworn:
    """What of an answer stood.

    Attributes:
        claims: Claims as written in the article, not yet grounded, in the order of the text.
        refusals: Every claim and part of one that did not stand.
        unusable: Why nothing of the answer can be used (``not_json``, ``not_the_form``, ``cut_off``), or "".
    """

    claims: tuple[Claim, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    unusable: str = ""

    @property
    def counted(self) -> Counter[str]:
        """How many did not stand, by reason."""
        return Counter(one.reason for one in self.refusals)


@dataclass(slots=True)
class Told:
    """What was asked of a model in one run and what came of it: the report.

    Attributes:
        articles: Articles that were asked about; ``failed`` those for which no usable answer came.
        questions: Questions in all, by where their answers were from (``endpoint``, ``cache``, ``replay``), ``unanswered`` where none came.
        attempts: Requests that were sent, failed ones among them; ``faults`` counts the failed ones by kind.
        unusable: Answers of which nothing could be used, by reason.
        refused: Claims and parts that did not stand, by reason.
        withheld: Sentences that were not shown because they speak to the model.
        characters: Characters of the articles' sentences; ``shown`` those of them that the model was shown.
        rules_only: Of the articles that failed those that the rules read all the same (``both``): id, and why the model did not.
        notes: What a user should know and nothing else says (a cache that was damaged), and how often it came up.
    """

    articles: int = 0
    failed: int = 0
    rules_only: dict[str, str] = field(default_factory=dict)
    claims: int = 0
    questions: Counter[str] = field(default_factory=Counter)
    attempts: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    unusable: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    withheld: int = 0
    characters: int = 0
    shown: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    notes: Counter[str] = field(default_factory=Counter)
