"""Document numbers: normalised, checked, never guessed.

The invented range: resident numbers 360734190001DDNNNC, and others that are plainly invented.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from domain.document import Document, DocumentKind, check_digit, read
from domain.refusal import Citation, Refused

TODAY = date(2024, 10, 15)
CARD = DocumentKind.RESIDENT_IDENTITY_CARD


def numbered(first_seventeen: str) -> str:
    return first_seventeen + check_digit(first_seventeen)


NUMBER = numbered("36073419000101001")
ENDS_IN_X = next(
    number
    for number in (numbered(f"36073419000101{place:03}") for place in range(1, 100))
    if number.endswith("X")
)


def refused(kind: DocumentKind, entered: str, today: date = TODAY) -> str:
    """The English sentence of the one refusal."""
    with pytest.raises(Refused) as refusal:
        read(kind, entered, today)
    (reason,) = refusal.value.refusals
    assert reason.code == "ID_FORMAT"
    assert reason.pointer == "/document/number"
    return reason.english


@pytest.mark.parametrize(
    ("first_seventeen", "expected"),
    [("1" + "0" * 16, "5"), ("0" * 16 + "1", "X"), ("0" * 17, "1"), ("0" * 16 + "5", "2")],
)
def test_the_check_digit_is_iso_7064_mod_11_2(first_seventeen: str, expected: str) -> None:
    assert check_digit(first_seventeen) == expected


@given_any(st.text(alphabet="0123456789", min_size=17, max_size=17))
def test_the_check_digit_makes_the_weighted_sum_one_modulo_eleven(first_seventeen: str) -> None:
    """ISO 7064: the weight of the place p from the right is 2 to the power p-1, modulo 11."""
    digits = [int(place) for place in first_seventeen]
    last = check_digit(first_seventeen)
    digits.append(10 if last == "X" else int(last))
    assert sum(digit * 2**place for place, digit in enumerate(reversed(digits))) % 11 == 1


def test_a_number_with_its_right_check_digit_is_read_as_it_is() -> None:
    document = read(CARD, NUMBER, TODAY)
    assert document == Document(CARD, NUMBER, NUMBER)
    assert not document.was_normalised


def test_a_wrong_check_digit_is_refused() -> None:
    wrong = NUMBER[:17] + str((int(NUMBER[17]) + 1) % 10 if NUMBER[17] != "X" else 1)
    assert "check digit" in refused(CARD, wrong)


def test_every_single_mistyped_digit_is_noticed() -> None:
    for place in range(6, 18):
        for digit in "0123456789":
            typed = NUMBER[:place] + digit + NUMBER[place + 1 :]
            if typed != NUMBER:
                refused(CARD, typed)


def test_a_small_x_is_written_large_and_the_officer_is_told() -> None:
    """XW-27."""
    document = read(CARD, ENDS_IN_X.lower(), TODAY)
    assert document.number == ENDS_IN_X
    assert document.as_entered == ENDS_IN_X.lower()
    assert document.was_normalised


def test_fifteen_digits_and_eighteen_are_the_same_document() -> None:
    """A-20."""
    fifteen = NUMBER[:6] + NUMBER[8:17]
    assert read(CARD, fifteen, TODAY).number == NUMBER
    assert read(CARD, fifteen, TODAY).was_normalised


def test_fifteen_digits_with_an_impossible_birth_are_refused() -> None:
    assert "does not exist" in refused(CARD, "360734" + "001301" + "001")


@pytest.mark.parametrize("typed", [f" {NUMBER} ", f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}"])
def test_spaces_mean_nothing(typed: str) -> None:
    assert read(CARD, typed, TODAY).number == NUMBER


def test_a_birth_today_is_possible_and_tomorrow_is_not() -> None:
    newborn = numbered("36073420241015001")
    assert read(CARD, newborn, TODAY).number == newborn
    assert "lies in the future" in refused(CARD, newborn, date(2024, 10, 14))


@pytest.mark.parametrize("born", ["19000230", "19001301", "19000100", "00000101"])
def test_a_birth_that_no_calendar_has_is_refused(born: str) -> None:
    assert "does not exist" in refused(CARD, numbered(f"360734{born}001"))


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "3607341900010100",
        NUMBER + "0",
        "X" * 18,
        NUMBER[:16] + "X" + NUMBER[17],
        "0" + NUMBER[1:],
    ],
)
def test_what_has_not_eighteen_places_is_refused(typed: str) -> None:
    assert "18 places" in refused(CARD, typed)


@pytest.mark.parametrize("kind", list(DocumentKind))
@pytest.mark.parametrize("typed", ["３６０７３４", "ıABC12345", "ſ1234567", "36073４190001010015"])
def test_characters_that_only_look_alike_are_refused(kind: DocumentKind, typed: str) -> None:
    assert "plain digits and letters" in refused(kind, typed)


PERMITS = [
    (DocumentKind.HK_MACAO_RESIDENCE_PERMIT, "810000"),
    (DocumentKind.HK_MACAO_RESIDENCE_PERMIT, "820000"),
    (DocumentKind.TAIWAN_RESIDENCE_PERMIT, "830000"),
    (DocumentKind.FOREIGN_PERMANENT_RESIDENCE, "911344"),
]


@pytest.mark.parametrize(("kind", "prefix"), PERMITS)
def test_a_permit_of_eighteen_places_is_checked_like_an_identity_card(
    kind: DocumentKind, prefix: str
) -> None:
    number = numbered(f"{prefix}19000101001")
    assert read(kind, number, TODAY).number == number
    wrong = number[:17] + ("0" if number[17] != "0" else "1")
    assert "check digit" in refused(kind, wrong)
    assert "future" in refused(kind, numbered(f"{prefix}20990101001"))


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (CARD, numbered("81000019000101001")),
        (CARD, numbered("91134419000101001")),
        (DocumentKind.HK_MACAO_RESIDENCE_PERMIT, NUMBER),
        (DocumentKind.HK_MACAO_RESIDENCE_PERMIT, numbered("83000019000101001")),
        (DocumentKind.TAIWAN_RESIDENCE_PERMIT, numbered("81000019000101001")),
    ],
)
def test_a_number_of_another_kind_of_document_is_refused(kind: DocumentKind, number: str) -> None:
    assert "another kind" in refused(kind, number)


def test_fifteen_digits_are_no_residence_permit() -> None:
    assert "18 places" in refused(DocumentKind.HK_MACAO_RESIDENCE_PERMIT, "810000000101001")


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (DocumentKind.PASSPORT, "zz0000001"),
        (DocumentKind.HK_MACAO_TRAVEL_PERMIT, "h00000000"),
        (DocumentKind.TAIWAN_TRAVEL_PERMIT, "00000000"),
        (DocumentKind.OVERSEAS_TALENT_RESIDENCE, "zzz00000000001"),
        (DocumentKind.FOREIGN_PERMANENT_RESIDENCE, "zzz110000000001"),
    ],
)
def test_other_documents_are_letters_and_digits_written_large(
    kind: DocumentKind, typed: str
) -> None:
    assert read(kind, typed, TODAY).number == typed.upper()


@pytest.mark.parametrize("typed", ["A123", "A" * 21, "AB-12345", ""])
def test_other_documents_have_five_to_twenty_places(typed: str) -> None:
    assert "5 to 20" in refused(DocumentKind.PASSPORT, typed)


def test_a_refusal_cites_the_rule_of_the_pack() -> None:
    rule = Citation("ZZ-1", "甲条", "虚构", "invented-2024")
    for kind, typed in ((CARD, "1"), (DocumentKind.PASSPORT, "1"), (CARD, "一")):
        with pytest.raises(Refused) as refusal:
            read(kind, typed, TODAY, (rule,))
        assert refusal.value.refusals[0].citations == (rule,)


def test_a_document_does_not_show_its_number() -> None:
    assert NUMBER not in repr(read(CARD, NUMBER, TODAY))
    assert str(read(CARD, NUMBER, TODAY)) == "Document(kind='resident_identity_card', …)"
