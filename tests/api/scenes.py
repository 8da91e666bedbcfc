"""Places in which everybody presses every button that they see, and tries every other one.

``presses`` says of a test what it looks at and which acts it sees done by a button; the fixtures
hold it to that, and `test_every_button.py` holds all of them together to what there is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from api.demo.reviewing import establishes, verifications
from domain.account.events import Role
from domain.separation import REVIEWING_SEATS
from tests.api.access_cast import cast
from tests.api.accessions import code
from tests.api.actor import Actor
from tests.api.filings import done
from tests.api.forms import under
from tests.api.pressing import Presser, Typed, without_recording
from tests.api.society import House, Society, invented_number

if TYPE_CHECKING:
    from tests.api.provinces import PublishingCity
    from tests.api.world import World

WHY = {"reason": "核对举报"}
OF_A_WINDOW = {
    "pack": "xunwu-2024",
    "window": "B2",
    "until": "2024-11-27",
    "employer": None,
    "person": None,
    "reason": "系统故障",
}
"""That the second batch of the county stays open for a week."""
ENTERED_LATE = {"progress.remind"}
"""What is shown while the fee is owed, and entered of a past day even once it is paid."""
PRESENT = {
    "applicant",
    "handler",
    "leader",
    "clerk",
    "administrator",
    "leader above",
    "administrator above",
    "integrity handler",
    "integrity leader",
    "auditor",
    "inspector",
    "stand-in for a term",
}
Step = tuple[Actor | None, str, Any]
"""An act by whom, where, and with which body."""


def verified(by: Actor, seen: Mapping[str, Any]) -> dict[str, Any]:
    """Every claim, and every fact that is for this stage to say; of a draft there is none."""
    if not seen["chain"]:
        return {}
    duties = by.get(f"/v1/cases/{seen['case']}/duties")
    said = {"establishes": establishes(duties.body)} if duties.status == 200 else {}
    return {"verifications": verifications(dict(seen), {}), **said}


def returned(_by: Actor, seen: Mapping[str, Any]) -> dict[str, Any]:
    """A claim of the case, by a rule of its notice."""
    rule = "XW-28" if seen["law"]["pack"] == "xunwu-2024" else "HZ-01"
    subject = next(under(seen["application"], "claim"), "")
    return {"items": [{"subject": subject, "problem": "请补正", "rules": [rule]}]}


def as_read(_by: Actor, seen: Mapping[str, Any]) -> dict[str, Any]:
    """The edition, its rules and its notice, as they were read."""
    notice = None if seen["notice"] is None else seen["notice"]["digest"]
    return {"digest": seen["digest"], "rules": seen["rules"], "notice": notice}


def seated(by: Actor, seen: Mapping[str, Any]) -> dict[str, Any]:
    """The stage and the seat in which somebody reviews a case, or else the first of it."""
    for each in seen["chain"]:
        holders = by.get(f"/v1/organisations/{each['organisation']}/appointments")
        for one in holders.body.get("appointments", ()):
            if one["account"] == by.account and one["seat"] in REVIEWING_SEATS:
                return {"stage": each["stage"], "seat": one["seat"]}
    first = next((each["stage"] for each in seen["chain"]), "employer")
    return {"stage": first, "seat": "leader"}


@dataclass
class Scene:
    """A place with everybody in it who looks.

    ``done`` is what anybody was seen to be able to, ``read`` are the operations that showed it.
    """

    place: Society
    members: dict[str, Actor]
    patch: pytest.MonkeyPatch
    typed: dict[str, Typed]
    done: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Know what the server tells of its forms."""
        self.presser = Presser(self.place, self.typed)

    def look(self, path: str) -> dict[str, dict[str, set[str]]]:
        """Let everybody press everything; what each is shown and kept from, by its reasons."""
        self.read.add(self.presser.read_at(path))
        with without_recording(self.patch):
            return {name: self._press(name, by, path) for name, by in self.members.items()}

    def _press(self, name: str, by: Actor, path: str) -> dict[str, set[str]]:
        kept: dict[str, set[str]] = {}
        shown, others = self.presser.pressed(by, path)
        for each in shown:
            operation, reasons = str(each.button["operation"]), each.button["refusals"]
            tried = (name, path, operation, each.answer and each.answer.body)
            if reasons:
                assert all(one["rules"] and one["detail"] for one in reasons), (tried, reasons)
                kept[operation] = {one["code"] for one in reasons}
                assert each.answer is None or not each.carried_out, tried
                assert (
                    each.answer is None
                    or each.about_the_form
                    or (kept[operation] & {*each.codes, each.answer.code})
                ), (tried, reasons)
                continue
            assert each.address is not None, (tried, "is shown, and for nothing that is there")
            if each.answer is not None:
                fits = each.answer.status in (200, 201) or each.about_the_form
                assert each.carried_out or fits, tried
            if each.carried_out:
                self.done.add(operation)
        for each in others:
            tried = (name, path, each.button["operation"], "is not shown, and done")
            assert not each.carried_out or each.button["operation"] in ENTERED_LATE, tried
        return kept

    def steps(self, by: Actor, path: str, *acts: Step) -> list[dict[str, dict[str, set[str]]]]:
        """What ``look`` says at first, and after each act."""
        seen = [self.look(path)]
        for actor, act, body in acts:
            done((actor or by).change(path, act, body))
            seen.append(self.look(path))
        return seen


