"""The JSON schema of an answer, made from the codebook: what an endpoint holds a model to.

It keeps to what OpenAI's strict mode, llama.cpp's grammars, vLLM and Ollama all take: every key required, no further keys, no
references, no patterns, and no lengths (a bound on a string makes a grammar of thousands of rules, which is slow). What a schema
cannot say (that words stand in the article, that counts agree with their words) is the business of `marsad.llm.oath`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from marsad.codebook import Codebook

_WORDS = {"type": "string"}
_WORDS_OR_NULL = {"type": ["string", "null"]}
_NUMBER_OR_NULL = {"type": ["integer", "null"]}


def answer_schema(codebook: Codebook) -> dict[str, Any]:
    """The schema of an answer: an object with ``claims``.

    Args:
        codebook: Its codes, roles, kinds, stances, polarities, modalities and kinds of count are the only values allowed.

    Returns:
        A JSON schema as plain data, new at every call, with keys in the order in which a model should write them.
    """
    values = codebook.values
    claim = _object(
        event=_one_of(codebook.events),
        evidence=_list(_object(**{"in": _one_of(("text", "title"))}, words=_WORDS, trigger=_WORDS)),
        polarity=_one_of(values["polarities"]),
        modality=_one_of(values["modalities"]),
        sources=_list(
            _object(
                words=_WORDS,
                kind=_one_of(values["source_kinds"]),
                stance=_one_of(values["stances"]),
                cue=_WORDS_OR_NULL,
                quote=_one_of(("direct", "indirect")),
                **{"for": _WORDS_OR_NULL},
            )
        ),
        actors=_list(_object(role=_one_of(values["roles"]), words=_WORDS)),
        place=_WORDS_OR_NULL,
        time=_WORDS_OR_NULL,
        counts=_list(
            _object(
                kind=_one_of(values["count_kinds"]),
                words=_WORDS,
                min=_NUMBER_OR_NULL,
                max=_NUMBER_OR_NULL,
                who=_WORDS_OR_NULL,
            )
        ),
    )
    return _object(claims=_list(claim))


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    own = {name: dict(value) for name, value in properties.items()}
    return {"type": "object", "properties": own, "required": list(own), "additionalProperties": False}


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


def _one_of(names: Iterable[str]) -> dict[str, Any]:
    return {"type": "string", "enum": list(names)}
