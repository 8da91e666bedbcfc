"""An employer applies for its own registration, from outside: it is known by its receipt alone.

Who deals with it does so in ``api.acts.accession``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.acts.account_opening import EnteredDocument
from api.acts.desk import known
from api.acts.guard import act_as
from api.acts.handed_in import Receipt
from api.identifiers import new_id, new_stream
from domain import beijing, document
from domain.actor import PublicActor
from domain.case.facts import facts_of_unit
from domain.objection.kept import WordsErasureAsked
from domain.organisation import accession_decisions, credit_code
from domain.organisation.accession import (
    AccessionApplied,
    Employer,
    FirstAdministrator,
    Paper,
    Scan,
)
from domain.organisation.areas import misplaced
from domain.organisation.events import CreditCodeAppliedFor, Kind, Ownership
from domain.organisation.state import stream_of_code
from domain.personal import Personal, Purpose, tells_only
from domain.refusal import Refused, rules_of
from domain.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from api.acts.acting import Answer
    from api.acts.desk import Desk
    from api.office import Office
    from domain.document import Document
    from domain.organisation.accession import Accession
    from domain.policy.accounts import AccountCreator
    from domain.refusal import Refusal


@tells_only()
@dataclass(frozen=True, kw_only=True)
class Administrator:
    """Who is to administer the employer's accounts, as the employer says."""

    name: str
    document: EnteredDocument


@tells_only("name")
@dataclass(frozen=True, kw_only=True)
class Stated:
    """What an employer states of itself; the members are those of a registration."""

    name: str
    credit_code: str
    kind: Kind
    ownership: Ownership
    level: str
    area: str
    traits: tuple[str, ...]
    administrator: Administrator
    contact: str
    documents: tuple[Scan, ...] = ()

    @property
    def employer(self) -> Employer:
        """The unit alone, its code in normal form."""
        return Employer(
            name=self.name,
            credit_code=credit_code.normalised(self.credit_code),
            kind=self.kind,
            ownership=self.ownership,
            level=self.level,
            area=self.area,
            traits=self.traits,
        )


def apply(office: Office, stated: Stated, at: datetime) -> Receipt:
    """Take an application in. Raises ``Refused`` with everything that is wrong."""
    accession = new_stream("accession", at)

    def decide(desk: Desk) -> None:
        code = stated.employer.credit_code
        spoken_for = _spoken_for(desk, code)
        desk.write(
            accession, accession_decisions.apply(*_read(desk, accession, stated, at, spoken_for))
        )
        desk.write(stream_of_code(code), CreditCodeAppliedFor(accession=accession))

    answer = act_as(office.desk, PublicActor(accession), new_id(at), at, decide)
    return Receipt(accession, "accession", answer.position)


def complete(office: Office, accession: str, at: datetime, *, stated: Stated) -> Answer:
    """Take in again what was sent back, from whoever holds the receipt.

    The credit code is whose unit it is, and stays. Raises ``Refused``.
    """

    def decide(desk: Desk) -> None:
        state = known(desk.accession(accession))
        again = replace(stated, credit_code=state.employer.credit_code)
        before = tuple(each.paper for each in state.documents)
        read = _read(desk, accession, again, at, (), before)
        desk.write(accession, accession_decisions.complete(state, *read))

    return act_as(office.desk, PublicActor(accession), new_id(at), at, decide)


def withdraw(office: Office, accession: str, at: datetime, *, reason: str | None) -> Answer:
    """Take one's application back, by its receipt.

    Raises ``Refused``.
    """
    said = None if reason is None else words(reason, accession)

    def decide(desk: Desk) -> None:
        state = known(desk.accession(accession))
        desk.write(accession, accession_decisions.withdraw(state, said))

    return act_as(office.desk, PublicActor(accession), new_id(at), at, decide)


def ask_for_erasure(office: Office, accession: str, at: datetime, *, reason: str | None) -> Answer:
    """Ask, by the receipt, that what one handed in be erased; two officers decide on it."""
    said = None if reason is None else words(reason, accession)

    def decide(desk: Desk) -> None:
        known(desk.accession(accession))
        if not known(desk.kept(accession)).erased:
            desk.write(accession, WordsErasureAsked(reason=said))

    return act_as(office.desk, PublicActor(accession), new_id(at), at, decide)


def named_by_the_notice(desk: Desk, accession: Accession) -> AccountCreator | None:
    """Whom the notice names to register such a unit; None where it is silent."""
    employer = accession.employer
    unit = employer.unit(accession.accession)
    return desk.laws.for_area(employer.area).account_creator(facts_of_unit(unit))


def words(text: str, accession: str) -> Personal:
    """Words sealed under the application's own key."""
    return Personal(text, accession, Purpose.ACCESSION)


def _spoken_for(desk: Desk, code: str) -> tuple[Refusal, ...]:
    taken = desk.credit_code(code)
    before = None if taken is None or taken.accession is None else desk.accession(taken.accession)
    return accession_decisions.spoken_for(taken, before)


def _read(
    desk: Desk,
    accession: str,
    stated: Stated,
    at: datetime,
    spoken_for: Iterable[Refusal],
    before: Iterable[Paper] = (),
) -> tuple[AccessionApplied, tuple[Refusal, ...]]:
    """What is stated, as it is recorded, and all that is wrong with it."""
    employer, law = stated.employer, desk.laws.for_area(stated.area)
    creator = law.account_creator(facts_of_unit(employer.unit(accession)))
    astray = misplaced(employer.level, employer.area, desk.laws.areas(), free=False)
    papers = (*before, *(each.paper for each in stated.documents))
    wrong = [*accession_decisions.why_not(employer, papers, astray), *spoken_for]
    entered = stated.administrator.document
    identity: Document | None = None
    try:
        citations = law.behind("ID_FORMAT")
        identity = document.read(entered.kind, entered.number, beijing.day(at), citations)
    except Refused as refused:
        wrong += refused.refusals
    applied = AccessionApplied(
        employer=employer,
        administrator=FirstAdministrator(
            name=words(stated.administrator.name, accession),
            document=entered.kind,
            number=words(identity.number if identity else entered.number, accession),
        ),
        contact=words(stated.contact, accession),
        documents=stated.documents,
        competent=accession_decisions.competent_for(creator),
        rules=() if creator is None else rules_of(creator.citations),
    )
    return applied, tuple(wrong)
