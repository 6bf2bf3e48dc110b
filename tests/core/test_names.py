import pytest
from hypothesis import given
from hypothesis import strategies as st

from kabinet.core import names

KYRGYZ = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"
SPACE = "\N{NO-BREAK SPACE}"

letters = st.sampled_from(KYRGYZ + KYRGYZ.upper() + "abcxyzABCXYZ'’- ")
typed_names = st.text(letters, min_size=1, max_size=30)
words = st.text(st.sampled_from(KYRGYZ), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("АБДЫРАЕВА", "Абдыраева"),
        ("айпери", "Айпери"),
        ("  Айпери \t Нурлановна\n", "Айпери Нурлановна"),
        ("АСАН УУЛУ", "Асан уулу"),
        ("Нурлан Кызы", "Нурлан кызы"),
        ("мамед оглы", "Мамед оглы"),
        ("ПЕТРОВА-ВОДКИНА", "Петрова-Водкина"),
        ("Петрова – водкина", "Петрова-Водкина"),
        ("ӨМҮРБЕК ҮСӨНОВ", "Өмүрбек Үсөнов"),
        ("McDonald", "McDonald"),
        ("фон Нейман", "Фон Нейман"),
        ("О'КОННОР", "О'Коннор"),
        ("д’артаньян", "Д’Артаньян"),
        ("МАР'ЯНА", "Мар'яна"),
        ("O'TKIR", "O'tkir"),
        ("а.", "А."),
        ("И\u0306ОРДАН", "Йордан"),
        ("Ай\u200bпери", "Айпери"),
        ("", ""),
    ],
)
def test_tidy_writes_as_the_owner_would(typed: str, tidied: str) -> None:
    assert names.tidy(typed) == tidied


@given(typed_names)
def test_tidy_twice_changes_nothing(name: str) -> None:
    once = names.tidy(name)
    assert names.tidy(once) == once


@given(typed_names)
def test_tidy_never_changes_what_is_found(name: str) -> None:
    assert names.search_key(names.tidy(name)) == names.search_key(name.replace(" -", "-"))


@given(st.text())
def test_tidy_any_text_has_no_stray_blanks(text: str) -> None:
    tidied = names.tidy(text)
    assert tidied == " ".join(tidied.split())


@pytest.mark.parametrize(
    "name",
    [
        "Айпери",
        "Ли",
        "Ү",
        "Асан уулу",
        "Петрова-Водкина",
        "О’Коннор",
        "Oʻktam",
        "А. Б.",
        "José",
        "李娜",
    ],
)
def test_is_name_of_any_script(name: str) -> None:
    assert names.is_name(name) is True


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        "'",
        "Аида2",
        "=СУММ(A1)",
        "a@b",
        "Аида_",
        "Аида\n",
        "1",
        "😀",
        "Аи\x00да",
        "(Аида)",
    ],
)
def test_is_name_refuses_what_is_none(text: str) -> None:
    assert names.is_name(text) is False


def test_initials_of_the_whole_name() -> None:
    assert names.initials("Абдыраева", "Айпери", "Нурлановна") == f"Абдыраева{SPACE}А.{SPACE}Н."


def test_initials_without_patronymic() -> None:
    assert names.initials("Ли", "Анна-Мария") == f"Ли{SPACE}А.-М."


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Өмүрбек", "омурбек"),
        ("Үсөнов", "УСОНОВ"),
        ("Жаңыл", "жаныл"),
        ("Ёлкина", "елкина"),
        ("Еремеев", "ерёмеев"),
        ("Асан  уулу", "асан уулу"),
        ("Петрова-Водкина", "петрова водкина"),
        ("О’Коннор", "о'коннор"),
        ("Oʻktam", "oktam"),
        ("José", "jose"),
        ("И\u0306ордан", "йордан"),
        ("Ғани Қодиров Ҳасан Ўткир", "гани кодиров хасан уткир"),
    ],
)
def test_search_key_forgives_in_both_directions(written: str, typed: str) -> None:
    assert names.search_key(written) == names.search_key(typed)


def test_search_key_keeps_different_names_apart() -> None:
    written = ["Айгуль", "Айгүл", "Алексей", "Алексеев", "Ли", "Лий", "Ян", "Яна"]
    assert len({names.search_key(name) for name in written}) == len(written)


