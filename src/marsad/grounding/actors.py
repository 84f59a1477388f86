"""Who is meant by an actor's words: an entry of the register, by name, by day and by what the article is about; None where none is sure.

"عناصر من قوات النظام" is tried as it stands, then without the heads that only say how many or which of them ("عناصر", "مقاتلو", "مواقع"), then
with fewer words behind. A short name ("الجيش", "الحكومة") means who was called by it before in the article, else the body of the country that
the claim or the article is about. Of two actors of one name the one that existed on the day is meant. The words stay as they are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from marsad.grounding.actor_keys import actor_key, key_of_name, plain
from marsad.grounding.nations import FORCES, canonical_name, nation_of
from marsad.grounding.place_keys import bare, name_words
from marsad.grounding.place_lookup import nations
from marsad.grounding.register import Register
from marsad.grounding.scene import MOST_SENTENCES, Scene
from marsad.model import Actor, Span, Token

HEADS = frozenset(
    "عناصر عنصر عنصري مقاتلي مقاتلو مقاتلين مقاتل مقاتلات مقاتلون مسلحي مسلحو مسلحين مسلح جنود جندي جنديين ضباط ضابط افراد فرد قوات قوه ميليشيا مليشيا ميليشيات مليشيات"
    " مليشيه ميليشيه تنظيم حركه جماعه مجموعه مجموعات خلايا خليه فصيل فصائل فصايل طائرات طيران طائره مدفعيه دبابات دبابه مدرعات صواريخ صاروخ قذائف مواقع موقع مقرات مقر نقاط نقطه"
    " معاقل معقل قاده قيادي قياديين قيادات قياده قائد رئيس زعيم زعماء مسوول مسوولين مسوولو متحدث ناطق الناطق المتحدث باسم عدد من احد احدي بعض عدد كافه جميع كل عشرات مئات الاف"
    " رتل ارتال دوريه دوريات حاجز حواجز تجمعات تجمع حشود اليات اليه سياره سيارات عسكريه مسلحه تابعه تابع تابعين التابعه التابع وحدات وحده فرق فرقه كتائب كتيبه مسلحون"
    " اسري اسير معتقلي قتلي جرحي زوارق زورق مسيرات مسيره طايره طايرات مقاتله صفوف خطوط امن سلطه سلطات حكومه اعضاء عضو ارهابيي ارهابيو متمردي متمردو المتمردين المتمردون"
    " مجاهدو مجاهدي مرتزقه عصابات عصابه انصار اتباع ابناء نحو حوالي اكثر اقل قرابه في لدي لحركه لتنظيم مدعومه مدعومين المدعومه المدعومين جيش حزب جبهه المسلحين الموالين الموالون جريحا قتيلا جريح قتيل تعزيزات ثكنات ثكنه اركان بوارج بحريه بوارجه سفن سفينه حلفاء دول منتسبي منتسبو منتسبين دوريتين عنصران عنصرين جنديا جنديان مقاتلا مقاتلان ضابطا ضابطين عسكريين عسكري عسكريون كوادر طواقم قياديا مخابئ مستودعات مستودع مخازن معسكرات معسكر رفاق قوي وكاله موظف موظفي موظفو عمال عامل مجموعات فلول بقايا متشددي متشددو متطرفي متطرفو مسلحا مسلحان جماعات حرس مكتب مركز اعلامي المركز الاعلامي الاعلام الحربي بيان الجناح جناح عسكري العسكري السياسي ثوار مجاهدين شرطه جنرالات مبعوث سفير مندوب ممثل ممثلي ممثلو".split()
)
"""Folded words before a name, or a word of number, that say which or how many of a body's: the body is meant all the same."""
_MOST_HEADS, _MOST_WORDS = 5, 12
_ENOUGH = 0.3
_BEHIND = 40
"""Characters behind a name in which its place can stand."""
_SAME_COUNTRY = 0.6
_SERVICES = frozenset(("الصحه", "الاسعاف"))
_REFERRING = frozenset(
    "جماعه تنظيم حركه حزب ميليشيا جيش مقاومه فصائل فصايل تحالف ايتلاف هييه قوات مجلس جبهه لواء فرقه كتايب وزاره حكومه شرطه محكمه منظمه لجنه وكاله مرصد بعثه مفوضيه"
    " مرصد متمردين انقلابيين احتلال نظام معارضه سلطات مجموعه سرايا فيلق حرس اداره تمرد مسلحين".split()
)
"""Heads, as keys have them, that news uses alone for a body named before: "الجماعة", "التنظيم"."""


