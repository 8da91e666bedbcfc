"""A window that an authority keeps open longer, before anybody has filed (延期)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from api.acts.window_extension import needed
from api.clock import SettableClock
from api.law import packs
from domain.beijing import BEIJING
from domain.organisation.window_extension import Extension
from domain.personal import Personal, Purpose
from domain.policy.facts import Facts
from tests.api.filings import acts_in, done, draft, file
from tests.api.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from api.services import Services
    from tests.api.actor import Actor
    from tests.api.client import Answer

PACK = "xunwu-2024"
CLOSED = date(2024, 11, 20)
"""The last day of the county's second batch."""


@pytest.fixture(scope="module")
def county(
    running: Callable[..., AbstractContextManager[tuple[str, Services]]],
) -> Iterator[World]:
    """A county two days after its window has closed; its tests go on in time, in their order."""
    clock = SettableClock(datetime(2024, 11, 22, 9, tzinfo=BEIJING))
    with running(clock) as (address, services):
        yield World(address, services, clock)


def office(county: World) -> str:
    return f"/v1/organisations/{county.bureau.organisation}"


def propose(county: World, by: Actor | None = None, **members: Any) -> Answer:  # noqa: ANN401 -- of a request
    """The bureau's handler proposes to keep the second batch open for a week."""
    body = {
        "pack": PACK,
        "window": window_of(county),
        "until": "2024-11-27",
        "employer": None,
        "person": None,
        "reason": "申报系统11月19日至20日故障",
        **members,
    }
    return (by or county.bureau.handler).change(f"{office(county)}/window-extensions", "", body)


def window_of(county: World) -> str:
    """The window of the second batch, by the pack's id."""
    pack = done(county.bureau.handler.get(f"/v1/policy-packs/{PACK}")).body
    return next(str(e["id"]) for e in pack["windows"] if e["closes"] == CLOSED.isoformat())


def waiting(county: World) -> str:
    """The extension that awaits a decision."""
    seen = done(county.bureau.leader.get(f"{office(county)}/window-extensions")).body
    return next(str(e["extension"]) for e in seen["extensions"] if e["granted"] is None)


def decide(county: World, by: Actor | None = None, *, grant: bool = True) -> Answer:
    """The bureau's leader decides on what was proposed."""
    path = f"/{waiting(county)}/decisions"
    extensions = f"{office(county)}/window-extensions"
    body = {"grant": grant, "document": "某人社发〔2024〕60号"}
    return (by or county.bureau.leader).change(extensions, path, body)


def codes(answer: Answer) -> list[str]:
    return [each["code"] for each in answer.body["refusals"]]


def test_an_extension_ends_later_than_the_window_that_it_names(county: World) -> None:
    assert codes(propose(county, until="2024-11-20")) == ["EXTENSION_NOT_LATER"]
    assert codes(propose(county, window="B9")) == ["UNKNOWN_WINDOW"]


@pytest.mark.parametrize("unsaid", ["employer", "person"])
def test_an_extension_says_for_whom_also_where_it_is_for_everybody(
    county: World, unsaid: str
) -> None:
    body = {
        "pack": PACK,
        "window": window_of(county),
        "until": "2024-11-27",
        "employer": None,
        "person": None,
        "reason": "系统故障",
    }
    del body[unsaid]
    path = f"{office(county)}/window-extensions"
    answer = county.bureau.handler.change(path, "", body)
    assert (answer.status, answer.body["errors"][0]["pointer"]) == (422, f"/{unsaid}")


def test_only_an_authority_that_decides_extends_for_those_beneath_it(county: World) -> None:
    department = county.department
    body = {
        "pack": PACK,
        "window": window_of(county),
        "until": "2024-11-27",
        "reason": "系统故障",
        "employer": county.bureau.organisation,
        "person": None,
    }
    path = f"/v1/organisations/{department.organisation}"
    refused = department.handler.change(f"{path}/window-extensions", "", body)
    assert codes(refused) == ["NOT_ABOVE", "NOT_BENEATH"]


