"""The generated page of incidents and spells: fields as the program writes them, values, features, sentences, rules.

Every field that a line of the sample articles has must be described here, and every value must have a meaning: else the page is not written.
"""

import inspect
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any, get_args

import yaml
from front_page import demo_incidents, demo_spells

from marsad.cli import control_table
from marsad.codebook import load_codebook
from marsad.control.telling import RULES
from marsad.incidents.compare import FEATURES
from marsad.incidents.families import EVENT_GROUPS, NEVER, OUTCOMES, SPEECH, fit
from marsad.model import Label
from marsad.model.control import ControlState
from marsad.model.incident_json import incident_to_json, spell_to_json

NOTE = "<!-- Made by `make docs`; change the program or docs/incidents_page.py, not this page. -->\n\n"
SENTENCES = Path(__file__).resolve().parent.parent / "src/marsad/incidents/sentences.yml"

INCIDENT = {
    "id": "`i` and 15 hexadecimal digits, made from the first claim that affirms or denies; `--previous` keeps ids over runs",
    "events": "codes of its events, those first that most roots tell",
    "status": "see below",
    "roots": "how many roots affirm or deny something of it and count",
    "independent": "how many independent groups of roots affirm it",
    "counts_differ": "whether two roots give tolls that cannot both be right",
    "time": "`from`, `to`, `precision`: the days that words name, of those the ones that most claims give",
    "place": "the most precise place that most claims give, with `admin` (code of its governorate) and `radius_km` (how far it reaches)",
    "actors": "who took part: `role`, `text` (the words that most claims use), `id` in the register, `side` on that day; 16 at most",
    "counts": "for each `kind` the range `min` to `max` (null: or more), with the names of the roots at its ends in `min_by` and `max_by`",
    "claims": "every claim of it, by time of publication",
    "reasons": "why the status is what it is, in English sentences",
    "reasons_ar": "the same in Arabic",
    "why": "the same for programs: `code`, `en`, `ar`, and the id of the `claim` that it rests on",
    "retells": "id of the incident that holds the reports of the day, where later articles look back at it; else null",
}
CLAIM = {
    "article": "id of the article",
    "claim": "number of the claim in its article, from 0",
    "id": "id of the claim, as `marsad read` prints it; judgements name it",
    "event": "code of its event",
    "root": "the voice nearest to the event: id in the register, `outlet:` with the outlet, `unnamed:` with outlet and words, else the folded words",
    "root_text": "the words that name it",
    "root_label": "the Arabic label that the register has for it, or null",
    "root_kind": "kind of source",
    "side": "the side that the root was on that day",
    "outlet": "who published the article",
    "published": "when",
    "says": "see below",
    "stance": "what the root does to it, from the reporting word",
    "actors": "as in the incident, of this claim alone",
    "counts": "its tolls: `kind`, `min`, `max`, `approx`, `text`, `who`",
    "place": "its own place",
    "time": "its own days; `tie` says how surely: `named` (a weekday or date), `relative` (today, yesterday), `article` (not said)",
    "span": "where its first evidence stands in the raw text: `start`, `end`, `in` (text or title)",
    "words": "that evidence, 240 characters at most",
    "family": "id of the first article of its near copies, or null",
    "copy_of": "id of the article that its article is a near copy of, where that is known to have come first; else null",
    "group": "the group of roots under which it counts, the same for all that are one voice; null where it does not count",
    "authority": "what the root is an organ, member or spokesman of, itself first, the topmost last",
    "own_voice": "whether the outlet itself speaks (no source, or its own correspondent)",
    "relays": "whether there is no source at all, so that any source of the same incident in the article goes before it",
    "joined": "why it is in this incident: the features with their points, as `code`, `en`, `ar`, `claim`",
}
SPELL = {
    "id": "`s` and 15 hexadecimal digits, made from the place, the incident that began it, and the state",
    "place": "`name`, `id`, `lat`, `lon`, `country`, `precision`",
    "holder": "`id` in the register, `label`, `side`; in a contested spell the last known, null where not known",
    "claimant": "in a contested spell the other, of the same form",
    "from": "first day",
    "to": "day on which the next spell begins; null where nothing later is told",
    "state": "see below",
    "incidents": "ids of the incidents that it rests on",
    "roots": "whose word it is",
    "reasons": "who told what for which day, and which rule was followed, in English sentences",
    "reasons_ar": "the same in Arabic",
}
MEANINGS = {
    "single": "one independent root affirms it",
    "corroborated": "two or more independent roots affirm it",
    "conceded": "a root affirms what hurts its own side",
    "disputed": "an independent root denies it, names another agent, or says of the same hours what cannot be true with it",
    "denied": "no root affirms it, and one denies it",
    "none": "nobody says that it happened or did not: it is planned, expected or demanded; the field is null",
    "affirms": "says that it happened or is happening",
    "denies": "says that it did not",
    "expects": "plans it, expects it or holds it possible; without weight for the status",
    "demands": "asks for it or threatens with it; without weight for the status",
    "held": "`holder` is said to hold it",
    "contested": "`holder` is the last known, or null; `claimant` the other, or null",
    "unknown": "not told; `holder` is null",
}