@dataclass(frozen=True, slots=True)
class Known:
    """What some words were grounded to, and why."""

    id: str | None
    reason: str


NOT_KNOWN = Known(None, "not in the register")


@dataclass(slots=True)
class Namer:
    """The actors of one article.

    Args:
        register: Who is who.
        scene: What the article is about.
        day: The day of the article, or None.
    """

    register: Register
    scene: Scene
    day: date | None
    _named: dict[tuple[str, str], Known] = field(default_factory=dict)
    _met: bool = False
    _told: list[tuple[int, tuple[str, ...], str]] | None = None

    def name(self, text: str, span: Span | None, country: str, *, acts: bool = False) -> Known:
        """Who is meant by words of the article.

        Args:
            text: The words.
            span: Where they stand, or None where they are not of the text itself.
            country: Where the claim's place is, or "".
            acts: Whether they are those who did it: then an adjective alone ("قصف روسي") is the state.
        """
        words = _words(text)
        key = " ".join(words)
        found = self._named.get((key, country))
        if found is None:
            found = self._named[key, country] = self._full(words, country)
        if found.id is not None and not found.reason.startswith("local"):
            return found
        if span is not None and (
            before := self._before(words, span) or self._so_called(words, span, country)
        ):
            return before
        if found.id is None:
            return self._national(words, acts=acts)
        return found

    def _national(self, words: Sequence[str], *, acts: bool) -> Known:
        """A part of a state's forces by the adjective: "ثلاثة جنود سوريين", "طائرتين أوكرانيتين"; alone, where it acts, the state."""
        land = nation_of(words[-1]) if words else ""
        if not land:
            return NOT_KNOWN
        sorts = [sort for word in words[:-1] if (sort := FORCES.get(plain(word)))]
        if not sorts and not (acts and len(words) == 1):
            return NOT_KNOWN
        name = canonical_name(land, sorts[0] if sorts else "state")
        actor = self._one(self.register.named(key_of_name(name)), land)
        return Known(actor.id, f"by the adjective: {name}") if actor else NOT_KNOWN

    def voice(self, text: str, span: Span | None, country: str) -> Known:
        """Who is meant by a source's words: an actor, or an outlet of the register ("رويترز")."""
        known = self._with_its_place(text, span, country) or self.name(text, span, country)
        if known.id is None and (outlet := self.register.outlet(text)):
            return Known(outlet.id, f"outlet: {outlet.label.ar}")
        return known

    def _with_its_place(self, text: str, span: Span | None, country: str) -> Known | None:
        """Who bears the name together with where it is, which stands behind it: "وزارة الصحة" before "في غزة" is that of Gaza."""
        if span is None:
            return None
        behind = self.scene.reading.article.part(span.part)[span.end : span.end + _BEHIND].split()[:3]
        return self._placed(text, behind, country)

    def _placed(self, text: str, behind: Sequence[str], country: str) -> Known | None:
        """Who bears a name with up to three words behind it ("في قطاع غزة")."""
        if not behind or not (behind[0] == "في" or behind[0].startswith("ب")):
            return None
        for count in range(len(behind), 0, -1):
            words = _words(" ".join((text, *(word.lstrip("#") for word in behind[:count]))))
            ids = self.register.named(actor_key(words))
            if ids and (actor := self._one(ids, country)):
                return Known(actor.id, f"name with its place: {' '.join(words)}")
        return None

    def _full(self, words: Sequence[str], country: str) -> Known:
        """Who bears the name: all words behind the heads, else fewer of them where what is left out does not tell another."""
        asked = tuple(words)
        if asked in self.register.strangers:
            return NOT_KNOWN
        self._met = False
        known = self._search(words, country)
        if known.id is None and not self._met:
            self.register.strangers.add(asked)
        return known

    def _search(self, words: Sequence[str], country: str) -> Known:
        starts = list(_starts(words))
        for start in starts:
            rest = _without_preposition(words[start:]) if start else list(words[start:])
            if known := self._exact(rest, country):
                return known
        for start in starts:
            rest = _without_preposition(words[start:]) if start else list(words[start:])
            for end in range(len(rest) - 1, 0, -1):
                known = self._exact(rest[:end], country)
                if known and known.id and self._may_follow(known.id, rest[end]):
                    return known
        return self._behind_link(words, country) if starts and _is_head(words[0]) else NOT_KNOWN

    def _behind_link(self, words: Sequence[str], country: str) -> Known:
        """Whose a member is, where words lie between: "مسؤول الطوارئ لدى منظمة كذا", "مئات الجنود من دول كذا"."""
        for index, word in enumerate(words[1:-1], 1):
            if word in _LINKS and (known := self._exact(words[index + 1 :], country)):
                return known
        return NOT_KNOWN

    def _exact(self, words: Sequence[str], country: str) -> Known | None:
        if not words or (len(words) == 1 and _is_head(words[0]) and not words[0].startswith("ال")):
            return None
        key = actor_key(words)
        for spelled in (key, *_other_orders(words)):
            ids = self.register.named(spelled)
            if ids and (actor := self._one(ids, country)):
                return Known(actor.id, f"name: {spelled}")
            self._met = self._met or bool(ids)
        local = self.register.local(key)
        self._met = self._met or bool(local)
        if local and (actor := self._local(local, country, served=bool(_SERVICES & set(words)))):
            return Known(actor.id, f"local name in news about {actor.country}: {key}")
        return None

    def _may_follow(self, identity: str, word: str) -> bool:
        """Whether a word behind a name leaves it the same actor: what only describes it, or an adjective of its own country."""
        if word in _DESCRIBING or word.startswith(_OPENING):
            return True
        actor, land = self.register.actor(identity), nations().get(bare(word))
        return actor is not None and land is not None and land == actor.country

    def _one(self, ids: Iterable[str], country: str) -> Actor | None:
        """The actor of a name that existed on the day; of several, the one of the claim's or the article's country."""
        found = [actor for one in ids if (actor := self.register.actor(one))]
        # News tells of bodies that are no more, never of those that are not yet.
        born = [a for a in found if not (self.day and a.start and a.start > self.day)]
        living = [actor for actor in born if actor.existed(self.day)] or born
        if len(living) <= 1:
            return living[0] if living else None
        scored = sorted(
            ((self._fit(actor.country, country), actor.id, actor) for actor in living),
            key=lambda s: (-s[0], s[1]),
        )
        return scored[0][2] if scored[0][0] > scored[1][0] else None

    def _local(
        self, table: Mapping[str, Sequence[str]], country: str, *, served: bool = False
    ) -> Actor | None:
        """The actor that a short name means in news about the country of the claim, or that of the article; none of two that fit evenly.

        A ministry of health, and whoever else serves the hurt (``served``), is that of where they are hurt, whoever the article is most about.
        """
        best, even = 0.0, dict[str, Actor | None]()
        for land in {country, *self.scene.evidence} & table.keys():
            fit = self._fit(land, country) + (_SAME_COUNTRY if served and land == country else 0.0)
            if fit >= max(_ENOUGH, best):
                # Two of one land that bear the name (a ministry in Gaza, another in Ramallah) are not known apart; they are never that of the next land.
                actor = self._one(table[land], country)
                if fit > best:
                    best, even = fit, {}
                even[actor.id if actor else ""] = actor
        return next(iter(even.values())) if len(even) == 1 else None

    def _fit(self, land: str, country: str) -> float:
        return self.scene.share(land) + (_SAME_COUNTRY if land and land == country else 0.0)

    def _before(self, words: Sequence[str], span: Span) -> Known | None:
        """Who was called so before: "الجماعة" after "جماعة الحوثي", "عبد الرحمن" after "رامي عبد الرحمن"."""
        told = self._bodies()
        at = bisect_left(told, (self.scene.token_of(span), (), ""))
        described = len(words) > 1 and all(word in _DESCRIBING for word in words[1:])
        if (len(words) == 1 or described) and (head := plain(words[0])) in _REFERRING:
            for _, name, identity in reversed(told[:at]):
                if name[0] == head or self._is_called(identity, head):
                    return Known(identity or None, f"{head} named before")
        elif words and not any(_is_head(word) for word in words):
            asked = {plain(word) for word in words}
            for _, name, identity in reversed(told[:at]):
                if identity and len(name) > len(words) and asked <= set(name[1:]):
                    return Known(identity, "part of a name told before")
        return None

    def _so_called(self, words: Sequence[str], span: Span, country: str) -> Known | None:
        """Who was named before with the place, and bears the same words without it: "وزارة الصحة" after "وزارة الصحة في غزة"; in news of one country."""
        told = self._bodies()
        at = bisect_left(told, (self.scene.token_of(span), (), ""))
        asked = {tuple(map(plain, words[start:])) for start in _starts(words) if len(words) - start > 1}
        for _, name, identity in reversed(told[:at]):
            actor = self.register.actor(identity) if identity and name in asked else None
            if actor is not None and actor.country == country:
                return Known(identity, "named before with its place")
        return None

    def _is_called(self, identity: str, head: str) -> bool:
        actor = self.register.actor(identity)
        if actor is None or actor.kind not in ("faction", "movement", "militia", "party", "coalition"):
            return False
        return any(
            plain(_words(name)[0]) == head for name in (actor.label.ar, *actor.aliases) if _words(name)
        )

    def _bodies(self) -> list[tuple[int, tuple[str, ...], str]]:
        """The bodies and persons that the article names in full: (token, words, id), in order."""
        if self._told is None:
            reading = self.scene.reading
            self._told = []
            for index in range(min(len(reading.sentences), MOST_SENTENCES)):
                for mention in reading.mentions(index):
                    if (
                        mention.kind not in ("body", "people", "monitor", "person")
                        or mention.last - mention.first > _MOST_WORDS
                    ):
                        continue
                    words = _words_of(reading.tokens[mention.first : mention.last])
                    after = reading.tokens[mention.last : mention.last + 4]
                    behind = [token.form for token in after if token.form != "#"]
                    known = self._placed(" ".join(words), behind, "") or self._full(words, "")
                    unknown = known.id is None and (
                        (mention.kind == "body" and _is_name_of_a_body(words))
                        or (mention.kind == "monitor" and len(words) > 1)
                    )
                    if unknown or (
                        known.id is not None and (len(words) > 1 or known.reason.startswith("name"))
                    ):
                        self._told.append((mention.first, tuple(map(plain, words)), known.id or ""))
            self._told.sort()
        return self._told


