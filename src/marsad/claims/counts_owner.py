"""Which event a number of people belongs to: "مقتل 3 وإصابة 5" gives 3 to the killing and 5 to the wounding.

A number belongs, in this order, to the noun that it counts where that noun names an event ("30 قتيلا"), to the owner of the number it
continues ("بينهم 4 أطفال", "و3 نساء"), to the verb right behind its noun ("43 شخصا قتلوا"), and to the nearest event word before it that can
reach it.
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.arabic.quantities import Quantity
from marsad.arabic.quantities_context import names_people, people_number
from marsad.arabic.quantities_words import word_set
from marsad.claims.counts_scene import WIDEST, Scene
from marsad.claims.hits import Hit

HARM = frozenset({"harm.killed", "harm.wounded"})
JOINT = HARM | {"custody.arrest", "harm.abduction"}
"""Events that newsrooms add up in one figure ("مقتل وإصابة 6", "مقتل واعتقال 20")."""
AMONG = word_set("بينهم بينهن بينها هم هما منهم منهن فيهم فيهن ضمنهم معظمهم غالبيتهم اغلبهم ضمنها بينهما")
STOPS = word_set(
    "ان بان الذي التي الذين حيث فيما بينما كما لكن ولكن عندما حين بعدما وان وقد قد اذ ثم انه انها انهم وقال واضاف قال"
)
_TOLL = word_set(
    "عدد حصيله ارتفع ارتفعت ارتفاع بلغ بلغت وصل وصلت اجمالي مجموع وصول بلوغ عددهم حصيلتهم يقدر تقدر يقدرون قدر"
)
_ESTIMATE = word_set("يقدر تقدر يقدرون عددهم قدر بلغ")
_SWAP = word_set("شمل شملت وشمل وشملت تشمل يشمل مقابل تضم تضمنت وتضمنت")
_BARRED = word_set("في خلال منذ بعد قبل عبر ضد لمده مع بين علي الي فوق تحت قرب عند لدي رقم باتجاه")
_REACH_VERB, _REACH_NOUN, _REACH_JOINED, _REACH_BACK, _REACH_SWAP = 14, 2, 10, 4, 30
_OTHER_REACH = 5
_BESIDES = frozenset(
    {("اضافه", "الي"), ("بالاضافه", "الي"), ("الي", "جانب"), ("فضلا", "عن"), ("علاوه", "علي")}
)
_RELATIVE = frozenset({"الذين", "التي", "قد"})
_NAMES_OF_TOLL = frozenset({"هم", "هي", "هن", ":", "القتلي", "المصابين", "الجرحي"})


def owners(scene: Scene, quantity: Quantity, before: tuple[Quantity, list[Hit]] | None) -> list[Hit]:
    """The event words that a number belongs to; two for a joint toll, none where it counts something else."""
    own = _own(scene, quantity)
    governor, follower = _governor(scene, quantity), _follower(scene, quantity)
    if own and (own[0].frame.event in HARM or follower is None):
        return _with_same_event(own, governor)
    if before is not None and before[1] and continues(scene, before[0], quantity):
        return before[1] if _same_fate(scene, quantity, before[1]) else []
    if follower is not None and (governor is None or quantity.first - governor.last > 1):
        return [follower]
    if governor is None:
        return _between_dead_and_hurt(scene, quantity)
    return joint(scene, governor)


def _own(scene: Scene, quantity: Quantity) -> list[Hit]:
    """The event that the counted noun itself names."""
    if quantity.noun is None:
        return []
    return [hit for hit in scene.between(quantity.noun, quantity.noun + 1) if _names_event(scene, hit)]


def _between_dead_and_hurt(scene: Scene, quantity: Quantity) -> list[Hit]:
    """ "17 عنصرا من الميليشيات سقطوا بين قتيل وجريح"."""
    for hit in scene.between(quantity.last + 1, quantity.last + _REACH_VERB):
        if hit.frame.itself and scene.bare(hit.first - 1) == "بين":
            return joint(scene, hit)
    return []


def _names_event(scene: Scene, hit: Hit) -> bool:
    """Whether a counted noun is the event word itself: "جرحى", also where its letters could be a verb's ("جرحني")."""
    sense = scene.tokens[hit.first].word.sense("people")
    if hit.kind != "verb":
        return True
    return sense is not None and hit.frame.event.endswith(str(sense.data.get("kind", "?")))


