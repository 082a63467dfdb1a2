"""How the articles write a word."""

from __future__ import annotations

from analysis.words.written import written_forms


def test_names_have_capitals_and_sentence_beginnings_dont_count():
    texts = [
        "Courts close. The Supreme\n Court said so: Farmers and farmers, and the EU.",
        "The Supreme Court.",
    ]
    words = ["supreme court", "farmers", "courts", "eu", "minister"]
    assert written_forms(words, texts) == {
        "supreme court": "Supreme Court",
        "farmers": "farmers",
        "courts": "Courts",
        "eu": "EU",
        "minister": "minister",
    }


def test_a_part_of_a_longer_word_is_not_the_word():
    assert written_forms(["eu"], ["Europe and the neutral EUREKA"]) == {"eu": "eu"}


def test_scripts_without_capitals_stay():
    assert written_forms(["法院", "مدرسة"], ["法院", "مدرسة"]) == {"法院": "法院", "مدرسة": "مدرسة"}


def test_other_letters_with_capitals():
    assert written_forms(["россия", "мир"], ["Мы видим, что Россия хочет мир. Мир."]) == {
        "россия": "Россия",
        "мир": "мир",
    }
