"""Who may do what: one table of role × act × relation. What is not in it is denied.

A relation says how the caller stands to the thing: an applicant to their own case, an
official to a case that is at their seat, in their organisation, or of an organisation
beneath theirs, a watcher (auditor, inspector) to what lies in their area.
A caller who may not even read a thing is told that there is none (404); one who may read it
but not do the act is told so (403).
Lists are scoped by the same table: see ``relations_for``.
What an authority does needs a power beside: see ``api.powers``.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from domain.account.events import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Relation(StrEnum):
    """How the caller stands to the thing."""

    OWN = "own"
    """It is about the caller's own person."""
    ASSISTING = "assisting"
    """The caller files it for its applicant, and is still an official of the house for which."""
    SEATED = "seated"
    """The caller holds the seat whose turn it is, or stands in for it."""
    DEALING = "dealing"
    """The caller holds a seat of a stage at which it is or was, stands in for one, or decides."""
    CONSULTING = "consulting"
    """The caller watches, and has put on record in this session why they look."""
    ORGANISATION = "organisation"
    """It belongs to the caller's organisation, or passes through it."""
    SUBORDINATE = "subordinate"
    """It belongs to an organisation beneath the caller's."""
    JURISDICTION = "jurisdiction"
    """It lies in the area over which the caller watches."""
    ANYWHERE = "anywhere"
    """Any relation, or none."""


