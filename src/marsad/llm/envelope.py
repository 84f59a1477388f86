"""What an endpoint writes around a model's words: the answer is taken out, an error's words are made fit for people's eyes. Nothing in it is believed to have the right form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from marsad.llm.types import Answer

_SHOWN = 300
_TOKENS = 10**9


def answer_in(raw: bytes, seconds: float) -> Answer | None:
    """The model's answer in a body; None where it holds none.

    Args:
        raw: A chat completion as JSON.
        seconds: How long it took.
    """
    whole = _parsed(raw)
    choices = whole.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(choice, dict) or not isinstance(message, dict):
        return None
    finish = choice.get("finish_reason")
    words = _words(message)
    if words is None and finish != "length":
        return None
    counted = whole.get("usage")
    usage = counted if isinstance(counted, dict) else {}
    return Answer(
        text=words or "",
        finish="length" if finish == "length" else "stop",
        tokens_in=_count(usage.get("prompt_tokens")),
        tokens_out=_count(usage.get("completion_tokens")),
        seconds=seconds,
    )


def said_in(raw: bytes, key: str) -> str:
    """What a body says about an error, cut short; "" where it says nothing that people can read.

    Args:
        raw: JSON as most endpoints write it, or plain words; a page of HTML says nothing.
        key: What may not be shown.
    """
    if raw.lstrip()[:1] == b"<":
        return ""
    whole = _parsed(raw)
    error = whole.get("error", whole)
    inner = error.get("message", error.get("detail")) if isinstance(error, dict) else error
    words = inner if isinstance(inner, str) else raw[: _SHOWN * 8].decode("utf-8", "replace")
    return cleaned(words, key)


def cleaned(words: str, key: str) -> str:
    """Words of a stranger on one line of a terminal: without what moves the cursor or turns the direction, without the key, and short."""
    if key:
        words = words.replace(key, "(key)")
    line = "".join(one if one.isprintable() else " " for one in words)
    line = " ".join(line.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}..."


def seconds_asked(retry_after: str, now: datetime | None = None) -> float:
    """Seconds that a Retry-After asks to wait; 0 where it says nothing that can be understood.

    Args:
        retry_after: Seconds, or a date.
        now: The time on the wall.
    """
    text = retry_after.strip()[:64]
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return max(0.0, (date - (now or datetime.now(UTC))).total_seconds())


def _parsed(raw: bytes) -> Mapping[str, Any]:
    try:
        whole = json.loads(raw)
    except (ValueError, RecursionError):  # ValueError: no UTF-8 or no JSON
        return {}
    return whole if isinstance(whole, dict) else {}


def _words(message: Mapping[str, Any]) -> str | None:
    """The words of a message: a string, a list of parts, or a refusal to answer."""
    content = message.get("content")
    if isinstance(content, list):
        parts = [one.get("text") for one in content if isinstance(one, dict)]
        content = "".join(part for part in parts if isinstance(part, str))
    if not isinstance(content, str):
        content = message.get("refusal")
    # Half of a pair of surrogates can be written in JSON but in no file.
    return content.encode("utf-8", "replace").decode() if isinstance(content, str) else None


def _count(value: object) -> int:
    known = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _TOKENS
    return int(value) if known and isinstance(value, int) else 0
