"""Words of PDF text come back in their order where the text shows what happened to it."""

import pytest

from marsad.articles.formats.pdf_order import from_the_right, is_from_the_left, mended, undirected, words_of

LEFT, END, RIGHT = "\u202a", "\u202c", "\u202b"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("أيام⟦ .⟫وقال", "أيام. وقال"),
        ("الريف⟦.⟫", "الريف."),
        ("أن ⟦ 25⟫مدنيا", "أن 25 مدنيا"),
        ("الطريق ⟦ M5⟫أغلقت⟦« .⟫لن", "الطريق M5 أغلقت. «لن"),
        ("الأول ⟦( 2024⟫بينهم", "الأول 2024 (بينهم"),
        ("بلا علامات", "بلا علامات"),
        ("⟦مفتوح", "مفتوح"),
    ],
)
def test_direction_marks_go_and_what_they_wrapped_stands_right(given, expected):
    marked = given.replace("⟦", LEFT).replace("⟫", END)
    assert " ".join(undirected(f"{RIGHT}{marked}{END}").split()) == expected


@pytest.mark.parametrize(
    ("given", "known", "expected"),
    [
        ("قبل ثالثة أيام", ["ثلاثة"], "قبل ثلاثة أيام"),
        ("الطابق الثالث", ["الثالث", "الثلاث"], "الطابق الثالث"),
        ("المدينة الثالثة", [], "المدينة الثالثة"),
        ("األول واآلخر واإلنقاذ", [], "الأول والآخر والإنقاذ"),
        ("االتهامات", [], "الاتهامات"),
        ("إطالقا ال عالقة", ["إطلاقا", "لا", "علاقة"], "إطلاقا لا علاقة"),
    ],
)
def test_lam_alef_is_turned_back_where_that_makes_a_known_word(given, known, expected):
    assert mended(given, known) == expected


def test_words_of_texts():
    assert words_of(["قال، إن", "إن 25"]) == {"قال", "إن", "25"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (".أيام ثلاثة استمرت معارك", "معارك استمرت ثلاثة أيام."),
        ("قيل ما ولم. الشمالي", "الشمالي. ولم ما قيل"),
        (",( أطفال ثلاثة بينهم ) 2024 الأول", "الأول 2024 (بينهم ثلاثة أطفال),"),
        (". أغلقت M5 الطريق من كيلومترات 3.5", "3.5 كيلومترات من الطريق M5 أغلقت."),
        ("نفى مصدر وقال الأقل؛", "الأقل؛ وقال مصدر نفى"),
        ("خمسة: الوعر حي", "حي الوعر: خمسة"),
        ("، « نعود لن » .", ". «لن نعود»،"),
        ("", ""),
    ],
)
def test_line_from_the_left_is_turned(given, expected):
    assert from_the_right(given) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (".أيام ثلاثة\nقال\n", True),
        ("ثلاثة أيام.\nقال\n", False),
        ("عنوان", False),
        ("،كذا\n.كذا\nكذا.", True),
    ],
)
def test_lines_from_the_left_begin_with_their_end(text, expected):
    assert is_from_the_left(text) is expected