_OURS = frozenset(
    "قواتنا مجاهدونا مجاهدينا جيشنا مقاتلونا مقاتلينا جنودنا وحداتنا طيراننا طايراتنا دفاعاتنا ابطالنا مقاومتنا عناصرنا فصايلنا كتايبنا سلاحنا مدفعيتنا".split()
)


def is_ours(text: str) -> bool:
    """Whether the words are a speaker's for the own side: "قواتنا", "قواتنا المسلحة"."""
    words = name_words(text)
    return bool(words) and words[0] in _OURS


_THEIRS = frozenset(
    f"{head}{of}"
    for head in "قوات وحدات جنود عناصر مقاتلي مقاتلو عسكريي طايرات طيران مدفعيت دفاعات الياته مسلحي ضباط".split()
    for of in ("ه", "ها", "هم")
)


def is_theirs(text: str) -> bool:
    """Whether the words are forces told by a pronoun alone ("قواته", "مقاتليها"): whoever says what they did speaks of the own ones."""
    words = name_words(text)
    return bool(words) and words[0] in _THEIRS


def _words_of(tokens: Sequence[Token]) -> list[str]:
    """The folded words of a mention, as `_words` gives those of a text."""
    words = [
        word
        for token in tokens
        for word in ((token.form,) if token.form.isalnum() else name_words(token.form))
    ]
    return _without_preposition(words) if words and words[0].startswith("لل") else words


