"""Spells in sentences, English and Arabic: who told what of a place for which day, and which rule was followed.

Every sentence says whose word it is; none says that something is so. The Arabic is built on nouns, so that it agrees with any name.
"""

from __future__ import annotations

from collections.abc import Iterable

from marsad.control.evidence import DEEDS, Moment, Word, gaining, losing
from marsad.control.parties import Names, Parties, speaks_for
from marsad.control.rules import State, concedes
from marsad.model import Label
from marsad.model.control import Holder
from marsad.model.incident import Reason, Testimony, When

_MOST_ARTICLES = 3

RULES = {
    "held.loser": Label(
        en="The side that loses by it says so too: {place} is said to be held by {holder}.",
        ar="ورد ذلك على لسان الطرف الخاسر أيضا: السيطرة على {place} تنسب إلى {holder}.",
    ),
    "held.independent": Label(
        en="A source that is independent of the side that gains by it says so: {place} is said to be held by {holder}.",
        ar="ورد ذلك على لسان مصدر مستقل عن الطرف الرابح: السيطرة على {place} تنسب إلى {holder}.",
    ),
    "held.left": Label(
        en="Those who were there before are said to have left, so the word of those who came after is enough: {place} is said to be held by {holder}.",
        ar="ورد خبر خروج الطرف السابق، فيكفي قول الطرف اللاحق: السيطرة على {place} تنسب إلى {holder}.",
    ),
    "held.claimant_left": Label(
        en="The side that contested it is said to have left: {place} is said to be held by {holder} as before.",
        ar="ورد خبر خروج الطرف المنازع: السيطرة على {place} تنسب إلى {holder} كما كانت.",
    ),
    "held.repelled": Label(
        en="Not the defending side alone says that the assault was beaten back: {place} is said to be held by {holder} as before.",
        ar="خبر صد الهجوم لم يرد على لسان الطرف المدافع وحده: السيطرة على {place} تنسب إلى {holder} كما كانت.",
    ),
    "contested.own": Label(
        en="Only the side that gains by it says so: {place} counts as contested until an independent source or the losing side affirms it.",
        ar="لم يرد ذلك إلا على لسان الطرف الرابح: تعد {place} متنازعا عليها إلى أن يؤكده مصدر مستقل أو الطرف الخاسر.",
    ),
    "contested.disputed": Label(
        en="The accounts exclude each other: {place} counts as contested.",
        ar="الروايات متضاربة: تعد {place} متنازعا عليها.",
    ),
    "contested.same_day": Label(
        en="Two sides are said to have taken it on one day, and it is not told which was first: {place} counts as contested.",
        ar="تنسب السيطرة في يوم واحد إلى طرفين ولم يذكر أيهما أسبق: تعد {place} متنازعا عليها.",
    ),
    "contested.entry": Label(
        en="An entry changes no holder: {place} counts as contested.",
        ar="الدخول وحده لا يغير الجهة المسيطرة: تعد {place} متنازعا عليها.",
    ),
    "contested.denied": Label(
        en="The denial reopens it: {place} counts as contested.",
        ar="النفي يعيد فتح المسألة: تعد {place} متنازعا عليها.",
    ),
    "contested.own_repel": Label(
        en="Only the defending side says that the assault was beaten back: {place} stays contested.",
        ar="لم يرد خبر صد الهجوم إلا على لسان الطرف المدافع: تبقى {place} متنازعا عليها.",
    ),
    "unknown.left": Label(
        en="Nobody is named who came after: who holds {place} is not told.",
        ar="لم تذكر جهة لاحقة: لا يعرف من يسيطر على {place}.",
    ),
    "unknown.no_gainer": Label(
        en="Nobody is named who gained it: who holds {place} is not told.",
        ar="لم تذكر الجهة الرابحة: لا يعرف من يسيطر على {place}.",
    ),
    "noted.siege": Label(
        en="A siege changes no holder; it is noted.",
        ar="الحصار لا يغير الجهة المسيطرة، وإنما يدون هنا.",
    ),
}
"""A sentence for each code that a rule of `marsad.control.rules` gives."""

_DEEDS = {
    "capture": Label(en="control of {place} changed hands", ar="تغير السيطرة على {place}"),
    "capture by": Label(en="control of {place} passed to {by}", ar="انتقال السيطرة على {place} إلى {by}"),
    "capture against": Label(
        en="{against} lost control of {place}", ar="فقدان {against} السيطرة على {place}"
    ),
    "capture by against": Label(
        en="control of {place} passed from {against} to {by}",
        ar="انتقال السيطرة على {place} من {against} إلى {by}",
    ),
    "withdrawal": Label(en="there was a withdrawal from {place}", ar="انسحاب من {place}"),
    "withdrawal against": Label(en="{against} withdrew from {place}", ar="انسحاب {against} من {place}"),
    "entry": Label(en="{place} was entered", ar="دخول {place}"),
    "entry by": Label(en="{by} entered {place}", ar="دخول {by} إلى {place}"),
    "repel": Label(en="an assault on {place} was beaten back", ar="صد هجوم على {place}"),
    "repel by": Label(en="{by} beat back an assault on {place}", ar="صد {by} هجوما على {place}"),
    "repel against": Label(
        en="an assault on {place} by {against} was beaten back", ar="صد هجوم من {against} على {place}"
    ),
    "repel by against": Label(
        en="{by} beat back an assault on {place} by {against}", ar="صد {by} هجوما من {against} على {place}"
    ),
    "siege": Label(en="{place} was surrounded or cut off", ar="حصار {place}"),
    "siege by": Label(en="{by} surrounded or cut off {place}", ar="فرض {by} حصارا على {place}"),
}
_NOBODY = Label(en="nobody who is known", ar="جهة غير معروفة")


