from marsad.arabic.letters import fold_letters
from marsad.codebook import people_words


def test_people_words_are_folded():
    for name, words in people_words().items():
        assert {word for word in words if fold_letters(word) != word} == set(), name


def test_regulars_are_fighters_and_no_word_is_both_a_civilian_and_a_fighter():
    words = people_words()
    assert words["regulars"] < words["fighters"]
    assert not words["civilians"] & words["fighters"]


def test_round_numbers_are_counted_in_the_form_that_a_text_folds_to():
    round_numbers = {fold_letters(word) for word in ("عشرات", "مئات", "آلاف")}
    assert round_numbers <= people_words()["counted"]


def test_many_are_words_that_count_without_a_number():
    assert {"قتلي", "الشهداء"} <= people_words()["many"]
