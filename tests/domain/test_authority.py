"""Powers: granted out of what the grantor has itself, by two persons; withdrawn from above."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.authority import granting
from domain.authority.events import (
    AuthorityRooted,
    GrantDeclined,
    GrantProposed,
    PowerGranted,
    PowerPassedOn,
    PowerWithdrawn,
    WithdrawalProposed,
)
from domain.authority.granting import Grantor, ProposeGrant, ProposeWithdrawal, not_the_proposer
from domain.authority.power import AFFAIRS, GRANTED_BODIES, Matter, Power
from domain.authority.state import ROOT, Authority, Grant, Proposed, evolve, evolve_root
from domain.organisation.seats import Officer, Seats
from domain.refusal import Refused
from domain.separation import HANDLER, LEADER
from domain.shared_collections import Ledger, Several
from tests.domain.given import given
from tests.domain.invented import TODAY, account_of, appointment, linked
from tests.domain.telling import told

CITY, COUNTY, SCHOOL = "organisation-city", "organisation-county", "organisation-school"
AN, BO, CAI = "person-an", "person-bo", "person-cai"
DAY = timedelta(days=1)


def power(**bounds: Any) -> Power:  # noqa: ANN401 -- of a power
    """What a city has, unless other bounds are said."""
    said: dict[str, Any] = {
        "bodies": ("city_hr", "county_hr"),
        "affairs": ("registry", "integrity"),
        "area": "甲省/乙市",
        "levels": ("assistant", "intermediate"),
        "series": ("教师", "农业"),
        "exercises": True,
        "passes_on": True,
        "in_name_of": None,
        "starts_on": TODAY - 30 * DAY,
        "last_day": TODAY + 365 * DAY,
    }
    return Power(**said | bounds)


def within(**bounds: Any) -> Power:  # noqa: ANN401 -- of a power
    """What the city may pass on to a county, unless other bounds are said."""
    said: dict[str, Any] = {
        "bodies": ("county_hr",),
        "affairs": (),
        "area": "甲省/乙市/丙县",
        "levels": ("assistant",),
        "series": ("教师",),
        "passes_on": False,
        "starts_on": TODAY,
        "last_day": TODAY + 30 * DAY,
    }
    return power(**said | bounds)


SOURCE = Grant("grant-city", ROOT, "organisation-root", power(), "某〔2024〕1号", "", granted=True)


def seats() -> Seats:
    held = [appointment(AN, HANDLER), appointment(BO, LEADER)]
    return Seats(CITY, Ledger.of(*((each.appointment, each) for each in held)))


def grantor(person: str, source: Grant | None = SOURCE, **members: Any) -> Grantor:  # noqa: ANN401 -- of a grantor
    """The city, for which an is the handler and bo the leader."""
    officer = Officer(
        person=person,
        account=account_of(person),
        seats=seats(),
        humans=linked(),
        today=TODAY,
    )
    return replace(Grantor(organisation=CITY, officer=officer, source=source), **members)


def proposal(**bounds: Any) -> ProposeGrant:  # noqa: ANN401 -- of a power
    return ProposeGrant(
        grant="grant-county",
        source="grant-city",
        holder=COUNTY,
        power=within(**bounds),
        document="某〔2024〕2号",
    )


def waiting(**members: Any) -> Grant:  # noqa: ANN401 -- of a grant
    """The county's grant, which an proposed for the city."""
    grant = Grant("grant-county", "grant-city", CITY, within(), "某〔2024〕2号", AN)
    return replace(grant, **members)


