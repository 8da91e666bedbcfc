"""The first administrator: made once, also by two at once, and found again after a crash."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from api.acts.account_opening import EnteredDocument, Opening
from api.acts.bootstrap import (
    AdministratorStandsError,
    Replacing,
    SettingUp,
    replace_administrators,
    set_up,
)
from api.app import open_services
from api.command.group import mingjian
from api.command.invocation import Invocation
from api.foundation import lay_foundation
from api.serving.running import listening
from domain.account.events import Role
from domain.authority.events import AdministratorsReplaced
from domain.authority.state import ROOT
from domain.document import DocumentKind
from domain.refusal import Refused
from tests.api.accounts import PASSWORD
from tests.api.applications import application
from tests.api.client import Client
from tests.api.society import invented_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from api.clock import SettableClock
    from api.services import Services
    from api.settings import Settings
    from tests.conftest import Database


@pytest.fixture
def empty(database: Database, settings: Settings, clock: SettableClock) -> Iterator[Services]:
    """A record in which nothing has happened."""
    lay_foundation(settings, database.owner_url, database.ground, database.origin, clock.now())
    services = open_services(settings, database.ground, clock)
    yield services
    services.close()


def opening(login: str = "first", number: str | None = None) -> Opening:
    return Opening(
        name="某管理员",
        document=EnteredDocument(DocumentKind.RESIDENT_IDENTITY_CARD, number or invented_number()),
        organisation=None,
        roles=(),
        login=login,
    )


def setting_up(first: Opening | None = None, second: Opening | None = None) -> SettingUp:
    return SettingUp(
        organisation="系统管理单位",
        document="某职改〔2024〕1号",
        first=first or opening(),
        second=second or opening("another"),
    )


def make(services: Services, first: Opening, second: Opening | None = None) -> str:
    at = services.clock.now()
    return set_up(services.office, setting_up(first, second), at)[0]


def test_the_code_lets_the_first_administrator_in(empty: Services) -> None:
    code = make(empty, opening())
    with listening(application(empty)) as address:
        answer = Client(address).post("/v1/sessions", {"login": "first", "password": code})
    assert answer.status == 201
    assert answer.body["caller"]["roles"] == [Role.SYSTEM_ADMINISTRATOR]


def test_two_at_the_console_take_the_place_of_both(empty: Services) -> None:
    at = empty.clock.now()
    numbers = [invented_number(), invented_number()]
    codes = set_up(
        empty.office,
        setting_up(opening("first", numbers[0]), opening("another", numbers[1])),
        at,
    )
    replacing = Replacing(
        document="某职改〔2025〕1号",
        first=opening("third", numbers[0]),  # who lost their code comes again
        second=opening("fourth"),
    )
    with listening(application(empty)) as address:
        nobody = Client(address)
        before = nobody.entered("first", codes[0], PASSWORD)
        new = replace_administrators(empty.office, replacing, at)
        assert before.get("/v1/sessions").code == "SIGN_IN_ENDED"
        assert nobody.sign_in("another", codes[1]).status == 401
        for login, code in zip(("third", "fourth"), new, strict=True):
            answer = nobody.sign_in(login, code)
            assert answer.body["caller"]["roles"] == [Role.SYSTEM_ADMINISTRATOR]
    told = [one.event for one in empty.record.load(ROOT).recorded]
    assert isinstance(told[-1], AdministratorsReplaced)
    assert len(told[-1].disabled) == len(codes)


def test_one_alone_replaces_nobody(empty: Services) -> None:
    number = invented_number()
    one = Replacing(document="文", first=opening("third", number), second=opening("fourth", number))
    at = empty.clock.now()
    with pytest.raises(Refused, match="NOT_SET_UP"):
        replace_administrators(empty.office, one, at)
    make(empty, opening())
    head = empty.record.head()
    with pytest.raises(Refused, match="TWO_OFFICERS"):
        replace_administrators(empty.office, one, at)
    taken = Replacing(document="文", first=opening("first"), second=opening("fourth"))
    with pytest.raises(Refused, match="LOGIN_TAKEN"):
        replace_administrators(empty.office, taken, at)
    assert empty.record.head() == head


def test_there_is_one_first_administrator(empty: Services) -> None:
    make(empty, opening())
    head = empty.record.head()
    with pytest.raises(AdministratorStandsError):
        make(empty, opening("second"))
    with pytest.raises(AdministratorStandsError):
        make(empty, opening())
    assert empty.record.head() == head


def test_of_two_at_once_one_is_made(empty: Services) -> None:
    def attempt(number: int) -> str | None:
        try:
            return make(empty, opening(f"login-{number}"))
        except AdministratorStandsError:
            return None

    with ThreadPoolExecutor(2) as pool:
        codes = list(pool.map(attempt, range(2)))
    assert len([code for code in codes if code is not None]) == 1


def test_an_attempt_that_died_before_its_code_can_be_made_again(empty: Services) -> None:
    who, other = opening(), opening("another")
    make(empty, who, other)
    with empty.database.connection() as connection:
        connection.execute("DELETE FROM credential")
    assert make(empty, who, other)
    with pytest.raises(AdministratorStandsError):
        make(empty, who, other)


def test_one_human_being_sets_no_record_up(empty: Services) -> None:
    number = invented_number()
    with pytest.raises(Refused, match="TWO_OFFICERS"):
        make(empty, opening("one", number), opening("two", number))
    assert empty.record.head() == 0


def test_a_wrong_document_number_makes_nobody(empty: Services) -> None:
    with pytest.raises(Refused, match="ID_FORMAT"):
        make(empty, opening(number="360734190001010000"))
    assert empty.record.head() == 0


def test_the_command_asks_makes_and_then_refuses(tmp_path: Path) -> None:
    persons = "".join(
        f"某管理员\n\n{invented_number()}\n{login}\n" for login in ("first", "another")
    )
    answers = f"系统管理单位\n某职改〔2024〕1号\n{persons}"

    def run() -> tuple[int, str]:
        arguments = ["accounts", "bootstrap", "--data", str(tmp_path / "data")]
        ended = CliRunner().invoke(
            mingjian, arguments, obj=Invocation("en"), input=answers, env={"DATABASE_URL": ""}
        )
        return ended.exit_code, ended.output

    status, said = run()
    assert status == 0, said
    assert "One-time code" in said
    status, said = run()
    assert status == 1
    assert "is set up" in said
