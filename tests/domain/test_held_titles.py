"""What titles the law is told of: those that are stated, found out, and on record."""

from __future__ import annotations

from datetime import date

import pytest

from domain.case.application import HeldTitle
from domain.case.held_titles import Told, told
from domain.case.values import EstablishedTitle
from domain.person.titles import Title
from domain.policy import records
from domain.policy.records import NOT_MENTIONED

LONG_AGO, LATELY = date(2009, 12, 1), date(2023, 5, 6)
STATED = HeldTitle(
    claim="held",
    level="assistant",
    series="农业",
    means="评审",
    gained_on=LONG_AGO,
    appointed_on=None,
)
FOUND = EstablishedTitle(
    level="assistant", series="农业", means="评审", gained_on=LONG_AGO, appointed_on=None
)
HERE = Title("case-1", "农业", "作物", "assistant", "认定", LATELY)
OLD = records.Title(level="assistant", series="农业", via="评审", gained=LONG_AGO)
RECENT = records.Title(level="assistant", series="农业", via="认定", gained=LATELY)


@pytest.mark.parametrize(
    ("stated", "found", "on_record", "known"),
    [
        (None, (), (), Told(NOT_MENTIONED, whole=False)),
        ((), (), (), Told((), whole=True)),
        ((STATED,), (), (), Told((OLD,), whole=True)),
        (None, (), (HERE,), Told((RECENT,), whole=False)),
        ((), (), (HERE,), Told((RECENT,), whole=True)),
        ((), (FOUND,), (), Told((OLD,), whole=True)),
        (None, (FOUND,), (), Told((OLD,), whole=False)),
        ((STATED,), (FOUND,), (HERE,), Told((OLD, RECENT), whole=True)),
    ],
    ids=[
        "silent",
        "none",
        "one",
        "silent of one on record",
        "one on record denied",
        "one found that was denied",
        "one found of which nobody spoke",
        "one found that was stated",
    ],
)
def test_silence_is_no_none_and_what_is_known_is_never_denied(
    stated: tuple[HeldTitle, ...] | None,
    found: tuple[EstablishedTitle, ...],
    on_record: tuple[Title, ...],
    known: Told,
) -> None:
    assert told(stated, found, on_record) == known
