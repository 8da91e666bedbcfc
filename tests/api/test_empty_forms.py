"""The forms with which acts are rehearsed: with nothing filled in, and nothing left out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from inspect import Parameter, signature
from typing import TYPE_CHECKING, Any

import pytest

from api.acts.rehearsal import empty
from api.http import RESOURCES
from api.http.act_operations import WAYS

if TYPE_CHECKING:
    from api.http.act_operations import Way


def act(
    _desk: object,
    _thing: object,
    *,
    reason: str,
    number: str | None,
    cases: tuple[str, ...],
    agreed: bool,
    on: date,
) -> None:
    """Asks for one member of each kind."""


def strange(_desk: object, _thing: object, *, level: dict[str, Any]) -> None:
    """Asks for what can't be left empty."""


def test_each_member_is_as_empty_as_its_type_lets_it_be() -> None:
    assert empty(act) == {
        "reason": "",
        "number": None,
        "cases": (),
        "agreed": False,
        "on": date.min,
    }


def test_what_can_not_be_left_empty_is_said_when_the_act_is_declared() -> None:
    with pytest.raises(KeyError):
        empty(strange)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.operation)
def test_an_act_is_rehearsed_with_each_member_that_it_asks_for(way: Way) -> None:
    assert RESOURCES
    blank = way.row.blank
    if not isinstance(blank, Mapping):
        return
    asked = signature(way.row.decide).parameters.values()
    assert blank.keys() == {each.name for each in asked if each.kind is Parameter.KEYWORD_ONLY}