class TestAProposal:
    def test_is_the_handlers_out_of_what_the_organisation_has(self) -> None:
        given(proposal()).when(granting.propose, grantor(AN)).then(
            GrantProposed(
                grant="grant-county",
                source="grant-city",
                by=CITY,
                power=within(),
                document="某〔2024〕2号",
            )
        )
        given(proposal()).when(granting.propose, grantor(BO)).refused("NOT_IN_SEAT")
        given(proposal()).when(granting.propose, grantor(CAI)).refused("NOT_IN_SEAT")

    def test_is_an_administrators_at_the_root_where_nobody_sits(self) -> None:
        outcome = given(proposal()).when(granting.propose, grantor(CAI, administers=True))
        assert outcome.refusals == ()

    @pytest.mark.parametrize(
        ("bounds", "member"),
        [
            ({"bodies": ("final_body",)}, "bodies"),
            ({"affairs": ("erasure",)}, "affairs"),
            ({"area": "甲省"}, "area"),
            ({"area": ""}, "area"),
            ({"area": "甲省/丁市"}, "area"),
            ({"levels": ("senior",)}, "levels"),
            ({"levels": ()}, "levels"),
            ({"series": ("卫生",)}, "series"),
            ({"series": ()}, "series"),
            ({"starts_on": TODAY - 31 * DAY}, "starts_on"),
            ({"last_day": TODAY + 366 * DAY}, "last_day"),
            ({"last_day": None}, "last_day"),
        ],
    )
    def test_is_never_wider_than_its_source(self, bounds: dict[str, Any], member: str) -> None:
        outcome = given(proposal(**bounds)).when(granting.propose, grantor(AN))
        outcome.refused_at("WIDER_THAN_ITS_SOURCE", f"/{member}")

    @pytest.mark.parametrize(
        "bounds",
        [
            {"area": "甲省/乙市"},
            {"levels": ("intermediate", "assistant")},
            {"starts_on": TODAY - 30 * DAY, "last_day": TODAY + 365 * DAY},
        ],
    )
    def test_may_be_as_wide_as_its_source(self, bounds: dict[str, Any]) -> None:
        assert given(proposal(**bounds)).when(granting.propose, grantor(AN)).refusals == ()

    @pytest.mark.parametrize(
        "source",
        [
            None,
            replace(SOURCE, granted=None),
            replace(SOURCE, granted=False),
            replace(SOURCE, ends_on=TODAY),
            replace(SOURCE, power=power(passes_on=False)),
            replace(SOURCE, power=power(starts_on=TODAY + DAY)),
            replace(SOURCE, power=power(last_day=TODAY - DAY)),
        ],
    )
    def test_rests_on_a_grant_that_stands_and_may_be_passed_on(self, source: Grant | None) -> None:
        outcome = given(proposal()).when(granting.propose, grantor(AN, source))
        outcome.refused_at("NOTHING_TO_PASS_ON", "/source")

    def test_lasts_no_longer_than_a_source_whose_withdrawal_is_on_record(self) -> None:
        source = replace(SOURCE, ends_on=TODAY + 30 * DAY)
        for last_day in (None, TODAY + 30 * DAY):
            outcome = given(proposal(last_day=last_day)).when(granting.propose, grantor(AN, source))
            outcome.refused_at("WIDER_THAN_ITS_SOURCE", "/last_day")
            assert codes_of(waiting(power=within(last_day=last_day)), grantor(BO, source)) == [
                "WIDER_THAN_ITS_SOURCE"
            ]
        until = proposal(last_day=TODAY + 29 * DAY)
        assert given(until).when(granting.propose, grantor(AN, source)).refusals == ()

    def test_passes_on_what_its_grantor_does_not_exercise(self) -> None:
        source = replace(SOURCE, power=power(exercises=False))
        assert given(proposal()).when(granting.propose, grantor(AN, source)).refusals == ()

    def test_says_something_and_for_some_time_and_not_to_oneself(self) -> None:
        for bounds in ({"bodies": ()}, {"exercises": False}):
            outcome = given(proposal(**bounds)).when(granting.propose, grantor(AN))
            outcome.refused("GRANTS_NOTHING")
        backwards = proposal(starts_on=TODAY, last_day=TODAY - DAY)
        given(backwards).when(granting.propose, grantor(AN)).refused("ENDS_BEFORE_IT_STARTS")
        own = replace(proposal(), holder=CITY)
        given(own).when(granting.propose, grantor(AN)).refused("GRANT_TO_ITSELF")

    def test_is_told_every_reason_at_once(self) -> None:
        outcome = given(proposal(bodies=(), area="甲省")).when(granting.propose, grantor(CAI))
        outcome.refused("NOT_IN_SEAT", "WIDER_THAN_ITS_SOURCE", "GRANTS_NOTHING")


