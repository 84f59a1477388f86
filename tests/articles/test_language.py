"""Only Arabic text of a sane length is read."""

import pytest

from marsad.articles import Limits, check_readable
from marsad.errors import SetAside
from marsad.model.article import Article

ARABIC = "أعلن الجيش انسحابه من المدينة بعد معارك عنيفة استمرت يومين."


def refusal(text, title="", characters=2_000_000):
    with pytest.raises(SetAside) as caught:
        check_readable(Article(id="x", text=text, title=title), Limits(characters=characters))
    return caught.value


@pytest.mark.parametrize(
    "text",
    [
        ARABIC,
        "قُتِلَ ثَلَاثَةُ مُسَلَّحِينَ",
        "قتل 3",
        "\n ..." * 10_000 + ARABIC,
        "ﺃﻋﻠﻦ ﺍﻟﺠﻴﺶ",
        f"{ARABIC} https://example.org/a/very/long/address/that/has/more/letters/than/the/text #SyriaNow @someone",
        f"{ARABIC} (رويترز) BBC CNN",
        "اعلن الجیش الإیرانی وقف اطلاق النار فی المدینة وقال انه سیرد علی ای خرق",
        "زار الوزير مدينة كركوك والتقى محافظ أربيل في كردستان العراق، وفق وكالة پيامنير.",
    ],
)
def test_arabic_is_read(text):
    check_readable(Article(id="x", text=text), Limits())


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The Syrian army withdrew from the city of Hama on Thursday, officials said.", "English"),
        ("L'armée syrienne s'est retirée de la ville de Hama jeudi après des combats.", "French"),
        ("Сирийская армия отступила из города Хама в четверг после тяжёлых боёв.", "Russian"),
        ("צבא סוריה נסוג מהעיר חמאת ביום חמישי לאחר קרבות קשים, כך נמסר.", "Hebrew"),
        (
            "ارتش سوریه روز پنجشنبه پس از درگیری‌های سنگین از شهر حما عقب‌نشینی کرد و گروه‌ها وارد شدند.",
            "Persian",
        ),
        ("شامی فوج جمعرات کو شدید لڑائی کے بعد حما شہر سے نکل گئی ہے اور باغی شہر میں داخل ہو گئے۔", "Urdu"),
        ("سوريې پوځ د پنجشنبې په ورځ د سختې جګړې وروسته د حما له ښاره ووت.", "Pashto"),
        ("سوپای سووریا ڕۆژی پێنجشەممە دوای شەڕێکی قورس لە شاری حەما کشایەوە.", "Kurdish"),
    ],
)
def test_other_languages_are_refused_by_name(text, language):
    found = refusal(text)
    assert found.reason == "not_arabic"
    assert language in found.message


def test_english_with_some_arabic_is_refused_with_its_share():
    found = refusal("The army said حماة had fallen and that its units were outside the city by now.")
    assert "% of its letters are Arabic" in found.message


@pytest.mark.parametrize(
    ("text", "reason"), [("", "empty"), (" \n\t", "empty"), ("12 / 34 … !", "not_arabic")]
)
def test_nothing_to_read_is_refused(text, reason):
    assert refusal(text).reason == reason


def test_limit_counts_title_and_text_and_is_named():
    article = Article(id="x", text=ARABIC, title=ARABIC)
    check_readable(article, Limits(characters=2 * len(ARABIC)))
    found = refusal(ARABIC, ARABIC, characters=2 * len(ARABIC) - 1)
    assert found.reason == "too_long"
    assert f"{2 * len(ARABIC) - 1:,}" in found.message
    assert "--max-chars" in found.message