def incidents_page() -> str:
    """The page as Markdown."""
    lines = [incident_to_json(incident) for incident in demo_incidents()]
    spells = [spell_to_json(spell) for spell in demo_spells()]
    claims = [claim for line in lines for claim in line["claims"]]
    return "".join(
        (
            "# Incidents and spells: what `marsad reconcile` and `marsad control` write\n\n",
            NOTE,
            "One JSON object a line. [How incidents are made](../explanation/how-incidents-are-made.md) and [how control is traced]"
            "(../explanation/how-control-is-traced.md) say why.\n\n",
            "## An incident\n\n",
            _fields(INCIDENT, lines),
            "## A claim of an incident\n\n",
            _fields(CLAIM, claims),
            "## A spell\n\n",
            _fields(SPELL, spells),
            "With `--on DAY` an answer has `on` besides; where nothing is told by then `id` and `from` are null.\n\n",
            _judgement(),
            _values(),
            _groups(),
            _pairs(),
            _features(),
            _sentences(),
            _rules(),
        )
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines) + "\n"


def _fields(described: Mapping[str, str], lines: list[dict[str, Any]]) -> str:
    """The table of fields, if it is whole."""
    written = {name: None for line in lines for name in line}
    if list(written) != list(described):
        raise SystemExit(
            f"docs/incidents_page.py describes {list(described)}, the program writes {list(written)}"
        )
    return _table(("field", "holds"), ((f"`{name}`", text) for name, text in described.items()))


def _judgement() -> str:
    rows = [
        ("`claims`", "ids of two different claims"),
        ("`verdict`", "`same`, `different` or `unsure`"),
        (
            "`by`, `at`",
            "who judged, and when (an ISO time); of two on one pair the later holds. May be left out",
        ),
    ]
    return "## A judgement\n\n" + _table(("field", "holds"), rows)


def _values() -> str:
    values = load_codebook().values
    states: Mapping[str, Label] = vars(control_table)["STATES"]
    groups = {
        "Status of an incident": values["statuses"],
        "What a root says": values["says"],
        "State of a spell": {state: states[state] for state in get_args(ControlState)},
    }
    return "".join(f"## {title}\n\n" + _meant(names) for title, names in groups.items())


def _meant(names: Mapping[str, Label]) -> str:
    rows = ((f"`{name}`", label.en, label.ar, MEANINGS[name]) for name, label in names.items())
    return _table(("value", "English", "Arabic", "means"), rows)


def _groups() -> str:
    groups: dict[str, list[str]] = {}
    for code, group in EVENT_GROUPS.items():
        groups.setdefault(group, []).append(f"`{code}`")
    rows = [
        (group, ", ".join(codes), "world" if group in SPEECH else "country")
        for group, codes in groups.items()
    ]
    return (
        "## Events that can be one incident\n\nOnly codes of one group can; a block is one group in one country, or in the whole world.\n\n"
        + _table(("group", "codes", "blocks by"), rows)
    )


def _pairs() -> str:
    rows = []
    for one, other in combinations(EVENT_GROUPS, 2):
        points = fit(one, other)
        acts = not {one, other} & OUTCOMES
        usual = -2.0 if EVENT_GROUPS[one] == "violence" else 0.5
        if acts and EVENT_GROUPS[one] == EVENT_GROUPS[other] and points != usual:
            rows.append((f"`{one}`", f"`{other}`", "never" if points == NEVER else f"{points:+.1f}"))
    return (
        f"## Points of two codes\n\nThe same code {fit('strike.air', 'strike.air'):+.1f}; an act and what it did ({_codes(OUTCOMES)}) "
        f"{fit('strike.air', 'harm.killed'):+.1f}; two things that an act did {fit('harm.killed', 'harm.wounded'):+.1f}; "
        "these pairs as listed; other pairs of a group +0.5, of violence -2.0.\n\n"
        + _table(("code", "code", "points"), rows)
    )


def _codes(codes: Iterable[str]) -> str:
    return ", ".join(f"`{code}`" for code in sorted(codes))


def _features() -> str:
    rows = (
        (f"`{feature.__name__}`", " ".join((inspect.getdoc(feature) or "").split()))
        for feature, _ in FEATURES
    )
    return "## Features, in the order in which they are asked\n\n" + _table(("feature", "gives"), rows)


def _sentences() -> str:
    found: dict[str, dict[str, str]] = yaml.safe_load(SENTENCES.read_text(encoding="utf-8"))
    rows = ((f"`{code}`", row["en"], row["ar"]) for code, row in found.items())
    return (
        "## Codes of reasons\n\n`{who}` are roots, `{what}` is a place, a side, a number of words or the like, `{n}` a number. "
        "In `joined` the points stand behind the sentence.\n\n" + _table(("code", "English", "Arabic"), rows)
    )


def _rules() -> str:
    rows = ((f"`rule.{code}`", label.en, label.ar) for code, label in RULES.items())
    return (
        "## Sentences of the rules of control\n\n" + _table(("rule", "English", "Arabic"), rows)
    ).rstrip() + "\n"
