"""What stands in the streams that an act reads: each thing by its name."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from api.acts import folding
from api.acts.streams import Streams
from domain import beijing
from domain.authority.state import ROOT, Authority
from domain.case.leader_decision import LeaderApproved
from domain.case.publicity import PublicityOpened, PublicityVoided
from domain.objection.events import ObjectionReceived
from domain.objection.state import unscreened
from domain.organisation.roll import Rolls
from domain.organisation.seats import Seats
from domain.organisation.state import stream_of, stream_of_code
from domain.organisation.window_extension import Windows
from domain.separation import Humans

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit.record import History
    from domain.account.events import Role
    from domain.account.intake import Intake
    from domain.account.move import Move
    from domain.account.state import Account
    from domain.authority.state import Root
    from domain.case.decision_document import DecisionDocument
    from domain.case.state import Case
    from domain.criticism.state import Criticism
    from domain.erasure.state import Erasure
    from domain.investigation.state import Investigation
    from domain.law.edition import Proposal
    from domain.mandate import Mandate
    from domain.objection.keeping import Kept
    from domain.objection.state import Complaint, IntakeEvent, Objection
    from domain.organisation.accession import Accession
    from domain.organisation.state import CreditCode, Organisation
    from domain.person.binding_correction import Rebinding
    from domain.person.integrity import IntegrityEntry
    from domain.person.link import Link
    from domain.person.person_renaming import Renaming
    from domain.person.state import Person
    from domain.vacancies.state import VacancyForm


class States(Streams):
    """Each thing of the record as it stands in the streams that an act reads."""

    def case(self, stream: str) -> Case | None:
        """The case as it stands; None where there is none."""
        return folding.case(self.history(stream))

    def edition(self, stream: str) -> Proposal | None:
        """The edition of a text of law as it stands; None where there is none."""
        return folding.edition(self.history(stream))

    def organisation(self, stream: str) -> Organisation | None:
        """The register entry of an organisation as it stands; None where there is none."""
        return folding.organisation(self.history(stream))

    def holder_of_code(self, code: str) -> str | None:
        """The organisation whose credit code this is; None where it is nobody's."""
        known = self.credit_code(code)
        return None if known is None else known.organisation

    def credit_code(self, code: str) -> CreditCode | None:
        """What is known of a credit code; None where nobody ever had it."""
        return folding.credit_code(self.history(stream_of_code(code)))

    def accession(self, stream: str) -> Accession | None:
        """An employer's application for registration as it stands; None where there is none."""
        return folding.accession(self.history(stream))

    def seats(self, organisation: str) -> Seats:
        """Who sits in the seats of an organisation."""
        told = folding.seats(self.history(stream_of("seats", organisation)))
        return told or Seats(organisation)

    def authority(self, organisation: str) -> Authority:
        """What an organisation may do: the powers that it holds or held."""
        told = folding.authority(self.history(stream_of("authority", organisation)))
        return told or Authority(organisation)

    def bodies(self, organisation: str, on: date) -> frozenset[str]:
        """What an organisation is in a chain of review on a day, beside an employer."""
        return self.authority(organisation).bodies(on)

    def affairs(self, organisation: str, on: date) -> frozenset[str]:
        """What an organisation deals with by a power on a day, over whatever."""
        return self.authority(organisation).affairs(on)

    def root(self) -> Root | None:
        """Where all powers come from; None before the record was set up."""
        return folding.root(self.history(ROOT))

    def windows(self, organisation: str) -> Windows:
        """The extensions of windows by an authority."""
        told = folding.windows(self.history(stream_of("windows", organisation)))
        return told or Windows(organisation)

    def rolls(self, organisation: str) -> Rolls:
        """The yearly rolls of an organisation."""
        told = folding.rolls(self.history(stream_of("rolls", organisation)))
        return told or Rolls(organisation)

    def account(self, stream: str) -> Account | None:
        """The account as it stands; None where there is none."""
        return folding.account(self.history(stream))

    def person(self, stream: str) -> Person | None:
        """The person as known now; None where there is none."""
        return folding.person(self.history(stream))

    def link(self, stream: str) -> Link | None:
        """The link between persons as it stands; None where there is none."""
        return folding.link(self.history(stream))

    def rebinding(self, stream: str) -> Rebinding | None:
        """The correction of a binding as it stands; None where there is none."""
        return folding.rebinding(self.history(stream))

    def intake(self, stream: str) -> Intake | None:
        """The list of applicants that was taken in; None where there is none."""
        return folding.intake(self.history(stream))

    def move(self, stream: str) -> Move | None:
        """The move of somebody to another employer as it stands; None where there is none."""
        return folding.move(self.history(stream))

    def renaming(self, stream: str) -> Renaming | None:
        """The change of a person's name as it stands; None where there is none."""
        return folding.renaming(self.history(stream))

    def investigation(self, stream: str) -> Investigation | None:
        """The investigation as it stands; None where there is none."""
        return folding.investigation(self.history(stream))

    def erasure(self, stream: str) -> Erasure | None:
        """The erasure as it stands; None where there is none."""
        return folding.erasure(self.history(stream))

    def investigators(self, case: Case) -> frozenset[str]:
        """Whoever had a part in an investigation that held the case still."""
        conducted = (self.investigation(each) for each in case.investigations)
        return frozenset(who for one in conducted if one is not None for who in one.officers)

    def objections_to(self, case: Case) -> tuple[Objection, ...]:
        """The objections to any posting of a case, screened or not."""
        raised = (
            event.objection
            for posting in case.postings
            for event in self.history(posting).events
            if isinstance(event, ObjectionReceived)
        )
        known = (self.objection(each) for each in raised)
        return tuple(each for each in known if each is not None)

    def objection_officers(self, case: Case) -> frozenset[str]:
        """Whoever dealt with an objection to a posting of the case, screening included."""
        return frozenset(who for one in self.objections_to(case) for who in one.handlers)

    def public_from(self, case: Case) -> date | None:
        """The first day on which the case may have been posted at its present stage."""
        return self.history(case.case).once(_public_from)

    def shown_from(self, case: Case) -> date:
        """The day from which the case has been shown here, as it was posted last."""
        return max(
            beijing.day(one.recorded_at)
            for one in self.history(case.case).recorded
            if isinstance(one.event, PublicityOpened)
        )

    def criticism(self, stream: str) -> Criticism | None:
        """The criticism as it stands; None where there is none."""
        return folding.criticism(self.history(stream))

    def objection(self, stream: str) -> Objection | None:
        """The objection as it stands; None where there is none."""
        return folding.objection(self.history(stream))

    def complaint(self, stream: str) -> Complaint | None:
        """The complaint as it stands; None where there is none."""
        return folding.complaint(self.history(stream))

    def kept(self, stream: str) -> Kept | None:
        """What is kept of what somebody handed in; None where there is no such thing."""
        return folding.kept(self.history(stream))

    def mandate(self, stream: str) -> Mandate | None:
        """The mandate as it stands; None where there is none."""
        return folding.mandate(self.history(stream))

    def decision(self, stream: str) -> DecisionDocument | None:
        """The decision document as it stands; None where there is none."""
        return folding.decision(self.history(stream))

    def vacancies(self, stream: str) -> VacancyForm | None:
        """The form of posts as it stands; None where there is none."""
        return folding.vacancies(self.history(stream))

    def unscreened(self, case: Case) -> frozenset[str]:
        """The objections against any posting of a case that nobody has screened yet."""
        events = (event for posting in case.postings for event in self.history(posting).events)
        return unscreened(tuple(cast("IntakeEvent", event) for event in events))

    def humans(self, persons: Iterable[str]) -> Humans:
        """The links among all persons that can be reached from these."""
        linked: dict[str, frozenset[str]] = {}
        waiting = list(persons)
        while waiting:
            one = waiting.pop()
            if one in linked:
                continue
            known = self.person(one)
            linked[one] = frozenset(known.linked if known else ())
            waiting.extend(linked[one])
        return Humans(linked)

    def circle(self, person: str) -> tuple[Person, ...]:
        """All persons of the record that are the same human being, sorted by id."""
        return self.once(_circle, person)

    def following(self, person: str) -> tuple[IntegrityEntry, ...]:
        """The entries of others that follow a human being all the same.

        Those of whoever had one of their documents before, and those of whoever was held to be
        the same person, from the time when that was so: no correction lifts what was entered.
        """
        circle = self.circle(person)
        found = [
            entry
            for each in circle
            for holders in each.held_before
            for holder in holders
            for former in self.circle(holder)
            for entry in former.entries
        ]
        for each in circle:
            for other, on in each.severed:
                known = (entry for one in self.circle(other) for entry in one.entries)
                found += [entry for entry in known if entry.starts_on <= on]
        return tuple(dict.fromkeys(found))

    def roles(self, person: str) -> frozenset[Role]:
        """What a human being may do through any account, under whatever document."""
        return frozenset(role for each in self.circle(person) for role in each.roles)


def _circle(states: States, person: str) -> tuple[Person, ...]:
    members = sorted(states.humans([person]).circle(person))
    known = (states.person(each) for each in members)
    return tuple(each for each in known if each is not None)


def _public_from(history: History) -> date | None:
    day = None
    for one in history.recorded:
        if isinstance(one.event, LeaderApproved):
            day = beijing.day(one.recorded_at)
        elif isinstance(one.event, PublicityVoided):
            day = max(day or date.min, one.event.taken_down_on)
    return day
