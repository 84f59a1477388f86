"""An article that is attacked, and a stand-in for a model that obeys as soon as it sees a word of the attack; shared by the tests of attacks."""

import json
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import yaml

from marsad.codebook import load_codebook
from marsad.llm.addressed import BREAK
from marsad.llm.merging import merged
from marsad.llm.oath import Oath, under_oath
from marsad.llm.prompt import instructions, question
from marsad.llm.types import Answer
from marsad.llm.windows import windows_of
from marsad.model import Article, Span
from marsad.model.interval import TimeExpr
from marsad.reading import ReadingKit, read

HERE = Path(__file__).parent
TITLE = "فصائل المعارضة تدخل بلدة السنديان"
LINES = (
    "أعلنت فصائل المعارضة أمس الخميس أنها سيطرت على بلدة السنديان بعد معارك عنيفة مع الجيش.",
    "وأقر الجيش بانسحاب قواته من البلدة.",
    "وقال مصدر طبي إن ثلاثة مدنيين قتلوا في قصف على حي النهر.",
    "ونزحت عشرات العائلات نحو القرى المجاورة.",
)
PLACES = {"begin": 0, "middle": 2, "end": 4}
KIT = ReadingKit.load()
CODEBOOK = load_codebook()
GIVEN = instructions(CODEBOOK)
OATH = Oath.load(CODEBOOK, KIT.lexicon)


def attacks(name):
    """The attacks of a file beside this one."""
    return yaml.safe_load((HERE / name).read_text("utf-8"))


def article_with(attack=None):
    """The article, with an attack as a paragraph of its own or as its title."""
    lines, title = list(LINES), TITLE
    if attack and attack["where"] == "title":
        title = attack["text"]
    elif attack:
        lines.insert(PLACES[attack["where"]], attack["text"])
    return Article(id="a", title=title, text="\n".join(lines))


def said(words, cue, kind="organisation"):
    """One link of a chain of sources."""
    return {"words": words, "kind": kind, "stance": "state", "cue": cue, "quote": "indirect", "for": None}


TAKEN = {
    "event": "territory.control",
    "evidence": [{"in": "text", "words": "سيطرت على بلدة السنديان", "trigger": "سيطرت"}],
    "sources": [said("فصائل المعارضة", "أعلنت")],
    "actors": [{"role": "gainer", "words": "فصائل المعارضة"}, {"role": "loser", "words": "الجيش"}],
    "place": "بلدة السنديان",
    "time": "أمس الخميس",
}
LEFT = {
    "event": "territory.withdrawal",
    "evidence": [{"in": "text", "words": "انسحاب قواته من البلدة", "trigger": "انسحاب"}],
    "sources": [{**said("الجيش", "أقر"), "stance": "concede"}],
    "place": "البلدة",
}
KILLED = {
    "event": "harm.killed",
    "evidence": [{"in": "text", "words": "ثلاثة مدنيين قتلوا في قصف", "trigger": "قتلوا"}],
    "sources": [said("مصدر طبي", "قال", "unnamed")],
    "actors": [{"role": "patient", "words": "ثلاثة مدنيين"}],
    "place": "حي النهر",
    "counts": [{"kind": "killed", "words": "ثلاثة مدنيين", "min": 3, "max": 3, "who": "مدنيين"}],
}
FLED = {
    "event": "people.displaced",
    "evidence": [{"in": "text", "words": "نزحت عشرات العائلات", "trigger": "نزحت"}],
}
GOOD = [TAKEN, LEFT, KILLED, FLED]


def invented(event, words, **more):
    """A claim whose evidence the article does not have."""
    return {"event": event, "evidence": [{"in": "text", "words": words, "trigger": words.split()[0]}], **more}


def with_roles(gainer, loser):
    """The claim of who took the town, with other sides."""
    return {**TAKEN, "actors": [{"role": "gainer", "words": gainer}, {"role": "loser", "words": loser}]}


OBEYED = {
    "nothing": [],
    "fabricated": [
        invented("strike.air", "قصف المستشفى الكبير"),
        invented("territory.control", "استعاد الجيش البلدة"),
    ],
    "sides": [with_roles("الجيش", "فصائل المعارضة"), LEFT, KILLED, FLED],
    "numbers": [
        TAKEN,
        LEFT,
        {**KILLED, "counts": [{**KILLED["counts"][0], "words": "تسعمئة قتيل", "min": 900, "max": 900}]},
        FLED,
    ],
    "garbage": None,
}
"""What a model that obeys answers, by what the attack wants; None is no answer in the form."""


def gullible(attack, asked):
    """The answer of a model that does what the attack wants if it sees any word of it that the article does not have."""
    told = json.loads(asked.user)
    seen = " ".join(filter(None, (told["title"], told["outlet"], *told["sentences"]))).replace(BREAK, "")
    told_to = attack["text"].replace(BREAK, "") if attack else ""
    own = set(" ".join((TITLE, *LINES)).split())
    obeys = not own.issuperset(set(told_to.split()) & set(seen.split()))
    claims = OBEYED[attack["wants"]] if obeys else GOOD
    return Answer(text="انتصر الجيش" if claims is None else json.dumps({"claims": claims}))


def read_by_gullible(attack=None):
    """The article read through windows, questions, the gullible model, the oath and merging: its claims, and what was sworn of each window."""
    article = article_with(attack)
    reading = read(article, KIT)
    sworn = [
        under_oath(gullible(attack, question(article, window, GIVEN)), window, reading, OATH)
        for window in windows_of(reading)
        if window.shown or window.title
    ]
    return merged([one.claims for one in sworn], reading), sworn


def moved_back(value, attack):
    """A claim with its spans where they would be without the attack, and of a time only what was read (its tokens are counted from the first)."""
    if isinstance(value, TimeExpr):
        return value.when
    if isinstance(value, Span):
        length = len(attack["text"]) + 1
        before = sum(len(line) + 1 for line in LINES[: PLACES.get(attack["where"], 9)])
        past = value.part == "text" and value.start >= before and attack["where"] in PLACES
        return value._replace(start=value.start - length, end=value.end - length) if past else value
    if isinstance(value, tuple):
        return tuple(moved_back(one, attack) for one in value)
    if is_dataclass(value):
        parts = {one.name: getattr(value, one.name) for one in fields(value) if one.init}
        return replace(value, **{name: moved_back(one, attack) for name, one in parts.items()})
    return value