class Act(StrEnum):
    """Everything that can be asked for."""

    REGISTER_ORGANISATION = "organisations.register"
    READ_ACCESSION = "accessions.read"
    RETURN_ACCESSION = "accessions.return"
    APPROVE_ACCESSION = "accessions.approve"
    DECLINE_ACCESSION = "accessions.decline"
    PROPOSE_GRANT = "grants.propose"
    CONFIRM_GRANT = "grants.confirm"
    READ_GRANTS = "grants.read"
    READ_ORGANISATION = "organisations.read"
    RENAME_ORGANISATION = "organisations.rename"
    PLACE_ORGANISATION = "organisations.place"
    MERGE_ORGANISATION = "organisations.merge"
    CLOSE_ORGANISATION = "organisations.close"
    DESCRIBE_ORGANISATION = "organisations.describe"
    CORRECT_CREDIT_CODE = "organisations.correct_code"
    READ_READINESS = "organisations.read_readiness"
    PUBLISH_DECISION = "decisions.publish"
    CORRECT_DECISION = "decisions.correct"
    READ_DECISIONS = "decisions.read"
    FILE_ROLL = "rolls.file"
    READ_ROLL = "rolls.read"
    PROPOSE_EXTENSION = "extensions.propose"
    GRANT_EXTENSION = "extensions.grant"
    READ_EXTENSIONS = "extensions.read"
    STATE_VACANCIES = "vacancies.state"
    SEAL_VACANCIES = "vacancies.seal"
    READ_VACANCIES = "vacancies.read"
    KEEP_PROMISE = "vacancies.keep_promise"
    OPEN_APPOINTMENT = "appointments.open"
    CLOSE_APPOINTMENT = "appointments.close"
    OPEN_ACCOUNT = "accounts.open"
    READ_ACCOUNT = "accounts.read"
    DISABLE_ACCOUNT = "accounts.disable"
    GIVE_CODE = "accounts.give_code"
    CLAIM_ACCOUNT = "accounts.claim"
    ATTEST_HOLDER = "accounts.attest_holder"
    ASK_MOVE = "moves.ask"
    ACCEPT_MOVE = "moves.accept"
    RELEASE_MOVE = "moves.release"
    WITHDRAW_MOVE = "moves.withdraw"
    READ_MOVE = "moves.read"
    BIND_ACCOUNT = "accounts.bind"
    LOOK_UP_PERSON = "persons.look_up"
    READ_PERSON = "persons.read"
    REPORT_TITLE = "titles.report"
    KEEP_ACHIEVEMENTS = "achievements.keep"
    REVIEW_ACHIEVEMENT = "achievements.review"
    READ_ACHIEVEMENTS = "achievements.read"
    UNMASK_PERSON = "persons.unmask"
    PROPOSE_LINK = "links.propose"
    CONFIRM_LINK = "links.confirm"
    READ_LINK = "links.read"
    PROPOSE_RENAMING = "renamings.propose"
    CONFIRM_RENAMING = "renamings.confirm"
    READ_RENAMING = "renamings.read"
    READ_POLICY = "policies.read"
    PROPOSE_LAW = "editions.propose"
    CONFIRM_LAW = "editions.confirm"
    READ_IMPACT = "editions.read_impact"
    CHECK_ELIGIBILITY = "eligibility.check"
    OPEN_CASE = "cases.open"
    BEGIN_ASSISTANCE = "assistance.begin"
    END_ASSISTANCE = "assistance.end"
    READ_CASE = "cases.read"
    READ_OWN_FILE = "cases.read_own_file"
    READ_HISTORY = "cases.read_history"
    READ_SEPARATION = "cases.read_separation"
    READ_AUTHORITY = "cases.read_authority"
    READ_MATERIAL = "cases.read_material"
    CONSULT_CASE = "cases.consult"
    READ_RESPONSIBILITY = "cases.read_responsibility"
    STATE_APPLICATION = "cases.state_application"
    ATTACH_MATERIAL = "cases.attach_material"
    WITHDRAW_MATERIAL = "cases.withdraw_material"
    ASSESS = "cases.assess"
    SUBMIT = "cases.submit"
    RESUBMIT = "cases.resubmit"
    WITHDRAW = "cases.withdraw"
    REQUEST_REEXAMINATION = "cases.request_reexamination"
    DECIDE_REEXAMINATION = "cases.decide_reexamination"
    RECORD_CONSENT = "cases.record_consent"
    GIVE_OPINION = "cases.give_opinion"
    DECIDE = "cases.decide"
    RETURN = "cases.return"
    DECLARE_RECUSAL = "cases.declare_recusal"
    APPLY_FOR_RECUSAL = "cases.apply_for_recusal"
    DECIDE_RECUSAL = "cases.decide_recusal"
    DESIGNATE_SUBSTITUTE = "cases.designate_substitute"
    TAKE_OVER = "cases.take_over"
    RECORD_JUDGEMENT = "cases.record_judgement"
    ISSUE_CERTIFICATE = "cases.issue_certificate"
    VOID_CERTIFICATE = "cases.void_certificate"
    PUBLICISE = "cases.publicise"
    GO_ON = "cases.go_on"
    RECEIVE_PAPERS = "cases.receive_papers"
    TAKE_FEES = "cases.take_fees"
    AMEND_RECEIPTS = "cases.amend_receipts"
    RECORD_VOTES = "cases.record_votes"
    RESCIND = "cases.rescind"
    EXTEND_WINDOW = "cases.extend_window"
    WITHHOLD_MATERIAL = "cases.withhold_material"
    READ_NOTICE = "cases.read_notice"
    OPEN_INVESTIGATION = "investigations.open"
    READ_INVESTIGATION = "investigations.read"
    CONDUCT_INVESTIGATION = "investigations.conduct"
    DECIDE_INVESTIGATION = "investigations.decide"
    DECIDE_REVIEW = "investigations.decide_review"
    TAKE_OVER_INVESTIGATION = "investigations.take_over"
    MAKE_STATEMENT = "investigations.make_statement"
    READ_OBJECTION = "objections.read"
    SCREEN_OBJECTION = "objections.screen"
    IDENTIFY_OBJECTOR = "objections.identify"
    INVESTIGATE_OBJECTION = "objections.investigate"
    SETTLE_OBJECTION = "objections.settle"
    TAKE_OVER_OBJECTION = "objections.take_over"
    CLOSE_COMPLAINT = "complaints.close"
    ERASE_WORDS = "objections.erase_words"
    TRANSFER_CLUE = "complaints.transfer_clue"
    CRITICISE = "criticisms.conduct"
    READ_CRITICISM = "criticisms.read"
    ANSWER_CRITICISM = "criticisms.answer"
    REQUEST_ERASURE = "erasures.request"
    READ_ERASURE = "erasures.read"
    APPROVE_ERASURE = "erasures.approve"
    HOLD_PERSON = "persons.hold"
    READ_HOLDS = "holds.read"
    PURGE_MATERIAL = "cases.purge_material"
    EXCHANGE_INTEGRITY = "integrity.exchange"
    READ_INTEGRITY = "integrity.read"
    READ_QUEUE = "queue.read"
    READ_AGEING = "ageing.read"
    READ_REFUSALS = "refusals.read"
    READ_EVENTS = "events.read"
    READ_FINDINGS = "separation_findings.read"
    PROPOSE_MANDATE = "mandates.propose"
    APPROVE_MANDATE = "mandates.approve"
    READ_MANDATES = "mandates.read"
    READ_CONSULTATIONS = "consultations.read"
    RELEASE_CONSULTATION = "consultations.release"
    READ_EXPORTS = "exports.read"
    EXPORT = "exports.take"


