"""Applications for registration, lists of applicants, forms and achievements, of several houses."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from api.identifiers import untimed_stream
from bench.town.founding import FAR, NEAR, write
from domain.account.events import Role
from domain.account.intake import IntakeTaken, ListFormat
from domain.actor import PublicActor
from domain.document import DocumentKind
from domain.organisation.accession import (
    AccessionApplied,
    AccessionApproved,
    AccessionCompleted,
    AccessionDeclined,
    AccessionReturned,
    AccessionWithdrawn,
    Competent,
    Employer,
    FirstAdministrator,
)
from domain.organisation.events import Kind, Ownership
from domain.person.achievements import (
    AchievementEntered,
    AchievementKind,
    AchievementReviewed,
    AchievementWithdrawn,
)
from domain.personal import Personal, Purpose
from domain.vacancies.events import VacanciesStated, VacancyTotals
from tests.naive.hand import DIGEST, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.event import Event
    from tests.naive.hand import Hand

EDUCATION = "unit.sector=education"
_EMPLOYERS = ("中学", "医院")
_AREAS = (f"{NEAR}/丙县", NEAR, f"{FAR}/戊县")
_REGISTRAR = "县人社局"
_NOTICES: tuple[tuple[Competent | None, tuple[str, ...]], ...] = (
    (None, ()),
    (None, (EDUCATION,)),
    (Competent(level="city", sector=None), (EDUCATION,)),
    (Competent(level="county", sector="education"), ()),
)
"""Whom a notice names to register a unit, and what the unit states itself to be."""


def made_by_employers(hand: Hand) -> None:
    """All of it."""
    for house in [each for each in hand.town.organisations if hand.staff(each, Role.APPLICANT)]:
        _list(hand, house)
    for name in _EMPLOYERS:
        _form(hand, hand.house(name))
        for account in hand.staff(hand.house(name), Role.APPLICANT)[:3]:
            _achievements(hand, account, hand.house(name))
    for account, each in list(hand.town.states["account"].items()):
        if each.organisation is not None and (each.disabled or each.person not in each.claims):
            _entry_of_before(hand, account)
    for area in _AREAS:
        _applications(hand, area)


def _list(hand: Hand, house: str) -> None:
    """All accounts that a house has, and those that were opened there and left."""
    by = hand.staff(house, Role.ADMINISTRATOR)[0]
    histories = hand.town.histories
    listed = tuple(
        account
        for account, each in hand.town.states["account"].items()
        if house in (each.organisation, histories[account][0].event.organisation)  # type: ignore[attr-defined]
    )
    taken = IntakeTaken(
        organisation=house,
        format=ListFormat.CSV,
        digest=DIGEST,
        rows=len(listed),
        opened=listed[1:],
        existing=listed[:1],
        existing_rows=(2,),
    )
    hand.begins(by, "intake", taken)


def _form(hand: Hand, house: str) -> None:
    stated = VacanciesStated(
        organisation=house,
        pack="town",
        digest=DIGEST,
        batch=None,
        establishment=9,
        posts=9,
        columns=(),
        totals=VacancyTotals(approved=9, employed=9, vacant=0),
        appointed=0,
        recommended=0,
        committed=True,
        listed=(),
        flags=(),
        seals=(),
        rules=(),
    )
    hand.begins(hand.staff(house, Role.OFFICIAL)[0], "vacancies", stated)


def _achievements(hand: Hand, account: str, house: str) -> None:
    """Entered, entered anew in its place, confirmed, and taken out."""
    one, two, three, four = (untimed_stream("achievement") for _ in range(4))
    person = hand.person(account)
    for entry, corrects in ((one, None), (two, one), (three, None), (four, None)):
        hand.says(account, person, _entered(person, house, entry, corrects))
    reviewed = AchievementReviewed(entry=three, organisation=house, in_favour=True, reason=None)
    hand.says(account, person, reviewed, AchievementWithdrawn(entry=four))


def _entry_of_before(hand: Hand, account: str) -> None:
    """Who has left a house, or never claimed to be there, entered something through another."""
    person = hand.town.states["account"][account].person
    entered = _entered(person, hand.house(_EMPLOYERS[1]), untimed_stream("achievement"), None)
    write(hand.town, (person, entered))


def _entered(person: str, house: str, entry: str, corrects: str | None) -> AchievementEntered:
    return AchievementEntered(
        entry=entry,
        organisation=house,
        kind=AchievementKind.PAPER,
        gained_on=date(2011, 5, 4),
        title=Personal(WORDS, person, Purpose.APPLICANT),
        file=untimed_stream("material"),
        media_type="application/pdf",
        size=1,
        digest=DIGEST,
        corrects=corrects,
    )


def _applications(hand: Hand, area: str) -> None:
    """An employer for each notice, and for each of what becomes of one."""
    for number in range(2 * len(_NOTICES)):
        stream = untimed_stream("accession")
        applied = _applied(hand, stream, area, *_NOTICES[number % len(_NOTICES)])
        for each in (applied, *_fate(hand, number, applied)):
            write(hand.town, (stream, each), actor=PublicActor(stream))


def _fate(hand: Hand, number: int, applied: AccessionApplied) -> Iterator[Event]:
    words, house = applied.contact, hand.house(_REGISTRAR)
    match number:
        case 0:
            yield AccessionReturned(organisation=house, missing=words)
            yield AccessionCompleted(**vars(applied))
        case 4:
            yield AccessionReturned(organisation=house, missing=words)
        case 5:
            account = hand.staff(house, Role.ADMINISTRATOR)[0]
            unit = hand.house(_EMPLOYERS[0])
            yield AccessionApproved(organisation=house, registered=unit, account=account)
        case 6:
            yield AccessionDeclined(organisation=house, reason=words)
        case 7:
            yield AccessionWithdrawn(reason=None)
        case _:
            pass


def _applied(
    hand: Hand, stream: str, area: str, competent: Competent | None, traits: tuple[str, ...]
) -> AccessionApplied:
    words = Personal(WORDS, stream, Purpose.ACCESSION)
    hand.town.numbers["applying"] += 1
    number = f"ZZ{9_000_000 + hand.town.numbers['applying']}"
    return AccessionApplied(
        employer=Employer(
            name="学校（虚构）",
            credit_code="-",
            kind=Kind.ENTERPRISE,
            ownership=Ownership.NON_STATE,
            level="county",
            area=area,
            traits=traits,
        ),
        administrator=FirstAdministrator(
            name=words,
            document=DocumentKind.PASSPORT,
            number=Personal(number, stream, Purpose.ACCESSION),
        ),
        contact=words,
        documents=(),
        competent=competent,
        rules=(),
    )
