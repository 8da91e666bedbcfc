"""Assisted filing (帮办): begun by an officer for somebody of an employer, ended by the applicant.

What the officer does in between are the applicant's own acts, as the table of access lets them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import competence, relation
from api.acts.case import Wanted, opening
from api.acts.desk import Desk, Events, known
from api.acts.guard import Row
from api.acts.stage import CASE
from api.acts.thing import Thing
from domain.account.claim import unclaimed
from domain.case import assistance
from domain.case.assistance import BeginAssistance
from domain.case.draft import CaseOpened
from domain.refusal import Refused

if TYPE_CHECKING:
    from datetime import date

    from api.acts.competence import Concern
    from domain.account.state import Account
    from domain.case.draft import AttachMaterial
    from domain.case.state import Case
    from domain.organisation.state import Organisation


def begin(
    desk: Desk, account: Account, *, wanted: Wanted, form: AttachMaterial, signed_on: date
) -> Events:
    """Open a case as a draft for the holder of an account, from a form that they signed."""
    house, acting = _house(desk, account), desk.acting
    law = desk.laws.for_area(house.area)
    if not relation.owns(desk, acting.actor.person):
        raise Refused(unclaimed(law))
    command = BeginAssistance(
        opening=opening(desk, house, account.person, account.account, wanted),
        form=form,
        by=acting.actor.person,
        organisation=desk.house.organisation,
        signed_on=signed_on,
        today=acting.today,
    )
    return assistance.begin(command, account, desk.humans([acting.actor.person]), law)


def end(_desk: Desk, case: Case) -> Events:
    """End the assistance, as the applicant; who filed for them does nothing more here."""
    return assistance.end(case)


def _house(desk: Desk, account: Account) -> Organisation:
    return known(desk.organisation(account.organisation or ""))


def _stands(desk: Desk, account: Account) -> set[Relation]:
    if account.organisation is None:
        return set()
    return relation.to_office(desk, account.organisation)


def _concern(desk: Desk, account: Account) -> Concern:
    return competence.about_organisation(desk, _house(desk, account))


APPLICANTS = Thing(
    find=Desk.account, stands=_stands, reading=Act.BEGIN_ASSISTANCE, concern=_concern
)
"""The account of somebody for whom an officer may file."""
BEGIN = Row(APPLICANTS, Act.BEGIN_ASSISTANCE, begin, fresh=True, begins=CaseOpened, changes=False)
END = Row(CASE, Act.END_ASSISTANCE, end)