def test_search_key_joins_the_parts_given() -> None:
    assert names.search_key("Үсөнов", "", "Нурлан") == "усонов нурлан"


@given(st.text())
def test_search_key_has_only_letters_digits_and_single_blanks(text: str) -> None:
    key = names.search_key(text)
    assert key == " ".join(key.split())
    assert all(sign.isalnum() or sign == " " for sign in key)


@given(st.lists(words, min_size=1, max_size=3))
def test_search_key_of_a_beginning_is_a_beginning(parts: list[str]) -> None:
    assert names.search_key(*parts).startswith(names.search_key(parts[0]))


def test_sort_key_is_the_kyrgyz_alphabet() -> None:
    keys = [names.sort_key(letter) for letter in KYRGYZ]
    assert keys == sorted(set(keys))


def test_sort_key_orders_real_names() -> None:
    ordered = [
        ("Абаев", "Үсөн"),
        ("Абаева", "Айпери"),
        ("Абай", "Я"),
        ("Абай уулу", "Асан"),
        ("Елкин", "А"),
        ("Ёлкин", "А"),
        ("Жээнбеков", "А"),
        ("Нурланов", "А"),
        ("Ңурланов", "А"),
        ("Осмонов", "А"),
        ("Өмүрбеков", "А"),
        ("Петров", "А"),
        ("Петров-Водкин", "А"),
        ("Петрова", "А"),
        ("Усенов", "А"),
        ("Үсөнов", "А"),
        ("Фролов", "А"),
        ("Abbot", "A"),
        ("Müller", "A"),
        ("Mumford", "A"),
        ("李", "娜"),
    ]
    keys = [names.sort_key(*person) for person in ordered]
    assert keys == sorted(set(keys))


def test_sort_key_of_school_numbers_and_empty_parts() -> None:
    mixed = ["Школа № 100", "Школа № 12", "Школа № 5а", "Школа", "Школа № 012б", "Школа № 5"]
    assert sorted(mixed, key=names.sort_key) == [
        "Школа",
        "Школа № 5",
        "Школа № 5а",
        "Школа № 12",
        "Школа № 012б",
        "Школа № 100",
    ]
    assert sorted(["Школа А", "Школа 12"], key=names.sort_key) == ["Школа 12", "Школа А"]
    assert names.sort_key("", "") == "00"


@given(st.text())
def test_sort_key_is_digits_in_pairs_under_every_collation(text: str) -> None:
    key = names.sort_key(text)
    assert key == "" or (key.isascii() and key.isdigit())


@given(st.lists(st.integers(0, 10**9 - 1), min_size=2, max_size=6))
def test_sort_key_orders_numbers_by_their_size(numbers: list[int]) -> None:
    schools = [f"№ {number} им. Токтогула" for number in sorted(set(numbers))]
    assert sorted(schools, key=names.sort_key) == schools


@given(st.lists(st.tuples(words, words), min_size=2, max_size=6))
def test_sort_key_compares_part_by_part(people: list[tuple[str, str]]) -> None:
    by_parts = sorted(people, key=lambda person: [names.sort_key(part) for part in person])
    assert sorted(people, key=lambda person: names.sort_key(*person)) == by_parts


@given(words)
def test_sort_key_ignores_case_and_apostrophes(word: str) -> None:
    assert names.sort_key(word.upper()) == names.sort_key("'".join(word)) == names.sort_key(word)


@given(st.lists(words, min_size=2, max_size=5))
def test_sort_key_is_alphabetical_letter_by_letter(some: list[str]) -> None:
    places = {letter: place for place, letter in enumerate(KYRGYZ)}
    expected = sorted(some, key=lambda word: [places[letter] for letter in word])
    assert sorted(some, key=names.sort_key) == expected


@pytest.mark.parametrize(
    ("written", "may"),
    [
        ("Орлова Наталья Викторовна", True),
        ("Орлова Н. В.", True),
        ("Н.В. Орлова", True),
        ("проф. Орлова Н.", True),
        ("ОРЛОВА", True),
        ("Орлова Наталья", True),
        ("Орлова М. В.", False),
        ("Орлова Н. П.", False),
        ("Орлов Н. В.", False),
        ("Наталья Викторовна", False),
        ("", False),
    ],
)
def test_a_written_name_may_mean_a_person(written, may):
    assert names.may_be(written, "Орлова", "Наталья", "Викторовна") is may
