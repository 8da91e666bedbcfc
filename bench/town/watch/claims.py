"""Nobody does anything of a person's own through an account that was not shown to be theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.town.watch.known import Known, person_of
from domain.account.events import AccountClaimed, AccountOpened, HolderAttested
from domain.case.draft import ApplicationStated, CaseOpened, MaterialAttached
from domain.case.filing import CaseSubmitted
from domain.case.resubmission import CaseResubmitted
from domain.case.withdrawal import CaseWithdrawn
from domain.organisation.seats import AppointmentOpened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.record import Recorded

_OWN = (
    ApplicationStated,
    MaterialAttached,
    CaseSubmitted,
    CaseResubmitted,
    CaseWithdrawn,
)


class Claims:
    """Follows which accounts are whose, and what is done through them."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._claims: dict[str, set[str]] = {}

    def see(self, recorded: Recorded) -> Iterator[str]:
        """What is wrong with one event, in words."""
        account = getattr(recorded.actor, "account", "")
        match recorded.event:
            case AccountOpened(person=person, unclaimed=unclaimed):
                self._claims[recorded.stream] = set() if unclaimed else {person}
            case AccountClaimed(persons=persons) | HolderAttested(persons=persons):
                self._claims[recorded.stream] |= set(persons)
            case AppointmentOpened(account=seated, person=person):
                if self._lacks(seated, person):
                    yield "seats an account that nobody has shown to be theirs"
            case CaseOpened():
                if self._lacks(account, person_of(recorded)):
                    yield "is opened through an account that nobody has shown to be theirs"
            case _:
                applicant = self._known.applicants.get(recorded.stream, "")
                if isinstance(recorded.event, _OWN) and self._lacks(account, applicant):
                    yield "goes on through an account that nobody has shown to be theirs"

    def _lacks(self, account: str, person: str) -> bool:
        """Whether an account was opened, and is not that person's."""
        return account in self._claims and person not in self._claims[account]

    def close(self, _append: list[Recorded]) -> Iterator[str]:
        """One append says nothing more than its events."""
        yield from ()
