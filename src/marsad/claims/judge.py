"""The judge: does a candidate become a claim? A sum over plain features and what the network adds, learnt from annotated articles.

Rules find more than annotators would code ("هجوم" of a football team, a war mentioned in passing); what tells the two apart is many small
signs. The weights of the sum stand in ``judge.tsv``, written by ``bench/network.py``, and can be shown feature by feature; the network
(network.py) adds what it makes of the words around. A candidate is kept above 0.
"""

from __future__ import annotations

from pathlib import Path

from marsad.claims.candidate import Candidate
from marsad.claims.causes import is_attack, is_effect
from marsad.claims.relevance import Relevance
from marsad.claims.view import View

WEIGHTS = Path(__file__).parent / "judge.tsv"
_BEFORE = frozenset(
    "بعد منذ قبل خلال عن من في الي علي ضد ان اثر جراء عقب بسبب عمليه عمليات كل اي حول دون وقف لوقف مواجهه مكافحه محاربه يوم ذكري ضحايا اسري"
    " حرب تهديد احتمال خطر منع اطلاق بوقف شن نفذ تنفيذ قضيه ملف".split()
)


_SCALE = 5.0
"""Means of word weights are small numbers; this brings them to the size of the other features."""
_NAMES = frozenset(("body", "person"))
_EXPECTED = frozenset(("trigger", "verb", "support", "means", "people", "measure", "link"))


def features_of(candidate: Candidate, relevance: Relevance, about: float) -> dict[str, float]:
    """The features of a candidate by name; ``about`` is the relevance of its article."""
    view, hit = candidate.view, candidate.hit
    sentence = view.reading.sentences[view.index]
    found: dict[str, float] = {
        "bias": 1.0,
        f"event={candidate.event}": 1.0,
        f"kind={hit.kind}": 1.0,
        "weight": hit.frame.weight - 0.6,
        "about": _SCALE * about,
        f"about, {candidate.family}": _SCALE * about,
        "sentence about": _SCALE * _about_sentence(view, relevance),
        f"trigger={_name(candidate)}": 1.0,
    }
    _about_words(candidate, found)
    _about_word_itself(candidate, found)
    _about_parts(candidate, found)
    _about_position(candidate, sentence.part, sentence.paragraph, found)
    return found


def _about_line(candidate: Candidate, part: str, found: dict[str, float]) -> None:
    """Whether the line is a full sentence: headlines of other stories at the end of a page are not."""
    reading, index = candidate.view.reading, candidate.view.index
    last = reading.tokens[candidate.view.last - 1]
    if part == "text" and last.form not in (".", "!", "؟", "”", '"', "»", ":"):
        found["no full stop"] = 1.0
        if len(reading.sentences) - index <= 6:
            found["no full stop near the end"] = 1.0


def _name(candidate: Candidate) -> str:
    """The trigger as the lexicon has it, with its event: the same for all its forms of one kind."""
    hit = candidate.hit
    form = candidate.view.tokens[hit.first].form
    for pro in (hit.pro, hit.pro.replace("ال", "")):
        if pro and form.startswith(pro):
            form = form[len(pro) :]
            break
    return f"{hit.kind[0]}:{form[: len(form) - len(hit.enc)] if hit.enc else form}"


def _about_sentence(view: View, relevance: Relevance) -> float:
    """The relevance of a sentence without the names of bodies and people in it, found once for all its candidates."""
    key = ("about", view.index)
    found: float | None = view.reading.memo.get(key)
    if found is None:
        named = [mention for mention in view.mentions if mention.kind in _NAMES]
        inside = {index for mention in named for index in range(mention.first, mention.last)}
        tokens = [view.tokens[index] for index in range(view.first, view.last) if index not in inside]
        found = view.reading.memo[key] = relevance.score(tokens, 0, len(tokens))
    return found


def _about_words(candidate: Candidate, found: dict[str, float]) -> None:
    view, hit = candidate.view, candidate.hit
    if hit.kind == "noun":
        found["definite" if "ال" in hit.pro else "indefinite"] = 1.0
    if hit.enc:
        found["pronoun"] = 1.0
    if hit.kind == "verb":
        found["past" if "pv" in hit.morph else "present"] = 1.0
    before = view.tokens[hit.first - 1].form if hit.first > view.first else "<s>"
    if before in _BEFORE or before == "<s>":
        found[f"before={before}"] = 1.0
    if candidate.passive:
        found["passive"] = 1.0
    if candidate.modality != "actual":
        found[f"modality={candidate.modality}"] = 1.0
    if candidate.polarity == "negated":
        found["negated"] = 1.0


def _about_word_itself(candidate: Candidate, found: dict[str, float]) -> None:
    """What else the trigger can be: a part of the day (فجر), of a name (مشروع دمر), a word of another event."""
    view, hit = candidate.view, candidate.hit
    word = view.tokens[hit.first].word
    for cls in word.classes - _EXPECTED:
        found[f"also {cls}, {hit.kind}"] = 1.0
    mention = view.at(hit.first)
    if mention is not None and hit.first >= mention.first:
        found[f"in {mention.kind} {'as head' if mention.head == hit.first else 'as part'}"] = 1.0
    for rival in candidate.rivals:
        found[f"{candidate.event} or {rival}"] = 1.0
    found[f"after={_neighbour(view, hit.last)}"] = 1.0
    found[f"word before={_neighbour(view, hit.first - 1)}"] = 1.0


def _neighbour(view: View, index: int) -> str:
    """A word beside the trigger; of a noun phrase only its kind, so that no name of a side, a place or a person counts."""
    if not view.first <= index < view.last:
        return "<edge>"
    mention = view.at(index)
    return view.tokens[index].form if mention is None else f"<{mention.kind}>"


def _about_parts(candidate: Candidate, found: dict[str, float]) -> None:
    family = candidate.family
    for role, mentions in candidate.roles.items():
        if mentions:
            found[f"{family} {role}={mentions[0].kind}"] = 1.0
            found[f"has {role}"] = 1.0
    if not candidate.roles:
        found[f"{family} no roles"] = 1.0
    if candidate.places:
        found[f"place by {candidate.origin['place'][0]}"] = 1.0
    else:
        found["no place"] = 1.0
    if candidate.counts:
        found["count"] = 1.0
    if candidate.time is not None:
        found["time"] = 1.0
        found[f"time {type(candidate.time.when).__name__}"] = 1.0
    if is_effect(candidate):
        found["effect with cause" if candidate.cause else "effect alone"] = 1.0


def _about_position(candidate: Candidate, part: str, paragraph: int, found: dict[str, float]) -> None:
    reading, index = candidate.view.reading, candidate.view.index
    if part == "title":
        found["title"] = 1.0
    elif paragraph <= 1:
        found["lead"] = 1.0
    found["late"] = index / max(1, len(reading.sentences))
    found["sourced" if candidate.chain else "own voice"] = 1.0
    if len(reading.sentences) == 1:
        # A sentence that comes alone has no article to say that it is news: it must be clear by itself.
        found["alone"] = 1.0
        found["alone short" if candidate.view.length < 11 else "alone long"] = 1.0
        found[f"alone {candidate.family}"] = 1.0
    else:
        found["in an article"] = 1.0
        found["about, in an article"] = found["about"]
        _about_line(candidate, part, found)
    length = candidate.view.length
    found["short sentence" if length < 7 else "long sentence" if length > 36 else "middling sentence"] = 1.0
    found["attack"] = float(is_attack(candidate))
