"""By what right a stage is dealt with, from leaves alone: also after a takeover or a correction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from audit.duties.leaf import Leaf
from audit.powers.grants import Granted, Grants
from audit.powers.rights import rights_in_case

if TYPE_CHECKING:
    from collections.abc import Iterable

SCHOOL, DEPARTMENT, BUREAU = (f"organisation-{name}" for name in ("school", "department", "bureau"))
ROOT = "organisation-root"
DAY = "2024-10-16"
POWER = {
    "bodies": ["competent_department"],
    "affairs": [],
    "area": "甲省",
    "levels": [],
    "series": [],
    "exercises": True,
    "passes_on": True,
    "starts_on": "2024-01-01",
    "last_day": None,
}
CHAIN = [
    {"stage": "employer", "body": "employer", "organisation": SCHOOL},
    {"stage": "department", "body": "competent_department", "organisation": DEPARTMENT},
]
TAKEN = {"stage": "department", "from_organisation": DEPARTMENT, "to_organisation": BUREAU}


def granted(holder: str, body: str) -> Granted:
    """A power out of the root's, confirmed by two persons before anything else happened."""
    power = POWER | {"bodies": [body]}
    grant = f"grant-{holder}"
    made = Granted(grant, holder, "authority-root", ROOT, power, "person-1", "某号")
    made.granted, made.granted_on, made.by_two = 2, "2024-01-01", True
    return made


LIES = {"area": "甲省/乙市"}
GRANTS = Grants(
    root=ROOT,
    rooted=1,
    grants={
        each.grant: each
        for each in (
            granted(DEPARTMENT, "competent_department"),
            granted(BUREAU, "competent_department"),
            granted(ROOT, "city_hr"),
        )
    },
)
GRANTS.hear(
    Leaf(0, SCHOOL, 1, "organisation:registered:1", "2024-10-15T01:00:00.000000Z", {}, LIES)
)


def leaf(position: int, topic: str, power: str | None = None, **fields: Any) -> Leaf:  # noqa: ANN401 -- of the event
    """A leaf of the case, by somebody who names a grant."""
    actor = {"type": "account", "power": power}
    at = "2024-10-15T01:00:00.000000Z"
    return Leaf(position, "case-1", position, topic, at, actor, fields)


def verdicts(*acts: Leaf) -> list[tuple[str, str]]:
    """Which organisation each act was for, and by what right it was done."""
    begun: Iterable[Leaf] = (
        leaf(3, "case:opened:1", employer=SCHOOL, level="assistant", series="工程"),
        leaf(4, "case:submitted:1", chain=CHAIN),
    )
    found = rights_in_case([*begun, *acts], GRANTS)
    return [(each.organisation, each.verdict) for each in found]


def opinion(position: int, holder: str) -> Leaf:
    """An opinion at the department's stage, by the power of an organisation."""
    return leaf(position, "case:handler-opinion-given:1", f"grant-{holder}", stage="department")


def taken(position: int, by: str, **members: str) -> Leaf:
    """The department's stage is taken over by an organisation."""
    said = {**TAKEN, "by_organisation": by, **members}
    return leaf(position, "case:stage-taken-over:1", f"grant-{by}", **said)


def test_a_stage_that_was_taken_over_is_the_new_organisations() -> None:
    assert verdicts(opinion(5, DEPARTMENT), taken(6, BUREAU), opinion(7, BUREAU)) == [
        (DEPARTMENT, "GRANTED"),
        (BUREAU, "GRANTED"),
        (BUREAU, "GRANTED"),
    ]
    assert verdicts(taken(5, BUREAU), opinion(6, DEPARTMENT))[1] == (BUREAU, "WITHOUT_POWER")


def test_whoever_takes_it_over_needs_its_power() -> None:
    assert verdicts(taken(5, ROOT)) == [(ROOT, "WITHOUT_POWER")]
    assert verdicts(taken(5, BUREAU, stage="employer")) == [(BUREAU, "WITHOUT_POWER")]


@pytest.mark.parametrize("rescinded", [True, False])
def test_what_names_no_stage_belongs_to_the_one_to_which_a_correction_led(
    *, rescinded: bool
) -> None:
    forwarded = leaf(5, "case:forwarded:1", from_stage="employer", to_stage="department")
    back = [leaf(6, "case:act-rescinded:1", stage="employer")] if rescinded else []
    found = verdicts(forwarded, *back, leaf(7, "case:publicity-voided:1"))
    assert found[-1] == ((SCHOOL, "OWN_HOUSE") if rescinded else (DEPARTMENT, "WITHOUT_POWER"))


@pytest.mark.parametrize("first", [True, False])
def test_an_end_counts_also_where_it_stands_before_the_grant_that_it_names(*, first: bool) -> None:
    """Missing evidence, in whatever order it comes, is never power."""
    about = {"source": "authority-root", "by": ROOT, "power": POWER, "document": "某号"}
    made = {"grant": "grant-1", **about}

    def told(position: int, topic: str, person: str, **fields: Any) -> Leaf:  # noqa: ANN401 -- of the event
        actor = {"type": "account", "person": person}
        at = "2024-10-15T01:00:00.000000Z"
        return Leaf(position, f"authority-{BUREAU[13:]}", position, topic, at, actor, fields)

    ended = told(2 if first else 5, "authority:withdrawn:1", "b", grant="grant-1", ends_on=DAY)
    proposed = told(3, "authority:proposed:1", "a", **made)
    granted = told(4, "authority:granted:1", "b", grant="grant-1")
    leaves = sorted((ended, proposed, granted), key=lambda each: each.position)
    known = Grants.of(leaves).grants["grant-1"]
    assert known.stood(5, DAY) is not first
    assert not known.stood(6, DAY)
    assert known.stood(6, "2024-10-15")


@pytest.mark.parametrize(
    ("last_day", "verdict"), [(None, "WITHOUT_POWER"), ("2024-10-31", "GRANTED")]
)
@pytest.mark.parametrize("entered", [1, 3])
def test_what_was_passed_on_lasts_no_longer_than_its_source_was_known_to(
    last_day: str | None, verdict: str, entered: int
) -> None:
    source = granted(BUREAU, "competent_department")
    source.power = {**source.power, "passes_on": True}
    source.ends.append((entered, "2024-11-01"))
    power = {**source.power, "last_day": last_day}
    below = replace(granted(DEPARTMENT, "competent_department"), source=source.grant, by=BUREAU)
    below.power, below.granted = power, 3
    known = replace(GRANTS, grants={each.grant: each for each in (source, below)})
    chain = known.chain(below.grant)
    rightly = "WITHOUT_POWER" if chain is None else "GRANTED"
    assert rightly == ("GRANTED" if entered == 3 else verdict)
