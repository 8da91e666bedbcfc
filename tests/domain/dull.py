"""Events whose content is as dull as it can be, of any class, and streams of very many."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from itertools import count, islice
from types import NoneType
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

from domain import mandate
from domain.account import events as account
from domain.account import intake, move
from domain.authority import events as authority
from domain.case import (
    amendment,
    assistance,
    committee,
    decision_document,
    draft,
    ending,
    extension,
    filing,
    handler_opinion,
    judgement,
    leader_decision,
    next_stage,
    objections,
    paper,
    payment,
    publicity,
    purge,
    recusal,
    rescission,
    resubmission,
    returning,
    substitute,
    suspension,
    takeover,
    urging,
    withholding,
)
from domain.case.entries import Paid, Said
from domain.criticism import events as criticism
from domain.erasure import events as erasure
from domain.investigation import events as investigation
from domain.law import events as law
from domain.objection import events as objection
from domain.objection import kept
from domain.organisation import accession, roll, seats, window_extension
from domain.organisation import events as organisation
from domain.person import binding_correction, hold, integrity, link, person_renaming, titles
from domain.person import events as person
from domain.personal import Personal
from domain.vacancies import events as vacancies
from tests.domain.invented import NOON, TODAY, words
from tests.domain.story import CHAIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.event import Event

T = TypeVar("T")

_PLAIN: dict[Any, Any] = {str: "某", int: 1, bool: True, date: TODAY, datetime: NOON}


def dull(kind: type[T], **said: Any) -> T:  # noqa: ANN401 -- any field of the class
    """One of a class, with nothing in it that is worth a word but what is said here."""
    return kind(**{**_dullest(kind), **said})  # type: ignore[arg-type] # a class is hashable


@cache
def _dullest(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    asked = (each.name for each in fields(kind) if each.default is MISSING)
    return {name: _anything(hints[name]) for name in asked}


def _anything(kind: Any) -> Any:  # noqa: ANN401 -- a type, and a value of it
    options = get_args(kind)
    if NoneType in options:
        return None
    if get_origin(kind) is tuple:
        return ()
    if kind is Personal:
        return words("某")
    if is_dataclass(kind):
        return dull(kind)  # type: ignore[arg-type] # a class, no instance
    return next(iter(kind)) if issubclass(kind, Enum) else _PLAIN[kind]


Turn = Any
"""What happens each time anew, by how often it has happened."""

_SUBMITTED = dull(filing.CaseSubmitted, chain=CHAIN)
_BEGUN = (dull(draft.CaseOpened), _SUBMITTED)
_AT_FIRST = {"stage": CHAIN[0].stage, "organisation": CHAIN[0].organisation}

_OPINION = dull(handler_opinion.HandlerOpinionGiven, **_AT_FIRST)
_APPROVED = dull(leader_decision.LeaderApproved, **_AT_FIRST)
_RESUBMITTED = dull(resubmission.CaseResubmitted, resume_stage=CHAIN[0].stage)


PAID = Said(paid=dull(Paid))


def _material(n: int) -> draft.MaterialAttached:
    return dull(draft.MaterialAttached, material=f"material-{n}")


STREAMS: dict[str, tuple[tuple[Event, ...], Turn]] = {
    "account": ((dull(account.AccountOpened),), lambda _: (dull(account.SecretGiven),)),
    "authority": (
        (dull(authority.GrantProposed, grant="grant-0"),),
        lambda n: (
            dull(authority.GrantProposed, grant=f"grant-{n + 1}"),
            dull(authority.PowerGranted, grant=f"grant-{n + 1}"),
            dull(authority.PowerPassedOn, source="grant-0", grant=f"passed-{n}"),
            dull(authority.PowerWithdrawn, grant=f"grant-{n + 1}"),
        ),
    ),
    "case of materials": (
        _BEGUN,
        lambda n: (
            _material(n),
            _material(-n - 1),
            dull(draft.MaterialWithdrawn, material=f"material-{-n - 1}"),
        ),
    ),
    "case of materials withheld": (
        _BEGUN,
        lambda n: (
            _material(n),
            dull(withholding.MaterialWithheld, material=f"material-{n}"),
            dull(withholding.MaterialWithheld, material=f"material-{-n}"),
            dull(withholding.MaterialReleased, material=f"material-{-n}"),
        ),
    ),
    "case of materials purged": (
        _BEGUN,
        lambda n: (
            dull(purge.MaterialPurgeProposed, material=f"material-{n}", organisation="某"),
            dull(
                purge.MaterialPurgeProposed,
                material=f"material-{-n - 1}",
                organisation=CHAIN[0].organisation,
            ),
            dull(purge.MaterialPurged, material=f"material-{-n - 1}"),
        ),
    ),
    "case of reviews": (_BEGUN, lambda _: (_OPINION, _APPROVED)),
    "case of opinions taken back": (
        _BEGUN,
        lambda _: (_OPINION, dull(handler_opinion.OpinionTakenBack, **_AT_FIRST)),
    ),
    "case of judgements": (
        _BEGUN,
        lambda n: (dull(judgement.JudgementRecorded, question=f"{n % 7}"),),
    ),
    "case of returns": (
        _BEGUN,
        lambda n: (
            _material(n),
            _OPINION,
            dull(returning.CaseReturned, **_AT_FIRST, resume_stage=CHAIN[0].stage),
            _RESUBMITTED,
        ),
    ),
    "case of statements": (_BEGUN, lambda _: (dull(draft.ApplicationStated),)),
    "case of urgings": (_BEGUN, lambda _: (_OPINION, dull(urging.CaseUrged, **_AT_FIRST))),
    "case of slips": (
        _BEGUN,
        lambda _: (
            _OPINION,
            dull(rescission.RescissionProposed, **_AT_FIRST),
            dull(rescission.ActRescinded, **_AT_FIRST),
        ),
    ),
    "case of votes": (_BEGUN, lambda _: (dull(committee.VotesRecorded, **_AT_FIRST),)),
    "case of papers": (
        _BEGUN,
        lambda n: (
            dull(paper.PaperReceived, items=(f"paper-{n}",), leg=f"leg-{n}"),
            dull(payment.FeePaid, receipt=f"receipt-{n}"),
            dull(amendment.AmendmentProposed, entry=4 * n + 4, says=PAID, **_AT_FIRST),
            dull(amendment.EntryAmended, entry=4 * n + 4, says=PAID, seat="leader", **_AT_FIRST),
        ),
    ),
    "case of postings": (
        _BEGUN,
        lambda n: (
            dull(publicity.PublicityOpened, posting=f"posting-{n}", **_AT_FIRST),
            dull(publicity.PublicityClosed, posting=f"posting-{n}"),
            *(dull(publicity.PublicityVoided, posting=f"posting-{n}"),) * (n % 2),
        ),
    ),
    "case of objections": (
        _BEGUN,
        lambda n: (
            dull(objections.ObjectionNoted, objection=f"objection-{n}"),
            dull(objections.ObjectionNoted, objection=f"objection-{-n - 1}"),
            dull(objections.ObjectionEnded, objection=f"objection-{-n - 1}"),
        ),
    ),
    "case of investigations": (
        _BEGUN,
        lambda n: (
            dull(suspension.CaseSuspended, investigation=f"investigation-{n}"),
            dull(suspension.CaseResumed),
            dull(suspension.InvestigationNoted, investigation=f"investigation-{-n}"),
        ),
    ),
    "case of forwarding": (
        _BEGUN,
        lambda n: (dull(next_stage.CaseForwarded, from_stage=f"stage-{n}"),),
    ),
    "case of windows and substitutes": (
        _BEGUN,
        lambda _: (dull(extension.WindowExtended), dull(substitute.SubstituteDesignated)),
    ),
    "case of recusals": (
        _BEGUN,
        lambda n: (
            dull(recusal.RecusalDeclared, person=f"person-{n}"),
            dull(recusal.RecusalAppliedFor, application=f"recusal-{n}", person=f"person-{n}"),
            dull(recusal.RecusalDecided, application=f"recusal-{n}", granted=bool(n % 2)),
            dull(recusal.RecusalAppliedFor, application=f"recusal-{-n - 1}"),
        ),
    ),
    "case of stages taken over": (
        _BEGUN,
        lambda n: (
            dull(
                takeover.StageTakenOver,
                stage=CHAIN[0].stage,
                from_organisation=f"organisation-{n}",
                to_organisation=f"organisation-{n + 1}",
            ),
        ),
    ),
    "case of assistance": (
        (*_BEGUN, dull(assistance.AssistanceBegun)),
        lambda _: (dull(assistance.AssistanceEnded),),
    ),
    "case of a title": (
        (*_BEGUN, dull(next_stage.TitleRecognised)),
        lambda _: (dull(ending.TitleRevoked), dull(ending.RevocationAnnulled)),
    ),
    "complaint": (
        (dull(objection.ComplaintReceived),),
        lambda n: (dull(kept.FileHandedIn, file=f"file-{n}"),),
    ),
    "criticism": (
        (dull(criticism.CriticismProposed),),
        lambda _: (dull(criticism.CriticismAnswered),),
    ),
    "edition": (
        (dull(law.EditionProposed),),
        lambda _: (dull(law.EditionStepProposed), dull(law.EditionStepConfirmed)),
    ),
    "erasure": ((dull(erasure.ErasureRequested),), lambda _: (dull(erasure.KeysDestroyed),)),
    "force": (
        (dull(law.LawPutInForce, proposal="edition-0"),),
        lambda n: (
            dull(law.LawPutInForce, proposal=f"edition-{n + 1}"),
            dull(law.FilingsSuspended, proposal=f"edition-{n + 1}"),
            dull(law.FilingsResumed, proposal=f"edition-{n + 1}"),
            dull(law.LawPutInForce, proposal=f"edition-{-n - 1}"),
            dull(law.LawWithdrawn, proposal=f"edition-{-n - 1}"),
        ),
    ),
    "investigation": (
        (dull(investigation.InvestigationOpened),),
        lambda _: (dull(investigation.FindingProposed),),
    ),
    "link": ((dull(link.LinkProposed),), lambda _: (dull(link.SeveranceProposed),)),
    "mandate": (
        (dull(mandate.MandateProposed),),
        lambda _: (dull(mandate.MandateDocumentAttached),),
    ),
    "objection": (
        (dull(objection.ObjectionRaised),),
        lambda n: (dull(objection.ObjectionInvestigated), dull(kept.FileHandedIn, file=f"{n}")),
    ),
    "person of documents": (
        (dull(person.PersonRegistered),),
        lambda n: (
            dull(person.DocumentBound),
            dull(person.DocumentBound),
            dull(person.BindingCorrected, bound=3 * n + 2),
        ),
    ),
    "person of accounts": (
        (dull(person.PersonRegistered),),
        lambda n: (
            dull(person.AccountHeld, account=f"account-{n}"),
            dull(person.AccountHeld, account=f"account-{-n - 1}"),
            dull(person.AccountReleased, account=f"account-{-n - 1}"),
        ),
    ),
    "person of links and holds": (
        (dull(person.PersonRegistered),),
        lambda n: (
            dull(person.PersonsLinked, other=f"person-{n}"),
            dull(hold.HoldPlaced, hold=f"hold-{n}"),
            *(dull(person.PersonsUnlinked, other=f"person-{n}"),) * (n % 2),
            *(dull(hold.HoldLifted, hold=f"hold-{n}"),) * (n % 2),
        ),
    ),
    "person of titles": (
        (dull(person.PersonRegistered),),
        lambda n: (
            dull(person.FilingBegun, case=f"case-{n}"),
            dull(titles.TitleGained, case=f"case-{n}"),
            *(dull(person.FilingEnded, case=f"case-{n}"),) * (n % 2),
            dull(titles.TitleLost, case=f"case-{n}"),
            dull(titles.TitleRestored, case=f"case-{n}"),
            dull(titles.TitleRescinded, case=f"case-{n}"),
        ),
    ),
    "person of records": (
        (dull(person.PersonRegistered),),
        lambda n: (
            dull(integrity.IntegrityRecordEntered, entry=f"entry-{n}"),
            dull(integrity.IntegrityRecordAnnulled, entry=f"entry-{n}"),
            dull(person.PersonErased, purposes=(words("某").purpose,)),
        ),
    ),
    "credit_code": (
        (),
        lambda _: (
            dull(organisation.CreditCodeAppliedFor),
            dull(organisation.CreditCodeClaimed),
            dull(organisation.CreditCodeReleased),
        ),
    ),
    "organisation": (
        (dull(organisation.OrganisationRegistered),),
        lambda n: (dull(organisation.OrganisationRenamed, name=f"单位{n}"),),
    ),
    "rebinding": (
        (dull(binding_correction.RebindingProposed),),
        lambda _: (dull(binding_correction.RebindingConfirmed),),
    ),
    "accession": (
        (dull(accession.AccessionApplied),),
        lambda n: (
            dull(accession.AccessionReturned),
            dull(
                accession.AccessionCompleted,
                documents=(dull(accession.Scan, file=f"material-{n}"),),
            ),
            dull(accession.AccessionDeclined),
            dull(accession.AccessionWithdrawn),
            dull(accession.AccessionApproved),
        ),
    ),
    "intake": ((), lambda _: (dull(intake.IntakeTaken),)),
    "move": (
        (dull(move.MoveAsked),),
        lambda _: (
            dull(move.MoveAccepted),
            dull(move.MoveReleased),
            dull(move.MoveWithdrawn),
        ),
    ),
    "renaming": (
        (dull(person_renaming.RenamingProposed),),
        lambda _: (dull(person_renaming.RenamingConfirmed),),
    ),
    "decision": (
        (dull(decision_document.DecisionDocumentPublished),),
        lambda n: (dull(decision_document.DecisionCorrected, number=f"{n}"),),
    ),
    "rolls": (
        (),
        lambda n: (dull(roll.RollOverdue, year=n), dull(roll.RollFiled, year=n)),
    ),
    "seats": (
        (),
        lambda n: (
            dull(seats.AppointmentOpened, appointment=f"appointment-{n}"),
            dull(seats.AppointmentClosed, appointment=f"appointment-{n}"),
        ),
    ),
    "vacancies": (
        (dull(vacancies.VacanciesStated, seals=("unit", "hr")),),
        lambda n: (dull(vacancies.VacancyOpinionGiven, seal=f"seal-{n}"),),
    ),
    "windows": (
        (),
        lambda n: (
            dull(window_extension.ExtensionProposed, extension=f"extension-{n}"),
            dull(window_extension.ExtensionGranted, extension=f"extension-{n}"),
        ),
    ),
}
"""What every stream of a kind begins with, and what then happens to it for ever."""


def stream_of(name: str, events: int) -> Iterator[Event]:
    """That many events of one of ``STREAMS``."""
    begun, turn = STREAMS[name]
    for_ever = (event for n in count() for event in turn(n))
    yield from begun
    yield from islice(for_ever, events - len(begun))
