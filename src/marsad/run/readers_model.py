"""The readers that ask a language model: alone, or beside the rules.

What a model writes is taken under oath (`marsad.llm.oath`) and grounded by our own rooms. All that is counted goes to one `Told`.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from marsad.claims.doubts import chosen, find_with_doubts, sureness
from marsad.errors import MarsadError, SetAside
from marsad.grounding import ground
from marsad.llm.both import both
from marsad.llm.merging import merged
from marsad.llm.oath import Oath, under_oath
from marsad.llm.prompt import Instructions, question
from marsad.llm.trying import TooLong
from marsad.llm.types import Answer, Question, Sworn, Told, Window
from marsad.llm.windows import halved, windows_of
from marsad.model.article import Article
from marsad.model.claim import Claim
from marsad.model.reading import Reading
from marsad.reading import read
from marsad.run.pipeline import Kit
from marsad.run.readers_rules import Found, reader_of

AHEAD = 4
"""Articles that are begun for each question that may be in flight: most articles are one question, and those that are answered at once (from the
cache, or by halves) must not leave the endpoint idle."""


_IN_HALVES = "a question was too long for the model and was asked in halves; a larger context spares that"
_ADVICE = {
    "cut_off": "; --model-tokens lets it write more",
    "not_json": "; --model-form says how it is held to the form",
    "not_the_form": "; --model-form says how it is held to the form",
}


class Asks(Protocol):
    """Who carries a question to the model (`marsad.llm.asking.Asker`)."""

    def ask(self, question: Question, *, again: int = 0) -> Future[Answer]:
        """Ask; the answer comes later. ``again`` is the seed of another try."""

    def close(self) -> None:
        """Give up what is still asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What reading by a model takes.

    Attributes:
        kit: What our own rooms know.
        asker: Who asks the model.
        given: The instructions that go with each question.
        oath: What its claims are held to.
        told: What is counted.
        name: The model's.
        ahead: How many articles may be begun at once.
        budget: The share of an article's characters that is shown to the model, beside the rules; None for all.
    """

    kit: Kit
    asker: Asks
    given: Instructions
    oath: Oath
    told: Told
    name: str
    ahead: int
    budget: float | None = None

    def version(self, kind: str) -> str:
        """The reader's name and version (`marsad.run.readers_rules.kind_of` takes it apart)."""
        share = "" if self.budget is None else f", budget {self.budget:g}"
        return f"{reader_of(self.kit.version)} + {kind} {self.name}, prompt {self.given.version}{share}"


@dataclass(frozen=True, slots=True)
class _Asked:
    """An article whose questions are on their way; the windows are those that show something."""

    means: Means
    reading: Reading
    waiting: Sequence[tuple[Window, Future[Answer]]]

    @classmethod
    def about(cls, reading: Reading, means: Means, only: set[int] | None = None) -> _Asked:
        """Ask about an article, or about some of its sentences."""
        windows = windows_of(reading, only=only)
        told = means.told
        told.characters += _size(reading)
        # Windows overlap; a sentence that is shown twice counts once.
        told.shown += sum(end - start for start, end in _ranges(windows))
        told.withheld += len({shown for window in windows for shown in window.withheld})
        speaking = [
            one for one in windows if one.shown or one.title
        ]  # where all is withheld there is nothing to ask
        told.articles += bool(speaking)
        return cls(means, reading, [(one, _ask(means, reading, one)) for one in speaking])

    def claims(self) -> list[Claim]:
        """What of all answers stands, merged and grounded.

        Raises:
            SetAside: an answer did not come, or came twice and could not be used (``model_failed``).
        """
        groups = [group for window, waiting in self.waiting for group in self._groups(window, waiting, 0)]
        claims = ground(merged(groups, self.reading), self.reading, self.means.kit.grounding)
        self.means.told.claims += len(claims)
        return claims

    def _groups(self, window: Window, waiting: Future[Answer], again: int) -> list[Sequence[Claim]]:
        try:
            sworn = self._sworn(window, waiting)
        except TooLong:
            halves = halved(window)
            if halves is None:
                raise
            self.means.told.notes[_IN_HALVES] += 1
            return self._halves(halves)
        if not sworn.unusable:
            return [sworn.claims]
        halves = halved(window) if sworn.unusable == "cut_off" else None
        if halves:
            return self._halves(halves)
        if again:
            raise SetAside(
                "model_failed",
                f"the model's answer cannot be used ({sworn.unusable}), twice{_ADVICE.get(sworn.unusable, '')}",
            )
        return self._groups(window, _ask(self.means, self.reading, window, again=1), 1)

    def _halves(self, halves: Sequence[Window]) -> list[Sequence[Claim]]:
        asked = [(half, _ask(self.means, self.reading, half)) for half in halves]
        return [group for half, answer in asked for group in self._groups(half, answer, 0)]

    def _sworn(self, window: Window, waiting: Future[Answer]) -> Sworn:
        try:
            answer = waiting.result()
        except CancelledError:  # no error of this article: whoever closed the reader wants no more
            raise MarsadError("the model's answers were given up: the reader is closed") from None
        sworn = under_oath(answer, window, self.reading, self.means.oath)
        if sworn.unusable:
            self.means.told.unusable[sworn.unusable] += 1
        self.means.told.refused.update(sworn.counted)
        return sworn


