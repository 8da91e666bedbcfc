"""What is no id, and what is the id of something else, is not found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.api.world import World

KINDS = ("organisations", "accounts", "persons", "person-links", "investigations", "cases")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stated", ["%00", "a%0ab", "%E4%BD%A0", "a" * 121, "nothing"])
def test_an_address_that_names_nothing_is_not_found(world: World, kind: str, stated: str) -> None:
    answer = world.bureau.handler.get(f"/v1/{kind}/{stated}")
    assert (answer.status, answer.code) == (404, "NOT_FOUND")


@pytest.mark.parametrize("kind", KINDS)
def test_something_of_another_kind_is_not_found(world: World, kind: str) -> None:
    handler = world.bureau.handler
    others = {
        "organisations": handler.account,
        "accounts": handler.person,
    }
    stated = others.get(kind, world.bureau.organisation)
    answer = handler.get(f"/v1/{kind}/{stated}")
    assert (answer.status, answer.code) == (404, "NOT_FOUND")
