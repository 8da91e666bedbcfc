"""The office: every use case over one record, put together once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from api import packs
from api.application.accounts import Accounts
from api.application.announcing import Announcing
from api.application.at_stage import AtStage
from api.application.binding import Binding
from api.application.case_reading import CaseReading
from api.application.cases import Cases
from api.application.checking import Checking
from api.application.complaining import Complaining
from api.application.consulting import Consulting
from api.application.correcting import Correcting
from api.application.criticising import Criticising
from api.application.desk import Desk
from api.application.erasing import Erasing
from api.application.exchanging import Exchanging
from api.application.extending import WindowExtensions
from api.application.forgetting import Forgetting
from api.application.handing_in import HandingIn
from api.application.indicating import Indicating
from api.application.investigations import Investigations
from api.application.objecting import Objecting
from api.application.organisations import Organisations
from api.application.owing import Owing
from api.application.persons import Persons
from api.application.publicising import Publicising
from api.application.rebinding import Rebindings
from api.application.registers import Registers
from api.application.reviewing import Reviewing
from api.application.rolling import Rolling
from api.application.settling import Settling
from api.application.vacancies import Vacancies
from api.law_book import LawBook
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
