"""What a run asked of a model, what came of it and what it cost: the report as a file, and in a few lines for people."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from typing import Any

from marsad.llm.types import Endpoint, Told

_FAULTS = {
    "busy": "busy",
    "server_error": "failed inside",
    "too_slow": "too slow",
    "broken": "broke off",
    "unreachable": "not reached",
    "no_answer": "gave no answer",
    "too_long": "answered without end",
    "unfit": "not taken",
    "refused": "turned away",
}
_SHOWN_REASONS = 6
_NAMED = 10
"""Articles that are named for people; the report names all."""


def report(told: Told, endpoint: Endpoint | None) -> dict[str, Any]:
    """Everything that was counted, as JSON.

    Args:
        told: What a run counted.
        endpoint: Who was asked; None where answers were replayed. Its key is not in the report.

    Returns:
        The fields of `Told` (counters as objects), ``model``, ``address``, ``form``, ``share_shown`` (None where there was no text) and ``cost`` (None without prices).
    """
    counted = {one.name: _plain(getattr(told, one.name)) for one in fields(told)}
    counted["seconds"] = round(told.seconds, 3)
    return {
        "model": endpoint.model if endpoint else None,
        "address": endpoint.address if endpoint else None,
        "form": endpoint.form if endpoint else None,
        **counted,
        "share_shown": round(told.shown / told.characters, 4) if told.characters else None,
        "cost": cost(told, endpoint),
    }


def cost(told: Told, endpoint: Endpoint | None) -> float | None:
    """What the tokens of a run cost, in the currency of the prices; None where no price is given."""
    if endpoint is None or (endpoint.price_in is None and endpoint.price_out is None):
        return None
    millions = told.tokens_in * (endpoint.price_in or 0.0) + told.tokens_out * (endpoint.price_out or 0.0)
    return round(millions / 1_000_000, 6)


def summary(told: Told, endpoint: Endpoint | None) -> str:
    """The report in a few lines for a terminal: questions and cost, what did not stand, what should be known."""
    lines = [f"model: {', '.join(_asked(told, endpoint))}"]
    stood = _stood(told)
    if stood:
        lines.append(f"model: {'; '.join(stood)}")
    named = list(told.rules_only.items())
    lines += [f"model: only the rules read {article}: {why}" for article, why in named[:_NAMED]]
    if named[_NAMED:]:
        lines.append(f"model: only the rules read {_many(len(named) - _NAMED, 'more article')}")
    lines += [
        f"model: {words}" + (f" ({times:,} times)" if times > 1 else "")
        for words, times in sorted(told.notes.items())
    ]
    return "\n".join(lines)


def _asked(told: Told, endpoint: Endpoint | None) -> list[str]:
    where = {"endpoint": "asked", "cache": "from the cache", "replay": "replayed", "unanswered": "unanswered"}
    by = [f"{told.questions[name]:,} {words}" for name, words in where.items() if told.questions[name]]
    parts = [_many(told.articles, "article"), _many(told.questions.total(), "question") + _in_brackets(by)]
    if told.attempts:
        faults = [f"{times:,} {_FAULTS.get(kind, kind)}" for kind, times in told.faults.most_common()]
        parts.append(_many(told.attempts, "attempt") + _in_brackets(faults))
    if told.tokens_in or told.tokens_out:
        parts.append(f"{told.tokens_in:,} + {told.tokens_out:,} tokens")
    paid = cost(told, endpoint)
    if paid is not None:
        parts.append(f"cost {paid:,.2f}" if paid >= 1 else f"cost {paid:.4g}")
    return parts


def _stood(told: Told) -> list[str]:
    parts = [_many(told.claims, "claim")] if told.claims else []
    if told.refused:
        parts.append(f"refused: {_reasons(told.refused)}")
    if told.unusable:
        parts.append(f"answers of no use: {_reasons(told.unusable)}")
    if told.characters:
        parts.append(f"shown {_share(told.shown, told.characters)} of the text")
    if told.withheld:
        parts.append(f"withheld {_many(told.withheld, 'sentence')}")
    if told.failed:
        parts.append(f"{_many(told.failed, 'article')} failed")
    return parts


def _share(part: int, whole: int) -> str:
    # 99.96 % is not all of it.
    share = 100 * part / whole
    return f"{share:.0f} %" if part == whole or share < 99 else f"{int(share * 10) / 10:.1f} %"


def _reasons(counted: Counter[str]) -> str:
    """The most frequent reasons, and how many others there were."""
    first = counted.most_common(_SHOWN_REASONS)
    rest = counted.total() - sum(times for _, times in first)
    shown = [f"{reason} {times:,}" for reason, times in first]
    return ", ".join([*shown, f"others {rest:,}"] if rest else shown)


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def _in_brackets(parts: list[str]) -> str:
    return f" ({', '.join(parts)})" if parts else ""


def _plain(value: object) -> object:
    return dict(sorted(value.items())) if isinstance(value, Counter) else value
