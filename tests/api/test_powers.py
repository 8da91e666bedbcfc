"""No act of an authority without its power: every act of a walk, tried again with the power gone.

Each act that somebody did by a power in an invented town is tried once more on the record as it
was then, by the same people, with their grant ended, narrowed to somewhere else, not yet begun,
or only to be passed on. The act that was done is the twin that shows that nothing else is missing.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from api.access import Act
from api.acts import investigation, objection, stage
from api.acts.desk import Desk
from api.acts.guard import guard
from api.powers import POWERS
from api.problems import Problem
from bench.town.acts import ACTS
from bench.town.founding import founded
from bench.town.town import Town
from bench.walk import attempt

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.acts.acting import Acting
    from api.acts.guard import Row
    from domain.authority.state import Authority, Grant

TOWNS, STEPS = 16, 500
ABOUT_CASES = (stage.TURN, stage.CASE, investigation.INVESTIGATION, objection.OBJECTION)
"""What has a level and a series by which a power can be bounded."""
NOT_WALKED = {
    Act.PROPOSE_RENAMING,
    Act.CONFIRM_RENAMING,
    Act.TAKE_OVER_INVESTIGATION,
    Act.TAKE_OVER_OBJECTION,
    Act.SETTLE_OBJECTION,
    Act.TAKE_OVER,
    Act.DECIDE_REEXAMINATION,
    Act.RENAME_ORGANISATION,
    Act.PLACE_ORGANISATION,
    Act.MERGE_ORGANISATION,
    Act.CLOSE_ORGANISATION,
    Act.DESCRIBE_ORGANISATION,
    Act.CORRECT_CREDIT_CODE,
    Act.PUBLISH_DECISION,
    Act.CORRECT_DECISION,
    Act.PROPOSE_EXTENSION,
    Act.GRANT_EXTENSION,
    Act.SEAL_VACANCIES,
    Act.EXCHANGE_INTEGRITY,
    Act.REGISTER_ORGANISATION,
    Act.RETURN_ACCESSION,
    Act.APPROVE_ACCESSION,
    Act.DECLINE_ACCESSION,
    Act.OPEN_ACCOUNT,
    Act.DISABLE_ACCOUNT,
    Act.GIVE_CODE,
    Act.ACCEPT_MOVE,
    Act.RELEASE_MOVE,
    Act.BIND_ACCOUNT,
    Act.BEGIN_ASSISTANCE,
    Act.RECORD_CONSENT,
    Act.DESIGNATE_SUBSTITUTE,
    Act.REQUEST_ERASURE,
    Act.ISSUE_CERTIFICATE,
    Act.VOID_CERTIFICATE,
    Act.WITHHOLD_MATERIAL,
    Act.PURGE_MATERIAL,
    Act.EXTEND_WINDOW,
    Act.IDENTIFY_OBJECTOR,
    Act.RECORD_VOTES,
    Act.RECEIVE_PAPERS,
    Act.TAKE_FEES,
    Act.AMEND_RECEIPTS,
    Act.ERASE_WORDS,
    Act.RECORD_JUDGEMENT,
    Act.DECIDE_REVIEW,
    Act.PROPOSE_LAW,
    Act.CONFIRM_LAW,
    Act.READ_IMPACT,
}
"""What nobody does by a power in the town, or too seldom; tests/api/test_authority.py has some."""


def _bounded(grant: Grant, **bounds: Any) -> Grant:  # noqa: ANN401 -- of a power
    return replace(grant, power=replace(grant.power, **bounds))


ALWAYS: dict[str, Callable[[Grant, Acting], Grant]] = {
    "declined": lambda grant, _: replace(grant, granted=False),
    "only proposed": lambda grant, _: replace(grant, granted=None),
    "withdrawn": lambda grant, by: replace(grant, ends_on=by.today),
    "over": lambda grant, by: _bounded(grant, last_day=by.today - timedelta(days=1)),
    "not yet begun": lambda grant, by: _bounded(grant, starts_on=by.today + timedelta(days=1)),
    "of another area": lambda grant, _: _bounded(grant, area="己省"),
    "of a part of the area": lambda grant, _: _bounded(grant, area=f"{grant.power.area}/庚街"),
    "only to be passed on": lambda grant, _: _bounded(grant, exercises=False),
    "for nothing": lambda grant, _: _bounded(grant, bodies=(), affairs=()),
}
OF_TITLES: dict[str, Callable[[Grant, Acting], Grant]] = {
    "of another level": lambda grant, _: _bounded(grant, levels=("senior",)),
    "of another series": lambda grant, _: _bounded(grant, series=("图书资料",)),
}


@dataclass
class Tries:
    """What was tried without its power, and which of it was let through all the same."""

    acts: Counter[Act] = field(default_factory=Counter)
    ways: Counter[str] = field(default_factory=Counter)
    let_through: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def tries() -> Tries:
    """Every act of the walk that rested on a power, tried without it in each way."""
    found, carry_out = Tries(), Town.act

    def act(
        town: Town,
        by: Acting,
        row: Row[Any, Any],
        name: str,
        /,
        **asked: Any,  # noqa: ANN401 -- as the act has it
    ) -> Any:  # noqa: ANN401 -- as Town.act
        before = town.record.copy()  # type: ignore[attr-defined] # a record in memory
        answer = carry_out(town, by, row, name, **asked)
        position = answer.happened[-1].position if answer.happened else 0  # type: ignore[attr-defined]
        done = town.record.load(answer.happened[-1].stream).recorded[-1] if position else None  # type: ignore[attr-defined]
        grant = getattr(done.actor, "power", None) if done is not None else None
        named = [each for each in row.any_of if each in POWERS]
        if grant is not None and named:
            ways = ALWAYS | (OF_TITLES if row.about in ABOUT_CASES else {})
            for way, alter in ways.items():
                office = replace(town.office, record=before.copy())
                code = _without(office, by, row, name, asked, grant, alter)
                found.acts.update(named)
                found.ways[way] += 1
                if code not in ("WITHOUT_POWER", "NOT_FOUND"):
                    found.let_through.append(f"{named} {way}: {code}")
        return answer

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Town, "act", act)
        chance = random.Random(4)  # noqa: S311 -- to be repeated, not to be secret
        for _ in range(TOWNS):
            town = founded()
            for _ in range(STEPS):
                attempt(town, chance.choice(ACTS), chance.choice)
    return found


def _without(  # noqa: PLR0917 -- an act, and how its power is altered
    office: Any,  # noqa: ANN401 -- an office over a record in memory
    by: Acting,
    row: Row[Any, Any],
    name: str,
    asked: dict[str, Any],
    grant: str,
    alter: Callable[[Grant, Acting], Grant],
) -> str:
    """What somebody is told who tries an act when the grant is not as it was."""
    truly = Desk.authority

    def altered(desk: Desk, organisation: str) -> Authority:
        authority = truly(desk, organisation)
        if authority.grants.under(grant) is None:
            return authority
        grants = authority.grants
        for each in authority.grants:  # or another that covers it would do
            grants = grants.entered(each.grant, alter(each, by))
        return replace(authority, grants=grants)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Desk, "authority", altered)
        try:
            guard(office, by, row, name, **asked)
        except Problem as problem:
            return problem.code
    return "done"


def test_nothing_is_let_through_without_its_power(tries: Tries) -> None:
    assert tries.let_through == []
    assert set(tries.ways) == {*ALWAYS, *OF_TITLES}
    assert sum(tries.acts.values()) > 1_000


def test_every_act_that_needs_a_power_is_tried_without_it(tries: Tries) -> None:
    assert POWERS.keys() - tries.acts.keys() <= NOT_WALKED
