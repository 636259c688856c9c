"""Free text: what points out a citizen is found and masked, and ordinary words are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog import texts
from tests.kinds.answers import ANY_JSON, repeatable

# Test numbers that the tax agency publishes, and such as differ from them in the check digit alone.
PERSONAL_NUMBERS = (
    "890201-3286",
    "8902013286",
    "19890201-3286",
    "198902013286",
    "19890201 3286",
    "890201 - 3286",
    "890201+3286",
    "19890201–3286",
    "890261-3283",  # a coordination number: sixty is added to the day
    "19890261-3283",
    "(890201-3286)",
    "nr890201-3286.",
)
NO_PERSONAL_NUMBERS = (
    "890201-3287",
    "890231-3286",  # no month has the check digit and this day
    "891301-3286",
    "890201-328",
    "1890201-32867",
    "E14 2026-11-21 21:40",
    "063-14 30 00",
    "15 bilar, 12 prov, 3 böter",
)
PLATES = ("ABC123", "ABC 123", "ABC-12D", "stod vid ABC 12D!", "MLB84U", "X:ABC123")
NO_PLATES = ("E14", "E45 norrut", "väg 87", "AIK 123", "QVI123", "ABC 12O", "ABCD123", "ABC1234", "kl 2140", "ABC 1")
DOUBTFUL = (
    "mot 340",
    "abc 123",
    "Abc12d",
    "070-123 45 67",
    "+46 70 123 45 67",
    "0701234567",
    "abc  123",
    "abc.123",
    "070  123\n45 67",
)


@pytest.mark.parametrize("text", PERSONAL_NUMBERS)
def test_a_personal_number_with_its_check_digit_is_found_and_masked(text: str) -> None:
    assert texts.forbidden_spans(text)
    assert "328" not in texts.mask(text)
    assert "8902" not in texts.mask(text)
    assert texts.forbidden_spans(texts.mask(text)) == []


@pytest.mark.parametrize("text", NO_PERSONAL_NUMBERS)
def test_other_figures_are_left_alone(text: str) -> None:
    assert texts.forbidden_spans(text) == []
    assert texts.mask(text) == text


@pytest.mark.parametrize("text", PLATES)
def test_a_plate_in_capitals_is_found_and_masked(text: str) -> None:
    assert texts.forbidden_spans(text)
    assert texts.MASK in texts.mask(text)
    assert "12" not in texts.mask(text)


@pytest.mark.parametrize("text", NO_PLATES)
def test_roads_and_other_capitals_are_no_plates(text: str) -> None:
    assert texts.forbidden_spans(text) == []


@pytest.mark.parametrize("text", DOUBTFUL)
def test_a_looser_match_only_asks(text: str) -> None:
    assert texts.forbidden_spans(text) == []
    assert texts.is_doubtful(text)


@pytest.mark.parametrize("text", ["", "Lugnt hela kvällen", "E14 vid avfart 3", "10 av 12", "prov 2140", "Lit 2140"])
def test_ordinary_words_ask_nothing(text: str) -> None:
    assert not texts.is_doubtful(text)
    assert texts.forbidden_spans(text) == []


def test_everything_forbidden_in_a_text_is_masked_and_the_rest_stays() -> None:
    said = "ABC 123 och 890201-3286 körde om DEF45G vid E14"
    assert texts.mask(said) == "███████ och ███████████ körde om ██████ vid E14"


@pytest.mark.parametrize(
    ("text", "unreadable"),
    [
        ("a\x00b", True),
        ("a\x1bb", True),
        ("a\x7fb", True),
        ("a\x85b", True),
        ("a\u202eb", True),
        ("a\u2066b\u2069", True),
        ("a\u200fb", True),
        ("a\ud800b", True),
        ("två\nrader\toch ett steg", False),
        ("Brandbil 🚒, familj 👨‍👩‍👧, flagga 🇸🇪, ü, שלום", False),
    ],
)
def test_what_nobody_can_see_is_unreadable_and_what_is_only_unusual_is_not(text: str, unreadable: bool) -> None:
    assert texts.is_unreadable(text) is unreadable


@repeatable(200)
@given(st.text(st.characters(), max_size=60), st.sampled_from([*PERSONAL_NUMBERS[:6], *PLATES[:3]]))
def test_nothing_forbidden_is_left_after_masking_whatever_stands_around_it(around: str, forbidden: str) -> None:
    masked = texts.mask(f"{around} {forbidden} {around}")
    assert forbidden not in masked
    assert texts.forbidden_spans(masked) == []
    masked.encode()
    assert "\0" not in masked


@repeatable(200)
@given(ANY_JSON, st.sampled_from(["890201-3286", "ABC 123"]))
def test_a_forbidden_text_is_masked_however_deep_it_lies(value: object, forbidden: str) -> None:
    for wrapped in ([value, [forbidden]], {"note": {forbidden: forbidden}, "rest": value}):
        assert forbidden not in str(texts.mask_all(wrapped))
