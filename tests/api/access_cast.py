"""One person for each role and relation, with what they stand to; said here, not computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.access import Act, Relation, permitted
from api.powers import AT_HOME, BODY, POWERS
from domain.account.events import Role
from domain.authority.power import AFFAIRS, EMPLOYER, REGISTRY
from domain.separation import HANDLER
from tests.api.actor import Actor
from tests.api.filings import done
from tests.api.moves import moved

if TYPE_CHECKING:
    from tests.api.world import World

OWN, SEATED, DEALING = Relation.OWN, Relation.SEATED, Relation.DEALING
EMPLOYS, REVIEWS = frozenset({EMPLOYER}), frozenset({BODY})
"""An employer reviews at its own stage without a grant, a department by one.

Papers and fees are received by who reviews, not by who hands them in.
"""
MANAGES = frozenset({BODY, REGISTRY})
"""A department manages its own subordinates as who has the registry does."""
_RECEIVED_ABOVE = {Act.RECEIVE_PAPERS, Act.TAKE_FEES, Act.AMEND_RECEIPTS}
EVERY_POWER = frozenset({BODY, *AFFAIRS})
HOUSE, BENEATH, AREA = Relation.ORGANISATION, Relation.SUBORDINATE, Relation.JURISDICTION


@dataclass(frozen=True)
class Member:
    """Somebody, and how they stand to each thing; to a thing that is not named, in no way.

    ``waits`` says that they hold a seat of a stage which the case has yet to reach. ``powers`` are
    those of their organisation, by what the table of powers calls them.
    """

    actor: Actor
    role: Role
    stands: Mapping[str, Iterable[Relation]]
    waits: bool = False
    powers: frozenset[str] = frozenset()

    def may(self, act: Act, about: str) -> bool:
        """What the tables of access and of powers say."""
        stands = set(self.stands.get(about, ()))
        if not permitted(act, [self.role], stands):
            return False
        own = permitted(act, [self.role], stands & {OWN, AREA})
        at_home = act in AT_HOME and permitted(act, [self.role], stands & {HOUSE})
        employs = EMPLOYER in self.powers and act not in _RECEIVED_ABOVE
        at_stage = employs and about == "case" and POWERS.get(act) == BODY
        return own or at_home or at_stage or POWERS.get(act) in {None, *self.powers}


def _to(
    *relations: Relation, case: Iterable[Relation] = (), **others: Iterable[Relation]
) -> dict[str, Iterable[Relation]]:
    """The same relations to everything of the school; further ones to its case."""
    everything = dict.fromkeys(("organisation", "account", "person"), relations)
    return {**everything, "case": (*relations, *case), **others}


def cast(world: World, applicant: Actor, suspect: Actor) -> dict[str, Member]:
    """Everybody. The case is the applicant's, at the school and before its two seats."""
    school, department, bureau = world.school, world.department, world.bureau
    firm, area = world.enterprise, _to(AREA, investigation=[AREA])
    clerk = world.account(school.administrator, "无岗人员", school.organisation, [Role.OFFICIAL])
    administrator = Role.ADMINISTRATOR
    return {
        "applicant": Member(applicant, Role.APPLICANT, _to(HOUSE, case=[OWN], person=[OWN])),
        "suspect": Member(suspect, Role.APPLICANT, _to(HOUSE, investigation=[OWN])),
        "colleague": Member(world.applicant(school), Role.APPLICANT, _to(HOUSE)),
        "handler": Member(
            school.handler, Role.OFFICIAL, _to(HOUSE, case=[SEATED, DEALING]), powers=EMPLOYS
        ),
        "leader": Member(
            school.leader, Role.OFFICIAL, _to(HOUSE, case=[SEATED, DEALING]), powers=EMPLOYS
        ),
        "clerk": Member(clerk, Role.OFFICIAL, _to(HOUSE), powers=EMPLOYS),
        "administrator": Member(school.administrator, administrator, _to(HOUSE), powers=EMPLOYS),
        "handler above": Member(
            department.handler,
            Role.OFFICIAL,
            _to(BENEATH, case=[HOUSE]),
            waits=True,
            powers=REVIEWS,
        ),
        "leader above": Member(
            department.leader,
            Role.OFFICIAL,
            _to(BENEATH, case=[HOUSE]),
            waits=True,
            powers=REVIEWS,
        ),
        "administrator above": Member(
            department.administrator,
            administrator,
            _to(BENEATH, case=[HOUSE]),
            powers=MANAGES,
        ),
        "integrity handler": Member(
            bureau.integrity_handler,
            Role.OFFICIAL,
            _to(BENEATH, case=[HOUSE], investigation=[HOUSE]),
            powers=EVERY_POWER,
        ),
        "integrity leader": Member(
            bureau.integrity_leader,
            Role.OFFICIAL,
            _to(BENEATH, case=[HOUSE], investigation=[HOUSE]),
            powers=EVERY_POWER,
        ),
        "handler of the bureau": Member(
            bureau.handler,
            Role.OFFICIAL,
            _to(BENEATH, case=[HOUSE]),
            waits=True,
            powers=EVERY_POWER,
        ),
        "foreign applicant": Member(world.applicant(firm), Role.APPLICANT, {}),
        "foreign handler": Member(firm.handler, Role.OFFICIAL, {}),
        "foreign leader": Member(firm.leader, Role.OFFICIAL, {}),
        "foreign administrator": Member(firm.administrator, administrator, {}),
        "auditor": Member(world.auditor, Role.AUDITOR, area),
        "inspector": Member(world.inspector, Role.INSPECTOR, area),
        **_by_their_account(world, applicant),
        **_without_any(world),
    }


