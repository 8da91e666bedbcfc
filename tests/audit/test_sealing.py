"""Envelopes of words: bound to their place and to their key."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.keys.sealing import (
    WORDS_KEPT,
    Place,
    SealBrokenError,
    Sealed,
    SealingKey,
    from_token,
    seal,
    unseal,
)
from audit.leaf.wire import UnreadableError, UnstorableError
from domain.personal import Personal, Purpose
from tests.audit.said import ZHANG

KEY = SealingKey("person-zhang/applicant/1", bytes(range(32)))
PLACE = Place("mingjian/test", "case-1", 3, "test:said:1")
POINTER = "/fields/words"


class Ring:
    """Keys by id; None is a tombstone."""

    def __init__(self, *keys: SealingKey, destroyed: str = "") -> None:
        self._keys = {key.key_id: key for key in keys}
        self._destroyed = destroyed

    def find(self, key_id: str) -> SealingKey | None:
        return None if key_id == self._destroyed else self._keys[key_id]


def an_envelope() -> dict[str, str]:
    envelope = seal(PLACE, POINTER, ZHANG, KEY)
    assert isinstance(envelope, dict)
    return envelope


def test_words_come_back_with_their_owner_and_purpose() -> None:
    opened = unseal(PLACE, POINTER, an_envelope(), Ring(KEY))
    assert opened == ZHANG
    assert opened == ZHANG
    assert hash(opened) == hash(ZHANG)
    assert isinstance(opened, Personal)


def test_two_envelopes_of_the_same_words_have_nothing_but_the_key_in_common() -> None:
    one, other = an_envelope(), an_envelope()
    assert one["cipher"] != other["cipher"]
    assert one["nonce"] != other["nonce"]
    assert one["commitment"] == other["commitment"]


def test_the_words_stand_nowhere_in_the_envelope() -> None:
    assert "张三" not in str(an_envelope())
    assert "张三" not in unseal(PLACE, POINTER, an_envelope(), Ring(KEY)).token
    assert "张三" not in repr(unseal(PLACE, POINTER, an_envelope(), Ring(KEY)))


@pytest.mark.parametrize(
    "elsewhere",
    [
        PLACE._replace(origin="mingjian/other"),
        PLACE._replace(stream="case-2"),
        PLACE._replace(version=4),
        PLACE._replace(topic="test:said:2"),
    ],
)
def test_an_envelope_does_not_open_at_another_place(elsewhere: Place) -> None:
    with pytest.raises(SealBrokenError):
        _ = unseal(elsewhere, POINTER, an_envelope(), Ring(KEY)).text


def test_an_envelope_does_not_open_at_another_pointer() -> None:
    with pytest.raises(SealBrokenError):
        _ = unseal(PLACE, "/fields/other", an_envelope(), Ring(KEY)).text


def test_a_key_opens_only_what_is_committed_to_it() -> None:
    other = SealingKey(KEY.key_id, bytes(32))
    with pytest.raises(SealBrokenError, match="committed to another key"):
        _ = unseal(PLACE, POINTER, an_envelope(), Ring(other)).text


@pytest.mark.parametrize("member", ["cipher", "commitment", "nonce"])
def test_an_altered_envelope_does_not_open(member: str) -> None:
    envelope = an_envelope()
    first = "1" if envelope[member][0] == "0" else "0"
    with pytest.raises(SealBrokenError):
        _ = unseal(
            PLACE, POINTER, {**envelope, member: first + envelope[member][1:]}, Ring(KEY)
        ).text


def test_words_are_gone_when_their_key_is_destroyed() -> None:
    gone = unseal(PLACE, POINTER, an_envelope(), Ring(destroyed=KEY.key_id))
    assert gone.text is None
    assert gone.owner == "person-zhang"
    assert gone.purpose is Purpose.APPLICANT


def test_erased_words_cannot_be_recorded_again() -> None:
    with pytest.raises(UnstorableError):
        seal(PLACE, POINTER, replace(ZHANG, text=None), KEY)


def test_words_with_a_lone_surrogate_are_refused_without_being_told() -> None:
    with pytest.raises(UnstorableError) as refused:
        seal(PLACE, POINTER, replace(ZHANG, text="张三\ud800"), KEY)
    assert "张三" not in str(refused.value)


def test_what_a_view_stores_opens_later() -> None:
    token = unseal(PLACE, POINTER, an_envelope(), Ring(KEY)).token
    opened = from_token(token, Ring(KEY))
    assert isinstance(opened, Sealed)
    assert opened.text == ZHANG.text
    assert opened.token == token


@pytest.mark.parametrize(
    "stored", [None, "words", {}, {"cipher": "", "commitment": "", "key": "a/b/1", "nonce": ""}]
)
def test_what_is_no_envelope_is_refused(stored: str | dict[str, str] | None) -> None:
    with pytest.raises(UnreadableError):
        unseal(PLACE, POINTER, stored, Ring(KEY))


def test_what_was_opened_at_its_place_does_not_open_elsewhere_since() -> None:
    envelope, ring = an_envelope(), Ring(KEY)
    assert unseal(PLACE, POINTER, envelope, ring).text == ZHANG.text
    for place, pointer in ((PLACE._replace(version=4), POINTER), (PLACE, "/fields/other")):
        with pytest.raises(SealBrokenError):
            _ = unseal(place, pointer, envelope, ring).text


def test_what_was_opened_is_remembered_by_the_key_alone_and_only_so_much_of_it() -> None:
    key = SealingKey(KEY.key_id, bytes(range(32)))
    for version in range(WORDS_KEPT + 1):
        place = PLACE._replace(version=version)
        envelope = seal(place, POINTER, ZHANG, key)
        assert [unseal(place, POINTER, envelope, Ring(key)).text for _ in "12"] == [ZHANG.text] * 2
    assert list(key.opened.values()) == [ZHANG.text]
    words = unseal(PLACE, POINTER, an_envelope(), Ring(key))
    assert words.text == ZHANG.text
    assert ZHANG.text not in vars(words).values()


def test_a_key_that_was_used_keeps_nothing_but_its_octets_and_what_it_opened() -> None:
    """A process keeps thousands of keys; a cipher that was used takes more than all of a key."""
    key = SealingKey(KEY.key_id, bytes(range(32)))
    sealed = seal(PLACE, POINTER, ZHANG, key)
    assert unseal(PLACE, POINTER, sealed, Ring(key)).text == ZHANG.text
    assert {type(each) for each in vars(key).values()} == {str, bytes, dict}