class TestAConfirmation:
    def test_is_the_leaders_and_told_to_the_grantors_stream_too(self) -> None:
        granted, passed_on = granting.confirm(waiting(), COUNTY, grantor(BO))
        assert granted == (PowerGranted(grant="grant-county"),)
        assert passed_on == (
            PowerPassedOn(source="grant-city", grant="grant-county", holder=COUNTY),
        )

    def test_is_not_by_who_proposed_it_under_whatever_document(self) -> None:
        assert codes_of(waiting(proposer=BO), grantor(BO)) == ["TWO_OFFICERS"]
        both = grantor(BO)
        both = replace(both, officer=replace(both.officer, humans=linked((AN, BO))))
        assert codes_of(waiting(), both) == ["TWO_OFFICERS"]
        assert codes_of(waiting(), grantor(CAI)) == ["NOT_IN_SEAT"]

    def test_happens_once(self) -> None:
        for decided in (True, False):
            assert codes_of(waiting(granted=decided), grantor(BO)) == ["PROPOSAL_FIRST"]

    def test_judges_the_grant_on_its_own_day(self) -> None:
        ended = replace(SOURCE, ends_on=TODAY)
        assert codes_of(waiting(), grantor(BO, ended)) == ["NOTHING_TO_PASS_ON"]
        narrower = replace(SOURCE, power=power(series=("农业",)))
        assert codes_of(waiting(), grantor(BO, narrower)) == ["WIDER_THAN_ITS_SOURCE"]

    def test_can_be_declined(self) -> None:
        given(waiting()).when(granting.decline, grantor(BO)).then(
            GrantDeclined(grant="grant-county")
        )
        given(waiting()).when(granting.decline, grantor(AN)).refused("NOT_IN_SEAT", "TWO_OFFICERS")


def codes_of(grant: Grant, by: Grantor) -> list[str]:
    """Why a grant is not confirmed."""
    with pytest.raises(Refused) as refused:
        granting.confirm(grant, COUNTY, by)
    return [each.code for each in refused.value.refusals]


class TestAWithdrawal:
    COMMAND = ProposeWithdrawal(ends_on=TODAY, passed_on_too=False, document="某〔2024〕3号")

    def test_is_proposed_by_who_granted_it_or_one_above(self) -> None:
        stands = waiting(granted=True)
        proposed = WithdrawalProposed(
            grant="grant-county",
            by=CITY,
            ends_on=TODAY,
            passed_on_too=False,
            document="某〔2024〕3号",
        )
        given(stands).when(
            granting.propose_withdrawal, self.COMMAND, [CITY, "organisation-root"], grantor(AN)
        ).then(proposed)
        given(stands).when(
            granting.propose_withdrawal, self.COMMAND, ["organisation-other"], grantor(AN)
        ).refused("NOT_THE_GRANTOR")
        given(stands).when(granting.propose_withdrawal, self.COMMAND, [CITY], grantor(BO)).refused(
            "NOT_IN_SEAT"
        )

    def test_undoes_nothing_and_ends_what_lasts(self) -> None:
        early = replace(self.COMMAND, ends_on=TODAY - DAY)
        given(waiting(granted=True)).when(
            granting.propose_withdrawal, early, [CITY], grantor(AN)
        ).refused_at("WITHDRAWN_TOO_EARLY", "/ends_on")
        for over in (waiting(), waiting(granted=False), waiting(granted=True, ends_on=TODAY)):
            given(over).when(
                granting.propose_withdrawal, self.COMMAND, [CITY], grantor(AN)
            ).refused("GRANT_OVER")

    def test_is_put_off_by_no_other(self) -> None:
        ends = waiting(granted=True, ends_on=TODAY + DAY)
        later = replace(self.COMMAND, ends_on=TODAY + 2 * DAY)
        given(ends).when(granting.propose_withdrawal, later, [CITY], grantor(AN)).refused_at(
            "WITHDRAWN_SOONER", "/ends_on"
        )
        for day in (TODAY, TODAY + DAY):
            sooner = replace(self.COMMAND, ends_on=day)
            outcome = given(ends).when(granting.propose_withdrawal, sooner, [CITY], grantor(AN))
            assert outcome.refusals == ()

    def test_is_confirmed_by_another_of_the_same_organisation(self) -> None:
        proposed = Proposed(AN, CITY, TODAY - DAY, passed_on_too=True, document="某〔2024〕3号")
        stands, below = waiting(granted=True, withdrawal=proposed), waiting(grant="grant-below")
        ended, along = granting.withdraw(stands, grantor(BO), [below])
        assert (ended.ends_on, ended.with_grant) == (TODAY, None)
        assert [(each.grant, each.with_grant) for each in along] == [
            ("grant-below", "grant-county")
        ]
        for by, expected in (
            (grantor(AN), ["NOT_IN_SEAT", "TWO_OFFICERS"]),
            (grantor(BO, organisation=COUNTY), ["NOT_THE_GRANTOR"]),
        ):
            with pytest.raises(Refused) as refused:
                granting.withdraw(stands, by, [])
            assert [each.code for each in refused.value.refusals] == expected
        with pytest.raises(Refused, match="PROPOSAL_FIRST"):
            granting.withdraw(waiting(granted=True), grantor(BO), [])


