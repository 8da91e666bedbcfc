"""A certificate says what it is of to whoever knows its number and its holder's name (B21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import segno

from domain.case.certificate import CertificateIssued
from tests.api.client import Client
from tests.api.filings import decide, done, filed, opine

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.world import World

NAME = "欧阳·若兰"


@pytest.fixture(scope="module")
def holder(world: World) -> Actor:
    """Whose certificate it is."""
    return world.applicant(world.school, NAME)


@pytest.fixture(scope="module")
def path(world: World, holder: Actor) -> str:
    """The address of the case whose certificate was issued."""
    return certified(world, holder)


@pytest.fixture(scope="module")
def number(holder: Actor, path: str) -> str:
    """The number of a certificate."""
    return str(done(holder.get(path)).body["standing"]["certificate"])


def certified(world: World, applicant: Actor) -> str:
    """A case whose certificate was issued."""
    path = filed(applicant, world.school)
    for house in (world.school, world.department, world.bureau):
        done(opine(house.handler, path))
        for question in done(house.handler.get(path)).body["standing"]["open_questions"]:
            body = {"question": question, "satisfied": True, "grounds": "符合。"}
            done(house.handler.change(path, "/judgements", body))
        done(decide(house.leader, path))
    done(world.bureau.handler.change(path, "/certificates", {}))
    world.catch_up()
    return path


def asked(world: World, number: str, name: str) -> Answer:
    return Client(world.address).post(f"/v1/certificates/{number}/verifications", {"name": name})


@pytest.mark.parametrize("name", [NAME, "欧阳•若兰", " 欧阳 ・若兰", "欧阳．若兰\u200b"])
def test_number_and_name_together_tell_title_issuer_and_day(
    world: World, number: str, name: str
) -> None:
    told = done(asked(world, number, name)).body
    assert (told["status"], told["issuer"]) == ("valid", "县人社局")
    said = told["says"]
    assert (said["series"], said["specialty"], said["level"]) == ("社会科学", "教育学", "助理级")
    assert (said["issued_on"], said["revoked_on"]) == ("2024-10-15", None)
    assert said["name"].startswith("欧*")
    assert "若兰" not in str(told)


@pytest.mark.parametrize("name", ["欧阳", "若兰", "欧阳若兰", "李四"])
def test_another_name_is_answered_like_a_number_that_there_is_not(
    world: World, number: str, name: str
) -> None:
    nothing = {"status": "none", "issuer": None, "says": None}
    assert done(asked(world, number, name)).body == nothing
    assert done(asked(world, "20241015AAAAAAAA99", NAME)).body == nothing


def scanned(world: World, number: str, check: str) -> Answer:
    return Client(world.address).get(f"/v1/certificates/{number}/scans/{check}")


def check_of(world: World, path: str) -> str:
    """What the QR code shows beside the number."""
    events = world.services.record.load(path.removeprefix("/v1/cases/")).events
    return next(each.check for each in reversed(events) if isinstance(each, CertificateIssued))


def test_its_page_bears_the_code_that_leads_to_what_it_says(
    world: World, holder: Actor, path: str, number: str
) -> None:
    page = str(done(holder.get(f"{path}/certificate")).body)
    assert number in page
    assert NAME in page
    assert "作废" not in page
    check = check_of(world, path)
    address = f"{world.services.settings.public_url}/v1/certificates/{number}/scans/{check}"
    assert segno.make(address, error="m", micro=False).svg_inline(border=2, omitsize=True) in page
    says = str(done(scanned(world, number, check)).body)
    for shown in ("证书有效", "教育学", "助理级", "县人社局", "2024年10月15日"):
        assert shown in says
    assert "若兰" not in says


def test_one_that_is_wrong_is_void_by_the_leader_and_issued_anew_by_the_handler(
    world: World,
) -> None:
    holder, bureau = world.applicant(world.school), world.bureau
    path = certified(world, holder)
    first, check = done(holder.get(path)).body["standing"]["certificate"], check_of(world, path)
    why = {"ground": "更正", "explanation": "专业有误"}
    own = bureau.handler.change(path, "/certificates/current/voidings", why)
    assert {each["code"] for each in own.body["refusals"]} == {"NOT_IN_SEAT", "SAME_REVIEWER"}
    for stranger in (world.department.leader, holder):
        assert stranger.change(path, "/certificates/current/voidings", why).status == 403
    lost = bureau.leader.change(path, "/certificates/current/voidings", {**why, "ground": "lost"})
    assert lost.code == "NO_PAPER_CERTIFICATE"
    done(bureau.leader.change(path, "/certificates/current/voidings", why))
    assert done(holder.get(path)).body["standing"]["certificate"] is None
    assert "作废" in str(done(holder.get(f"{path}/certificate")).body)
    world.catch_up()
    nobody = Client(world.address)
    assert done(nobody.get(f"/v1/certificates/{first}")).body["status"] == "void"
    assert "作废" in str(done(scanned(world, first, check)).body)
    done(bureau.handler.change(path, "/certificates", {}))
    second = done(holder.get(path)).body["standing"]["certificate"]
    page = str(done(holder.get(f"{path}/certificate")).body)
    assert second != first
    assert f"原证书 {first} 已作废" in page
    world.catch_up()
    assert done(nobody.get(f"/v1/certificates/{second}")).body["status"] == "valid"
    assert done(nobody.get(f"/v1/certificates/{first}")).body["status"] == "void"


def test_whoever_guesses_at_codes_learns_nothing_and_has_to_wait(world: World, number: str) -> None:
    answers = [scanned(world, number, f"AAAAAAAAAAAAAAAAAA{n:02}") for n in range(25)]
    assert {each.status for each in answers} == {404, 429}
    assert answers[-1].status == 429
    assert "教育学" not in "".join(str(each.body) for each in answers)


def test_whoever_asks_for_number_after_number_has_to_wait(world: World) -> None:
    nobody = Client(world.address)
    answers = [nobody.get(f"/v1/certificates/20241015AAAAAAAA{n}") for n in range(25)]
    assert answers[-1].status == 429


def test_whoever_tries_name_after_name_has_to_wait(world: World, number: str) -> None:
    answers = [asked(world, number, f"某{n}") for n in range(25)]
    assert answers[-1].status == 429
    assert "若兰" not in "".join(str(each.body) for each in answers)