def joint(scene: Scene, hit: Hit) -> list[Hit]:
    """The event word, with its pair in "مقتل وإصابة", "قتل وجرح"."""
    pair = [
        other
        for other in scene.between(hit.first - _REACH_BACK, hit.last + 2)
        if other.frame.event != hit.frame.event
        and {other.frame.event, hit.frame.event} <= JOINT
        and _adjoin(scene, *sorted((other, hit), key=lambda h: h.first))
    ]
    return [hit, *pair[:1]]


def _adjoin(scene: Scene, left: Hit, right: Hit) -> bool:
    """Whether "و" or "أو" joins two event words with nothing else between them, and neither verb has its people in it."""
    if left.enc or (left.kind == "verb" and left.frame.following) or _has_subject(scene, left):
        return False
    if right.frame.itself and people_number(scene.tokens[right.first]) == "du":
        return False
    if right.first == left.last:
        return right.pro[:1] == "و" or scene.form(right.first)[0] == "و"
    return right.first == left.last + 1 and scene.form(left.last) in ("و", "او", "/")


def _has_subject(scene: Scene, hit: Hit) -> bool:
    """Whether a verb already has its people: in its ending ("قتلوا"), or before it ("أن مسلحا قتل وجرح اثنان")."""
    if not is_verbal(scene, hit):
        return False
    if hit.kind == "verb" and ".3ms" not in hit.morph and ".3fs" not in hit.morph:
        return True
    return hit.first > scene.first and people_number(scene.tokens[hit.first - 1]) is not None


def _with_same_event(own: list[Hit], governor: Hit | None) -> list[Hit]:
    """The counted noun's event, unless what is done to those people is another: "مقتل 3 أسرى", "الإفراج عن 20 معتقلا"."""
    if governor is None or governor.frame.itself:
        return own
    if own[0].frame.event in HARM or own[0].frame.event == governor.frame.event:
        return own
    return [governor]


def continues(scene: Scene, before: Quantity, quantity: Quantity) -> bool:
    """Whether a number goes on from the one before it: "90 شخصا بينهم 32 طفلا و11 سيدة"."""
    at, end = quantity.first, end_of(before)
    if scene.between(end, at) or at - end > WIDEST or scene.crossed(end, at, STOPS):
        return False
    if scene.bare(at - 1) in AMONG or scene.form(quantity.last) in AMONG:
        return True
    if (scene.bare(at - 2), scene.form(at - 1)) in _BESIDES:
        return True
    sure = quantity.noun is not None and names_people(scene.tokens[quantity.noun])
    return _is_joined(scene, quantity) and at - end <= (_REACH_JOINED if sure else _REACH_BACK)


def head_of(quantity: Quantity) -> int:
    """The first token of a number with its noun: of "المهاجمين" in "المهاجمين الأربعة"."""
    return quantity.first if quantity.noun is None else min(quantity.first, quantity.noun)


def end_of(quantity: Quantity) -> int:
    """The token after a number and its noun."""
    return quantity.last if quantity.noun is None else max(quantity.last, quantity.noun + 1)


def _same_fate(scene: Scene, quantity: Quantity, hits: Sequence[Hit]) -> bool:
    """Whether the counted noun can share the fate of the number before: not in "350 ألف قتيل و7 ملايين لاجئ"."""
    sense = scene.tokens[quantity.noun].word.sense("people") if quantity.noun is not None else None
    fate = sense.data.get("kind") if sense is not None else None
    return fate is None or any(hit.frame.event.endswith(str(fate)) for hit in hits)


def _governor(scene: Scene, quantity: Quantity) -> Hit | None:
    """The nearest event word before a number that can reach it."""
    for hit in reversed(scene.between(head_of(quantity) - WIDEST, quantity.first)):
        if hit.last <= head_of(quantity) and _reaches(scene, hit, quantity):
            return hit
    return None


def _reaches(scene: Scene, hit: Hit, quantity: Quantity) -> bool:
    begin, before, head = behind(hit), scene.bare(quantity.first - 1), head_of(quantity)
    if any(begin <= at < head for at in scene.barriers):
        return False
    gap = head - begin
    toll = scene.crossed(max(scene.first, head - WIDEST), quantity.first, _TOLL)
    if before in AMONG or (before in _ESTIMATE and toll):
        return gap <= _REACH_VERB
    if toll and before == "الي":
        return True
    if hit.frame.itself:
        return _self_reaches(scene, hit, quantity, toll)
    if (gap and _barred(hit, before)) or scene.crossed(begin, quantity.first, STOPS):
        return False
    if hit.frame.event == "custody.exchange" and scene.crossed(begin, quantity.first, _SWAP):
        return gap <= _REACH_SWAP
    if toll or is_verbal(scene, hit):
        return gap <= _REACH_VERB
    return gap <= (_REACH_JOINED if _is_joined(scene, quantity) else _REACH_NOUN)


