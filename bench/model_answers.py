"""Good answers, as a model that reads like the annotators would write them, made of annotated articles: and bad ones made of these.

The words are those of the annotated spans, cut out of the raw text; a claim stands in the answer to each window that shows evidence of it.
"""

import copy
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from marsad.llm import Window
from marsad.model import Article

Row = dict[str, Any]


def answer_for(article: Article, claims: Iterable[Row], window: Window) -> Row:
    """The answer about one window: the claims with evidence in it, in the form that models are held to.

    Args:
        article: The article.
        claims: Its annotated claims (CODEBOOK section 7).
        window: What is shown.
    """
    written = (_claim(article, claim, window) for claim in claims)
    return {"claims": [one for one in written if one["evidence"]]}


def _claim(article: Article, claim: Row, window: Window) -> Row:
    evidence = [
        {"in": span.get("in", "text"), "words": words, "trigger": words}
        for span in claim["evidence"]
        if (words := _shown(article, span, window))
    ]
    return {
        "event": claim["event"],
        "evidence": evidence,
        "polarity": claim["polarity"],
        "modality": claim["modality"],
        "sources": [
            _source(article, link, window) for link in claim["attribution"] if _shown(article, link, window)
        ],
        "actors": [
            {"role": actor["role"], "words": words}
            for actor in claim["actors"]
            if (words := _shown(article, actor, window))
        ],
        "place": _shown(article, claim["place"], window),
        "time": _shown(article, claim["time"], window),
        "counts": [
            {
                "kind": count["kind"],
                "words": words,
                "min": count["min"],
                "max": count["max"],
                "who": count["who"],
            }
            for count in claim["counts"]
            if (words := _shown(article, count, window))
        ],
    }


def _source(article: Article, link: Row, window: Window) -> Row:
    return {
        "words": _shown(article, link, window),
        "kind": link["kind"],
        "stance": link["stance"],
        "cue": _shown(article, link["cue"], window),
        "quote": link["quote"],
        "for": link["for"],
    }


def _shown(article: Article, span: Row | None, window: Window) -> str | None:
    """The words of a span where a window shows them; of one that it shows in part, what it shows."""
    if span is None or span.get("start") is None:
        return None
    part = span.get("in", "text")
    if part == "title":
        return article.title[span["start"] : span["end"]] if window.title else None
    shown = [
        (max(one.start, span["start"]), min(one.end, span["end"]))
        for one in window.shown
        if one.part == part and one.start < span["end"] and span["start"] < one.end
    ]
    return article.text[shown[0][0] : shown[-1][1]] or None if shown else None


def _each(row: Row, *path: str) -> Iterator[Row]:
    """The claims of an answer, or their parts of a name."""
    for claim in row["claims"]:
        yield from [claim] if not path else claim[path[0]]


def _set(name: str, value: Any, *path: str) -> Callable[[Row], None]:  # noqa: ANN401 (any value of JSON)
    def change(row: Row) -> None:
        for one in _each(row, *path):
            if one.get(name) is not None:
                one[name] = value

    return change


def _wrong_numbers(row: Row) -> None:
    for count in _each(row, "counts"):
        count["min"] = (count["min"] or 0) + 7
        count["max"] = None if count["max"] is None else count["max"] + 7


_INVENTED = "سقطت قلعة زمردستان الكبرى بيد فرسان الورد"
_TRANSLATED = "the regime army pulled out of the town"

BAD: dict[str, tuple[Callable[[Row], None], str]] = {
    "invented evidence": (_set("words", _INVENTED, "evidence"), "evidence_not_found"),
    "translated evidence": (_set("words", _TRANSLATED, "evidence"), "evidence_not_found"),
    "invented trigger": (_set("trigger", _INVENTED, "evidence"), "trigger_not_found"),
    "unknown event": (_set("event", "strike.magic"), "event_unknown"),
    "unknown polarity": (_set("polarity", "perhaps"), "polarity_unknown"),
    "unknown modality": (_set("modality", "dreamt"), "modality_unknown"),
    "invented source": (_set("words", _INVENTED, "sources"), "source_unfounded"),
    "unknown kind of source": (_set("kind", "ghost", "sources"), "source_kind_unknown"),
    "unknown stance": (_set("stance", "whisper", "sources"), "stance_unknown"),
    "invented cue": (_set("cue", _INVENTED, "sources"), "cue_not_found"),
    "unknown role": (_set("role", "hero", "actors"), "role_unknown"),
    "invented actor": (_set("words", _INVENTED, "actors"), "actor_not_found"),
    "translated actor": (_set("words", "the Syrian army", "actors"), "actor_not_found"),
    "invented place": (_set("place", "زمردستان"), "place_not_found"),
    "invented time": (_set("time", "قبل ثمانين قرنا"), "time_not_found"),
    "invented count": (_set("words", "تسعة آلاف فارس", "counts"), "count_not_found"),
    "unknown kind of count": (_set("kind", "eaten", "counts"), "count_kind_unknown"),
    "wrong numbers": (_wrong_numbers, "count_disagrees"),
}
"""By kind of bad answer: what is changed in a good one, and the reason that must be counted for it."""

UNUSABLE: dict[str, tuple[Callable[[str], str], str]] = {
    "cut off": (lambda text: text[: len(text) // 2], "cut_off"),
    "prose": (lambda text: "Here is what I found in the article.", "not_json"),
    "another form": (lambda text: '{"events": []}', "not_the_form"),
}
"""By kind of answer that is good for nothing: what is made of a good one's text, and what it is called."""


def spoilt(answer: Row, kind: str) -> Row:
    """A bad answer made of a good one."""
    changed = copy.deepcopy(answer)
    BAD[kind][0](changed)
    return changed
