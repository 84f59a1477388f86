"""Who reads: the rules, a language model, or both; made from what a user chose.

>>> with open_reader("model", address="http://127.0.0.1:8080", model="mine") as reader:  # doctest: +SKIP
...     claims = read_article(text, reader=reader)
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marsad.errors import InputError
from marsad.llm.types import Endpoint, Told
from marsad.run.pipeline import load_kit
from marsad.run.readers_rules import KINDS, Found, Reader, ReaderKind, RulesReader, kind_of, rules_reader

__all__ = [
    "KINDS",
    "Found",
    "Reader",
    "ReaderChoice",
    "ReaderKind",
    "RulesReader",
    "checked",
    "kind_of",
    "open_reader",
    "reader_for",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderChoice:
    """Who is to read, as a user said it; it crosses to other processes by pickle and holds no key.

    Attributes:
        reader: The rules, a model, or both.
        endpoint: The model; not needed where answers are replayed.
        cache: File of answers that are not asked for again.
        record: File that answers are added to; ``replay`` one that they are taken from, and nothing is asked.
        budget: Of an article's characters the share that the model is shown beside the rules (``both`` only); None for all.
    """

    reader: ReaderKind = "rules"
    endpoint: Endpoint | None = None
    cache: Path | None = None
    record: Path | None = None
    replay: Path | None = None
    budget: float | None = None

    @property
    def asks(self) -> bool:
        """Whether anything is sent to an address."""
        return self.reader != "rules" and self.replay is None and self.endpoint is not None

    @property
    def model(self) -> str:
        """The model's name; of a replay the one that is recorded, so that its output is what the recorded run gave."""
        if self.endpoint is not None and self.endpoint.model:
            return self.endpoint.model
        return _recorded_model(self.replay) if self.replay else ""


def checked(choice: ReaderChoice) -> ReaderChoice:
    """The choice itself, where it can be carried out.

    Raises:
        InputError: something is missing or does not go together; the message names the options.
    """
    for wrong, words in _faults(choice):
        if wrong:
            raise InputError(words)
    return choice


def _faults(choice: ReaderChoice) -> Iterator[tuple[bool, str]]:
    yield choice.reader not in KINDS, f"a reader is one of {', '.join(KINDS)}, not {choice.reader!r}"
    yield (
        choice.budget is not None and choice.reader != "both",
        "--model-budget is for --reader both: alone, a model is shown everything",
    )
    if choice.reader == "rules":
        for name in ("record", "replay"):
            yield (
                getattr(choice, name) is not None,
                f"--{name} is for --reader model or both: the rules ask nobody",
            )
        return
    yield (
        choice.budget is not None and not 0 < choice.budget <= 1,
        f"--model-budget is a share above 0 and up to 1, not {choice.budget}",
    )
    if choice.replay is None:
        where = choice.endpoint
        yield (
            where is None or not where.address,
            f"--reader {choice.reader} needs --model-address (or MARSAD_MODEL_ADDRESS), or --replay with recorded answers",
        )
        yield (
            where is None or not where.model,
            f"--reader {choice.reader} needs the model's name at its address: --model (or MARSAD_MODEL)",
        )
    else:
        same = choice.record is not None and choice.record.absolute() == choice.replay.absolute()
        yield same, f"--record and --replay name the same file: {choice.replay}"


def reader_for(choice: ReaderChoice, data: Path | None, told: Told | None = None) -> Reader:
    """The reader that was chosen.

    Args:
        choice: Who is to read.
        data: The folder of what the user fetched and added; None for what the program brings only.
        told: Where a model's questions and answers are counted.

    Raises:
        InputError: the choice cannot be carried out, or a file or address in it cannot be used.
        MarsadError: the kit cannot be loaded (`load_kit`).
    """
    checked(choice)
    if choice.reader == "rules":
        return rules_reader(data)
    from marsad.codebook import load_codebook
    from marsad.llm.asking import make_asker
    from marsad.llm.oath import Oath
    from marsad.llm.prompt import instructions
    from marsad.llm.schema import answer_schema
    from marsad.run.readers_model import AHEAD, BothReader, Means, ModelReader

    kit, book, told = load_kit(data), load_codebook(), told or Told()
    endpoint = None if choice.replay else choice.endpoint
    means = Means(
        kit=kit,
        asker=make_asker(told, answer_schema(book), endpoint=endpoint, cache=choice.cache, record=choice.record, replay=choice.replay),
        given=instructions(book),
        oath=Oath.load(book, kit.reading.lexicon),
        told=told,
        name=choice.model,
        ahead=AHEAD * endpoint.in_flight if endpoint else 1 + AHEAD,
        budget=choice.budget,
    )  # fmt: skip
    return ModelReader(means) if choice.reader == "model" else BothReader(means)


@contextmanager
def open_reader(
    reader: ReaderKind = "model",
    *,
    address: str = "",
    model: str = "",
    data: Path | None = None,
    text_may_leave: bool = False,
    **more: Any,  # noqa: ANN401 (the rest of two dataclasses, checked by them)
) -> Iterator[Reader]:
    """A reader for `read_article`; what it holds is let go of at the end of the block.

    Args:
        reader: ``rules``, ``model`` or ``both``.
        address: Where the model is: an OpenAI-compatible endpoint, such as ``http://127.0.0.1:8080``.
        model: Its name there.
        data: The folder of what the user fetched and added.
        text_may_leave: Whether the text of articles may be sent to another machine.
        more: Of `ReaderChoice` ``cache``, ``record``, ``replay`` and ``budget``; all others are of `Endpoint` (``form``, ``in_flight``,
            ``seconds``, ``tokens`` ...); ``told`` is a `Told` that counts what is asked.

    Raises:
        InputError: something is missing or wrong, or text would leave this machine and may not.
    """
    told = more.pop("told", None)
    files = {name: Path(more.pop(name)) for name in ("cache", "record", "replay") if more.get(name)}
    budget = more.pop("budget", None)
    endpoint = Endpoint(address=address, model=model, **more) if address or model else None
    choice = checked(ReaderChoice(reader=reader, endpoint=endpoint, budget=budget, **files))
    if choice.asks:
        from marsad.llm.addresses import is_remote, leaving

        if is_remote(address) and not text_may_leave:
            raise InputError(f"{leaving(address)} Say text_may_leave=True if it may.")
    opened = reader_for(choice, data, told)
    try:
        yield opened
    finally:
        opened.close()


def _recorded_model(file: Path) -> str:
    """The model whose answers a record holds; the names of several in their order of the alphabet."""
    names = set()
    try:
        with file.open("rb") as lines:
            for line in lines:
                row = _object(line)
                if isinstance(row.get("model"), str) and row["model"]:
                    names.add(row["model"])
    except OSError as error:
        raise InputError(f"the record of answers {file} cannot be read: {error.strerror or error}") from error
    return "+".join(sorted(names)) or "unnamed"


def _object(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):  # told by whoever replays the file
        return {}
    return row if isinstance(row, dict) else {}