def _by_their_account(world: World, applicant: Actor) -> dict[str, Member]:
    """Who is somebody else by what became of their account than by who they are.

    An account in the applicant's name that they never claimed; who reviewed at the school and has
    moved to the enterprise; who stands in for the handler for a term.
    """
    school, firm, official = world.school, world.enterprise, [Role.OFFICIAL]
    shadow = world.account(
        firm.administrator,
        applicant.name,
        firm.organisation,
        [Role.APPLICANT],
        applicant.number,
        claimed=False,
    )
    both = [Role.APPLICANT, Role.OFFICIAL]
    gone = world.account(school.administrator, "某调离者", school.organisation, both)
    done(world.appoint(school, HANDLER, gone))
    moved(gone, school, firm)
    path = f"/v1/organisations/{school.organisation}"
    held = done(school.administrator.get(path)).body["appointments"]
    absent = next(each["appointment"] for each in held if each["seat"] == HANDLER)
    stand_in = world.account(school.administrator, "某代行者", school.organisation, official)
    term = {"stands_in_for": absent, "ends_on": "2024-11-01", "reason": "休假"}
    done(world.appoint(school, HANDLER, stand_in, **term))
    seated = _to(HOUSE, case=[SEATED, DEALING])
    return {
        "holder of an unclaimed account": Member(shadow, Role.APPLICANT, {}),
        "somebody who moved away": Member(gone, Role.APPLICANT, {}),
        "stand-in for a term": Member(stand_in, Role.OFFICIAL, seated, powers=EMPLOYS),
    }


def _without_any(world: World) -> dict[str, Member]:
    """Who watches another county, and who administers only."""
    elsewhere = world.found(
        "邻县人社局", world.system, area="江西省/赣州市/安远县", affairs=["watch"]
    )
    members = {}
    for role in (Role.AUDITOR, Role.INSPECTOR):
        actor = world.account(world.system, f"邻县{role}", elsewhere.organisation, [role])
        members[f"{role} of another county"] = Member(actor, role, {})
    packs = world.account(world.system, "政策管理员", None, [Role.POLICY_ADMINISTRATOR])
    members["policy administrator"] = Member(packs, Role.POLICY_ADMINISTRATOR, {})
    members["system administrator"] = Member(world.system, Role.SYSTEM_ADMINISTRATOR, {})
    return members
