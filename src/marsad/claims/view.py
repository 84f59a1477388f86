"""A view of one sentence: its tokens with the noun phrases, and what stands between and before them."""

from __future__ import annotations

from marsad.model import Mention, Reading, Token

PREPOSITIONS = frozenset(
    "في من الي علي عن بعد قبل عقب اثر خلال اثناء جراء نتيجه بسبب ضد منذ حتي دون وسط مع بين رغم قرب شمال جنوب شرق غرب شمالي جنوبي"
    " شرقي غربي داخل خارج امام خلف قباله فوق تحت حول نحو باتجاه صوب عبر لدي عند بيد بايدي لصالح بحق تجاه ازاء حيال لمصلحه بواسطه"
    " جانب بحسب حسب وفق قبل يد ايدي محيط بمحيط بحضور برفقه الا سوي مثل كما عقب بشان لاجل بهدف بمنطقه اطراف".split()
)
RELATIVES = frozenset("الذي التي الذين اللذين اللتين اللذان اللتان اللواتي اللاتي مما ما".split())
SUBORDINATORS = frozenset(
    "ان بان انه انها انهم انهما بانه بانها لان لانه لانها حيث فيما بينما عندما حين حينما بعدما قبلما كما لكن ولكن لكنه لكنها اذ اذا كي لكي حتي"
    " وان وانه وانها وبان فان وحيث وفيما وبينما كلما ريثما مما ما بل وقد فقد قد اما".split()
)
_QUOTES = frozenset("\"'«»“”„‟‹›‘’")
_SPATIAL = frozenset("قرب شمال جنوب شرق غرب شمالي جنوبي شرقي غربي داخل خارج وسط محيط بمحيط اطراف".split())


class View:
    """One sentence of a reading; made once per sentence that matters and shared by all its hits."""

    __slots__ = (
        "_covered", "first", "index", "last", "length", "mentions", "phrases", "reading", "starts", "tokens",
    )  # fmt: skip

    def __init__(self, reading: Reading, index: int) -> None:
        """The view of ``reading.sentences[index]``."""
        sentence = reading.sentences[index]
        self.reading = reading
        self.index = index
        self.tokens: list[Token] = reading.tokens
        self.first, self.last = sentence.first, sentence.last
        self.phrases: list[tuple[int, int]] = []
        """Token ranges of event phrases: a noun phrase inside one (الانتحاري in الهجوم الانتحاري) names nobody"""
        self.mentions = _outermost(reading.mentions(index))
        self.starts: dict[int, Mention] = {}
        for mention in sorted(reading.mentions(index), key=lambda m: m.ext_first - m.ext_last):
            self.starts.setdefault(mention.ext_first, mention)
        inside = sum(mention.ext_last - mention.ext_first - 1 for mention in self.mentions)
        self.length = self.last - self.first - inside
        """How many words and noun phrases: a long name makes a sentence no longer."""
        self._covered: dict[int, Mention] = {}
        for mention in self.mentions:
            for token in range(mention.ext_first, mention.ext_last):
                self._covered[token] = mention

    def at(self, token: int) -> Mention | None:
        """The noun phrase that covers a token."""
        return self._covered.get(token)

    def before(self, token: int) -> int:
        """The nearest token before that is not a quotation mark or bracket; first - 1 at the sentence's start."""
        index = token - 1
        while index >= self.first and (
            self.tokens[index].form in _QUOTES or self.tokens[index].form in "()[]"
        ):
            index -= 1
        return index

    def preposition(self, mention: Mention) -> str:
        """The folded preposition that governs a noun phrase; "و" for a coordinated one, "" for none."""
        pro = proclitic(self.tokens[mention.ext_first], mention)
        if pro:
            return pro
        index = self.before(mention.ext_first)
        if index >= self.first:
            form = self.tokens[index].form
            if form == "و":
                return "و"
            if form in PREPOSITIONS:
                return self._double(index, form)
            if form[1:] in PREPOSITIONS and form[:1] in "وفبل":
                return form[1:]
        return ""

    def _double(self, index: int, form: str) -> str:
        """A preposition with the one before it: من قبل, علي يد, في محيط."""
        if index > self.first and (before := self.tokens[index - 1].form) in ("من", "علي", "في", "الي", "عن"):
            return f"{before} {form}"
        return form

    def governs_place(self, preposition: str) -> bool:
        """Whether a place behind that preposition is where something happens."""
        last = preposition.rpartition(" ")[2]
        return last in ("في", "ب", "") or last in _SPATIAL


def proclitic(token: Token, mention: Mention) -> str:
    """The preposition or conjunction written onto the first word of a noun phrase: "ب", "ل", "ك", "و" or ""."""
    key = "proclitic"
    found = token.word.memo.get(key)
    if found is None:
        found = ""
        for sense in token.word.senses:
            if "v." not in sense.morph:
                found = sense.pro.replace("ال", "")
                break
        else:
            form = token.form
            if form.startswith(("بال", "وبال")):
                found = "ب"
            elif form.startswith(("لل", "ولل")):
                found = "ل"
            elif form.startswith("وال"):
                found = "و"
        token.word.memo[key] = found
    return found[-1:] if found not in ("و", "ف", "") else ("و" if found == "و" else "")


def _outermost(mentions: list[Mention]) -> list[Mention]:
    """The noun phrases that lie in no other, in order."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.ext_first, -m.ext_last)):
        if kept and mention.ext_last <= kept[-1].ext_last:
            continue
        kept.append(mention)
    return kept
