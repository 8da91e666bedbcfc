"""Values of the record as they are answered: made once, and their words looked at each time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import orjson
import pytest

from api.http import recorded_values
from api.http.masking import ERASED, MASKED, event_fields, fields_of, words
from audit.keys.sealing import Place, SealingKey, seal, unseal
from audit.leaf.wire import shape_of
from domain.personal import Personal, Purpose
from tests.audit import golden

if TYPE_CHECKING:
    from audit.leaf.canonical import JSON

TOPICS = golden.topics_of_the_vocabulary()
KEY = SealingKey("person-zhang/applicant/1", bytes(range(32)))
PLACE = Place("mingjian/test", "case-1", 3, "test:said:1")


@dataclass(frozen=True)
class Said:
    """Words, alone and among others."""

    words: Personal
    more: tuple[Personal, ...] = ()
    number: int = 1


@dataclass(frozen=True)
class Long:
    """Much in one value."""

    text: str


@dataclass
class Ring:
    """One key, until it is destroyed."""

    key: SealingKey | None

    def find(self, _key_id: str) -> SealingKey | None:
        return self.key


def slowly(value: object, *, visible: bool) -> JSON:
    """What is answered of a value, written anew."""

    def show(_pointer: str, personal: Personal) -> JSON:
        return words(personal, visible=visible)

    return shape_of(type(value)).write(value, "", show)


def sealed(text: str, ring: Ring) -> Personal:
    said = Personal(text, "person-zhang", Purpose.APPLICANT)
    return unseal(PLACE, f"/{text}", seal(PLACE, f"/{text}", said, KEY), ring)


@pytest.mark.parametrize("topic", sorted(TOPICS))
def test_an_event_is_shown_again_as_if_it_were_written_anew(topic: str) -> None:
    event = golden.read(golden.files_of(topic)[-1], topic).event
    for visible in (True, False, True):
        assert fields_of(event, visible=visible) == slowly(event, visible=visible)


@pytest.mark.parametrize("topic", sorted(TOPICS))
def test_an_event_that_is_answered_as_it_is_says_the_same(topic: str) -> None:
    event = golden.read(golden.files_of(topic)[-1], topic).event
    for visible in (True, False, True):
        answered = orjson.dumps(event_fields(event, visible=visible))
        assert answered == orjson.dumps(slowly(event, visible=visible))


def test_each_sees_the_words_as_they_may_and_nobody_once_they_are_erased() -> None:
    ring = Ring(KEY)
    said = Said(sealed("张三", ring), (sealed("李四", ring),))
    assert fields_of(said, visible=True)["more"] == ["李四"]
    assert fields_of(said, visible=False) == {"words": MASKED, "more": [MASKED], "number": 1}
    ring.key = None
    assert fields_of(said, visible=True) == {"words": ERASED, "more": [ERASED], "number": 1}


def test_a_value_that_lies_where_another_lay_is_not_taken_for_it() -> None:
    before = len(recorded_values._made.known)
    for number in range(50):
        said = Said(Personal("张三", "person-zhang", Purpose.APPLICANT), number=number)
        assert fields_of(said, visible=True)["number"] == number
        assert fields_of(replace(said, number=-1), visible=True)["number"] == -1
    del said
    assert len(recorded_values._made.known) == before


def test_what_was_made_of_another_value_is_not_shown_at_its_address() -> None:
    said, other = (Said(Personal("张三", "person-zhang", Purpose.APPLICANT), (), n) for n in (1, 2))
    fields_of(other, visible=True)
    recorded_values._made.known[id(said)] = recorded_values._made.known[id(other)]
    assert fields_of(said, visible=True)["number"] == 1


def test_what_one_makes_of_an_answer_is_not_what_the_next_is_told() -> None:
    @dataclass(frozen=True)
    class Plain:
        number: int = 1

    plain, show = Plain(), partial(words, visible=True)
    recorded_values.written(plain, show)["number"] = 2
    assert recorded_values.written(plain, show) == {"number": 1}


def test_no_more_is_kept_than_so_many_octets_however_many_values_are_at_hand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recorded_values, "_made", recorded_values._Made())
    monkeypatch.setattr(recorded_values, "OCTETS_MADE", 20_000)
    many = [Said(Personal("张三", "person-zhang", Purpose.APPLICANT), (), n) for n in range(500)]
    most, longest = 0, Long("职" * 1_000)
    for said in many:
        assert fields_of(said, visible=True)["number"] == said.number
        most = max(most, len(recorded_values._made.known))
    assert 50 < most < 20_000 / recorded_values.OCTETS_OF_A_VALUE
    kept = len(recorded_values._made.known)
    assert kept > 1, "it begins anew, not with each value"
    for said in many[-kept:]:
        assert fields_of(said, visible=True)["number"] == said.number
    assert len(recorded_values._made.known) == kept
    monkeypatch.setattr(recorded_values, "_made", recorded_values._Made())
    held = [replace(longest) for _ in range(500)]
    for each in held:
        fields_of(each, visible=True)
        assert len(recorded_values._made.known) <= 20_000 / 3_000
