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
        "850709   9805", "850709/9805", "85  07  09-9805", "85/07/09 9805", "850709-98 05", "850709\n\n-\n9805",
        "850709:9805", "ABC  123", "ABC\n123", "ABC\t12D", "ABC.123", "ABC/123", "ABC:123", "ABC - 123",
    ],
)  # fmt: skip
def test_a_disguise_is_seen_through(typed: str) -> None:
    text = f"Talade med {typed} på plats"
    assert texts.forbidden_spans(text)
    assert texts.mask(text) == f"Talade med {texts.MASK * len(typed)} på plats"


@pytest.mark.parametrize(
    "typed",
    [
        "👨‍👩‍👧 kom förbi",
        "½ timme",
        "2026-11-21 kl 20.40",
        "E14 vid 12:30",
        "Väg 340 och 345",
        "Kl 20.30",
        "E14 123 fordon",
        "2025, 2026 och 2027",
        "Dnr KS 2026/123",
        "5000-K850709-26",
        "Ring BUP. 120 bilar",
        "2026-11-21 21:49",
        "26.11.21 20.40",
        "2026-11-21. 2008 bilar",
        "2026-11-11/2026-11-28",
        "10/11 12.30–14.05",
        "2026-11-11 – 2026-11-28",
        "SMS: 123 stycken",
        "12 kontroller 10 prov 9805",
    ],
)
def test_what_only_looks_a_little_like_one_is_left_alone(typed: str) -> None:
    assert not texts.forbidden_spans(typed)
    assert texts.mask(typed) == typed
