"""The office as it looks from outside: the use cases that the town's people try, each a request.

The arguments are those of the use cases of ``api.acts``, so that the same acts of the town
work on either side of the door.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from bench.town.served.door import Door, plain
from domain.organisation.state import stream_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from api.acts.accounts import Opening as OpeningAccount
    from api.acts.acting import Acting
    from api.acts.cases import Declarations, Opening
    from api.acts.handing_in import Vote
    from api.acts.investigations import Reviewed
    from api.acts.organisations import Appointing
    from api.acts.publicising import Posted
    from api.acts.rebinding import Misbound
    from api.acts.reviewing import Mend
    from bench.town.served.door import Told
    from domain.case.decision import PublishDecision
    from domain.case.values import Application
    from domain.organisation.decide import RegisterOrganisation


@dataclass(frozen=True)
class _Desk:
    """One kind of use case behind the door."""

    door: Door


class _Cases(_Desk):
    def open(self, by: Acting, opening: Opening) -> Told:
        return self.door.send(by, "/v1/cases", opening)

    def state(self, by: Acting, case: str, application: Application) -> Told:
        return self.door.send(by, f"/v1/cases/{case}/applications", application, case)

    def submit(self, by: Acting, case: str, declared: Declarations) -> Told:
        return self.door.send(by, f"/v1/cases/{case}/submissions", _declared(declared), case)

    def resubmit(self, by: Acting, case: str, declared: Declarations) -> Told:
        return self.door.send(by, f"/v1/cases/{case}/resubmissions", _declared(declared), case)

    def withdraw(self, by: Acting, case: str, reason: str | None) -> Told:
        return self.door.send(by, f"/v1/cases/{case}/withdrawals", {"reason": reason}, case)


class _Reviewing(_Desk):
    def give_opinion(self, by: Acting, case: str, *, found: object, **said: object) -> Told:
        body = {**said, "verifications": found}
        return self.door.send(by, f"/v1/cases/{case}/handler-opinions", body, case)

    def decide_as_leader(self, by: Acting, case: str, **said: object) -> Told:
        return self.door.send(by, f"/v1/cases/{case}/leader-decisions", said, case)

    def return_for_revision(
        self, by: Acting, case: str, *, items: Sequence[Mend], **said: object
    ) -> Told:
        return self.door.send(by, f"/v1/cases/{case}/returns", {**said, "items": items}, case)

    def record_judgement(self, by: Acting, case: str, **said: object) -> Told:
        return self.door.send(by, f"/v1/cases/{case}/judgements", said, case)

    def designate_substitute(self, by: Acting, case: str, **said: object) -> Told:
        return self.door.send(by, f"/v1/cases/{case}/substitutes", said, case)

    def issue_certificate(self, by: Acting, case: str) -> Told:
        return self.door.send(by, f"/v1/cases/{case}/certificates", None, case)


class _Publicising(_Desk):
    def open(self, by: Acting, case: str, posted: Posted) -> Told:
        return self.door.send(by, f"/v1/cases/{case}/publicities", posted, case)

    def void(self, by: Acting, case: str, taken_down_on: date, reason: str) -> Told:
        body = {"taken_down_on": taken_down_on, "reason": reason}
        return self.door.send(by, f"/v1/cases/{case}/publicities/current/voidings", body, case)

    def go_on(self, by: Acting, case: str) -> Told:
        return self.door.send(by, f"/v1/cases/{case}/forwardings", None, case)


class _HandingIn(_Desk):
    def record_votes(self, by: Acting, case: str, vote: Vote) -> Told:
        return self.door.send(by, f"/v1/cases/{case}/votes", vote, case)


class _Correcting(_Desk):
    def propose(self, by: Acting, case: str, reason: str) -> Told:
        return self.door.send(by, f"/v1/cases/{case}/rescissions", {"reason": reason}, case)

    def confirm(self, by: Acting, case: str) -> Told:
        path = f"/v1/cases/{case}/rescissions/current/confirmations"
        return self.door.send(by, path, None, case)


class _Announcing(_Desk):
    def publish(
        self, by: Acting, organisation: str, command: PublishDecision, cases: Sequence[str]
    ) -> Told:
        body = {**plain(command), "cases": cases}
        return self.door.send(by, f"/v1/organisations/{organisation}/decisions", body)


class _Organisations(_Desk):
    def register(self, by: Acting, command: RegisterOrganisation) -> Told:
        return self.door.send(by, "/v1/organisations", command)

    def appoint(self, by: Acting, organisation: str, appointing: Appointing) -> Told:
        path = f"/v1/organisations/{organisation}/appointments"
        return self.door.send(by, path, appointing, stream_of("seats", organisation))

    def end_appointment(
        self, by: Acting, organisation: str, appointment: str, reason: str, on: date
    ) -> Told:
        path = f"/v1/organisations/{organisation}/appointments/{appointment}/closures"
        body = {"reason": reason, "effective_on": on}
        return self.door.send(by, path, body, stream_of("seats", organisation))


class _Accounts(_Desk):
    def open(self, by: Acting, opening: OpeningAccount) -> Told:
        """Open it and take it over at once: in the town everybody is whoever acts."""
        body = {
            "name": opening.name,
            "document": {"kind": opening.document_kind, "number": opening.document_number},
            "organisation": opening.organisation,
            "roles": opening.roles,
            "login": opening.login,
        }
        told = self.door.send(by, "/v1/accounts", body)
        self.door.enter(told.body["account"], opening.login, told.body["one_time_code"])
        return told

    def disable(self, by: Acting, account: str, reason: str) -> Told:
        body = {"reason": reason}
        return self.door.send(by, f"/v1/accounts/{account}/disablings", body, account)


class _Persons(_Desk):
    def propose_link(self, by: Acting, first: str, second: str, evidence: str) -> Told:
        body = {"first": first, "second": second, "evidence": evidence}
        return self.door.send(by, "/v1/person-links", body)

    def confirm_link(self, by: Acting, link: str) -> Told:
        return self.door.send(by, f"/v1/person-links/{link}/confirmations", None, link)

    def propose_severance(self, by: Acting, link: str, evidence: str) -> Told:
        body = {"evidence": evidence}
        return self.door.send(by, f"/v1/person-links/{link}/severances", body, link)

    def sever(self, by: Acting, link: str) -> Told:
        return self.door.send(by, f"/v1/person-links/{link}/severances/confirmations", None, link)


class _Rebindings(_Desk):
    def propose(self, by: Acting, misbound: Misbound) -> Told:
        said = plain(misbound)
        document = {"kind": said.pop("kind"), "number": said.pop("number")}
        return self.door.send(by, "/v1/binding-corrections", {**said, "document": document})

    def confirm(self, by: Acting, rebinding: str) -> Told:
        path = f"/v1/binding-corrections/{rebinding}/confirmations"
        return self.door.send(by, path, None, rebinding)


class _Investigations(_Desk):
    def open(self, by: Acting, case: str, suspicion: str, source: str | None) -> Told:
        body = {"suspicion": suspicion, "source": source}
        return self.door.send(by, f"/v1/cases/{case}/investigations", body, case)

    def notify(self, by: Acting, which: str, allegation: str, answer_by: datetime) -> Told:
        return self._send(by, which, "allegations", allegation=allegation, answer_by=answer_by)

    def receive_statement(self, by: Acting, which: str, statement: str) -> Told:
        return self._send(by, which, "statements", statement=statement)

    def propose(
        self, by: Acting, which: str, ground: str, evidence: Sequence[str], finding: str
    ) -> Told:
        said = {"ground": ground, "evidence": evidence, "finding": finding}
        return self._send(by, which, "proposals", **said)

    def find(self, by: Acting, which: str, decision: str, finding: str) -> Told:
        return self._send(by, which, "findings", decision=decision, finding=finding)

    def close(self, by: Acting, which: str, decision: str, reason: str) -> Told:
        return self._send(by, which, "closures", decision=decision, reason=reason)

    def serve(self, by: Acting, which: str, on: date, method: str, remedy: str) -> Told:
        return self._send(by, which, "services", served_on=on, method=method, remedy=remedy)

    def request_review(self, by: Acting, which: str, grounds: str) -> Told:
        return self._send(by, which, "review-requests", grounds=grounds)

    def decide_review(self, by: Acting, which: str, reviewed: Reviewed) -> Told:
        return self._send(by, which, "review-decisions", **plain(reviewed))

    def _send(self, by: Acting, which: str, act: str, **said: Any) -> Told:  # noqa: ANN401 -- of a body
        return self.door.send(by, f"/v1/investigations/{which}/{act}", said, which)


@dataclass(frozen=True)
class Office:
    """What ``api.office.Office`` has, for as much of it as is tried at a served record."""

    door: Door

    @cached_property
    def cases(self) -> _Cases:
        """What applicants do."""
        return _Cases(self.door)

    @cached_property
    def reviewing(self) -> _Reviewing:
        """What reviewers do."""
        return _Reviewing(self.door)

    @cached_property
    def publicising(self) -> _Publicising:
        """Postings, and going on after them."""
        return _Publicising(self.door)

    @cached_property
    def handing_in(self) -> _HandingIn:
        """Votes."""
        return _HandingIn(self.door)

    @cached_property
    def correcting(self) -> _Correcting:
        """Slips."""
        return _Correcting(self.door)

    @cached_property
    def announcing(self) -> _Announcing:
        """Decision documents."""
        return _Announcing(self.door)

    @cached_property
    def organisations(self) -> _Organisations:
        """Organisations and their seats."""
        return _Organisations(self.door)

    @cached_property
    def accounts(self) -> _Accounts:
        """Accounts."""
        return _Accounts(self.door)

    @cached_property
    def persons(self) -> _Persons:
        """Links between persons."""
        return _Persons(self.door)

    @cached_property
    def rebindings(self) -> _Rebindings:
        """Documents bound wrongly."""
        return _Rebindings(self.door)

    @cached_property
    def investigations(self) -> _Investigations:
        """Misconduct."""
        return _Investigations(self.door)


def _declared(declared: Declarations) -> dict[str, bool]:
    return {
        "declared_truthful": declared.truthful,
        "declared_unclassified": declared.unclassified,
    }
