"""Granting powers: one administrator of the root proposes, the other confirms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.authority.power import AFFAIRS, COMPETENT_DEPARTMENT, EMPLOYER, LAW
from domain.authority.state import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.client import Reply
    from api.demo.participant import Participant
    from api.demo.stage import Stage

DOCUMENT = "演示职改〔2024〕2号"
_OF_A_BUREAU = tuple(affair for affair in AFFAIRS if affair != LAW)


def _affairs_of(bodies: Sequence[str]) -> tuple[str, ...]:
    """The affairs that go with these bodies: those of a bureau, or none."""
    return () if set(bodies) <= {EMPLOYER, COMPETENT_DEPARTMENT} else _OF_A_BUREAU


def propose(
    stage: Stage,
    by: Participant,
    place: str,
    area: str,
    bodies: Sequence[str],
    affairs: Sequence[str] | None = None,
) -> Reply:
    """Propose to let a place be these bodies over an area; their affairs unless others are said."""
    body = {
        "source": ROOT,
        "bodies": [each for each in bodies if each != EMPLOYER],
        "affairs": list(_affairs_of(bodies) if affairs is None else affairs),
        "area": area,
        "levels": [],
        "series": [],
        "exercises": True,
        "passes_on": True,
        "last_day": None,
        "document": DOCUMENT,
    }
    return by.act_on(grants_of(stage, place), "", body)


def confirm(stage: Stage, by: Participant, place: str) -> Reply:
    """Confirm what was proposed last, by somebody who has given their password again."""
    path = grants_of(stage, place)
    grant = by.get(path).body["grants"][-1]["grant"]
    stage.quietly(by.confirm())
    seen = by.get(path)
    return by.post(f"{path}/{grant}/decisions", {"grant": True}, version=seen.version)


def empower(
    stage: Stage,
    place: str,
    area: str,
    bodies: Sequence[str],
    affairs: Sequence[str] | None = None,
) -> None:
    """Grant a place what it needs to be these bodies; nothing where it is an employer only."""
    if set(bodies) <= {EMPLOYER} and not affairs:
        return
    stage.quietly(propose(stage, stage.administrator, place, area, bodies, affairs))
    stage.quietly(confirm(stage, stage.second, place))


def grants_of(stage: Stage, place: str) -> str:
    """The address of the powers of a place."""
    return f"/v1/organisations/{stage.places[place]}/grants"
