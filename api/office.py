"""The office: every use case over one record, put together once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from api.acts.accounts import Accounts
from api.acts.announcing import Announcing
from api.acts.at_stage import AtStage
from api.acts.binding import Binding
from api.acts.case_reading import CaseReading
from api.acts.cases import Cases
from api.acts.checking import Checking
from api.acts.complaining import Complaining
from api.acts.consulting import Consulting
from api.acts.correcting import Correcting
from api.acts.criticising import Criticising
from api.acts.desk import Desk
from api.acts.erasing import Erasing
from api.acts.exchanging import Exchanging
from api.acts.extending import WindowExtensions
from api.acts.forgetting import Forgetting
from api.acts.handing_in import HandingIn
from api.acts.indicating import Indicating
from api.acts.investigations import Investigations
from api.acts.objecting import Objecting
from api.acts.organisations import Organisations
from api.acts.owing import Owing
from api.acts.persons import Persons
from api.acts.publicising import Publicising
from api.acts.rebinding import Rebindings
from api.acts.registers import Registers
from api.acts.reviewing import Reviewing
from api.acts.rolling import Rolling
from api.acts.settling import Settling
from api.acts.vacancies import Vacancies
from api.law import packs
from api.law.book import LawBook
from domain.calendar import Calendar

if TYPE_CHECKING:
    from pathlib import Path

    from api.signin import SignIn
    from audit.record import Record


@dataclass(frozen=True)
class Office:
    """The use cases, and the desk, the laws and the working days that they share."""

    desk: Desk
    laws: LawBook
    calendar: Calendar
    organisations: Organisations
    accounts: Accounts
    binding: Binding
    persons: Persons
    rebindings: Rebindings
    cases: Cases
    reading: CaseReading
    reviewing: Reviewing
    publicising: Publicising
    handing_in: HandingIn
    correcting: Correcting
    objecting: Objecting
    settling: Settling
    complaining: Complaining
    forgetting: Forgetting
    criticising: Criticising
    erasing: Erasing
    exchanging: Exchanging
    investigations: Investigations
    registers: Registers
    consulting: Consulting
    owing: Owing
    rolling: Rolling
    vacancies: Vacancies
    window_extensions: WindowExtensions
    announcing: Announcing
    checking: Checking

    @classmethod
    def over(cls, record: Record, sign_in: SignIn, laws: LawBook, calendar: Calendar) -> Self:
        """The office over a record, under these laws and this calendar of working days."""
        desk = Desk(record, Indicating(sign_in.sessions.acted_from))
        at_stage = AtStage(desk, laws)
        reading = CaseReading(desk, laws)
        settling, complaining = Settling(at_stage), Complaining(desk, laws)
        return cls(
            desk=desk,
            laws=laws,
            calendar=calendar,
            organisations=Organisations(desk, laws),
            accounts=Accounts(desk, laws, sign_in),
            binding=Binding(desk, sign_in),
            persons=Persons(desk),
            rebindings=Rebindings(desk),
            cases=Cases(desk, laws),
            reading=reading,
            reviewing=Reviewing(at_stage, laws),
            publicising=Publicising(at_stage, calendar),
            handing_in=HandingIn(at_stage, calendar),
            correcting=Correcting(at_stage),
            objecting=Objecting(at_stage, calendar),
            settling=settling,
            complaining=complaining,
            forgetting=Forgetting(desk, laws, settling, complaining),
            criticising=Criticising(desk, laws),
            erasing=Erasing(desk, laws),
            exchanging=Exchanging(desk),
            investigations=Investigations(desk, laws),
            registers=Registers(desk),
            consulting=Consulting(desk),
            owing=Owing(desk, laws, reading, calendar),
            rolling=Rolling(desk, laws),
            vacancies=Vacancies(desk, laws),
            window_extensions=WindowExtensions(desk, laws),
            announcing=Announcing(desk),
            checking=Checking(desk, laws, calendar),
        )


def law_book(overlays: tuple[Path, ...]) -> LawBook:
    """Every pack that comes with the house, with the overlays that extend it on top.

    An overlay whose ``extends`` names no pack here is a pack of its own.
    """
    return LawBook(packs.load_default(), packs.load_with(overlays))