def test_two_persons_of_the_authority_extend(county: World) -> None:
    bureau = county.bureau
    assert codes(propose(county, by=bureau.leader)) == ["NOT_IN_SEAT"]
    done(propose(county))
    assert codes(decide(county, by=bureau.handler)) == ["NOT_IN_SEAT", "SAME_REVIEWER"]
    seen = done(county.auditor.get(f"{office(county)}/window-extensions")).body
    assert [each["reason"] for each in seen["extensions"]] == [None]
    shown = done(bureau.leader.get(f"{office(county)}/window-extensions")).body
    assert acts_in(shown) == ["extensions.grant"]


def test_a_proposed_or_declined_extension_opens_nothing(county: World) -> None:
    applicant = county.applicant(county.school)
    path = draft(applicant, county.school)
    assert codes(file(applicant, path)) == ["WINDOW_CLOSED"]
    extension = waiting(county)
    done(decide(county, grant=False))
    assert codes(file(applicant, path)) == ["WINDOW_CLOSED"]
    tail = f"/{extension}/decisions"
    again = county.bureau.leader.change(
        f"{office(county)}/window-extensions", tail, {"grant": True}
    )
    assert codes(again) == ["PROPOSAL_FIRST"]


def test_an_extension_for_one_person_helps_nobody_else(county: World) -> None:
    one, other = county.applicant(county.school), county.applicant(county.school)
    first, second = draft(one, county.school), draft(other, county.school)
    done(propose(county, person=one.person))
    done(decide(county))
    assert codes(file(other, second)) == ["WINDOW_CLOSED"]
    done(file(one, first))


def test_nobody_extends_a_window_for_themselves(county: World) -> None:
    handler = county.bureau.handler
    own = county.applicant(county.school, handler.name, handler.number)
    assert codes(propose(county, person=own.person)) == ["OWN_AFFAIR"]


def test_an_extension_for_one_employer_is_for_its_staff(county: World) -> None:
    teacher, researcher = county.applicant(county.school), county.applicant(county.enterprise)
    first, second = draft(teacher, county.school), draft(researcher, county.enterprise)
    done(propose(county, employer=county.school.organisation))
    done(decide(county))
    assert "WINDOW_CLOSED" in codes(file(researcher, second))
    done(file(teacher, first))


def test_everybody_beneath_files_until_the_new_day_and_not_after(county: World) -> None:
    firm = county.enterprise
    applicant, later = county.applicant(firm), county.applicant(firm)
    path, other = draft(applicant, firm), draft(later, firm)
    done(propose(county))
    done(decide(county))
    done(file(applicant, path))
    filed = done(applicant.get(f"{path}/history")).body["events"][-1]
    assert len(filed["fields"]["extensions"]) == 1
    assert filed["fields"]["result"]["batch"] == "B2"
    county.at("2024-11-27 23:59:59")
    windows = done(later.get(f"{other}/duties")).body["windows"]
    assert "2024-11-27" in {each["closes"] for each in windows}
    county.at("2024-11-28 00:00:00")
    assert codes(file(later, other)) == ["WINDOW_CLOSED"]


def test_what_is_filed_in_time_needs_no_extension() -> None:
    law = packs.load(PACK)
    window = next(each for each in law.windows() if each.closes == CLOSED)
    granted = Extension(
        "extension-1",
        PACK,
        window.id,
        date(2024, 11, 27),
        None,
        None,
        Personal("系统故障", "person-1", Purpose.OFFICIAL),
        "person-1",
        granted=True,
    )
    told = Facts(batch=window.batch)
    in_time = datetime(2024, 11, 20, 23, 59, tzinfo=BEIJING)
    assert needed(law, [granted], told, in_time) == ()
    assert needed(law, [granted], told, in_time.replace(day=21)) == ("extension-1",)
    of_another_edition = replace(granted, window="which the notice has lost")
    assert needed(law, [of_another_edition], told, in_time.replace(day=21)) == ()
