"""A certificate says what it is of to whoever knows its number and its holder's name (B21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.client import Client
from tests.api.filings import decide, done, filed, opine

if TYPE_CHECKING:
    from tests.api.client import Answer
    from tests.api.world import World

NAME = "欧阳·若兰"


@pytest.fixture(scope="module")
def number(world: World) -> str:
    """The number of a certificate."""
    applicant = world.applicant(world.school, NAME)
    path = filed(applicant, world.school)
    for house in (world.school, world.department, world.bureau):
        done(opine(house.handler, path))
        for question in done(house.handler.get(path)).body["standing"]["open_questions"]:
            body = {"question": question, "satisfied": True, "grounds": "符合。"}
            done(house.handler.change(path, "/judgements", body))
        done(decide(house.leader, path))
    done(world.bureau.handler.change(path, "/certificates", {}))
    world.catch_up()
    return str(done(applicant.get(path)).body["standing"]["certificate"])


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


def test_whoever_tries_name_after_name_has_to_wait(world: World, number: str) -> None:
    answers = [asked(world, number, f"某{n}") for n in range(25)]
    assert answers[-1].status == 429
    assert "若兰" not in "".join(str(each.body) for each in answers)