def _words(text: str) -> list[str]:
    """The folded words of a name, without a preposition written onto the first."""
    words = name_words(text)
    if words and words[0].startswith("لل") and len(words[0]) > 4:
        words[0] = "ال" + words[0][2:]
    return words


def _starts(words: Sequence[str]) -> Iterator[int]:
    """Where the name may begin: at the first word, and behind each of the heads."""
    for start in range(min(len(words), _MOST_HEADS + 1)):
        yield start
        if not _is_head(words[start]):
            return


def _without_preposition(words: Sequence[str]) -> list[str]:
    """Words behind a head ("تابعة للقوات") without the preposition written onto the first."""
    first = words[0] if words else ""
    if first.startswith("لل") and len(first) > 4:
        return ["ال" + first[2:], *words[1:]]
    if first.startswith(("ل", "ب")) and len(first) > 3 and _is_head(first[1:]):
        return [first[1:], *words[1:]]
    return list(words)


def _other_orders(words: Sequence[str]) -> Iterator[str]:
    """Other keys of the same name: its last two adjectives the other way round, a singular for the people ("17 حوثيا")."""
    if len(words) > 2:
        yield actor_key([*words[:-2], words[-1], words[-2]])
    if len(words) == 1 and words[0].endswith(("ي", "يا")) and len(words[0]) > 3:
        yield words[0].removeprefix("ال").removesuffix("ا") + "ين"


