"""Approving employers' applications for registration, one or many: all by one append, or none.

Each unit is registered, and its first administrator's account opened, by everything that guards
both acts where an office does them of its own accord.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import competence
from api.acts.accession import ACCESSION, first_administrator, identity_of, require_competent
from api.acts.account import login_of
from api.acts.account_opening import Opening, login_taken, open_for, recognise_holder
from api.acts.desk import Desk, Events, known
from api.acts.guard import Row, guard
from api.acts.organisation import enter
from api.acts.secret_hands import Code, issue
from api.acts.thing import BENEATH
from api.identifiers import new_stream
from api.problems import Problem
from api.signin.credentials import normalised
from domain.account.events import Role
from domain.authority.power import Matter
from domain.organisation import accession_decisions
from domain.organisation.registering import RegisterOrganisation
from domain.refusal import Refusal, Refused

if TYPE_CHECKING:
    from api.acts.acting import Acting, Answer
    from api.office import Office
    from domain.organisation.accession import Accession

_ROLES = (Role.ADMINISTRATOR,)


@dataclass(frozen=True, kw_only=True)
class Approval:
    """Which application to approve, in the version that was seen, and beneath whom the unit stands.

    Beneath the caller's own office where nobody is named. The login is the first administrator's.
    """

    accession: str
    version: int
    superior: str | None = None
    bureau: str | None = None
    login: str | None = None


@dataclass(frozen=True)
class Admitted:
    """What came of one approval; ``code`` is told once, and only where it was given just now."""

    accession: str
    organisation: str
    account: str
    person: str
    login: str | None
    code: Code | None

    def __repr__(self) -> str:
        """Say nothing secret: reprs end up in logs."""
        return f"Admitted(accession={self.accession!r}, …)"


def approve(
    desk: Desk, _caller: Acting, *, office: Office, accessions: tuple[Approval, ...]
) -> Events:
    """Approve applications, all or none: register each unit, open its administrator's account.

    Raises ``Refused`` with everything that is wrong, each at its place in the request; so is what
    would be a problem of one alone.
    """
    logins = (each.login for each in accessions if each.login is not None)
    approving = _Approving(desk, office.sign_in.credentials.taken(logins))
    wrong: list[Refusal] = []
    for place, each in enumerate(accessions):
        try:
            approving.approve(each)
        except Refused as refused:
            wrong += [_at(place, refusal) for refusal in refused.refusals]
        except Problem as problem:
            wrong.append(_at(place, Refusal(problem.code, *problem.sentences)))
    if wrong:
        raise Refused(*wrong)
    return ()


@dataclass
class _Approving:
    """A request while it is carried out; ``seen`` is what it has named so far."""

    desk: Desk
    taken: frozenset[str]
    seen: set[tuple[str, str]] = field(default_factory=set)
    power: str | None = None

    def approve(self, approval: Approval) -> None:
        """Register the unit of one application, and open its first administrator's account."""
        desk, accession = self.desk, _to_approve(self.desk, approval)
        self._once("accession", approval.accession)
        own = require_competent(desk, accession)
        organisation = new_stream("organisation", desk.acting.at)
        account = new_stream("account", desk.acting.at)
        approved = accession_decisions.approve(accession, own, organisation, account)
        desk.write(accession.accession, approved)
        enter(desk, organisation, _command(desk, approval, accession))
        if self.power not in {None, desk.power}:
            raise Refused(accession_decisions.another_power("/accession"))
        self.power = desk.power
        name, entered = first_administrator(accession)
        identity = identity_of(desk, accession)
        self._once("administrator", f"{identity.kind} {identity.number}")
        opening = Opening(
            name=name,
            document=entered,
            organisation=organisation,
            roles=_ROLES,
            login=self._login(approval.login) or account.rpartition("-")[2],
        )
        holder = recognise_holder(desk, name, identity)
        desk.write(account, *open_for(desk, account, opening, holder))

    def _login(self, chosen: str | None) -> str | None:
        if chosen is not None:
            self._once("login", normalised(chosen))
            if normalised(chosen) in self.taken:
                raise Refused(login_taken(pointer="/login"))
        return chosen

    def _once(self, kind: str, name: str) -> None:
        if (kind, name) in self.seen:
            raise Refused(
                accession_decisions.named_twice("/login" if kind == "login" else "/accession")
            )
        self.seen.add((kind, name))


def approve_with_codes(
    office: Office, acting: Acting, accessions: tuple[Approval, ...]
) -> tuple[Answer, list[Admitted]]:
    """Approve applications; the first parts of the codes go through the hands of the caller.

    Dying between the append and the codes leaves accounts without one; ``give_code`` gives it.
    """
    answer = guard(office, acting, APPROVE, "", office=office, accessions=accessions)
    desk = office.desk(acting)
    return answer, [_admitted(office, desk, answer, each.accession) for each in accessions]


def _admitted(office: Office, desk: Desk, answer: Answer, accession: str) -> Admitted:
    approved = known(known(desk.accession(accession)).approved)
    account = known(desk.account(approved.account))
    login, code = login_of(desk, account), None
    if not answer.replayed and login is not None:
        with suppress(Problem):  # somebody got the login at that very moment
            code = issue(office, desk.acting, answer, account.account, login)
    return Admitted(
        accession=accession,
        organisation=approved.registered,
        account=account.account,
        person=account.person,
        login=login,
        code=code,
    )


def _to_approve(desk: Desk, approval: Approval) -> Accession:
    """The application, if the caller may approve it as they saw it."""
    accession = known(desk.accession(approval.accession))
    relations, acts = ACCESSION.stands(desk, accession), (Act.APPROVE_ACCESSION,)
    concern = ACCESSION.concern(desk, accession)
    competence.let_through(desk, acts, relations, concern, reading=ACCESSION.reading)
    version = desk.history(approval.accession).version
    if approval.version != version:
        raise Problem("STALE", expected=approval.version, actual=version)
    return accession


def _command(desk: Desk, approval: Approval, accession: Accession) -> RegisterOrganisation:
    """What is registered: beneath the caller's own office where nobody is named.

    Who has the registry is then its personnel office, who has not its competent department.
    """
    employer, superior, bureau = accession.employer, approval.superior, approval.bureau
    if superior is None and bureau is None:
        own = desk.acting.actor.organisation
        registry = competence.over(desk, Matter(area=employer.area))
        charge = {Relation.SUBORDINATE}
        if competence.may(desk, Act.REGISTER_ORGANISATION, charge, registry):
            bureau = own
        else:
            superior = own
    return RegisterOrganisation(
        name=employer.name,
        credit_code=employer.credit_code,
        kind=employer.kind,
        ownership=employer.ownership,
        level=employer.level,
        area=employer.area,
        traits=employer.traits,
        superior=superior,
        bureau=bureau,
    )


def _at(place: int, refusal: Refusal) -> Refusal:
    """What one is refused with, at its place in the request."""
    of_request = refusal.pointer in {"/superior", "/bureau", "/login"}
    return replace(
        refusal,
        chinese=f"第 {place + 1} 项：{refusal.chinese}",
        english=f"No. {place + 1}: {refusal.english}",
        pointer=f"/accessions/{place}{refusal.pointer if of_request else '/accession'}",
    )


APPROVE = Row(BENEATH, Act.APPROVE_ACCESSION, approve, fresh=True, changes=False)
