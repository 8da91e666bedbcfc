"""A seat is filled for a term while its holder is away (AB 角), and entered late, over HTTP."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from domain.account.events import Role
from domain.beijing import day
from domain.separation import HANDLER, LEADER
from tests.api.filings import decide, done, filed, opine
from tests.api.test_organisation_changes import a_school, path_of
from tests.api.world import World
from tests.conftest import THE_BEGINNING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.copies import Copies
    from tests.api.society import House

LONGEST = 30


@pytest.fixture
def world(copies: Copies) -> Iterator[World]:
    """A county of its own for each test, whose clock goes on."""
    with copies.of(World, THE_BEGINNING) as county:
        yield county


@pytest.fixture
def school(world: World) -> House:
    """A school with a handler and a leader; everybody has used their code."""
    world.bureau.administrator.sign_in()
    founded = a_school(world, "代理中学", HANDLER, LEADER)
    for each in (founded.administrator, founded.handler, founded.leader):
        each.sign_in()
    return founded


def today(world: World) -> date:
    return day(world.clock.now())


def in_days(world: World, days: int) -> str:
    return (today(world) + timedelta(days=days)).isoformat()


def go_on(world: World, days: int) -> None:
    world.clock.set(world.clock.now() + timedelta(days=days))


def clerk(world: World, school: House, name: str = "备岗人员") -> Actor:
    holder = world.account(school.administrator, name, school.organisation, [Role.OFFICIAL])
    holder.sign_in()
    return holder


def held(school: House, seat: str = HANDLER) -> str:
    """The first open appointment to a seat."""
    seen = done(school.administrator.get(path_of(school))).body["appointments"]
    return next(str(each["appointment"]) for each in seen if each["seat"] == seat)


def stands_in(world: World, school: House, holder: Actor, **but: Any) -> Answer:  # noqa: ANN401 -- of a request
    """Somebody stands in for the handler for thirty days."""
    asked = {
        "stands_in_for": held(school) if "stands_in_for" not in but else None,
        "ends_on": in_days(world, LONGEST),
        "reason": "参加脱产培训",
        "seat": HANDLER,
        **but,
    }
    return world.appoint(school, str(asked.pop("seat")), holder, **asked)


def codes(answer: Answer) -> dict[str, str]:
    """The refusals by the part of the input that they are about."""
    assert answer.status == 409, answer.body
    return {each["pointer"]: each["code"] for each in answer.body["refusals"]}


def test_who_stands_in_acts_until_the_term_ends_by_itself(world: World, school: House) -> None:
    spare, path = clerk(world, school), filed(world.applicant(school), school)
    assert opine(spare, path).code == "FORBIDDEN"
    done(stands_in(world, school, spare, ends_on=in_days(world, 3)))
    holders = done(school.leader.get(f"{path_of(school)}/appointments?{world.everything()}")).body
    (entry,) = (e for e in holders["appointments"] if e["account"] == spare.account)
    assert entry["stands_in_for"] == held(school)
    assert (entry["ends_on"], entry["reason"]) == (in_days(world, 3), "参加脱产培训")
    done(opine(spare, path))
    go_on(world, 3)
    assert opine(spare, path).code == "FORBIDDEN"
    after = done(school.leader.get(f"{path_of(school)}/appointments?{world.everything()}")).body
    assert spare.account not in {each["account"] for each in after["appointments"]}
    # What was done in the term stays done; the holder's seat was never empty.
    done(decide(school.leader, path))
    assert school.handler.account in {each["account"] for each in after["appointments"]}


@pytest.mark.parametrize(
    ("but", "refused"),
    [
        ({"ends_on": None}, {"/ends_on": "STAND_IN_TERM"}),
        ({"reason": None}, {"/reason": "STAND_IN_TERM"}),
        (
            {"ends_on": None, "reason": None},
            {"/ends_on": "STAND_IN_TERM", "/reason": "STAND_IN_TERM"},
        ),
    ],
    ids=["without end", "without reason", "without either"],
)
def test_a_term_has_an_end_and_a_reason(
    world: World, school: House, but: dict[str, None], refused: dict[str, str]
) -> None:
    answer = stands_in(world, school, clerk(world, school), **but)
    assert codes(answer) == refused
    assert "ND-STANDING-IN" in str(answer.body["rules"])


def test_a_term_lasts_thirty_days_and_not_one_more(world: World, school: House) -> None:
    spare = clerk(world, school)
    longer = stands_in(world, school, spare, ends_on=in_days(world, LONGEST + 1))
    assert codes(longer) == {"/ends_on": "STAND_IN_TERM"}
    ahead = stands_in(
        world,
        school,
        spare,
        effective_on=in_days(world, 3),
        ends_on=in_days(world, LONGEST + 4),
    )
    assert codes(ahead) == {"/ends_on": "STAND_IN_TERM"}
    over = stands_in(world, school, spare, ends_on=in_days(world, 0))
    assert codes(over) == {"/ends_on": "APPOINTMENT_ENDS_TOO_EARLY"}
    done(stands_in(world, school, spare))


def test_standing_in_is_not_passed_on(world: World, school: House) -> None:
    spare, third = clerk(world, school), clerk(world, school, "第三人")
    done(stands_in(world, school, spare))
    seen = done(school.administrator.get(path_of(school))).body["appointments"]
    standing_in = next(e["appointment"] for e in seen if e["account"] == spare.account)
    body = {"ends_on": in_days(world, 5), "reason": "出差"}
    passed_on = world.appoint(school, HANDLER, third, stands_in_for=standing_in, **body)
    assert codes(passed_on) == {"/stands_in_for": "STAND_IN_PASSED_ON"}


def test_one_person_has_no_second_term_on_the_heels_of_the_first(
    world: World, school: House
) -> None:
    spare = clerk(world, school)
    done(stands_in(world, school, spare))
    joined = stands_in(
        world,
        school,
        spare,
        effective_on=in_days(world, LONGEST),
        ends_on=in_days(world, 2 * LONGEST),
    )
    assert codes(joined) == {"/account": "STAND_IN_AGAIN"}
    go_on(world, LONGEST + 1)
    assert codes(stands_in(world, school, spare)) == {"/account": "STAND_IN_AGAIN"}
    done(stands_in(world, school, clerk(world, school, "另一人员")))
    go_on(world, LONGEST)
    done(stands_in(world, school, spare))


def test_no_end_that_is_said_to_lie_in_the_past_makes_room_for_a_second_term(
    world: World, school: House
) -> None:
    """What was acted under until today is not over since its first day."""
    spare, first_day = clerk(world, school), today(world)
    done(stands_in(world, school, spare))
    path = f"{path_of(school)}/appointments"
    shown = done(school.administrator.get(f"{path}?{world.everything()}")).body
    term = next(e["appointment"] for e in shown["appointments"] if e["stands_in_for"])
    go_on(world, LONGEST - 1)

    def ended(on: date) -> Answer:
        body = {"reason": "提前结束", "effective_on": on.isoformat()}
        return school.administrator.change(path, f"/{term}/closures", body)

    before = first_day - timedelta(days=1)
    assert codes(ended(before)) == {"/effective_on": "ENDED_BEFORE_IT_BEGAN"}
    done(ended(first_day))
    assert codes(stands_in(world, school, spare)) == {"/account": "STAND_IN_AGAIN"}
    go_on(world, LONGEST)
    done(stands_in(world, school, spare))


def test_who_replaces_a_handler_ends_no_leaders_appointment(world: World, school: House) -> None:
    spare = clerk(world, school)
    wrong = world.appoint(school, HANDLER, spare, replaces=held(school, LEADER))
    assert codes(wrong) == {"/replaces": "NO_SUCH_APPOINTMENT"}
    done(world.appoint(school, HANDLER, spare, replaces=held(school)))


def test_a_second_account_of_the_same_person_has_no_second_term(
    world: World, school: House
) -> None:
    spare = clerk(world, school)
    done(stands_in(world, school, spare))
    go_on(world, LONGEST)
    again = world.account(
        school.administrator, spare.name, school.organisation, [Role.OFFICIAL], spare.number
    )
    assert codes(stands_in(world, school, again)) == {"/account": "STAND_IN_AGAIN"}


def test_nobody_stands_in_for_themselves_from_elsewhere_or_across(
    world: World, school: House
) -> None:
    assert codes(stands_in(world, school, school.handler)) == {"/account": "ALREADY_APPOINTED"}
    across = stands_in(world, school, school.leader)
    assert (across.status, across.code) == (409, "SAME_REVIEWER")
    stranger = clerk(world, a_school(world, "别处中学"))
    assert codes(stands_in(world, school, stranger)) == {"/account": "ACCOUNT_ELSEWHERE"}
    spare = clerk(world, school)
    other_seat = stands_in(world, school, spare, seat=LEADER, stands_in_for=held(school))
    assert codes(other_seat) == {"/stands_in_for": "NO_SUCH_APPOINTMENT"}
    elsewhere = held(world.school)
    foreign = stands_in(world, school, spare, stands_in_for=elsewhere)
    assert codes(foreign) == {"/stands_in_for": "NO_SUCH_APPOINTMENT"}


def test_who_stands_in_for_the_handler_does_not_lead(world: World, school: House) -> None:
    spare = clerk(world, school)
    done(stands_in(world, school, spare))
    assert world.appoint(school, LEADER, spare).code == "SAME_REVIEWER"
    go_on(world, LONGEST)
    done(world.appoint(school, LEADER, spare))


def test_standing_in_ends_with_the_appointment_in_which_it_is_done(
    world: World, school: House
) -> None:
    spare, path = clerk(world, school), filed(world.applicant(school), school)
    done(stands_in(world, school, spare))
    done(opine(spare, path))
    absent = held(school)
    before = world.clock.now().isoformat().replace("+00:00", "Z")
    world.clock.set(world.clock.now() + timedelta(minutes=1))
    closing = f"/{absent}/closures"
    appointments = f"{path_of(school)}/appointments"
    done(school.administrator.change(appointments, closing, {"reason": "调离"}))
    assert opine(spare, path).code == "FORBIDDEN"

    def shown(query: str) -> set[str]:
        rows = done(school.leader.get(f"{appointments}?{query}&{world.everything()}"))
        return {each["account"] for each in rows.body["appointments"]}

    assert spare.account not in shown("")
    assert spare.account in shown(f"as_of={before}")
    assert spare.account not in shown(f"as_of={before}&effective_at={in_days(world, LONGEST)}")


def test_a_term_of_office_ends_by_itself_too(world: World, school: House) -> None:
    spare, path = clerk(world, school), filed(world.applicant(school), school)
    done(world.appoint(school, HANDLER, spare, ends_on=in_days(world, 31)))
    done(opine(spare, path))
    go_on(world, 31)
    assert opine(spare, path).code == "FORBIDDEN"


def test_an_appointment_entered_late_is_marked_and_covers_nothing_done_before(
    world: World, school: House
) -> None:
    begun = in_days(world, 0)
    go_on(world, 3)
    spare, path = clerk(world, school), filed(world.applicant(school), school)
    assert opine(spare, path).code == "FORBIDDEN"
    done(world.appoint(school, HANDLER, spare, effective_on=begun))
    rows = done(school.leader.get(f"{path_of(school)}/appointments?{world.everything()}")).body
    marked = {each["account"]: each["late_entry"] for each in rows["appointments"]}
    assert marked == {
        spare.account: True,
        school.handler.account: False,
        school.leader.account: False,
    }
    known = f"as_of={(world.clock.now() - timedelta(days=1)).isoformat().replace('+00:00', 'Z')}"
    then = done(school.leader.get(f"{path_of(school)}/appointments?effective_at={begun}&{known}"))
    assert spare.account not in {each["account"] for each in then.body["appointments"]}
    done(opine(spare, path))


def test_what_was_entered_late_of_an_appointment_is_listed_for_auditors(
    world: World, school: House
) -> None:
    begun, spare = in_days(world, 0), clerk(world, school)
    go_on(world, 3)
    mine, address = path_of(school), "/v1/backdated-appointments?limit=200"
    appointed = done(world.appoint(school, HANDLER, spare, effective_on=begun)).body["events"]
    (opened,) = (each["position"] for each in appointed)
    rows = done(school.leader.get(f"{mine}/appointments?{world.everything()}")).body["appointments"]
    kept = next(each["appointment"] for each in rows if each["account"] == school.handler.account)
    late = next(each["appointment"] for each in rows if each["account"] == spare.account)
    gone = {"reason": "离职", "effective_on": in_days(world, -1)}
    closing = f"{mine}/appointments/{kept}/closures"
    seen = done(school.administrator.get(f"{mine}/appointments")).headers["ETag"]
    done(school.administrator.client.act(closing, gone, version=seen))
    listed = done(world.auditor.get(f"{address}&{world.everything()}")).body["appointments"]
    here = [each for each in listed if each["organisation"] == school.organisation]
    assert [(each["appointment"], each["what"], each["days"]) for each in here] == [
        (kept, "end", 1),
        (late, "beginning", 3),
    ]
    assert (here[1]["counts_from"], here[1]["position"]) == (begun, opened)
    assert school.leader.get(address).code == "FORBIDDEN"
    asked = {"list": "backdated-appointments"}
    mandate = world.whole(world.auditor)
    assert world.auditor.post("/v1/exports", asked, mandate=mandate).status == 201


def test_nobody_sat_anywhere_before_the_house_was_registered(world: World, school: House) -> None:
    for day_ in (in_days(world, -1), "2020-01-01", "1900-01-01"):
        refused = world.appoint(school, HANDLER, clerk(world, school), effective_on=day_)
        assert codes(refused) == {"/effective_on": "APPOINTED_BEFORE_REGISTERED"}