def _is_name_of_a_body(words: Sequence[str]) -> bool:
    """Whether the words name one body ("الهيئة العالمية للإغاثة"), so that its head noun alone means it from there on."""
    return len(words) > 2 and plain(words[0]) in _REFERRING and words[0].startswith("ال")


@lru_cache(maxsize=20_000)
def _is_head(word: str) -> bool:
    stripped = bare(word)
    if word.startswith("ل") and len(word) > 4 and not word.startswith("لل"):
        stripped = word[1:]
    return (
        word in HEADS or stripped in HEADS or word.isdigit() or plain(word) in HEADS or stripped in _NUMBERS
    )


_NUMBERS = frozenset(
    "ثلاثه اربعه خمسه سته سبعه ثمانيه تسعه عشره ثلاث اربع خمس ست سبع ثمان تسع عشر اثنين اثنان اثنتين عشرين ثلاثين اربعين خمسين مئه مئتي الف".split()
)
_LINKS = frozenset(("لدي", "من", "في", "باسم"))
_OPENING = (
    "الموالي",
    "المدعوم",
    "المتحالف",
    "التابع",
    "المنضوي",
    "المتمركز",
    "المنتشر",
    "المنتم",
    "المحسوب",
    "المرتبط",
    "المناهض",
    "المناوي",
)
"""How words begin that say whose a body is or whom it is for."""
_DESCRIBING = frozenset(
    "في من علي الي لدي بقياده بدعم الذي التي الارهابي الارهابيه الارهابيين المتطرف المتطرفه المتشدد المتشدده المسلح المسلحه المحظور المحظوره المحلي المحليه"
    " الانقلابي الانقلابيه المتمرد المتمرده الجهادي الجهاديه السابق السابقه الحاكم الحاكمه الرسمي الرسميه"
    " الاجرامي الاجراميه الغازي الغازيه المعتدي الباسله الباسل بريف بمحافظه بمدينه شمال جنوب شرق غرب شمالي جنوبي شرقي غربي هناك المذكور المذكوره نفسه نفسها".split()
)
"""Words behind a name that only describe who bears it."""