class TestThePowersOfAnOrganisation:
    MATTER = Matter(area="甲省/乙市/丙县", level="assistant", series="教师")

    def granted(self, **bounds: Any) -> Authority:  # noqa: ANN401 -- of a power
        state = None
        for event in (
            GrantProposed(
                grant="grant-1",
                source=ROOT,
                by="organisation-root",
                power=within(**bounds),
                document="某〔2024〕1号",
            ),
            PowerGranted(grant="grant-1"),
        ):
            state = evolve(state, event, told("authority-county"))
        assert state is not None
        return state

    def test_are_those_that_were_confirmed_exercised_and_hold(self) -> None:
        assert self.granted().by_which(("county_hr",), (self.MATTER,), TODAY)
        assert self.granted().bodies(TODAY) == {"county_hr"}
        for bounds in ({"exercises": False}, {"starts_on": TODAY + DAY}, {"last_day": TODAY - DAY}):
            held = self.granted(**bounds)
            assert held.by_which(("county_hr",), (self.MATTER,), TODAY) is None
            assert held.bodies(TODAY) == frozenset()
        proposed = Authority("organisation-county", Ledger.of(("grant-county", waiting())))
        assert proposed.by_which(("county_hr",), (self.MATTER,), TODAY) is None

    @pytest.mark.parametrize(
        "matter",
        [
            replace(MATTER, area="甲省/乙市"),
            replace(MATTER, area="甲省/乙市/丙县城"),
            replace(MATTER, level="intermediate"),
            replace(MATTER, series="农业"),
        ],
    )
    def test_reach_as_far_as_their_bounds(self, matter: Matter) -> None:
        assert self.granted().by_which(("county_hr",), (matter,), TODAY) is None
        assert self.granted().by_which(("city_hr",), (self.MATTER,), TODAY) is None

    def test_without_named_levels_or_series_are_over_all(self) -> None:
        over = self.granted(levels=(), series=())
        assert over.by_which(("county_hr",), (replace(self.MATTER, level="senior"),), TODAY)
        assert over.by_which(("county_hr",), (Matter(area=self.MATTER.area),), TODAY)

    def test_end_from_the_day_of_their_withdrawal_and_the_earliest_counts(self) -> None:
        held = self.granted()
        for ends_on in (TODAY + 2 * DAY, TODAY + DAY, TODAY + 5 * DAY):
            withdrawn = PowerWithdrawn(
                grant="grant-1",
                by="organisation-root",
                ends_on=ends_on,
                passed_on_too=False,
                document="某〔2024〕3号",
                with_grant=None,
            )
            held = evolve(held, withdrawn, told("authority-county"))
        assert held.by_which(("county_hr",), (self.MATTER,), TODAY)
        assert held.by_which(("county_hr",), (self.MATTER,), TODAY + DAY) is None

    def test_remember_what_was_passed_on(self) -> None:
        passed = PowerPassedOn(source="grant-1", grant="grant-2", holder=SCHOOL)
        held = evolve(self.granted(), passed, told("authority-county"))
        assert held.grants[0].passed_on == Several([("grant-2", SCHOOL)])

    def test_watch_over_the_areas_of_their_grants(self) -> None:
        watching = self.granted(affairs=("watch",))
        assert watching.watched(TODAY) == ("甲省/乙市/丙县",)
        assert watching.affairs(TODAY) == {"watch"}
        assert self.granted().watched(TODAY) == ()


def test_the_root_may_pass_on_everything_and_exercise_nothing() -> None:
    rooted = AuthorityRooted(
        organisation="organisation-root", first=AN, second=BO, document="某〔2024〕1号"
    )
    root = evolve_root(None, rooted, told(ROOT))
    everything = root.grant().power
    assert (everything.bodies, everything.affairs) == (GRANTED_BODIES, AFFAIRS)
    assert (everything.exercises, everything.passes_on) == (False, True)
    assert root.grant().stands(date(1990, 1, 1))
    assert not list(power().beyond(everything))


def test_a_grant_is_decided_on_where_it_was_proposed() -> None:
    assert not_the_proposer().code == "NOT_THE_PROPOSER"