def county_scene(world: World, patch: pytest.MonkeyPatch) -> Scene:
    """Everybody of the county, who know what the server does not tell."""
    applicant = world.applicant(world.school, "某申报人")
    everybody = cast(world, applicant, applicant)
    members = {name: everybody[name].actor for name in PRESENT}
    members["system administrator"] = world.system
    members["clerk of the bureau"] = world.account(
        world.bureau.administrator, "局内人员", world.bureau.organisation, [Role.OFFICIAL]
    )
    clerk, bureau = members["clerk"].account, world.bureau.organisation
    return Scene(
        world,
        members,
        patch,
        {
            "persons.unmask": WHY,
            "integrity-consultations.consult": WHY,
            "case-consultations.consult": WHY,
            "erasures.ask": {"organisation": bureau},
            "reviews.give_opinion": verified,
            "reviews.return_for_revision": returned,
            "reviews.record_judgement": lambda _, seen: {
                "question": next(iter(seen["standing"]["open_questions"]), "")
            },
            "recusals.declare_recusal": seated,
            "recusals.apply_for_recusal": seated,
            "reviews.designate_substitute": {"stage": "employer", "account": clerk},
            "appointments.appoint": {"account": clerk},
            "organisation-changes.describe": {
                "kind": "institution",
                "traits": ["unit.autonomous=false", "unit.kind=other", "unit.sector=education"],
            },
            "organisation-changes.place": {
                "superior": world.department.organisation,
                "bureau": None,
                "level": "county",
                "area": world.area,
            },
            "organisation-changes.merge": {"into": world.enterprise.organisation},
            "organisation-changes.rename": {"name": "某更名单位"},
            "organisation-changes.correct_credit_code": {"credit_code": code()},
            "window-extensions.propose": OF_A_WINDOW,
            "investigations.serve": {"remedy": "六十日内向市人社局申请复查"},
            "editions.decide": as_read,
            "accounts.open_account": {
                "document": {"kind": "resident_identity_card", "number": invented_number()}
            },
        },
    )


def everybody_of(city: PublishingCity) -> dict[str, Actor]:
    """Every seat of both houses, and who watches."""

    def seats(place: str, house: House) -> dict[str, Actor]:
        return {f"{seat} of the {place}": actor for seat, actor in house.seated.items()}

    return {
        **seats("enterprise", city.enterprise),
        **seats("bureau", city.bureau),
        "inspector": city.inspector,
        "administrator": city.enterprise.administrator,
    }


def publishing_scene(city: PublishingCity, patch: pytest.MonkeyPatch) -> Scene:
    """Every seat of a city that makes cases public, and an applicant of its enterprise."""
    typed: dict[str, Typed] = {
        "case-consultations.consult": WHY,
        "reviews.give_opinion": verified,
        "reviews.return_for_revision": returned,
        "recusals.declare_recusal": seated,
        "recusals.apply_for_recusal": seated,
        "progress.open_publicity": {"evidence": "张贴照片", "place": "公开栏"},
    }
    applicant = city.applicant(city.enterprise)
    return Scene(city, {"applicant": applicant, **everybody_of(city)}, patch, typed)


@dataclass(frozen=True)
class Presses:
    """What a test looks at, by the operations that read it, and what it sees done by a button."""

    reads: set[str]
    does: set[str]


T = TypeVar("T", bound=Callable[..., None])


def presses(*reads: str, does: str) -> Callable[[T], T]:
    """Say of a test what it looks at, and, with spaces between them, the acts that it sees done."""

    def decorate(test: T) -> T:
        test.__dict__["presses"] = Presses(set(reads), set(does.split()))
        return test

    return decorate


def held_to(scene: Scene, test: Callable[..., None]) -> None:
    """Compare what a test says of itself with what it saw."""
    said: Presses = test.__dict__["presses"]
    assert said.reads == scene.read
    assert said.does <= scene.done, said.does - scene.done


@pytest.fixture
def scene(
    world: World, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Scene]:
    """The county, in which a test sees what it says that it does."""
    one = county_scene(world, monkeypatch)
    yield one
    held_to(one, request.function)


@pytest.fixture
def city_scene(
    publishing_city: PublishingCity, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Scene]:
    """The city, with every seat of both houses."""
    one = publishing_scene(publishing_city, monkeypatch)
    yield one
    held_to(one, request.function)
