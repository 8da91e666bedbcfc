"""What a later decision needs to remember of a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, assert_never

from domain import beijing
from domain.account.events import Role
from domain.person.achievements import (
    AchievementEntered,
    AchievementEvent,
    AchievementReviewed,
    AchievementWithdrawn,
    Record,
)
from domain.person.events import (
    AccountHeld,
    AccountReleased,
    AccountShownTheirs,
    BindingCorrected,
    DocumentBound,
    FilingBegun,
    FilingEnded,
    PersonErased,
    PersonMoved,
    PersonRegistered,
    PersonRenamed,
    PersonsLinked,
    PersonsUnlinked,
)
from domain.person.hold import HoldLifted, HoldPlaced
from domain.person.integrity import (
    IntegrityEntry,
    IntegrityRecordAnnulled,
    IntegrityRecordCorrected,
    IntegrityRecordEntered,
    entry_of,
)
from domain.person.titles import (
    Report,
    ReportConfirmed,
    Title,
    TitleCorrectionReported,
    TitleGained,
    TitleLost,
    TitleReported,
    TitleRescinded,
    TitleRestored,
    TitleState,
    UnitsTitle,
    title_of,
    units_title,
)
from domain.personal import Purpose
from domain.replacing import replace
from domain.shared_collections import Ledger, Several

if TYPE_CHECKING:
    from domain.event import Told

PersonEvent = (
    PersonRegistered
    | PersonRenamed
    | DocumentBound
    | BindingCorrected
    | AccountHeld
    | AccountShownTheirs
    | PersonMoved
    | AccountReleased
    | PersonsLinked
    | PersonsUnlinked
    | FilingBegun
    | FilingEnded
    | TitleGained
    | TitleReported
    | TitleCorrectionReported
    | ReportConfirmed
    | TitleRescinded
    | TitleLost
    | TitleRestored
    | IntegrityRecordEntered
    | IntegrityRecordCorrected
    | IntegrityRecordAnnulled
    | HoldPlaced
    | HoldLifted
    | PersonErased
    | AchievementEvent
)


@dataclass(frozen=True)
class Person:
    """One human being as far as a later decision needs to know.

    ``named`` is the version of what gave the name that they have, ``renamed_on`` the day in Beijing
    from which a changed one counts.
    ``documents`` and ``titles`` stand under the version that brought them; ``gained`` are those
    versions by case, of its last title. ``held_before`` are, under the same versions, those to
    whom the documents had been bound before, ``severed`` the persons who were once held to be the
    same, with the day in Beijing on which that ended. ``unclaimed`` accounts are not theirs yet.
    ``reports`` wait for who confirms them, ``confirmed`` are those that somebody did.
    ``filings`` are the cases under way, ``filed`` all that were ever filed, with their day.
    """

    person: str
    named: int = 1
    renamed_on: date | None = None
    documents: Ledger[int, str] = field(default_factory=Ledger)
    accounts: Ledger[str, tuple[str, str | None, tuple[Role, ...]]] = field(default_factory=Ledger)
    unclaimed: Ledger[str, tuple[str, str | None, tuple[Role, ...]]] = field(default_factory=Ledger)
    held_before: Ledger[int, tuple[str, ...]] = field(default_factory=Ledger)
    linked: Several[str] = field(default_factory=Several)
    severed: Ledger[str, tuple[str, date]] = field(default_factory=Ledger)
    filings: Ledger[str, str] = field(default_factory=Ledger)
    filed: Ledger[str, tuple[str, date]] = field(default_factory=Ledger)
    titles: Ledger[int, Title] = field(default_factory=Ledger)
    gained: Ledger[str, int] = field(default_factory=Ledger)
    reports: Ledger[str, Report] = field(default_factory=Ledger)
    confirmed: Ledger[str, Report] = field(default_factory=Ledger)
    achievements: Record = field(default_factory=Record)
    entries: Ledger[str, IntegrityEntry] = field(default_factory=Ledger)
    holds: Several[str] = field(default_factory=Several)
    erased: Ledger[int, Purpose] = field(default_factory=Ledger)

    @property
    def forgotten(self) -> bool:
        """Whether nobody knows any more who it was: name and documents are erased for good."""
        return Purpose.OFFICIAL in self.erased

    def generation(self, purpose: Purpose) -> int:
        """The generation of the key that seals what is said for a purpose now."""
        return 1 + self.erased.count(purpose)

    @property
    def held(self) -> tuple[Title, ...]:
        """The titles in force."""
        return tuple(each for each in self.titles if each.state is TitleState.HELD)

    @property
    def roles(self) -> frozenset[Role]:
        """What the person may do through any of their accounts."""
        return frozenset(role for _, _, roles in self.accounts for role in roles)

    def active_entries(self, on: date) -> tuple[IntegrityEntry, ...]:
        """The integrity record in force on a day in Beijing, the longest first."""
        active = (each for each in self.entries if each.active(on))
        return tuple(sorted(active, key=lambda each: each.ends_on, reverse=True))


def _shown_theirs(state: Person, account: str) -> Person:
    held = state.unclaimed.under(account)
    if held is None:
        return state
    return replace(
        state,
        accounts=state.accounts.entered(account, held),
        unclaimed=state.unclaimed.struck(account),
    )


def evolve(state: Person | None, event: PersonEvent, told: Told) -> Person:
    """The person after an event of their stream. Never refuses."""
    if isinstance(event, PersonRegistered):
        return Person(told.stream)
    assert state is not None
    match event:
        case PersonRenamed():
            return replace(state, named=told.version, renamed_on=event.effective_on)
        case DocumentBound():
            return replace(
                state,
                documents=state.documents.entered(told.version, event.kind),
                held_before=state.held_before.entered(told.version, event.held_before),
            )
        case BindingCorrected():
            return replace(
                state,
                documents=state.documents.struck(event.bound),
                held_before=state.held_before.struck(event.bound),
            )
        case AccountHeld():
            held = (event.account, event.organisation, event.roles)
            if event.unclaimed:
                return replace(state, unclaimed=state.unclaimed.entered(event.account, held))
            return replace(state, accounts=state.accounts.entered(event.account, held))
        case AccountShownTheirs():
            return _shown_theirs(state, event.account)
        case PersonMoved():
            held = (event.account, event.organisation, event.roles)
            return replace(state, accounts=state.accounts.entered(event.account, held))
        case AccountReleased():
            return replace(
                state,
                accounts=state.accounts.struck(event.account),
                unclaimed=state.unclaimed.struck(event.account),
            )
        case PersonsLinked():
            severed = state.severed.struck(event.other)
            return replace(state, linked=state.linked.joined(event.other), severed=severed)
        case PersonsUnlinked():
            since = (event.other, beijing.day(told.recorded_at))
            severed = state.severed.entered(event.other, since)
            return replace(state, linked=state.linked.left(event.other), severed=severed)
        case FilingBegun():
            return replace(
                state,
                filings=state.filings.entered(event.case, event.case),
                filed=state.filed.entered(event.case, (event.case, beijing.day(told.recorded_at))),
            )
        case FilingEnded():
            return replace(state, filings=state.filings.struck(event.case))
        case TitleGained():
            titles = state.titles.entered(told.version, title_of(event))
            gained = state.gained.entered(event.case, told.version)
            return replace(state, titles=titles, gained=gained)
        case TitleReported():
            return _awaiting(state, told, event, _given(event), None)
        case TitleCorrectionReported():
            return _awaiting(state, told, event, event.title, event.corrects)
        case ReportConfirmed():
            report = state.reports.under(event.report)
            assert report is not None
            return replace(
                state,
                reports=state.reports.struck(event.report),
                confirmed=state.confirmed.entered(event.report, report),
            )
        case TitleRescinded():
            return _turned(state, event.case, TitleState.RESCINDED, event.rescinded_on)
        case TitleLost():
            return _turned(state, event.case, TitleState.REVOKED, event.revoked_on)
        case TitleRestored():
            return _turned(state, event.case, TitleState.HELD, None)
        case IntegrityRecordEntered():
            return replace(state, entries=state.entries.entered(event.entry, entry_of(event)))
        case IntegrityRecordCorrected():
            return _amend(state, event.entry, ends_on=event.ends_on)
        case IntegrityRecordAnnulled():
            return _amend(state, event.entry, annulled=True)
        case HoldPlaced():
            return replace(state, holds=state.holds.joined(event.hold))
        case HoldLifted():
            return replace(state, holds=state.holds.left(event.hold))
        case AchievementEntered() | AchievementReviewed() | AchievementWithdrawn():
            return replace(state, achievements=state.achievements.after(event))
        case PersonErased():
            return replace(state, erased=state.erased.added(*event.purposes))
        case _:
            assert_never(event)


def _turned(state: Person, case: str, into: TitleState, on: date | None) -> Person:
    """The last title of a case, held or revoked, turned: a rescinded one never was a title."""
    version = state.gained.under(case)
    title = None if version is None else state.titles.under(version)
    turns = TitleState.REVOKED if into is TitleState.HELD else TitleState.HELD
    if version is None or title is None or title.state is not turns:
        return state
    turned = replace(title, state=into, lost_on=on)
    return replace(state, titles=state.titles.entered(version, turned))


def _awaiting(
    state: Person,
    told: Told,
    event: TitleReported | TitleCorrectionReported,
    given: UnitsTitle | None,
    corrects: str | None,
) -> Person:
    """The person with one more report that nobody confirmed yet."""
    by: str = getattr(told.actor, "person", "")
    title = None if given is None else units_title(event.report, given)
    document = None if given is None else given.document
    report = Report(event.report, event.organisation, by, document, title, corrects)
    return replace(state, reports=state.reports.entered(event.report, report))


def _given(event: TitleReported) -> UnitsTitle:
    return UnitsTitle(
        series=event.series,
        specialty=event.specialty,
        level=event.level,
        label=event.label,
        gained_on=event.gained_on,
        document=event.document,
    )


def _amend(
    state: Person, entry: str, *, ends_on: date | None = None, annulled: bool = False
) -> Person:
    known = state.entries.under(entry)
    if known is None:
        return state
    amended = replace(known, ends_on=ends_on or known.ends_on, annulled=known.annulled or annulled)
    return replace(state, entries=state.entries.entered(entry, amended))
