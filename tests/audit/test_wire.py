"""Typed events as stored fields, and back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.leaf import canonical
from audit.leaf.wire import UnreadableError, UnstorableError, personal_in, shape_of
from domain import vocabulary
from domain.event import topics
from domain.personal import Personal, Purpose
from tests.audit.said import NOON, ZHANG, Colour, Detail, Everything, Numbered

texts = st.text(st.characters(exclude_categories=["Cs"]))
words = st.builds(Personal, texts, st.just("person-1"), st.sampled_from(Purpose))
details = st.builds(Detail, texts, st.none() | words)
events = st.builds(
    Everything,
    text=texts,
    number=st.integers(1 - 2**53, 2**53 - 1),
    truth=st.booleans(),
    day=st.dates(),
    instant=st.datetimes(timezones=st.timezones()).filter(lambda one: 2 < one.year < 9998),
    colour=st.sampled_from(Colour),
    words=words,
    detail=details,
    details=st.lists(details).map(tuple),
    nothing=st.none() | texts,
)

AN_EVENT = Everything(
    text="文",
    number=7,
    truth=True,
    day=date(2024, 10, 15),
    instant=NOON,
    colour=Colour.RED,
    words=ZHANG,
    detail=Detail("a", None),
    details=(Detail("b", ZHANG),),
    nothing=None,
)


def in_clear(pointer: str, personal: Personal) -> canonical.JSON:
    return [pointer, personal.text, personal.owner, personal.purpose.value]


def from_clear(pointer: str, stored: canonical.JSON) -> Personal:
    assert isinstance(stored, list)
    assert stored[0] == pointer
    return Personal(stored[1], stored[2], Purpose(stored[3]))


def written(event: object) -> Any:  # noqa: ANN401
    return shape_of(type(event)).write(event, "/fields", in_clear)


@given(events)
def test_an_event_comes_back_as_it_was_written(event: Everything) -> None:
    stored = canonical.decode(canonical.encode(written(event)))
    read = shape_of(Everything).read(stored, "/fields", from_clear)
    # an hour that a clock shows twice equals nothing elsewhere, so instants are compared in UTC
    assert read == replace(event, instant=event.instant.astimezone(UTC))


def test_the_stored_form_of_each_type() -> None:
    assert written(AN_EVENT) == {
        "text": "文",
        "number": 7,
        "truth": True,
        "day": "2024-10-15",
        "instant": "2024-10-15T04:00:00.000000Z",
        "colour": "red",
        "words": ["/fields/words", "张三𠮷", "person-zhang", "applicant"],
        "detail": {"name": "a", "said": None},
        "details": [
            {
                "name": "b",
                "said": ["/fields/details/0/said", "张三𠮷", "person-zhang", "applicant"],
            }
        ],
        "nothing": None,
        "later": None,
    }


def test_an_instant_of_another_zone_is_stored_in_utc() -> None:
    beijing = timezone(timedelta(hours=8))
    event = replace(AN_EVENT, instant=datetime(2024, 10, 15, 12, 0, 0, 5, tzinfo=beijing))
    assert written(event)["instant"] == "2024-10-15T04:00:00.000005Z"


def test_a_field_added_later_takes_its_default_from_older_bytes() -> None:
    older = {name: value for name, value in written(AN_EVENT).items() if name != "later"}
    assert shape_of(Everything).read(older, "/fields", from_clear) == AN_EVENT


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", 1),
        ("number", True),
        ("number", "7"),
        ("truth", 1),
        ("day", "2024-10-15T00:00:00"),
        ("day", "20241015"),
        ("day", "2024-02-30"),
        ("instant", "2024-10-15T04:00:00Z"),
        ("instant", "2024-10-15T04:00:00.000000+00:00"),
        ("instant", "2024-13-15T04:00:00.000000Z"),
        ("colour", "green"),
        ("colour", None),
        ("detail", {"name": "a"}),
        ("detail", {"name": "a", "said": None, "more": 1}),
        ("details", {}),
        ("unknown", 1),
    ],
)
def test_stored_fields_that_the_class_does_not_declare_are_refused(field: str, value: Any) -> None:  # noqa: ANN401
    with pytest.raises(UnreadableError) as refused:
        shape_of(Everything).read({**written(AN_EVENT), field: value}, "/fields", from_clear)
    assert "green" not in str(refused.value)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", 1),
        ("number", 7.5),
        ("number", True),
        ("day", NOON),
        ("instant", datetime(2024, 10, 15)),  # noqa: DTZ001
        ("colour", "red"),
        ("words", "张三"),
        ("details", [Detail("a", None)]),
        ("detail", ZHANG),
    ],
)
def test_a_value_of_another_type_is_not_written(field: str, value: Any) -> None:  # noqa: ANN401
    with pytest.raises(UnstorableError):
        written(replace(AN_EVENT, **{field: value}))


def test_a_class_with_a_free_dictionary_is_refused_by_name() -> None:
    @dataclass(frozen=True)
    class Loose:
        anything: dict[str, str]

    with pytest.raises(UnstorableError, match=r"Loose\.anything"):
        shape_of(Loose)


def test_a_class_that_can_be_changed_is_refused() -> None:
    @dataclass
    class Soft:
        text: str

    with pytest.raises(UnstorableError, match="Soft"):
        shape_of(Soft)


def test_all_words_of_an_event_are_found() -> None:
    assert list(personal_in(AN_EVENT)) == [ZHANG, ZHANG]
    assert list(personal_in(Numbered(number=1))) == []


def test_every_class_of_the_vocabulary_can_be_stored() -> None:
    kinds = [kind for kind in topics().values() if kind.__module__.startswith("domain.")]
    assert len(kinds) >= len(vocabulary.__all__)
    for kind in kinds:
        shape_of(kind)