_OWN = frozenset({Relation.OWN})
_ASSISTING = frozenset({Relation.ASSISTING})
_SEATED = frozenset({Relation.SEATED})
_DEALING = frozenset({Relation.DEALING})
_CONSULTING = frozenset({Relation.CONSULTING})
_HOUSE = frozenset({Relation.ORGANISATION})
_BENEATH = frozenset({Relation.SUBORDINATE})
_DOWN = frozenset({Relation.ORGANISATION, Relation.SUBORDINATE})
_AREA = frozenset({Relation.JURISDICTION})
_ANY = frozenset({Relation.ANYWHERE})

_A, _O, _D = Role.APPLICANT, Role.OFFICIAL, Role.ADMINISTRATOR
_AU, _IN = Role.AUDITOR, Role.INSPECTOR
_PA, _SA = Role.POLICY_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR

TABLE: Mapping[Act, Mapping[Role, frozenset[Relation]]] = MappingProxyType(
    {
        Act.REGISTER_ORGANISATION: {_SA: _ANY, _D: _DOWN},
        Act.READ_ORGANISATION: {
            _A: _HOUSE,
            _O: _DOWN,
            _D: _DOWN,
            _AU: _AREA,
            _IN: _AREA,
            _SA: _ANY,
        },
        Act.READ_ACCESSION: {_O: _HOUSE, _D: _BENEATH, _AU: _AREA, _IN: _AREA},
        Act.RETURN_ACCESSION: {_D: _BENEATH},
        Act.APPROVE_ACCESSION: {_D: _BENEATH},
        Act.DECLINE_ACCESSION: {_D: _BENEATH},
        Act.READ_READINESS: {_O: _DOWN, _D: _DOWN, _AU: _AREA, _IN: _AREA, _SA: _ANY},
        Act.PROPOSE_GRANT: {_SA: _ANY, _O: _ANY},
        Act.CONFIRM_GRANT: {_SA: _ANY, _O: _ANY},
        Act.READ_GRANTS: {_SA: _ANY, _O: _ANY, _D: _ANY, _AU: _ANY, _IN: _ANY},
        Act.RENAME_ORGANISATION: {_SA: _ANY, _D: _BENEATH},
        Act.PLACE_ORGANISATION: {_SA: _ANY, _D: _BENEATH},
        Act.MERGE_ORGANISATION: {_SA: _ANY, _D: _BENEATH},
        Act.CLOSE_ORGANISATION: {_SA: _ANY, _D: _BENEATH},
        Act.DESCRIBE_ORGANISATION: {_SA: _ANY, _D: _BENEATH},
        Act.CORRECT_CREDIT_CODE: {_SA: _ANY, _D: _BENEATH},
        Act.PUBLISH_DECISION: {_O: _HOUSE},
        Act.CORRECT_DECISION: {_O: _HOUSE},
        Act.READ_DECISIONS: {_O: _DOWN, _D: _DOWN, _AU: _AREA, _IN: _AREA},
        Act.FILE_ROLL: {_O: _HOUSE},
        Act.READ_ROLL: {_O: _DOWN, _D: _DOWN, _AU: _AREA, _IN: _AREA},
        Act.PROPOSE_EXTENSION: {_O: _HOUSE},
        Act.GRANT_EXTENSION: {_O: _HOUSE},
        Act.READ_EXTENSIONS: {_O: _DOWN, _D: _DOWN, _AU: _AREA, _IN: _AREA},
        Act.STATE_VACANCIES: {_O: _HOUSE},
        Act.KEEP_PROMISE: {_O: _HOUSE},
        Act.SEAL_VACANCIES: {_O: _DOWN},
        Act.READ_VACANCIES: {_O: _DOWN, _D: _DOWN, _AU: _AREA, _IN: _AREA},
        Act.OPEN_APPOINTMENT: {_D: _HOUSE},
        Act.CLOSE_APPOINTMENT: {_D: _HOUSE},
        Act.OPEN_ACCOUNT: {_SA: _ANY, _D: _DOWN},
        Act.READ_ACCOUNT: {_SA: _ANY, _D: _DOWN, _AU: _AREA, _IN: _AREA},
        Act.DISABLE_ACCOUNT: {_SA: _ANY, _D: _DOWN},
        Act.GIVE_CODE: {_SA: _ANY, _D: _DOWN},
        Act.CLAIM_ACCOUNT: dict.fromkeys(Role, _OWN),
        Act.ATTEST_HOLDER: {_O: _DOWN},
        Act.BIND_ACCOUNT: {_SA: _ANY, _D: _DOWN},
        Act.ASK_MOVE: {_A: _OWN},
        Act.ACCEPT_MOVE: {_D: _DOWN},
        Act.RELEASE_MOVE: {_D: _DOWN},
        Act.WITHDRAW_MOVE: {_A: _OWN},
        Act.READ_MOVE: {_A: _OWN, _D: _DOWN, _AU: _AREA, _IN: _AREA},
        Act.LOOK_UP_PERSON: {_O: _ANY, _AU: _ANY, _IN: _ANY},
        Act.READ_PERSON: {_A: _OWN, _O: _DOWN | _OWN, _D: _DOWN, _AU: _AREA, _IN: _AREA},
        Act.REPORT_TITLE: {_O: _HOUSE},
        Act.KEEP_ACHIEVEMENTS: {_A: _OWN},
        Act.REVIEW_ACHIEVEMENT: {_O: _HOUSE},
        Act.READ_ACHIEVEMENTS: {_A: _OWN, _O: _HOUSE},
        Act.UNMASK_PERSON: {_O: _DOWN, _AU: _AREA, _IN: _AREA},
        Act.PROPOSE_LINK: {_O: _DOWN},
        Act.CONFIRM_LINK: {_O: _HOUSE},
        Act.READ_LINK: {_O: _HOUSE, _AU: _AREA, _IN: _AREA},
        Act.PROPOSE_RENAMING: {_O: _DOWN},
        Act.CONFIRM_RENAMING: {_O: _HOUSE},
        Act.READ_RENAMING: {_O: _HOUSE, _AU: _AREA, _IN: _AREA},
        Act.READ_POLICY: dict.fromkeys(Role, _ANY),
        Act.PROPOSE_LAW: {_O: _HOUSE},
        Act.CONFIRM_LAW: {_O: _DOWN},
        Act.READ_IMPACT: {_O: _DOWN},
        Act.CHECK_ELIGIBILITY: dict.fromkeys(Role, _ANY),
        Act.OPEN_CASE: {_A: _HOUSE},
        Act.BEGIN_ASSISTANCE: {_O: _DOWN},
        Act.END_ASSISTANCE: {_A: _OWN},
        Act.READ_CASE: {_A: _OWN, _O: _DOWN | _ASSISTING, _D: _DOWN, _AU: _AREA, _IN: _AREA},
        Act.READ_OWN_FILE: {_A: _OWN},
        Act.READ_HISTORY: {_A: _OWN, _O: _DOWN | _ASSISTING, _AU: _AREA, _IN: _AREA},
        Act.READ_SEPARATION: {_O: _DOWN, _AU: _AREA, _IN: _AREA},
        Act.READ_AUTHORITY: {_A: _OWN, _O: _DOWN, _AU: _AREA, _IN: _AREA},
        Act.READ_MATERIAL: {
            _A: _OWN,
            _O: _DEALING | _ASSISTING,
            _AU: _CONSULTING,
            _IN: _CONSULTING,
        },
        Act.CONSULT_CASE: {_AU: _AREA, _IN: _AREA},
        Act.READ_RESPONSIBILITY: {_AU: _AREA, _IN: _AREA},
        Act.READ_NOTICE: {_A: _OWN, _O: _DOWN, _AU: _AREA, _IN: _AREA},
        Act.STATE_APPLICATION: {_A: _OWN, _O: _ASSISTING},
        Act.ATTACH_MATERIAL: {_A: _OWN, _O: _ASSISTING},
        Act.WITHDRAW_MATERIAL: {_A: _OWN, _O: _ASSISTING},
        Act.ASSESS: {_A: _OWN, _O: _ASSISTING},
        Act.RECORD_CONSENT: {_O: _BENEATH},
        Act.SUBMIT: {_A: _OWN, _O: _ASSISTING},
        Act.RESUBMIT: {_A: _OWN, _O: _ASSISTING},
        Act.WITHDRAW: {_A: _OWN},
        Act.REQUEST_REEXAMINATION: {_A: _OWN},
        Act.DECIDE_REEXAMINATION: {_O: _DOWN},
        Act.GIVE_OPINION: {_O: _SEATED},
        Act.DECIDE: {_O: _SEATED},
        Act.RETURN: {_O: _SEATED},
        Act.RECORD_JUDGEMENT: {_O: _SEATED},
        Act.DECLARE_RECUSAL: {_O: _HOUSE},
        Act.APPLY_FOR_RECUSAL: {_A: _OWN, _IN: _AREA},
        Act.DECIDE_RECUSAL: {_O: _HOUSE, _D: _HOUSE},
        Act.DESIGNATE_SUBSTITUTE: {_D: _DOWN},
        Act.TAKE_OVER: {_O: _DOWN},
        Act.ISSUE_CERTIFICATE: {_O: _HOUSE},
        Act.VOID_CERTIFICATE: {_O: _HOUSE},
        Act.PUBLICISE: {_O: _SEATED},
        Act.GO_ON: {_O: _SEATED},
        Act.RECEIVE_PAPERS: {_O: _HOUSE},
        Act.TAKE_FEES: {_O: _HOUSE},
        Act.AMEND_RECEIPTS: {_O: _HOUSE},
        Act.RECORD_VOTES: {_O: _HOUSE},
        Act.RESCIND: {_O: _HOUSE},
        Act.EXTEND_WINDOW: {_O: _DOWN},
        Act.WITHHOLD_MATERIAL: {_O: _HOUSE},
        Act.OPEN_INVESTIGATION: {_O: _DOWN},
        Act.READ_INVESTIGATION: {_A: _OWN, _O: _DOWN, _IN: _AREA},
        Act.CONDUCT_INVESTIGATION: {_O: _HOUSE},
        Act.DECIDE_INVESTIGATION: {_O: _HOUSE},
        Act.DECIDE_REVIEW: {_O: _DOWN},
        Act.TAKE_OVER_INVESTIGATION: {_O: _BENEATH},
        Act.MAKE_STATEMENT: {_A: _OWN},
        Act.READ_OBJECTION: {_O: _DOWN, _IN: _AREA},
        Act.SCREEN_OBJECTION: {_O: _HOUSE},
        Act.IDENTIFY_OBJECTOR: {_O: _HOUSE},
        Act.INVESTIGATE_OBJECTION: {_O: _HOUSE},
        Act.SETTLE_OBJECTION: {_O: _HOUSE},
        Act.TAKE_OVER_OBJECTION: {_O: _BENEATH},
        Act.CLOSE_COMPLAINT: {_O: _HOUSE},
        Act.ERASE_WORDS: {_O: _HOUSE},
        Act.TRANSFER_CLUE: {_IN: _ANY},
        Act.CRITICISE: {_O: _HOUSE},
        Act.READ_CRITICISM: {_O: _HOUSE | _OWN, _IN: _AREA},
        Act.ANSWER_CRITICISM: {_O: _OWN},
        Act.REQUEST_ERASURE: {_A: _OWN, _O: _DOWN},
        Act.READ_ERASURE: {_A: _OWN, _O: _HOUSE, _AU: _AREA, _IN: _AREA},
        Act.APPROVE_ERASURE: {_O: _HOUSE},
        Act.HOLD_PERSON: {_IN: _AREA},
        Act.READ_HOLDS: {_AU: _AREA, _IN: _AREA},
        Act.PURGE_MATERIAL: {_O: _HOUSE},
        Act.EXCHANGE_INTEGRITY: {_O: _HOUSE},
        Act.READ_INTEGRITY: {_O: _DOWN, _AU: _AREA, _IN: _AREA},
        Act.READ_QUEUE: {_O: _HOUSE},
        Act.READ_AGEING: {_O: _DOWN, _D: _DOWN},
        Act.READ_REFUSALS: {_AU: _AREA, _IN: _AREA},
        Act.READ_FINDINGS: {_AU: _AREA, _IN: _AREA},
        Act.PROPOSE_MANDATE: {_AU: _HOUSE, _IN: _HOUSE},
        Act.APPROVE_MANDATE: {_AU: _HOUSE, _IN: _HOUSE},
        Act.READ_MANDATES: {_AU: _HOUSE | _AREA, _IN: _HOUSE | _AREA},
        Act.READ_CONSULTATIONS: {_A: _OWN, _O: _OWN, _AU: _OWN | _AREA, _IN: _OWN | _AREA},
        Act.RELEASE_CONSULTATION: {_O: _HOUSE, _AU: _HOUSE, _IN: _HOUSE},
        Act.READ_EXPORTS: {_AU: _AREA, _IN: _AREA},
        Act.EXPORT: {_AU: _AREA, _IN: _AREA},
        Act.READ_EVENTS: {_AU: _AREA, _IN: _AREA},
    }
)

