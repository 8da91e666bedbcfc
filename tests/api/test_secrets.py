"""A story with marked values; afterwards nothing of them is in logs, errors or measurements."""

from __future__ import annotations

import logging
import os
from io import StringIO
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
import structlog

from api.log import configure_log
from api.settings import Settings
from domain.account.events import Role
from tests.api.accounts import PASSWORD
from tests.api.client import Client
from tests.api.filings import decide, done, draft, file, opine
from tests.api.society import invented_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.api.world import World

NAME, OPINION, REASON = "标记姓名壹贰叁", "标记意见肆伍陆", "标记事由柒捌玖"


@pytest.fixture
def log() -> Iterator[StringIO]:
    """All that is logged, down to the least."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    written = StringIO()
    configure_log("debug", written)
    yield written
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


@pytest.fixture
def told() -> list[str]:
    """What problems said."""
    return []


def test_nothing_secret_or_personal_is_left_where_operators_look(
    world: World, log: StringIO, told: list[str]
) -> None:
    school, number, login = world.school, invented_number(), f"marked-{uuid4().hex[:12]}"
    applicant = world.account(
        school.administrator, NAME, school.organisation, [Role.APPLICANT], number
    )
    one_time_code = applicant.code
    case = draft(applicant, school)
    done(file(applicant, case))
    done(opine(school.handler, case, opinion=OPINION))
    done(decide(school.leader, case))
    lookup = {"document": {"kind": "resident_identity_card", "number": number}, "reason": REASON}
    done(world.bureau.handler.post("/v1/searches", lookup))
    done(
        world.bureau.handler.post(f"/v1/persons/{applicant.person}/unmaskings", {"reason": REASON})
    )
    nobody = Client(world.address)
    problems = [
        nobody.post("/v1/sessions", {"login": login, "password": number}),
        nobody.post("/v1/sessions", {"login": applicant.login, "password": REASON}),
        world.enterprise.handler.get(f"/v1/persons/{applicant.person}?name={number}"),
        world.enterprise.handler.get(f"/v1/{number}"),
        world.bureau.handler.post("/v1/searches", {"document": number, "reason": NAME}),
        world.bureau.handler.post("/v1/searches", {**lookup, number: OPINION}),
        decide(school.leader, case),
    ]
    told += [str(each.body) for each in problems if each.status >= 400]
    measured = nobody.get("/metrics").body + str(nobody.get("/readyz").body)
    tokens = [str(applicant.client.token), str(applicant.client.refresh_token)]
    secrets = [NAME, OPINION, REASON, number, login, applicant.login, PASSWORD, *tokens]
    assert one_time_code is not None
    assert "/v1/cases/<case_id>/leader-decisions" in log.getvalue()
    for secret in (*secrets, one_time_code):
        assert secret not in log.getvalue()
        assert secret not in measured
        if secret != number:  # an unknown member is named to whoever sent it
            assert not any(secret in each for each in told)


def test_keys_and_addresses_with_passwords_are_in_no_repr(world: World) -> None:
    services = world.services
    keys = (services.settings.key_directory / "front-door.key").read_text("ascii").split()
    shown = repr(services.keys) + repr(services.sign_in) + repr(services.office)
    assert not any(key in shown for key in keys)
    for line in services.keys.lines:
        assert line.hex() not in shown
        assert repr(line) not in shown


def test_settings_show_no_password_of_the_database() -> None:
    settings = Settings(
        database_url="postgresql://app:geheim@db/m", owner_database_url="postgresql://o:heikel@db/m"
    )
    assert "geheim" not in repr(settings)
    assert "heikel" not in str(settings)


def test_key_files_and_their_directory_are_for_their_owner_alone(world: World) -> None:
    directory = world.services.settings.key_directory
    for entry in os.scandir(directory):
        assert entry.stat().st_mode & 0o077 == 0, entry.name
