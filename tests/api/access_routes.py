"""Every operation about one thing: which act of the table of access it is, and how to ask for it.

Commands are sent for a version that no stream has, so that whoever may do them is told 412
and nothing is changed by trying.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from api.access import Act
from tests.api.society import invented_number

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY = "2024-10-15"
NOWHERE = "organisation-0192f0a0-0000-7000-8000-000000000000"


@dataclass(frozen=True)
class Route:
    """``about`` says what the path names; ``ready`` is the answer to whom the act is allowed."""

    operation: str
    acts: tuple[Act, ...]
    about: str
    tail: str = ""
    body: object = None
    ready: int = 412
    reading: Act = field(init=False)

    def __post_init__(self) -> None:
        """The act of reading the thing follows from what it is."""
        object.__setattr__(self, "reading", READING[self.about])


READING = {
    "case": Act.READ_CASE,
    "organisation": Act.READ_ORGANISATION,
    "account": Act.READ_ACCOUNT,
    "person": Act.READ_PERSON,
    "investigation": Act.READ_INVESTIGATION,
}


def _get(operation: str, act: Act, about: str, tail: str = "") -> Route:
    return Route(operation, (act,), about, tail, ready=200)


def _post(operation: str, act: Act, about: str, tail: str, **body: object) -> Route:
    return Route(operation, (act,), about, tail, body)


_DECLARED = {"declared_truthful": True, "declared_unclassified": True}
_NO_POSTS = {"column": "junior", "approved": 0, "employed": 0, "vacant": 0, "offered": 0}
_ITEM = {"subject": "other", "problem": "缺页"}

ROUTES = (
    _get("decisions.list_decisions", Act.READ_DECISIONS, "organisation", "/decisions"),
    _get("rolls.read_roll", Act.READ_ROLL, "organisation", "/rolls/2023"),
    _post("rolls.file_roll", Act.FILE_ROLL, "organisation", "/rolls", year=2023),
    _get("vacancy-forms.list_forms", Act.READ_VACANCIES, "organisation", "/vacancy-forms"),
    Route(
        "vacancy-forms.read_form",
        (Act.READ_VACANCIES,),
        "organisation",
        "/vacancy-forms/vacancies-0",
        ready=404,
    ),
    _post(
        "vacancy-forms.state_form",
        Act.STATE_VACANCIES,
        "organisation",
        "/vacancy-forms",
        pack="xunwu-2024",
        establishment=0,
        posts=0,
        columns=[_NO_POSTS],
        totals={"approved": 0, "employed": 0, "vacant": 0},
        appointed=0,
        recommended=0,
        committed=True,
    ),
    Route(
        "vacancy-forms.give_opinion",
        (Act.SEAL_VACANCIES,),
        "organisation",
        "/vacancy-forms/vacancies-0/opinions",
        {"seal": "hr", "in_favour": True},
        ready=404,
    ),
    _get(
        "window-extensions.list_extensions",
        Act.READ_EXTENSIONS,
        "organisation",
        "/window-extensions",
    ),
    _post(
        "window-extensions.propose",
        Act.PROPOSE_EXTENSION,
        "organisation",
        "/window-extensions",
        pack="xunwu-2024",
        window="B2",
        until="2024-11-27",
        reason="系统故障",
    ),
    Route(
        "window-extensions.decide",
        (Act.GRANT_EXTENSION,),
        "organisation",
        "/window-extensions/extension-0/decisions",
        {"grant": True},
        ready=404,
    ),
    _get("cases.read_case", Act.READ_CASE, "case"),
    _get("case-duties.read_duties", Act.READ_CASE, "case", "/duties"),
    _get("case-file.read_file", Act.READ_OWN_FILE, "case", "/file"),
    Route("case-file.read_receipt", (Act.READ_OWN_FILE,), "case", "/receipts/1", ready=404),
    _get("cases.read_history", Act.READ_HISTORY, "case", "/history"),
    _get("cases.read_separation", Act.READ_SEPARATION, "case", "/separation"),
    # there is none before an end, which is told to everybody alike
    Route("cases.read_notice", (Act.READ_NOTICE,), "case", "/notice", ready=404),
    _get("materials.read_content", Act.READ_MATERIAL, "case", "/materials/{material}/content"),
    _get("authority.read_authority", Act.READ_AUTHORITY, "case", "/authority"),
    _get("responsibility.read_responsibility", Act.READ_RESPONSIBILITY, "case", "/responsibility"),
    _get(
        "responsibility.read_copies",
        Act.READ_RESPONSIBILITY,
        "case",
        "/materials/{material}/copies",
    ),
    _post("cases.state_application", Act.STATE_APPLICATION, "case", "/applications"),
    _post("cases.assess", Act.ASSESS, "case", "/assessments"),
    _post("cases.submit", Act.SUBMIT, "case", "/submissions", **_DECLARED),
    _post("cases.resubmit", Act.RESUBMIT, "case", "/resubmissions", **_DECLARED),
    _post("cases.withdraw", Act.WITHDRAW, "case", "/withdrawals"),
    Route(
        "materials.attach",
        (Act.ATTACH_MATERIAL,),
        "case",
        "/materials",
        {"upload": "nothing", "kind": "diploma", "title": "证书"},
        ready=422,
    ),
    _post("materials.detach", Act.WITHDRAW_MATERIAL, "case", "/materials/{material}/withdrawals"),
    _post(
        "progress.withhold",
        Act.WITHHOLD_MATERIAL,
        "case",
        "/materials/{material}/withholdings",
        cause="CLASSIFIED_SUSPECTED",
    ),
    _post(
        "progress.propose_purge",
        Act.PURGE_MATERIAL,
        "case",
        "/materials/{material}/purge-proposals",
        cause="WRONG_FILE",
        reason="误传",
    ),
    _post("progress.order_purge", Act.PURGE_MATERIAL, "case", "/materials/{material}/purges"),
    _post("progress.release", Act.WITHHOLD_MATERIAL, "case", "/materials/{material}/releases"),
    _post(
        "reviews.give_opinion",
        Act.GIVE_OPINION,
        "case",
        "/handler-opinions",
        recommendation="approve",
        opinion="同意",
        no_reason_to_recuse=True,
    ),
    _post(
        "reviews.decide",
        Act.DECIDE,
        "case",
        "/leader-decisions",
        decision="approve",
        no_reason_to_recuse=True,
    ),
    _post(
        "reviews.return_for_revision",
        Act.RETURN,
        "case",
        "/returns",
        items=[_ITEM],
        no_reason_to_recuse=True,
    ),
    _post(
        "reviews.record_judgement",
        Act.RECORD_JUDGEMENT,
        "case",
        "/judgements",
        question="specialty",
        satisfied=True,
        grounds="相近",
    ),
    _post(
        "reviews.designate_substitute",
        Act.DESIGNATE_SUBSTITUTE,
        "case",
        "/substitutes",
        stage="employer",
        seat="handler",
        account="{account}",
        reason="回避",
    ),
    _post(
        "recusals.declare_recusal",
        Act.DECLARE_RECUSAL,
        "case",
        "/recusals",
        stage="employer",
        seat="handler",
        ground="relative",
    ),
    _post(
        "recusals.apply_for_recusal",
        Act.APPLY_FOR_RECUSAL,
        "case",
        "/recusal-applications",
        stage="employer",
        seat="handler",
        ground="relative",
    ),
    Route(
        "recusals.decide_recusal",
        (Act.DECIDE_RECUSAL,),
        "case",
        "/recusal-applications/recusal-0/decisions",
        {"granted": True, "reason": "属实"},
        ready=404,
    ),
    _post(
        "takeovers.take_over",
        Act.TAKE_OVER,
        "case",
        "/takeovers",
        stage="nowhere",
        cause="ORGANISATION_CLOSED",
        reason="单位撤并",
        document="某号",
    ),
    _post("reviews.issue_certificate", Act.ISSUE_CERTIFICATE, "case", "/certificates"),
    _post("progress.go_on", Act.GO_ON, "case", "/forwardings"),
    _post(
        "progress.open_publicity",
        Act.PUBLICISE,
        "case",
        "/publicities",
        posted_on=DAY,
        content="0" * 64,
    ),
    _post(
        "progress.void_publicity",
        Act.PUBLICISE,
        "case",
        "/publicities/current/voidings",
        taken_down_on=DAY,
        reason="有误",
    ),
    _post(
        "progress.receive_paper",
        Act.HANDLE_PAPERS,
        "case",
        "/paper-receipts",
        received_on=DAY,
        items=["form"],
    ),
    _post(
        "progress.remind",
        Act.HANDLE_PAPERS,
        "case",
        "/payment-reminders",
        reminded_on=DAY,
        channel="telephone",
    ),
    _post(
        "progress.pay",
        Act.HANDLE_PAPERS,
        "case",
        "/payments",
        amount=100,
        channel="counter",
        paid_on=DAY,
        receipt="1",
    ),
    _post(
        "progress.record_votes",
        Act.RECORD_VOTES,
        "case",
        "/votes",
        held_on=DAY,
        members=3,
        present=3,
        in_favour=3,
        against=0,
        abstained=0,
        no_reason_to_recuse=True,
    ),
    _post("progress.propose_rescission", Act.RESCIND, "case", "/rescissions", reason="有误"),
    _post("progress.confirm_rescission", Act.RESCIND, "case", "/rescissions/current/confirmations"),
    _post(
        "progress.extend_window",
        Act.EXTEND_WINDOW,
        "case",
        "/window-extensions",
        bound="employer",
        until="2024-12-31",
        reason="系统故障",
    ),
    _post(
        "case-investigations.open_investigation",
        Act.OPEN_INVESTIGATION,
        "case",
        "/investigations",
        suspicion="疑似伪造",
    ),
    _get("organisations.read", Act.READ_ORGANISATION, "organisation"),
    _get("readiness.read_readiness", Act.READ_READINESS, "organisation", "/readiness"),
    _get("appointments.holders", Act.READ_ORGANISATION, "organisation", "/appointments"),
    _post(
        "organisation-changes.rename",
        Act.RENAME_ORGANISATION,
        "organisation",
        "/renamings",
        name="某新校",
        effective_on=DAY,
        document="某编〔2024〕1号",
    ),
    Route(
        "organisation-changes.place",
        (Act.PLACE_ORGANISATION,),
        "organisation",
        "/placings",
        {
            "level": "county",
            "area": "江西省/赣州市/寻乌县",
            "superior": NOWHERE,
            "bureau": None,
            "effective_on": DAY,
            "document": "某编〔2024〕1号",
        },
        ready=422,
    ),
    Route(
        "organisation-changes.merge",
        (Act.MERGE_ORGANISATION,),
        "organisation",
        "/mergers",
        {"into": NOWHERE, "effective_on": DAY, "document": "某编〔2024〕1号"},
        ready=422,
    ),
    _post(
        "organisation-changes.close",
        Act.CLOSE_ORGANISATION,
        "organisation",
        "/closures",
        effective_on=DAY,
        document="某编〔2024〕1号",
    ),
    _post(
        "organisation-changes.correct_credit_code",
        Act.CORRECT_CREDIT_CODE,
        "organisation",
        "/credit-code-corrections",
        credit_code="12360734MB0000000X",
        effective_on=DAY,
        document="某编〔2024〕1号",
    ),
    _post(
        "appointments.appoint",
        Act.OPEN_APPOINTMENT,
        "organisation",
        "/appointments",
        seat="handler",
        account="{account}",
    ),
    _post(
        "appointments.close",
        Act.CLOSE_APPOINTMENT,
        "organisation",
        "/appointments/{appointment}/closures",
        reason="调离",
    ),
    _get("accounts.read", Act.READ_ACCOUNT, "account"),
    _post("accounts.reissue", Act.REISSUE_CODE, "account", "/codes", reason="遗忘"),
    # here no issuer is configured; tests/api/test_issuer.py has one
    Route(
        "account-bindings.bind",
        (Act.BIND_ACCOUNT,),
        "account",
        "/bindings",
        {"subject": "s"},
        ready=409,
    ),
    Route(
        "account-bindings.release",
        (Act.BIND_ACCOUNT,),
        "account",
        "/binding-releases",
        {"reason": "换发"},
        ready=409,
    ),
    _post("accounts.disable", Act.DISABLE_ACCOUNT, "account", "/disablings", reason="调离"),
    _get("persons.read", Act.READ_PERSON, "person"),
    Route(
        "persons.unmask",
        (Act.UNMASK_PERSON,),
        "person",
        "/unmaskings",
        {"reason": "核对身份"},
        ready=201,
    ),
    _post(
        "holds.place_hold",
        Act.HOLD_PERSON,
        "person",
        "/holds",
        mandate="某发〔2024〕1号",
        reason="核查",
    ),
    _post("holds.lift_hold", Act.HOLD_PERSON, "person", "/holds/hold-1/liftings", reason="查清"),
    _get("investigations.read", Act.READ_INVESTIGATION, "investigation"),
    _post(
        "investigations.notify",
        Act.CONDUCT_INVESTIGATION,
        "investigation",
        "/allegations",
        allegation="查无此证",
        answer_by="2024-11-15T00:00:00Z",
    ),
    _post(
        "reexaminations.request",
        Act.REQUEST_REEXAMINATION,
        "case",
        "/reexaminations",
        grounds="不服",
    ),
    _post(
        "reexaminations.decide",
        Act.DECIDE_REEXAMINATION,
        "case",
        "/reexaminations/current/decisions",
        outcome="upheld",
        decision="某发〔2024〕1号",
        reason="维持",
    ),
    _post(
        "investigations.extend",
        Act.DECIDE_INVESTIGATION,
        "investigation",
        "/extensions",
        reason="须向外省核实",
    ),
    Route(
        "investigations.state",
        (Act.CONDUCT_INVESTIGATION, Act.MAKE_STATEMENT),
        "investigation",
        "/statements",
        {"statement": "陈述"},
    ),
    _post(
        "investigations.propose",
        Act.CONDUCT_INVESTIGATION,
        "investigation",
        "/proposals",
        ground="弄虚作假",
        evidence=["材料"],
        finding="伪造",
    ),
    _post(
        "investigations.find",
        Act.DECIDE_INVESTIGATION,
        "investigation",
        "/findings",
        decision="某发〔2024〕1号",
        finding="伪造",
    ),
    _post(
        "investigations.close",
        Act.DECIDE_INVESTIGATION,
        "investigation",
        "/closures",
        decision="某发〔2024〕1号",
        reason="查无实据",
    ),
    _post(
        "investigations.serve",
        Act.CONDUCT_INVESTIGATION,
        "investigation",
        "/services",
        remedy="六十日内申请复核",
    ),
    _post(
        "investigations.request_review",
        Act.MAKE_STATEMENT,
        "investigation",
        "/review-requests",
        grounds="不服",
    ),
    _post(
        "investigations.decide_review",
        Act.DECIDE_REVIEW,
        "investigation",
        "/review-decisions",
        outcome="upheld",
        decision="某发〔2024〕1号",
        reason="维持",
    ),
)

_LOOKED_UP = {"kind": "resident_identity_card", "number": invented_number()}

BY_ROLE: Mapping[str, tuple[Act, str, object]] = {
    "ageing.read": (Act.READ_AGEING, "/v1/ageing-report", None),
    "binding-corrections.list_corrections": (Act.READ_LINK, "/v1/binding-corrections", None),
    "consultations.list_consultations": (Act.READ_CONSULTATIONS, "/v1/consultations", None),
    "erasures.list_erasures": (Act.READ_ERASURE, "/v1/erasures", None),
    "events.read": (Act.READ_EVENTS, "/v1/events", None),
    "exports.list_exports": (Act.READ_CONSULTATIONS, "/v1/exports", None),
    "exports.take_out": (Act.EXPORT, "/v1/exports", {"list": "refusals"}),
    "indicators.list_indicators": (Act.READ_FINDINGS, "/v1/indicators", None),
    "late-acts.list_late": (Act.READ_FINDINGS, "/v1/late-acts", None),
    "mandates.list_mandates": (Act.READ_MANDATES, "/v1/mandates", None),
    "mandates.record": (
        Act.RECORD_MANDATE,
        "/v1/mandates",
        {"document": "某函〔2024〕1号", "persons": [], "expires_on": "2099-12-31"},
    ),
    "objections.list_objections": (Act.READ_OBJECTION, "/v1/objections", None),
    "person-links.list_proposals": (Act.READ_LINK, "/v1/person-links", None),
    "person-lookups.look_up": (
        Act.LOOK_UP_PERSON,
        "/v1/person-lookups",
        {"document": _LOOKED_UP, "reason": "核对"},
    ),
    "placed-holds.list_holds": (Act.READ_HOLDS, "/v1/holds", None),
    "policy-packs.list_packs": (Act.READ_POLICY, "/v1/policy-packs", None),
    "policy-packs.read": (Act.READ_POLICY, "/v1/policy-packs/xunwu-2024", None),
    "refusals.list_refusals": (Act.READ_REFUSALS, "/v1/refusals", None),
    "separation-findings.list_findings": (Act.READ_FINDINGS, "/v1/separation-findings", None),
    "stale-appointments.list_stale": (Act.READ_FINDINGS, "/v1/stale-appointments", None),
    "unfinished-findings.list_unfinished": (
        Act.READ_FINDINGS,
        "/v1/unfinished-findings",
        None,
    ),
    "work-queue.read": (Act.READ_QUEUE, "/v1/work-queue", None),
}
"""Operations that are allowed or forbidden whatever there is, with the body of a command."""

LISTS = {
    "case-list.list_cases": ("/v1/cases", "case"),
    "organisations.list_organisations": ("/v1/organisations", "organisation"),
    "accounts.list_accounts": ("/v1/accounts", "account"),
}
"""Lists of things that are read one by one; tests/api/test_lists.py holds who is shown what."""

OF_AN_OFFICE = {
    "person-links.read": ("GET", "person-links", "", None),
    "person-links.confirm": ("POST", "person-links", "/confirmations", {}),
    "person-links.propose_severance": (
        "POST",
        "person-links",
        "/severances",
        {"evidence": "指纹不符"},
    ),
    "person-links.sever": ("POST", "person-links", "/severances/confirmations", {}),
    "objections.read": ("GET", "objections", "", None),
    "objections.read_file": ("GET", "objections", "/files/material-1/content", None),
    "objections.screen": ("POST", "objections", "/screenings", {"admitted": True}),
    "objections.identify": ("POST", "objections", "/identifications", {"shown": "身份证"}),
    "objections.investigate": ("POST", "objections", "/investigations", {"findings": "查明"}),
    "objections.settle": (
        "POST",
        "objections",
        "/settlements",
        {"disposition": None, "decision": "某发〔2024〕1号", "answer": "答复", "summary": "不成立"},
    ),
    "objections.propose_erasure": (
        "POST",
        "objections",
        "/erasure-proposals",
        {"basis": "某条", "reason": "本人申请"},
    ),
    "objections.order_erasure": (
        "POST",
        "objections",
        "/erasure-orders",
        {"decision": "某发〔2024〕1号"},
    ),
    "complaints.read": ("GET", "complaints", "", None),
    "complaints.read_file": ("GET", "complaints", "/files/material-1/content", None),
    "complaints.propose_erasure": (
        "POST",
        "complaints",
        "/erasure-proposals",
        {"basis": "某条", "reason": "本人申请"},
    ),
    "complaints.order_erasure": (
        "POST",
        "complaints",
        "/erasure-orders",
        {"decision": "某发〔2024〕1号"},
    ),
    "complaints.close": (
        "POST",
        "complaints",
        "/closures",
        {"outcome": "not_confirmed", "reason": "查否"},
    ),
    "erasures.read": ("GET", "erasures", "", None),
    "erasures.approve": ("POST", "erasures", "/approvals", {"grounds": "符合条件"}),
    "erasures.order": ("POST", "erasures", "/orders", {"decision": "某发〔2024〕1号"}),
    "erasures.decline": (
        "POST",
        "erasures",
        "/refusals",
        {"decision": "某发〔2024〕1号", "reason": "不"},
    ),
    "criticisms.read": ("GET", "criticisms", "", None),
    "criticisms.notify": (
        "POST",
        "criticisms",
        "/notifications",
        {"answer_by": "2024-11-15T00:00:00Z"},
    ),
    "criticisms.answer_it": ("POST", "criticisms", "/statements", {"statement": "陈述"}),
    "criticisms.issue": (
        "POST",
        "criticisms",
        "/issues",
        {"decision": "某发〔2024〕1号", "text": "通报"},
    ),
    "criticisms.drop": (
        "POST",
        "criticisms",
        "/drops",
        {"decision": "某发〔2024〕1号", "reason": "免"},
    ),
}
"""Operations on what only one office may know of; to all others there is no such thing."""

ELSEWHERE = {
    "archive-exports.hand_out": "tests/api/test_archive.py",
    "archive-imports.take_in": "tests/api/test_archive.py",
    "accounts.open_account": "tests/api/test_accounts.py",
    "bulk-decisions.decide": "tests/api/test_ageing.py",
    "binding-corrections.confirm": "tests/api/test_persons.py",
    "binding-corrections.propose": "tests/api/test_persons.py",
    "binding-corrections.read": "tests/api/test_persons.py",
    "cases.open_case": "tests/api/test_demo.py",
    "certificates.verify": "open to everybody",
    "complaints.complain": "open to everybody",
    "complaints.transfer_clue": "an inspector's own act",
    "decisions.publish": "tests/api/test_demo_localities.py",
    "criticisms.propose": "judged by the proposer's own seat",
    "eligibility-checks.check": "open to every account",
    "erasures.ask": "tests/api/test_erasure.py",
    "grants.list_grants": "open to all but applicants",
    "grants.propose": "tests/api/test_authority.py",
    "grants.decide": "tests/api/test_authority.py",
    "grants.propose_withdrawal": "tests/api/test_authority.py",
    "grants.withdraw": "tests/api/test_authority.py",
    "integrity-consultations.consult": "tests/api/test_misconduct.py",
    "integrity-records.list_records": "tests/api/test_misconduct.py",
    "materials.upload": "tests/api/test_hostile_files.py",
    "organisations.register": "tests/api/test_organisations.py",
    "password.replace_password": "one's own",
    "person-links.propose": "judged by the proposer's own seat",
    "public-files.upload": "open to everybody",
    "publicities.list_publicities": "open to everybody",
    "publicities.raise_objection": "open to everybody",
    "publicities.read_publicity": "open to everybody",
    "receipts.add_files": "open to whoever holds the receipt",
    "receipts.ask_for_erasure": "open to whoever holds the receipt",
    "receipts.follow": "open to whoever holds the receipt",
    "receipts.withdraw": "open to whoever holds the receipt",
    "sessions.confirm": "one's own",
    "sessions.end_session": "one's own",
    "sessions.list_sessions": "one's own",
    "sessions.refresh": "open to whoever holds the token",
    "sessions.sign_in": "open to everybody",
    "sessions.sign_out": "one's own",
}
"""Operations whose answer no relation to one thing decides, and what holds them instead."""

ASKED_ELSEWHERE = {
    Act.PROPOSE_GRANT: "tests/api/test_authority.py",
    Act.CONFIRM_GRANT: "tests/api/test_authority.py",
    Act.READ_GRANTS: "tests/api/test_authority.py",
    Act.REGISTER_ORGANISATION: "tests/api/test_organisations.py",
    Act.PUBLISH_DECISION: "tests/api/test_demo_localities.py",
    Act.OPEN_ACCOUNT: "tests/api/test_accounts.py",
    Act.PROPOSE_LINK: "tests/api/test_persons.py",
    Act.CONFIRM_LINK: "tests/api/test_persons.py",
    Act.CHECK_ELIGIBILITY: "open to every account",
    Act.OPEN_CASE: "tests/api/test_demo.py",
    Act.READ_OBJECTION: "tests/api/test_complaint_subjects.py",
    Act.SCREEN_OBJECTION: "tests/api/test_objection_officers.py",
    Act.IDENTIFY_OBJECTOR: "tests/api/test_objector_identity.py",
    Act.INVESTIGATE_OBJECTION: "tests/api/test_objection_officers.py",
    Act.SETTLE_OBJECTION: "tests/api/test_objection_officers.py",
    Act.CLOSE_COMPLAINT: "tests/api/test_complaint_subjects.py",
    Act.ERASE_WORDS: "tests/api/test_words_erasure.py",
    Act.TRANSFER_CLUE: "tests/api/test_complaint_subjects.py",
    Act.CRITICISE: "tests/api/test_criticism.py",
    Act.READ_CRITICISM: "tests/api/test_criticism.py",
    Act.ANSWER_CRITICISM: "tests/api/test_criticism.py",
    Act.REQUEST_ERASURE: "tests/api/test_erasure.py",
    Act.APPROVE_ERASURE: "tests/api/test_erasure.py",
    Act.EXCHANGE_INTEGRITY: "tests/api/test_archive.py",
    Act.READ_INTEGRITY: "tests/api/test_integrity_scope.py",
}
"""Acts that no operation above asks for, and what tries them."""
