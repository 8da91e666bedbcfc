"""What keeps an officer from the next step of an erasure is told beside its button, over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.filings import done
from tests.api.test_erasure import ask

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.world import World


def kept(by: Actor, path: str) -> list[set[str]]:
    """By what somebody is kept from deciding, button by button; nothing, where there is none."""
    buttons = done(by.get(path)).body["acts"]
    return [
        {each["code"] for each in button["refusals"]}
        for button in buttons
        if button["act"] == "erasures.approve"
    ]


def test_each_officer_is_told_whose_turn_it_is(world: World) -> None:
    handler, leader = world.bureau.integrity_handler, world.bureau.integrity_leader
    leaver = world.applicant(world.school, "某离场者")
    path = ask(world, leaver, leaver)
    for by in (handler, leader):
        assert kept(by, path)
        assert set() in kept(by, path)
    assert kept(leaver, path) == []
    done(handler.change(path, "/approvals", {"grounds": "符合条件"}))
    assert kept(handler, path)
    assert all({"NOT_IN_SEAT", "SAME_REVIEWER"} <= each for each in kept(handler, path))
    assert set() in kept(leader, path)
    refused = handler.change(path, "/orders", {"decision": "寻人社删〔2024〕3号"})
    assert refused.status == 409
    declined = {"decision": "寻人社删〔2024〕3号", "reason": "申请人撤回"}
    done(leader.change(path, "/refusals", declined))
    assert [kept(by, path) for by in (handler, leader)] == [[], []]
