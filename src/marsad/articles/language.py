"""Whether a text is one that Marsad can read: not empty, not too long, and Arabic.

The script is tested first, which costs next to nothing: English, Russian and Hebrew end here. Persian, Urdu,
Pashto and Kurdish share the script, so a text with letters that Arabic does not have (پ چ ژ گ ټ ڕ …) is put to
`py3langid`. So is a text with the Persian ی and ک, unless it has the ordinary words of Arabic: some Arabic newsrooms
type these letters, and the identifier goes by them.
"""

from __future__ import annotations

import re

from marsad.articles.raw import Limits
from marsad.errors import SetAside
from marsad.model.article import Article

_SAMPLE = 20_000
_ADDRESS = re.compile(r"(?:https?://|www\.|pic\.twitter)\S+|[@#]\w+")
_ARABIC_SCRIPT = re.compile(
    r"[\u0620-\u064a\u066e-\u06d3\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c9\ufb50-\ufdff\ufe70-\ufefc]+"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_FOREIGN, _SHAPES = frozenset("پچژگټځڅډړږښګڼېۍٹڈڑںےھۆێڕڵەۀہ"), frozenset("یک")
_OTHER_LETTERS = _FOREIGN | _SHAPES
_NOT_ARABIC = re.compile(f"[{''.join(sorted(_FOREIGN))}]")
_PERSIAN_SHAPES = re.compile(f"[{''.join(sorted(_SHAPES))}]")
_ORDINARY = re.compile(r"(?<!\w)[وف]?(?:ف[يی]|من|عل[ىیي]|[إا]ل[ىیي]|[أا]ن|الت[يی]|الذ[يی]|عن|مع)(?!\w)")
_SHARE_OF_SCRIPT = 0.5
_SHARE_OF_FOREIGN_LETTERS = 0.01
_SHARE_OF_PERSIAN_SHAPES = 0.02
_SHARE_OF_ORDINARY_WORDS = 0.05
_COMMON = "المينورتبدعسهفقحكأىة"
"""Letters that make up most of any Arabic text: where they are half of all characters, nothing more need be counted."""
_NAMES = {
    "ar": "Arabic", "en": "English", "fr": "French", "de": "German", "es": "Spanish", "it": "Italian",
    "pt": "Portuguese", "nl": "Dutch", "ru": "Russian", "uk": "Ukrainian", "tr": "Turkish", "he": "Hebrew",
    "fa": "Persian", "ur": "Urdu", "ps": "Pashto", "ku": "Kurdish", "ckb": "Sorani Kurdish",
    "sdh": "Kurdish", "ug": "Uyghur", "sd": "Sindhi", "pnb": "Western Punjabi", "el": "Greek", "hy": "Armenian",
    "zh": "Chinese", "ja": "Japanese", "ko": "Korean", "pl": "Polish", "sv": "Swedish", "id": "Indonesian",
}  # fmt: skip


def check_readable(article: Article, limits: Limits) -> None:
    """Refuse an article that cannot be read.

    Raises:
        SetAside: ``empty``, ``too_long`` or ``not_arabic``; the message says what was found instead.
    """
    length = len(article.text) + len(article.title)
    if length > limits.characters:
        raise SetAside(
            "too_long", f"{length:,} characters, and the limit is {limits.characters:,} (--max-chars)"
        )
    if not article.text or article.text.isspace():
        raise SetAside("empty", "the text is empty")
    _check_arabic(article.text)


def _check_arabic(text: str) -> None:
    start = text[:_SAMPLE]
    if sum(map(start.count, _COMMON)) >= _SHARE_OF_SCRIPT * len(start) and not any(
        map(start.__contains__, _OTHER_LETTERS)
    ):
        return
    first = _LETTERS.search(text)
    sample = _ADDRESS.sub(" ", text[first.start() : first.start() + _SAMPLE]) if first else ""
    letters = sum(map(len, _LETTERS.findall(sample)))
    arabic = sum(map(len, _ARABIC_SCRIPT.findall(sample)))
    if not letters:
        raise SetAside("not_arabic", "there are no words in it")
    if arabic < _SHARE_OF_SCRIPT * letters:
        share = f"{100 * arabic / letters:.0f} % of its letters are Arabic"
        raise SetAside(
            "not_arabic", f"the text is not Arabic but {_language_of(sample, 'another language')} ({share})"
        )
    if _looks_foreign(sample, arabic):
        language = _language_of(sample, "Arabic")
        if language != "Arabic":
            raise SetAside("not_arabic", f"the text is in Arabic script, but in {language}")


def _looks_foreign(sample: str, arabic: int) -> bool:
    letters = frozenset(sample)
    if _FOREIGN & letters and len(_NOT_ARABIC.findall(sample)) > _SHARE_OF_FOREIGN_LETTERS * arabic:
        return True
    shapes = len(_PERSIAN_SHAPES.findall(sample)) if _SHAPES & letters else 0
    if shapes <= _SHARE_OF_PERSIAN_SHAPES * arabic:
        return False
    return len(_ORDINARY.findall(sample)) < _SHARE_OF_ORDINARY_WORDS * len(sample.split())


def _language_of(sample: str, unknown: str) -> str:
    """The English name of the likeliest language; the identifier is loaded only for a text under suspicion."""
    import py3langid

    code, _ = py3langid.classify(sample)
    if unknown != "Arabic" and code == "ar":
        return unknown
    return _NAMES.get(code, f"another language (probably {code!r})")
