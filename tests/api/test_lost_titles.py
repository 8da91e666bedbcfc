"""A title that was revoked or rescinded is shown as lost, and since when, wherever it is shown."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from domain.beijing import day
from tests.api.filings import done
from tests.api.provinces import claims
from tests.api.test_revocation import investigated

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.provinces import Province


@pytest.fixture
def tomorrow(province: Province) -> str:
    """The day in Beijing on which titles are lost; that of their gaining is over."""
    province.at((province.clock.now() + timedelta(days=1)).strftime("%Y-%m-%dT10:00:00"))
    return day(province.clock.now()).isoformat()


@pytest.fixture(scope="module")
def cheat(province: Province) -> Actor:
    """Somebody who gained a title by fraud."""
    return province.applicant(province.enterprise, "某造假者")


@pytest.fixture(scope="module")
def fraud(province: Province, cheat: Actor) -> str:
    """The path of their case."""
    return province.granted(cheat)


@pytest.fixture(scope="module")
def revoked_on(province: Province, cheat: Actor, fraud: str) -> str:
    """The day on which their title was revoked."""
    province.at((province.clock.now() + timedelta(days=1)).strftime("%Y-%m-%dT10:00:00"))
    investigated(province, cheat, fraud, "益人社处〔2024〕1号")
    return day(province.clock.now()).isoformat()


def titles(by: Actor, person: str) -> Any:  # noqa: ANN401 -- of an answer
    return done(by.get(f"/v1/persons/{person}")).body["titles"]


def approval(province: Province, path: str) -> Any:  # noqa: ANN401 -- of an answer
    """How the yearly roll of the bureau shows a case."""
    roll = f"/v1/organisations/{province.bureau.organisation}/rolls/2024?{province.everything()}"
    listed = done(province.auditor.get(roll)).body["approvals"]
    (row,) = (each for each in listed if each["case"] in path)
    return row["state"], row["lost_on"]


def test_a_revoked_title_is_shown_as_revoked_since_when(
    province: Province, cheat: Actor, fraud: str, revoked_on: str
) -> None:
    for reader in (cheat, province.auditor, province.inspector, province.bureau.handler):
        (title,) = titles(reader, cheat.person)
        assert (title["case"] in fraud, title["state"], title["lost_on"]) == (
            True,
            "revoked",
            revoked_on,
        )
    assert approval(province, fraud) == ("revoked", revoked_on)


def test_a_title_that_stands_is_shown_as_held(province: Province) -> None:
    holder = province.applicant(province.enterprise)
    path = province.granted(holder)
    (title,) = titles(province.auditor, holder.person)
    assert (title["state"], title["lost_on"]) == ("held", None)
    assert approval(province, path) == ("held", None)


def test_a_rescinded_title_is_shown_as_rescinded_since_when(province: Province) -> None:
    holder = province.applicant(province.enterprise)
    path = province.granted(holder)
    done(province.bureau.handler.change(path, "/rescissions", {"reason": "点错"}))
    done(province.bureau.leader.change(path, "/rescissions/current/confirmations", {}))
    today = day(province.clock.now()).isoformat()
    (title,) = titles(province.auditor, holder.person)
    assert (title["state"], title["lost_on"]) == ("rescinded", today)
    assert approval(province, path) == ("rescinded", today)


@pytest.mark.parametrize(
    "stated",
    [
        None,
        [],
        [{"claim": "title", "level": "assistant", "series": "农业"}],
        [{"claim": "title", "level": "assistant", "gained_on": "2024-05-07"}],
        [{"claim": "title", "level": "assistant", "series": "农业系列", "gained_on": "2019-01-01"}],
    ],
    ids=["left out", "denied", "without a day", "without a series", "with another day"],
)
def test_a_precheck_knows_a_revoked_title_whatever_the_applicant_states(
    province: Province, cheat: Actor, revoked_on: str, stated: list[dict[str, str]] | None
) -> None:
    assert kinds(province, cheat, stated) == {"case_type.after_revocation"}, revoked_on


def test_a_title_that_was_gained_since_is_another(
    province: Province, cheat: Actor, revoked_on: str, tomorrow: str
) -> None:
    assert tomorrow > revoked_on
    since = {"claim": "title", "level": "assistant", "series": "农业", "gained_on": tomorrow}
    assert kinds(province, cheat, [since]) == {"case_type.titled"}


def kinds(province: Province, applicant: Actor, stated: list[dict[str, str]] | None) -> set[str]:
    """What kind of case the law takes a further one of the applicant's for."""
    house = province.enterprise
    asked = {
        "pack": "yiyang-2024",
        "employer": house.organisation,
        "series": "农业",
        "specialty": "作物学",
        "level": "assistant",
        "application": {**claims("作物学", house), "titles": stated},
    }
    verdict = done(applicant.post("/v1/eligibility-checks", asked)).body["verdict"]
    found = {each["id"] for each in verdict["conditions"]}
    return {each for each in found if each.startswith("case_type.")}