PUBLIC = frozenset(
    {"certificates.verify", "certificates.verify_with_name", "certificates.verify_by_code"}
)
"""What anybody may ask without signing in."""


def relations_for(act: Act, roles: Iterable[Role]) -> frozenset[Relation]:
    """The relations in which somebody with these roles may do the act; empty: never."""
    return _relations(act, frozenset(roles))


@cache
def _relations(act: Act, roles: frozenset[Role]) -> frozenset[Relation]:
    granted = TABLE[act]
    return frozenset().union(*(granted.get(role, frozenset()) for role in roles))


def acts_for(roles: Iterable[Role], relations: Iterable[Relation]) -> frozenset[Act]:
    """Every act that is allowed to somebody with these roles who stands so to a thing."""
    return _acts(frozenset(roles), frozenset(relations))


@cache
def _acts(roles: frozenset[Role], relations: frozenset[Relation]) -> frozenset[Act]:
    return frozenset(act for act in Act if permitted(act, roles, relations))


def permitted(act: Act, roles: Iterable[Role], relations: Iterable[Relation]) -> bool:
    """Whether the act is allowed to somebody with these roles who stands so to the thing."""
    allowed = relations_for(act, roles)
    return Relation.ANYWHERE in allowed or not allowed.isdisjoint(relations)
