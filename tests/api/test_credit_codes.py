"""A credit code is whole and one organisation's alone, over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.organisation.credit_code import check_sign, own_check_sign
from tests.api.filings import done
from tests.api.racing import Pair, run
from tests.api.test_organisations import BODY

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.client import Answer
    from tests.api.world import World

DAY = "2024-10-15"


def code(number: int) -> str:
    """The credit code of nobody: a public institution of the county that tests invent."""
    own = f"MB{number:06d}"
    first_seventeen = f"12360734{own}{own_check_sign(own)}"
    return first_seventeen + check_sign(first_seventeen)


def registered(world: World, credit_code: str | None, **members: Any) -> Answer:  # noqa: ANN401 -- of a request
    body = {**BODY, "bureau": world.bureau.organisation, "credit_code": credit_code, **members}
    return world.bureau.administrator.post("/v1/organisations", body)


def corrected(world: World, path: str, credit_code: str) -> Answer:
    body = {"credit_code": credit_code, "effective_on": DAY, "document": "更正〔2024〕1号"}
    return world.bureau.administrator.change(path, "/credit-code-corrections", body)


def path_of(answer: Answer) -> str:
    return f"/v1/organisations/{done(answer).body['stream']}"


def shown(world: World, path: str) -> str | None:
    found: str | None = done(world.system.get(path)).body["credit_code"]
    return found


WRITTEN: dict[str, Callable[[str], str]] = {
    "small": str.lower,
    "spaces around": "  {}\t".format,
    "full width": lambda whole: "".join(chr(ord(sign) + 0xFEE0) for sign in whole),
    "in groups": lambda whole: f"{whole[:8]} {whole[8:17]}\u3000{whole[17:]}",
}


@pytest.mark.parametrize("way", WRITTEN)
def test_however_a_code_is_written_it_is_the_same_code(world: World, way: str) -> None:
    whole = code(100 + list(WRITTEN).index(way))
    path = path_of(registered(world, WRITTEN[way](whole)))
    assert shown(world, path) == whole
    again = registered(world, whole)
    assert (again.status, again.code) == (409, "CREDIT_CODE_TAKEN")


def test_who_has_a_code_already_is_told_by_name_and_by_nothing_else(world: World) -> None:
    first = path_of(registered(world, code(1), name="先到中学", traits=["保密"]))
    again = registered(world, code(1), name="后来中学")
    assert (again.status, again.code) == (409, "CREDIT_CODE_TAKEN")
    (refusal,) = again.body["refusals"]
    assert refusal["pointer"] == "/credit_code"
    assert "先到中学" in again.body["detail"]
    assert first.rpartition("/")[2] not in str(again.body)
    assert "保密" not in str(again.body)


@pytest.mark.parametrize(
    "wrong",
    ["0" * 18, code(2)[:-1], code(2) + "0", "某" * 18, "22" + code(2)[2:]],
    ids=["zeros", "too short", "too long", "no signs", "a department without such a kind"],
)
def test_what_is_no_code_is_refused_with_what_to_do(world: World, wrong: str) -> None:
    refused = registered(world, wrong)
    assert (refused.status, refused.code) == (409, "CREDIT_CODE")
    assert "对照登记证书核对" in refused.body["detail"]


def test_who_has_no_code_yet_is_registered_without_and_gets_it_later(world: World) -> None:
    path = path_of(registered(world, None))
    other = path_of(registered(world, None))
    assert shown(world, path) is None
    done(corrected(world, path, code(3).lower()))
    assert shown(world, path) == code(3)
    assert corrected(world, other, code(3)).code == "CREDIT_CODE_TAKEN"
    assert corrected(world, path, code(3)).code == "NOTHING_CHANGES"


def test_a_code_that_was_put_right_is_free_for_whose_it_is(world: World) -> None:
    mistaken = path_of(registered(world, code(4)))
    assert registered(world, code(4)).code == "CREDIT_CODE_TAKEN"
    done(corrected(world, mistaken, code(5)))
    rightful = path_of(registered(world, code(4)))
    assert (shown(world, mistaken), shown(world, rightful)) == (code(5), code(4))
    assert registered(world, code(5)).code == "CREDIT_CODE_TAKEN"


def test_of_two_that_register_one_code_at_once_one_is_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = {**BODY, "credit_code": code(6)}
    pair = Pair(
        world.bureau.administrator,
        lambda: registered(world, code(6)),
        lambda: done(world.system.post("/v1/organisations", {**body, "name": "快一步中学"})),
    )
    seen = run(world, pair, monkeypatch)
    assert seen.overtaken == {"creditcode"}
    assert seen.codes == {"CREDIT_CODE_TAKEN"}
    assert seen.answer is not None
    assert "快一步中学" in seen.answer.body["detail"]
