"""From a model's words to claims as JSON objects, whatever came: a form, half a form, or none.

Models put words or a fence around the JSON that they were asked for; that is forgiven. What is not forgiven is an answer that was cut off: what it
would have said is not known, so nothing of it is used, and the question is asked again about half as much text.
"""

from __future__ import annotations

import json
import re
from typing import Any

from marsad.llm.types import Answer

LONGEST = 500_000
"""Characters; a longer answer is no answer to a question about a window."""
_FENCE = re.compile(r"```[a-zA-Z]*\s*\n?(.*?)(?:```|\Z)", re.DOTALL)
_THOUGHT = "</think>"
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)
"""A string, also one that never ends: so each is passed over once, whatever is in it."""
_MOST_DIGITS = 12
_MOST_STARTS = 8


def parsed(answer: Answer) -> tuple[list[Any], str]:
    """The claims of an answer as the model wrote them, or why it cannot be used.

    Args:
        answer: What came back, of any content and size.

    Returns:
        The members of ``claims`` (objects where the model kept to the form, else anything) and "", or an empty list and ``not_json``,
        ``not_the_form`` (no object with a list ``claims``) or ``cut_off``.
    """
    if answer.finish == "length":
        return [], "cut_off"
    text = answer.text.rpartition(_THOUGHT)[2].strip()
    if len(text) > LONGEST:
        return [], "not_the_form"
    try:
        told = _object(text)
    except RecursionError:
        return [], "not_the_form"
    except ValueError:
        return [], "cut_off" if _is_open(text) else "not_json"
    claims = told.get("claims") if isinstance(told, dict) else None
    return (claims, "") if isinstance(claims, list) else ([], "not_the_form")


def _object(text: str) -> object:
    """The JSON in a text: all of it, what stands in its fence, or the first object in it.

    Raises:
        ValueError: there is none.
        RecursionError: it is nested too deep.
    """
    fenced = _FENCE.search(text)
    for candidate in (text, fenced.group(1).strip() if fenced else ""):
        try:
            return _DECODER.decode(candidate)
        except ValueError:
            continue
    return _first_object(text)


def _first_object(text: str) -> object:
    """The first object among other words; one with ``claims`` comes before others."""
    found: list[Any] = []
    at = text.find("{")
    for _ in range(_MOST_STARTS):
        if at < 0:
            break
        try:
            told, end = _DECODER.raw_decode(text, at)
        except ValueError:
            end = at + 1
        else:
            if "claims" in told:
                return told
            found.append(told)
        at = text.find("{", end)
    if not found or _is_open(text):
        raise ValueError("no JSON object")
    return found[0]


def _is_open(text: str) -> bool:
    """Whether a JSON object begins in a text and does not end: a bracket or a string is still open."""
    begin = text.find("{")
    if begin < 0:
        return False
    bare = _STRING.sub("", text[begin:])
    return bare.count("{") + bare.count("[") > bare.count("}") + bare.count("]")


def _integer(digits: str) -> int | None:
    """A whole number; None for one that counts nothing on earth (and would take long to read)."""
    return int(digits) if len(digits) <= _MOST_DIGITS else None


_DECODER = json.JSONDecoder(parse_int=_integer, parse_constant=lambda _: None)
