"""Identity documents: which there are, how their numbers are written and checked.

Resident identity numbers follow GB 11643; the residence permits of Hong Kong, Macao and
Taiwan residents (81, 82, 83) and the foreigners' permanent residence card of 2023 (9) have
the same 18 places and check digit.
Numbers are compared only in the normalised form (XW-27, A-20): capital ``X``, 15 digits
written as 18, no spaces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.refusal import Citation, Refused
from domain.refusals.sentences_by_code import refusal

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_EIGHTEEN = re.compile(r"[1-9][0-9]{16}[0-9X]")
_FIFTEEN = re.compile(r"[1-9][0-9]{14}")
_OTHER = re.compile(r"[A-Z0-9]{5,20}")
_LONGEST_PASSPORT = 9
"""The places of a passport's number in its machine-readable zone (ICAO Doc 9303, part 4)."""


class DocumentKind(StrEnum):
    """The documents under which somebody can be known to the record."""

    RESIDENT_IDENTITY_CARD = "resident_identity_card"
    HK_MACAO_RESIDENCE_PERMIT = "hk_macao_residence_permit"
    TAIWAN_RESIDENCE_PERMIT = "taiwan_residence_permit"
    HK_MACAO_TRAVEL_PERMIT = "hk_macao_travel_permit"
    TAIWAN_TRAVEL_PERMIT = "taiwan_travel_permit"
    FOREIGN_PERMANENT_RESIDENCE = "foreign_permanent_residence"
    OVERSEAS_TALENT_RESIDENCE = "overseas_talent_residence"
    PASSPORT = "passport"


_PREFIXES = {
    DocumentKind.RESIDENT_IDENTITY_CARD: ("1", "2", "3", "4", "5", "6", "7"),
    DocumentKind.HK_MACAO_RESIDENCE_PERMIT: ("81", "82"),
    DocumentKind.TAIWAN_RESIDENCE_PERMIT: ("83",),
}


_LIFELONG = {
    DocumentKind.HK_MACAO_TRAVEL_PERMIT: re.compile(r"([HM][0-9]{8})([0-9]{2})?"),
    DocumentKind.TAIWAN_TRAVEL_PERMIT: re.compile(r"([0-9]{8})([0-9]{2}[A-Z]?)?"),
    DocumentKind.FOREIGN_PERMANENT_RESIDENCE: re.compile(r"([A-Z]{3}[0-9]{12})"),
}
"""The form of a kind's numbers: the part that stays for life, and what counts the renewals."""


@dataclass(frozen=True)
class Document:
    """One document with its normalised number, and whether it was written otherwise."""

    kind: DocumentKind
    number: str
    as_entered: str

    @property
    def was_normalised(self) -> bool:
        """Whether the number differs from what was typed; the officer is told (XW-27)."""
        return self.number != self.as_entered

    def __repr__(self) -> str:
        """Show the kind, never the number: reprs end up in logs."""
        return f"Document(kind={self.kind.value!r}, …)"


def check_digit(first_seventeen: str) -> str:
    """The 18th place that GB 11643 gives to the first seventeen (ISO 7064 MOD 11-2)."""
    products = (
        int(place) * weight for place, weight in zip(first_seventeen, _WEIGHTS, strict=True)
    )
    return _CHECK_DIGITS[sum(products) % 11]


def read(
    kind: DocumentKind, entered: str, today: date, citations: tuple[Citation, ...] = ()
) -> Document:
    """Read a document number as it was typed.

    ``today`` is the day in Beijing; a birth after it is refused.
    Raises ``Refused`` with code ``ID_FORMAT`` when the number can't be one of that kind.
    """
    number = "".join(entered.split())
    if not number.isascii():
        raise _refused("只能使用半角数字和字母", "it has only plain digits and letters", citations)
    number = number.upper()
    if kind not in _PREFIXES and not (
        kind is DocumentKind.FOREIGN_PERMANENT_RESIDENCE and number.startswith("9")
    ):
        return Document(kind, _of_another_kind(kind, number, citations), entered)
    if kind is DocumentKind.RESIDENT_IDENTITY_CARD and _FIFTEEN.fullmatch(number):
        first_seventeen = f"{number[:6]}19{number[6:]}"
        number = first_seventeen + check_digit(first_seventeen)
    _refuse_unlike_18_places(kind, number, today, citations)
    return Document(kind, number, entered)


def _of_another_kind(kind: DocumentKind, number: str, citations: tuple[Citation, ...]) -> str:
    """What identifies the holder for life; a number tells by its own form whether it is one."""
    if not _OTHER.fullmatch(number):
        raise _refused(
            "号码应为 5 至 20 位字母或数字", "it has 5 to 20 letters or digits", citations
        )
    if _EIGHTEEN.fullmatch(number) or _FIFTEEN.fullmatch(number):
        raise _refused(
            "这是身份证件的号码，请核对证件种类",
            "it is the number of an identity card; check the kind",
            citations,
        )
    form = _LIFELONG.get(kind)
    found = re.search("[0-9]", number) if form is None else form.fullmatch(number)
    if found is None or (form is None and _is_plainly_another(kind, number)):
        raise _refused(
            "号码与证件种类的格式不符，请核对证件种类",
            "numbers of this kind are written otherwise; check the kind",
            citations,
        )
    return number if form is None else found[1]


def _is_plainly_another(kind: DocumentKind, number: str) -> bool:
    """Whether a number of a kind without a form has that of another, which a passport may share."""
    if kind is DocumentKind.PASSPORT:
        return len(number) > _LONGEST_PASSPORT
    return any(form.fullmatch(number) for form in _LIFELONG.values())


def _refuse_unlike_18_places(
    kind: DocumentKind, number: str, today: date, citations: tuple[Citation, ...]
) -> None:
    if not _EIGHTEEN.fullmatch(number):
        raise _refused(
            "号码应为 18 位，末位可为 X", "it has 18 places, the last may be X", citations
        )
    prefixes = _PREFIXES.get(kind, ("9",))
    if not number.startswith(prefixes):
        raise _refused(
            "号码开头与证件种类不符，请核对证件种类",
            "its first digits belong to another kind of document; check the kind",
            citations,
        )
    if number[17] != check_digit(number[:17]):
        raise _refused(
            "末位校验码不符，请逐位核对", "its check digit is wrong; compare each digit", citations
        )
    try:
        born = date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
    except ValueError:
        raise _refused(
            "其中的出生日期不存在", "the date of birth in it does not exist", citations
        ) from None
    if born > today:
        raise _refused(
            "其中的出生日期晚于今天", "the date of birth in it lies in the future", citations
        )


def _refused(chinese: str, english: str, citations: tuple[Citation, ...]) -> Refused:
    return Refused(
        refusal("ID_FORMAT", citations, pointer="/document/number", wrong=(chinese, english))
    )