class Teller:
    """Puts words about one place into sentences.

    Args:
        place: Its name in both languages.
        names: Its parties.
    """

    def __init__(self, place: Label, names: Names) -> None:
        self._place, self._names = place, names

    def witnesses(self, word: Word, moment: Moment) -> list[Reason]:
        """A sentence for each source of a word: what it affirms or denies, and in which articles."""
        said: dict[tuple[str, str, str], list[Testimony]] = {}
        for claim in (*word.affirmed, *word.denied):
            said.setdefault((claim.says, claim.root.key, DEEDS[claim.event]), []).append(claim)
        return [self._witness(claims, word, moment.when) for claims in said.values()]

    def _witness(self, claims: list[Testimony], word: Word, when: When) -> Reason:
        # Of what one source says in several articles, what names most parties is told.
        claim = max(claims, key=lambda one: len(one.parts))
        deed, who = self._deed(claim), self._who(claim, word)
        days, articles = _days(when), _articles(claims)
        if claim.says == "denies":
            en = f"{days.en}: it is denied by {who.en} that {deed.en} ({articles.en})."
            ar = f"{days.ar}: نقل عن {who.ar} نفي {deed.ar} ({articles.ar})."
        else:
            en = f"{days.en}: according to {who.en}, {deed.en} ({articles.en})."
            ar = f"{days.ar}: نقل عن {who.ar} خبر {deed.ar} ({articles.ar})."
        return Reason(f"{claim.says}.{DEEDS[claim.event]}", Label(en=en, ar=ar), claim.id)

    def _who(self, claim: Testimony, word: Word) -> Label:
        """The source, with what it has to lose or to gain by what it says."""
        name = self._names.root_label(claim.root)
        if word.deed not in ("capture", "withdrawal", "denial"):
            return name
        losers = word.by if word.deed == "withdrawal" else word.against
        gainers = () if word.deed == "withdrawal" else word.by
        if speaks_for(claim.root, losers) or (word.deed == "capture" and concedes(claim, word, losers)):
            return Label(en=f"{name.en}, the side that loses by it", ar=f"{name.ar} (الطرف الخاسر)")
        if speaks_for(claim.root, gainers):
            return Label(en=f"{name.en}, the side that gains by it", ar=f"{name.ar} (الطرف الرابح)")
        return name

    def _deed(self, claim: Testimony) -> Label:
        deed = DEEDS[claim.event]
        if deed in ("capture", "withdrawal"):
            by, against = self._names.of(gaining(claim)), self._names.of(losing(claim))
        else:
            by = self._names.of(part for part in claim.parts if part.role == "agent")
            against = self._names.of(part for part in claim.parts if part.role == "patient")
        against = against if deed in ("capture", "withdrawal", "repel") else ()
        form = " ".join([deed, *(["by"] if by else []), *(["against"] if against else [])])
        gained, lost = self._joined(by), self._joined(against)
        return Label(
            en=_DEEDS[form].en.format(place=self._place.en, by=gained.en, against=lost.en),
            ar=_DEEDS[form].ar.format(place=self._place.ar, by=gained.ar, against=lost.ar),
        )

    def _joined(self, parties: Parties) -> Label:
        labels = [self._names.label(one) for one in parties]
        return Label(en=" and ".join(one.en for one in labels), ar=" و".join(one.ar for one in labels))

    def _named(self, holder: Holder | None) -> Label:
        return self._names.label(holder) if holder else _NOBODY

    def rule(self, rule: str, state: State, moment: Moment) -> Reason:
        """The sentence of a rule, with the state that came of it."""
        days, holder, text = _days(moment.when), self._named(state.holder), RULES[rule]
        return Reason(
            f"rule.{rule}",
            Label(
                en=f"{days.en}: {text.en.format(place=self._place.en, holder=holder.en)}",
                ar=f"{days.ar}: {text.ar.format(place=self._place.ar, holder=holder.ar)}",
            ),
        )


def _days(when: When) -> Label:
    if when.end is None or when.end == when.start:
        return Label(en=str(when.start), ar=str(when.start))
    return Label(en=f"{when.start} to {when.end}", ar=f"{when.start} إلى {when.end}")


def _articles(claims: Iterable[Testimony]) -> Label:
    ids = list(dict.fromkeys(claim.article for claim in claims))
    shown, more = ids[:_MOST_ARTICLES], len(ids) - _MOST_ARTICLES
    if more > 0:
        return Label(en=f"{', '.join(shown)} and {more} more", ar=f"{'، '.join(shown)} و{more} غيرها")
    return Label(en=", ".join(shown), ar="، ".join(shown))
