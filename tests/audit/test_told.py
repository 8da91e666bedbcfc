"""What leaves told of many things: on disk, but for what was asked for last."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING

import pytest

from audit.duties import told
from audit.duties.bindings import Bindings
from audit.duties.leaf import Leaf, LeafUnreadableError
from audit.powers.grants import Grants

if TYPE_CHECKING:
    from collections.abc import Iterator

AT = "2024-10-15T01:00:00.000000Z"
DAY, LATER = "2024-10-16", "2024-10-17"
ACCOUNTS = 600


def leaf(position: int, stream: str, topic: str, **fields: object) -> Leaf:
    """An event outside a case, by an official."""
    actor = {"type": "account", "person": f"person-of-{stream}", "account": stream}
    return Leaf(position, stream, position, topic, AT, actor, fields)


def official(number: int) -> Iterator[Leaf]:
    """An account with its secret, an appointment and a matter of its own."""
    at, account = 10 * number, f"account-{number}"
    person, appointment = f"person-{number}", f"appointment-{number}"
    yield leaf(at + 1, account, "account:opened:1", person=person)
    yield leaf(at + 2, account, "account:secret-given:1", means="code", part="whole")
    yield leaf(
        *(at + 3, f"seats-{number}", "seats:appointment-opened:1"),
        appointment=appointment,
        seat="handler",
        person=person,
        account=account,
        effective_on=DAY,
    )
    yield leaf(at + 4, f"objection-{number}", "objection:raised:1", case=f"case-{number}")
    yield leaf(at + 5, f"objection-{number}", "objection:upheld:1", organisation="organisation-1")


def grown(bindings: Bindings, grants: Grants, first: int) -> int:
    """Octets of memory that are in use after so many more were heard of and asked for."""
    for number in range(first, first + ACCOUNTS):
        for each in official(number):
            bindings.hear(each)
        place = leaf(10 * number + 6, f"organisation-{number}", "organisation:placed:1", area="甲")
        grants.hear(place)
        assert grants.area_of(f"organisation-{number}", 10**9) == "甲"
    for number in range(first, first + ACCOUNTS):
        bound = bindings.accounts.of(f"account-{number}")
        seat = bindings.seats.of(f"appointment-{number}")
        assert bound is not None
        assert seat is not None
        assert bound.person == seat.person == f"person-{number}"
        assert bindings.secrets.of(f"account-{number}").hands(10**9)
        assert bindings.matters.of(f"objection-{number}").case == f"case-{number}"
    return tracemalloc.get_traced_memory()[0]


def test_what_a_check_knows_takes_no_more_memory_for_more_accounts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Kept as objects, the second six hundred would take two megabytes."""
    monkeypatch.setattr(told, "AT_HAND", 100)
    bindings, grants = Bindings(), Grants()
    tracemalloc.start()
    try:
        before = grown(bindings, grants, 0)
        after = grown(bindings, grants, ACCOUNTS)
    finally:
        tracemalloc.stop()
    assert after - before < 100_000


@pytest.mark.parametrize("others", [0, ACCOUNTS])
def test_what_is_told_after_somebody_asked_counts(others: int) -> None:
    """In memory as on disk."""
    bindings = Bindings.of(each for number in range(others + 1) for each in official(number))
    act = Leaf(10**6, "case-1", 1, "case:handler-opinion-given:1", f"{LATER}T01:00:00Z", {}, {})
    held = bindings.seats.of("appointment-0")
    assert held is not None
    assert held.held(act)
    ended = {"appointment": "appointment-0", "effective_on": LATER}
    bindings.hear(leaf(10**5, "seats-0", "seats:appointment-closed:1", **ended))
    over = bindings.seats.of("appointment-0")
    assert over is not None
    assert not over.held(act)


def test_what_is_made_of_nothing_told_is_nothing() -> None:
    bindings = Bindings()
    assert bindings.accounts.of("account-1") is None
    assert bindings.seats.of("appointment-1") is None
    assert not bindings.secrets.of("account-1").hands(10**9)
    assert not bindings.matters.of("objection-1").case


@pytest.mark.parametrize("named", [7, ["appointment-1"], None])
def test_an_appointment_that_is_named_by_no_text_is_unreadable(named: object) -> None:
    closed = leaf(1, "seats-1", "seats:appointment-closed:1", appointment=named, effective_on=DAY)
    with pytest.raises(LeafUnreadableError):
        Bindings().hear(closed)


def test_a_name_that_is_no_text_in_utf_8_is_kept_all_the_same() -> None:
    """Somebody may have stored it by hand."""
    bindings = Bindings()
    for each in official(1):
        bindings.hear(each)
    bindings.hear(leaf(99, "account-\ud800", "account:opened:1", person="person-\ud800"))
    found = bindings.accounts.of("account-\ud800")
    assert found is not None
    assert found.person == "person-\ud800"
