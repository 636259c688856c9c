"""A personal number or a plate is found however it was typed, and all of it is blacked out."""

import pytest

from fieldlog import texts


@pytest.mark.parametrize(
    "typed",
    [
        "850709\u200b-9805", "８５０７０９-９８０５", "8507 099805",
        "85-07-09-9805", "1985-07-09-9805", "1985.07.09 9805",
        "850709\u20119805", "850709—9805", "850709\u00a0\u2212\u00a09805", "ABC\u2011123", "ABC–12D",
        "ABC\u200b123", "ＡＢＣ 123", "AB\u00adC 12D",
    ],
)  # fmt: skip
def test_a_disguise_is_seen_through(typed: str) -> None:
    text = f"Talade med {typed} på plats"
    assert texts.forbidden_spans(text)
    assert texts.mask(text) == f"Talade med {texts.MASK * len(typed)} på plats"


@pytest.mark.parametrize(
    "typed", ["👨‍👩‍👧 kom förbi", "½ timme", "2026-11-21 kl 20.40", "E14 vid 12:30", "Väg 340 och 345"]
)
def test_what_only_looks_a_little_like_one_is_left_alone(typed: str) -> None:
    assert not texts.forbidden_spans(typed)
    assert texts.mask(typed) == typed