def behind(hit: Hit) -> int:
    """Where the people of an event word may begin: inside it where it is split ("لقيت امرأة حتفها")."""
    return hit.first + 1 if hit.kind == "verb" and hit.frame.following else hit.last


def is_verbal(scene: Scene, hit: Hit) -> bool:
    """Whether the word is or may be a verb: "قتل" without vowel signs is both."""
    if hit.kind != "noun" or "ال" in hit.pro:
        return hit.kind == "verb"
    senses = scene.tokens[hit.first].word.senses
    return any("v." in sense.morph and ".3ms" in sense.morph for sense in senses if sense.cls == "trigger")


def _is_joined(scene: Scene, quantity: Quantity) -> bool:
    """ "و3 نساء", "وثلاث نساء"."""
    return scene.form(quantity.first - 1) == "و" or scene.form(quantity.first)[:1] == "و"


def _self_reaches(scene: Scene, hit: Hit, quantity: Quantity, toll: bool) -> bool:
    """ "القتلى ... بلغ 9", "والمصابين هم 6 أطفال"."""
    gap = quantity.first - hit.last
    if scene.crossed(hit.last, quantity.first, STOPS):
        return False
    if toll:
        return gap <= _REACH_VERB
    if scene.bare(hit.first - 1) == "بين":
        return gap <= _REACH_BACK
    if gap == 0:
        return scene.tokens[hit.first].word.definite and people_number(scene.tokens[hit.first]) == "pl"
    return gap <= _REACH_BACK and scene.bare(quantity.first - 1) in _NAMES_OF_TOLL


def _barred(hit: Hit, before: str) -> bool:
    """Whether a preposition makes the number something else than the event's people: "قتل في 3 غارات"."""
    return before in _BARRED and "patient" not in hit.frame.prepositions.get(before, ())


def _follower(scene: Scene, quantity: Quantity) -> Hit | None:
    """The verb or participle behind the counted noun: "20 مدنيا على الأقل قتلوا", "سعوديان معتقلان"."""
    end = _past_aside(
        scene, quantity.last if quantity.noun is None else max(quantity.last, quantity.noun + 1)
    )
    for hit in scene.between(end, end + _REACH_JOINED + 1):
        gap = range(end, hit.first)
        if any(scene.tokens[at].kind != "word" for at in gap):
            return None
        if hit.frame.itself and len(gap) > 1:
            continue
        return hit if _can_follow(scene, hit, gap) else None
    return None


def _past_aside(scene: Scene, end: int) -> int:
    """Past an aside between commas: "4 آلاف شخص، بينهم مئات الأطفال، نزحوا"."""
    if scene.form(end) != "،" or scene.bare(end + 1) not in AMONG | {"من", "معظمهم"}:
        return end
    for at in range(end + 1, min(end + _REACH_VERB, scene.last)):
        if scene.form(at) == "،":
            return at + 1
    return end


def _can_follow(scene: Scene, hit: Hit, gap: range) -> bool:
    if hit.pro[:1] in ("و", "ف") or scene.crossed(gap.start, gap.stop, STOPS - _RELATIVE):
        return False
    if _leads_to(scene, hit):
        return len(gap) <= _REACH_NOUN
    if hit.frame.event.startswith("protest.") or hit.frame.itself or (hit.kind == "noun" and hit.enc):
        return True
    return hit.kind == "verb" and (len(gap) <= _REACH_BACK or bool(hit.enc))


def _leads_to(scene: Scene, hit: Hit) -> bool:
    """Whether people come to it by a preposition: "دفع مئات المدنيين إلى النزوح", "تعرض 9 أشخاص لإصابات"."""
    if hit.kind == "verb" or hit.frame.itself:
        return False
    return hit.pro[:1] == "ل" or (
        hit.frame.event.startswith("people.") and scene.form(hit.first - 1) in ("الي", "علي")
    )


def counted_under(hit: Hit, quantity: Quantity, scene: Scene) -> bool:
    """Whether an event outside harm and custody may take a number: only of people, and near."""
    if hit.frame.event.partition(".")[0] in ("harm", "custody", "people", "protest"):
        return True
    if quantity.noun is None or not names_people(scene.tokens[quantity.noun]):
        return False
    return abs(quantity.first - hit.last) <= _OTHER_REACH
