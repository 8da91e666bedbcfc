"""Law is made by two human beings, step by step: one with two accounts is one, half a step none."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from api.acts import edition
from api.acts.acting import Acting, Promise
from api.acts.guard import guard
from api.app import open_services
from api.clock import SettableClock
from domain.account.events import Role
from domain.actor import AccountActor
from domain.law.events import Step
from tests.api.dying import APPENDING, lives
from tests.api.filings import done
from tests.api.lawmaking import decide, in_force, proposed, text_of

if TYPE_CHECKING:
    from api.settings import Settings
    from audit.migrate import Ground
    from tests.api.actor import Actor
    from tests.api.world import World

SUSPENDING = {"step": Step.SUSPEND, "reason": "核查政策文本"}
AGAIN = {"starts_on": "2024-12-01", "reason": "更正"}


def carried_out(
    settings: Settings, ground: Ground, acting: Acting, row: str, about: str, asked: dict[str, Any]
) -> None:
    """A process that carries one act about law out, and nothing else."""
    with closing(open_services(settings, ground, SettableClock(acting.at))) as services:
        guard(services.office, acting, getattr(edition, row), about, **asked)


def acting_as(world: World, who: Actor, key: str, expected: int | None) -> Acting:
    """An official of the bureau, under a key of their own."""
    house = world.bureau.organisation
    return Acting(
        actor=AccountActor(who.account, who.person, house, None, None, "s", "password"),
        roles=frozenset({Role.OFFICIAL}),
        at=world.clock.now(),
        request=None,
        promise=Promise(who.account, key, world.services.record.digest_of_body(b"")),
        expected=expected,
        fresh=True,
    )


@pytest.mark.parametrize("row", ["PROPOSE", "PROPOSE_STEP"])
def test_whoever_is_killed_at_a_step_leaves_all_of_it_or_nothing(world: World, row: str) -> None:
    bureau, services = world.bureau, world.services
    if row == "PROPOSE":
        about, expected = bureau.organisation, None
        asked: dict[str, Any] = {"text": text_of(version="41"), "offered": None, **AGAIN}
        asked["starts_on"] = world.clock.now().date()
    else:
        path = in_force(bureau, text_of(version="42"), reason="更正")
        about, expected = path.rpartition("/")[2], done(bureau.handler.get(path)).body["version"]
        asked = SUSPENDING
    acting = acting_as(world, bureau.handler, f"killed {row}", expected)
    before = services.record.head()
    given = (services.settings, services.ground, acting, row, about, asked)
    lived = lives(carried_out, *given, touches=APPENDING)
    assert [services.record.head() > before for _ in lived] == [False, True]


def test_one_human_with_two_accounts_puts_nothing_in_force(world: World) -> None:
    bureau = world.bureau
    pair = {"first": bureau.handler.person, "second": bureau.leader.person, "evidence": "照片一致"}
    link = done(bureau.integrity_handler.post("/v1/person-links", pair)).body["stream"]
    path = proposed(bureau.handler, text_of(version="43"), AGAIN["starts_on"], reason="更正")
    done(bureau.integrity_leader.change(f"/v1/person-links/{link}", "/confirmations", {}))
    refused = decide(bureau.leader, path)
    assert refused.status == 409
    assert "TWO_OFFICERS" in {each["code"] for each in refused.body["refusals"]}
