"""From the history of a stream to the state that a decision needs.

``folding.case(history)`` is the case that a history tells of, and likewise for every other kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from domain.account.intake import evolve as evolve_intake
from domain.account.move import evolve as evolve_move
from domain.account.state import evolve as evolve_account
from domain.authority.state import evolve as evolve_authority
from domain.authority.state import evolve_root
from domain.case.decision_document import evolve_document
from domain.case.evolve import evolve as evolve_case
from domain.criticism.state import evolve as evolve_criticism
from domain.erasure.state import evolve as evolve_erasure
from domain.investigation.state import evolve as evolve_investigation
from domain.law.edition import evolve as evolve_edition
from domain.law.editions_in_force import evolve as evolve_force
from domain.mandate import evolve as evolve_mandate
from domain.objection.keeping import evolve_kept
from domain.objection.state import evolve as evolve_objection
from domain.objection.state import evolve_complaint
from domain.organisation.accession import evolve as evolve_accession
from domain.organisation.roll import evolve as evolve_rolls
from domain.organisation.seats import evolve as evolve_seats
from domain.organisation.state import evolve as evolve_organisation
from domain.organisation.state import evolve_code, evolve_names
from domain.organisation.window_extension import evolve as evolve_windows
from domain.person.binding_correction import evolve as evolve_rebinding
from domain.person.link import evolve as evolve_link
from domain.person.person_renaming import evolve as evolve_renaming
from domain.person.state import evolve as evolve_person
from domain.vacancies.state import evolve as evolve_vacancies

if TYPE_CHECKING:
    from audit.record import History
    from domain.event import Told

S = TypeVar("S")


class Evolve(Protocol[S]):
    """How each event of a stream changes the state that it tells of, if it is of its events."""

    def __call__(self, state: S | None, event: Any, told: Told) -> S:  # noqa: ANN401
        """The state after an event, where it stood thus before; None before the first."""


@dataclass(frozen=True, eq=False)
class Fold(Generic[S]):
    """That streams of these kinds, by the word before their ids, tell of a state."""

    evolve: Evolve[S]
    kinds: tuple[str, ...]

    def __call__(self, history: History) -> S | None:
        """The state that a stream tells of.

        None before its first event, and where somebody named a stream of another kind.
        """
        told, state = history.tells.get(self, (0, None))
        if told < len(history.recorded) and history.stream.partition("-")[0] in self.kinds:
            for one in history.recorded[told:]:
                state = self.evolve(state, one.event, one)
            history.tells[self] = history.version, state
        folded: S | None = state
        return folded


accession = Fold(evolve_accession, ("accession",))
account = Fold(evolve_account, ("account",))
authority = Fold(evolve_authority, ("authority",))
case = Fold(evolve_case, ("case",))
decision = Fold(evolve_document, ("decision",))
complaint = Fold(evolve_complaint, ("complaint",))
credit_code = Fold(evolve_code, ("creditcode",))
criticism = Fold(evolve_criticism, ("criticism",))
edition = Fold(evolve_edition, ("edition",))
erasure = Fold(evolve_erasure, ("erasure",))
force = Fold(evolve_force, ("policy",))
intake = Fold(evolve_intake, ("intake",))
investigation = Fold(evolve_investigation, ("investigation",))
kept = Fold(evolve_kept, ("objection", "complaint", "accession"))
link = Fold(evolve_link, ("link",))
move = Fold(evolve_move, ("move",))
mandate = Fold(evolve_mandate, ("mandate",))
objection = Fold(evolve_objection, ("objection",))
names = Fold(evolve_names, ("organisation",))
organisation = Fold(evolve_organisation, ("organisation",))
person = Fold(evolve_person, ("person",))
rebinding = Fold(evolve_rebinding, ("rebinding",))
renaming = Fold(evolve_renaming, ("renaming",))
root = Fold(evolve_root, ("authority",))
rolls = Fold(evolve_rolls, ("rolls",))
seats = Fold(evolve_seats, ("seats",))
vacancies = Fold(evolve_vacancies, ("vacancies",))
windows = Fold(evolve_windows, ("windows",))