def _ask(means: Means, reading: Reading, window: Window, again: int = 0) -> Future[Answer]:
    return means.asker.ask(question(reading.article, window, means.given), again=again)


def _size(reading: Reading) -> int:
    """Characters of the text's sentences: what there is to show, without the blanks between them."""
    tokens = reading.tokens
    return sum(
        tokens[one.last - 1].end - tokens[one.first].start
        for one in reading.sentences
        if one.part == "text" and one.last > one.first
    )


def _ranges(windows: Sequence[Window]) -> list[tuple[int, int]]:
    """The stretches of the text that windows show, none of them twice."""
    found: list[tuple[int, int]] = []
    behind = 0
    for start, end in sorted({(one.start, one.end) for window in windows for one in window.shown}):
        if end > behind:
            found.append((max(start, behind), end))
            behind = end
    return found


@dataclass(frozen=True, slots=True)
class ModelReader:
    """A model reads, and what it writes is taken under oath."""

    means: Means

    @property
    def version(self) -> str:
        """The program, its knowledge, the model and the instructions."""
        return self.means.version("model")

    @property
    def ahead(self) -> int:
        """How many articles may be begun at once."""
        return self.means.ahead

    def begin(self, article: Article) -> Found:
        """Read it into sentences and ask."""
        return partial(self._finish, _Asked.about(read(article, self.means.kit.reading), self.means))

    def _finish(self, asked: _Asked) -> list[Claim]:
        try:
            return asked.claims()
        except SetAside:
            self.means.told.failed += 1
            raise
        finally:
            asked.reading.memo.clear()

    def close(self) -> None:
        """Give up what is still asked."""
        self.means.asker.close()


@dataclass(frozen=True, slots=True)
class BothReader:
    """The rules read, a model reads, and it is said where they agree.

    Where no usable answer comes the rules' claims stand as they are, without a word on agreement, and the article is counted as failed.
    """

    means: Means

    @property
    def version(self) -> str:
        """The program, its knowledge, the model, the instructions and the budget."""
        return self.means.version("both")

    @property
    def ahead(self) -> int:
        """How many articles may be begun at once."""
        return self.means.ahead

    def begin(self, article: Article) -> Found:
        """Read it by the rules, and ask: about all of it, or with a budget where the rules are unsure."""
        kit, budget = self.means.kit, self.means.budget
        reading = read(article, kit.reading)
        found, doubts = find_with_doubts(reading, kit.claims)
        rules = ground(found, reading, kit.grounding)
        only = None if budget is None else chosen(reading, doubts, budget)
        return partial(self._finish, rules, _Asked.about(reading, self.means, only))

    def _finish(self, rules: list[Claim], asked: _Asked) -> list[Claim]:
        try:
            model = asked.claims()
        except SetAside as error:
            self.means.told.failed += 1
            self.means.told.rules_only[asked.reading.article.id] = error.message
            return rules
        finally:
            asked.reading.memo.clear()
        return both(rules, model, [window for window, _ in asked.waiting], sureness)

    def close(self) -> None:
        """Give up what is still asked."""
        self.means.asker.close()
