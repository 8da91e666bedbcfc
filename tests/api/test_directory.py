"""Sign-in reads accounts from the record itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.app import open_services
from api.directory import RecordDirectory
from api.foundation import make_keys
from audit.record import AppendRequest, Write
from domain.account.events import AccountActivated, AccountDisabled, AccountOpened, Role
from domain.actor import AccountActor, SystemActor
from domain.person.events import DocumentBound, PersonRegistered
from domain.personal import Personal, Purpose
from tests.api.accounts import DOCUMENT, LOGIN, NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.clock import SettableClock
    from api.services import Services
    from api.settings import Settings
    from domain.event import Event
    from tests.conftest import Database

ACCOUNT, PERSON = "account-1", "person-1"


@pytest.fixture
def services(database: Database, settings: Settings, clock: SettableClock) -> Iterator[Services]:
    """An application over the record, with its own directory."""
    make_keys(settings.key_directory)
    opened = open_services(settings, database.ground, clock)
    append(opened, PERSON, PersonRegistered(name=own(NAME)), bound())
    append(opened, ACCOUNT, account())
    yield opened
    opened.close()


def own(text: str) -> Personal:
    """A word about the holder."""
    return Personal(text, PERSON, Purpose.OFFICIAL)


def bound() -> DocumentBound:
    """The holder's document."""
    return DocumentBound(kind="resident_identity_card", number=own(DOCUMENT), as_entered=None)


def account() -> AccountOpened:
    """The holder's account."""
    return AccountOpened(
        person=PERSON, organisation=None, roles=(Role.APPLICANT,), login=own(LOGIN), unclaimed=False
    )


def append(services: Services, stream: str, *events: Event) -> None:
    """Record events of a stream."""
    now = services.clock.now()
    request = AppendRequest(
        writes=(Write(services.record.load(stream).head, events),),
        actor=SystemActor("test"),
        at=now,
        command=f"{stream} {type(events[0]).__name__}",
    )
    services.record.append(request)


def test_an_account_is_known_with_its_holder_and_its_roles(services: Services) -> None:
    facts = RecordDirectory(services.record).account(ACCOUNT)
    assert facts is not None
    assert (facts.person, facts.organisation, facts.roles, facts.disabled) == (
        PERSON,
        None,
        frozenset({Role.APPLICANT}),
        False,
    )
    assert RecordDirectory(services.record).account("account-9") is None


def test_an_account_is_disabled_from_the_event_on(services: Services) -> None:
    append(services, ACCOUNT, AccountDisabled(reason=own("left")))
    facts = RecordDirectory(services.record).account(ACCOUNT)
    assert facts is not None
    assert facts.disabled


def test_no_password_may_contain_what_the_record_knows_of_its_holder(services: Services) -> None:
    assert set(RecordDirectory(services.record).words_about(ACCOUNT)) == {NAME, DOCUMENT, LOGIN}


def test_replacing_the_code_is_recorded_once(services: Services, clock: SettableClock) -> None:
    directory = RecordDirectory(services.record)
    actor = AccountActor(ACCOUNT, PERSON, None, None, None, "session-1", "password")
    directory.activated(actor, clock.now())
    directory.activated(actor, clock.now())
    recorded = services.record.load(ACCOUNT).recorded
    assert [type(one.event) for one in recorded] == [AccountOpened, AccountActivated]
    assert recorded[-1].actor == actor
