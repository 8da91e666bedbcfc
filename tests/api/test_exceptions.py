"""Late acts, stale seats and unfinished findings, over HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from domain.account.events import Role
from domain.separation import HANDLER
from tests.api.filings import WORD, done, filed, opine, refile

if TYPE_CHECKING:
    from tests.api.world import World


def returned(world: World, path: str, *subjects: str) -> None:
    items = [{"subject": each, "problem": "请补正", "rules": ["XW-28"]} for each in subjects]
    body: dict[str, Any] = {"items": items, "due_on": None, "resume_stage": None, **WORD}
    done(world.school.handler.change(path, "/returns", body))


def test_a_return_that_raises_late_what_was_there_before_is_listed(world: World) -> None:
    applicant = world.applicant(world.school)
    path = filed(applicant, world.school)
    returned(world, path, "degree")
    done(refile(applicant, path))
    work = done(world.school.handler.get(path)).body["application"]["work"][0]["claim"]
    returned(world, path, work, "degree")
    listed = f"/v1/late-acts?kind=item&{world.everything()}"
    (late,) = done(world.auditor.get(listed)).body["acts"]
    assert (late["case"], late["items"]) == (path.removeprefix("/v1/cases/"), [work])
    assert late["organisation"] == world.school.organisation
    assert world.school.leader.get(listed).code == "FORBIDDEN"


def test_a_seat_behind_an_account_that_cannot_act_is_listed(world: World) -> None:
    holder = world.account(
        world.school.administrator, "离职者", world.school.organisation, [Role.OFFICIAL]
    )
    done(world.appoint(world.school, HANDLER, holder))
    gone = {"reason": "离职"}
    path = f"/v1/accounts/{holder.account}"
    done(world.school.administrator.change(path, "/disablings", gone))
    listed = f"/v1/stale-appointments?limit=200&{world.everything()}"
    stale = done(world.inspector.get(listed)).body["appointments"]
    assert (holder.account, "disabled") in {(each["account"], each["why"]) for each in stale}


def test_a_finding_that_brought_what_it_must_is_no_exception(world: World) -> None:
    answer = done(world.auditor.get(f"/v1/unfinished-findings?{world.everything()}"))
    assert answer.body["findings"] == []


def test_a_seat_whose_holder_does_nothing_while_a_case_waits_is_idle(world: World) -> None:
    listed = "/v1/stale-appointments?limit=200"
    path, _other = (filed(world.applicant(world.enterprise), world.enterprise) for _ in range(2))

    def idle(query: str = "") -> dict[str, dict[str, Any]]:
        answer = done(world.inspector.get(f"{listed}&{world.everything()}{query}")).body
        assert answer["count"] == len(answer["appointments"])
        return {row["account"]: row for row in answer["appointments"] if row["why"] == "idle"}

    handler, leader = world.enterprise.handler, world.enterprise.leader
    assert handler.account not in idle()
    for each in world.people():
        each.sign_in()
    world.inspector.sign_in()
    arrived = world.clock.now()
    world.clock.set(arrived + timedelta(days=30))
    assert handler.account not in idle()
    world.clock.set(arrived + timedelta(days=31))
    waiting = idle()[handler.account]
    assert (waiting["seat"], waiting["waiting"], waiting["last_acted_at"]) == (HANDLER, 2, None)
    assert leader.account not in idle()  # nothing waits for them
    assert handler.account not in idle("&idle_days=60")
    done(opine(handler, path))
    assert handler.account not in idle()  # though the other case has waited as long
