"""What may be tried with powers: offices invented, powers proposed, confirmed and withdrawn."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from api.acts import organisation, power_grant
from bench.town.chance import MOSTLY, ONCE_IN_FOUR, an_administrator, one, somebody
from bench.town.founding import CLERK, SECOND
from domain.authority.power import AFFAIRS, GRANTED_BODIES
from domain.authority.state import ROOT
from domain.beijing import day
from domain.organisation.events import Kind, Ownership
from domain.organisation.registering import RegisterOrganisation
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from bench.town.town import Choose, Town
    from domain.authority.state import Grant

ORGANISATIONS = 14
"""So few organisations are there at a time that each of them is met again."""
_DOCUMENT = "某职改〔2024〕9号"


def an_office_is_invented(town: Town, choose: Choose) -> None:
    """Some administrator registers an office beneath whomever, mostly beneath their own house."""
    if len(town.organisations) >= ORGANISATIONS:
        return
    where = choose(tuple(town.organisations))
    house = town.organisations[where]
    upper = where if choose(MOSTLY) else choose(tuple(town.organisations))
    by = CLERK if choose(ONCE_IN_FOUR) else an_administrator(town, choose, where)
    command = RegisterOrganisation(
        name=f"新设机关{town.number('office')}",
        credit_code=None,
        kind=choose((Kind.GOVERNMENT, Kind.ENTERPRISE)),
        ownership=Ownership.STATE,
        level=house.level,
        area=house.area or "甲省",
        traits=(),
        superior=choose((None, upper)),
        bureau=upper,
    )
    town.act(town.acting(by), organisation.REGISTER, "", command=command)


def a_power_is_proposed(town: Town, choose: Choose) -> None:
    """Out of what an organisation has, mostly; else out of somebody else's, or the root's."""
    by = choose(town.bureaus if choose(MOSTLY) else tuple(town.organisations))
    own = list(_powers(town, by)) or list(_all(town))
    source = choose(own) if choose(MOSTLY) else None
    area = town.organisations[by].area if choose(MOSTLY) else "甲省"
    bodies = source.power.bodies if source and choose(MOSTLY) else (choose(GRANTED_BODIES),)
    town.act(
        town.acting(somebody(town, choose, by, HANDLER)),
        power_grant.PROPOSE,
        choose(tuple(town.organisations)),
        source=ROOT if source is None else source.grant,
        bodies=bodies,
        affairs=choose(((), AFFAIRS)),
        area=area,
        levels=(),
        series=(),
        exercises=choose(MOSTLY),
        passes_on=choose(MOSTLY),
        in_name_of=None,
        starts_on=None,
        last_day=choose((None, day(town.now) + timedelta(days=90))),
        document=_DOCUMENT,
    )


def a_power_is_decided(town: Town, choose: Choose) -> None:
    """By the leader of who proposed it, mostly; by who proposed it, or anybody, else."""
    waiting = [each for each in _all(town) if each.granted is None]
    for it in one(choose, waiting):
        by = SECOND if choose(ONCE_IN_FOUR) else somebody(town, choose, it.by, LEADER)
        town.act(
            town.acting(by),
            power_grant.DECIDE,
            _holder(town, it),
            grant_id=it.grant,
            grant=choose(MOSTLY),
        )


def a_withdrawal_is_proposed(town: Town, choose: Choose) -> None:
    """Of what was passed on, mostly; the root's own grants are what the town lives by."""
    lasting = [each for each in _all(town) if each.lasts(day(town.now)) and each.source != ROOT]
    for it in one(choose, lasting):
        town.act(
            town.acting(somebody(town, choose, it.by, HANDLER)),
            power_grant.PROPOSE_WITHDRAWAL,
            _holder(town, it),
            grant_id=it.grant,
            ends_on=day(town.now) + timedelta(days=choose((0, 0, 3, -1))),
            passed_on_too=choose((True, False)),
            document=_DOCUMENT,
        )


def a_power_is_withdrawn(town: Town, choose: Choose) -> None:
    """By the leader of who proposed it, mostly."""
    for it in one(choose, [each for each in _all(town) if each.withdrawal is not None]):
        by = it.withdrawal.by if it.withdrawal is not None else it.by
        town.act(
            town.acting(somebody(town, choose, by, LEADER)),
            power_grant.WITHDRAW,
            _holder(town, it),
            grant_id=it.grant,
        )


def _powers(town: Town, organisation: str) -> tuple[Grant, ...]:
    return tuple(town.office.desk().authority(organisation).grants)


def _all(town: Town) -> tuple[Grant, ...]:
    return tuple(grant for each in town.organisations for grant in _powers(town, each))


def _holder(town: Town, grant: Grant) -> str:
    return next(o for o in town.organisations if grant in _powers(town, o))
