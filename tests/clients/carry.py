"""Carries a case from an account that is opened to the certificate, by the generated client alone.

What was done in it is taken out at the end, as each kind of file, by somebody who watches.
Read from standard input: where, who, and what is claimed; written to standard output: what came of
it. Run beside the package ``mingjian_client``, and checked by its types.
"""

from __future__ import annotations

import base64
import json
import sys
from hashlib import sha256
from io import BytesIO
from typing import Any, TypeVar
from uuid import uuid4
from zipfile import ZipFile

from mingjian_client import AuthenticatedClient, Client
from mingjian_client.api.accounts import accounts_open_account
from mingjian_client.api.case_acts import case_acts_list_acts
from mingjian_client.api.case_duties import case_duties_read_duties
from mingjian_client.api.cases import (
    cases_open_case,
    cases_read_case,
    cases_read_certificate,
    cases_state_application,
    cases_submit,
)
from mingjian_client.api.exports import exports_take_out
from mingjian_client.api.intakes import intakes_take_in
from mingjian_client.api.materials import (
    materials_attach,
    materials_read_content,
    materials_upload,
)
from mingjian_client.api.password import password_replace_password
from mingjian_client.api.reviews import (
    reviews_decide,
    reviews_give_opinion,
    reviews_issue_certificate,
    reviews_record_judgement,
)
from mingjian_client.api.sessions import sessions_confirm, sessions_sign_in
from mingjian_client.models import (
    AccountBody,
    AccountBodyRolesItem,
    ApplicationBody,
    Case,
    ConfirmationBody,
    DecisionBody,
    DecisionBodyDecision,
    DeclarationsBody,
    DocumentBody,
    DocumentBodyKind,
    EstablishedBody,
    ExportBody,
    ExportBodyList,
    ExportBodyMediaType,
    JudgementBody,
    MaterialBody,
    OpenBody,
    OpinionBody,
    OpinionBodyRecommendation,
    PasswordBody,
    Problem,
    SignInBody,
    Taken,
    VerificationBody,
    VerificationBodyFinding,
)
from mingjian_client.types import File

T = TypeVar("T")


def main() -> None:
    """Do as standard input says."""
    told = json.load(sys.stdin)
    enrolled = taken_in(told)
    holder = opened(told)
    case = drafted(holder, told)
    for officials in told["stages"]:
        handler, leader = (signed_in(told, each) for each in officials)
        opine(handler, case, told)
        decide(leader, case, told["password"])
    issued = read(handler, case)
    printed = wanted(reviews_issue_certificate.sync(case, client=handler, **changing(issued)))
    recognised = read(holder, case)
    page = cases_read_certificate.sync(case, client=holder)
    file = wanted(
        materials_read_content.sync(case, recognised.materials[0].material, client=holder)
    )
    certificate = recognised.standing.certificate
    print(  # noqa: T201 -- the answer of a program
        json.dumps(
            {
                "phase": recognised.standing.phase.value,
                "certificate": certificate,
                "printed": isinstance(page, str) and str(certificate) in page,
                "same_file": file.payload.read() == scan(told).payload.read(),
                "taken_out": taken_out(case, told, printed.position),
                "enrolled": enrolled,
            }
        )
    )


def opened(told: dict[str, Any]) -> AuthenticatedClient:
    """Somebody new, whose account the registrar opens, with a password of their own."""
    login = f"login-{uuid4().hex[:12]}"
    body = AccountBody(
        name="某客户端",
        document=DocumentBody(DocumentBodyKind.RESIDENT_IDENTITY_CARD, told["number"]),
        organisation=told["title"]["employer"],
        roles=[AccountBodyRolesItem.APPLICANT],
        login=login,
    )
    registrar = signed_in(told, told["registrar"])
    account = wanted(accounts_open_account.sync(client=registrar, body=body, idempotency_key=new()))
    code = account.one_time_code
    assert code is not None
    newcomer = signed_in({**told, "password": code}, login)
    change = PasswordBody(current_password=code, new_password=told["password"])
    assert password_replace_password.sync_detailed(client=newcomer, body=change).status_code == 204
    return signed_in(told, login)


def taken_in(told: dict[str, Any]) -> list[int]:
    """How many accounts each of two lists opened: a workbook, and commas.

    The operation sends workbooks alone; what else its address takes, the client's own transport
    sends, under the same sign-in.
    """
    registrar = signed_in(told, told["registrar"])
    wanted(sessions_confirm.sync(client=registrar, body=ConfirmationBody(told["password"])))
    employer, (book, commas) = told["title"]["employer"], map(base64.b64decode, told["rosters"])
    by_operation = wanted(
        intakes_take_in.sync(
            client=registrar,
            body=File(BytesIO(book)),
            organisation=employer,
            idempotency_key=new(),
        )
    )
    answer = registrar.get_httpx_client().post(
        "/v1/intakes",
        params={"organisation": employer},
        content=commas,
        headers={"Content-Type": "text/csv", "Idempotency-Key": new()},
    )
    return [len(each.rows) for each in (by_operation, Taken.from_dict(answer.json()))]


def signed_in(told: dict[str, Any], login: str) -> AuthenticatedClient:
    """Somebody under a sign-in."""
    nobody = Client(base_url=told["address"])
    body = SignInBody(login, told["password"])
    token = wanted(sessions_sign_in.sync(client=nobody, body=body)).access_token
    return AuthenticatedClient(base_url=told["address"], token=token)


def drafted(holder: AuthenticatedClient, told: dict[str, Any]) -> str:
    """A case that is filed, with a file for what is claimed."""
    title = OpenBody.from_dict(told["title"])
    begun = wanted(cases_open_case.sync(client=holder, body=title, idempotency_key=new()))
    case: str = begun.stream
    stated = ApplicationBody.from_dict(told["application"])
    changed = wanted(
        cases_state_application.sync(
            case, client=holder, body=stated, **changing(read(holder, case))
        )
    )
    assert changed.stream == case
    for each in told["files"]:
        upload = wanted(materials_upload.sync(case, client=holder, body=scan(told)))
        body = MaterialBody.from_dict({**each, "upload": upload.upload})
        wanted(
            materials_attach.sync(case, client=holder, body=body, **changing(read(holder, case)))
        )
    declared = DeclarationsBody(declared_truthful=True, declared_unclassified=True)
    wanted(cases_submit.sync(case, client=holder, body=declared, **changing(read(holder, case))))
    return case


def opine(handler: AuthenticatedClient, case: str, told: dict[str, Any]) -> None:
    """The handler judges what the law leaves to judgement, and gives an opinion in favour."""
    for question in read(handler, case).standing.open_questions:
        judged = JudgementBody(question=question, satisfied=True, grounds="经查阅原件，符合条件。")
        seen = changing(read(handler, case))
        wanted(reviews_record_judgement.sync(case, client=handler, body=judged, **seen))
    duties = wanted(case_duties_read_duties.sync(case, client=handler))
    seen_case = read(handler, case)
    body = OpinionBody(
        recommendation=OpinionBodyRecommendation.APPROVE,
        opinion="经逐项核实，建议通过。",
        no_reason_to_recuse=True,
        verifications=[
            VerificationBody(
                claim=claim,
                finding=VerificationBodyFinding.CONFIRMED,
                materials=[m.material for m in seen_case.materials if claim in m.supports],
            )
            for claim in claims(seen_case)
        ],
        establishes=[
            EstablishedBody(each.fact, value=told["established"][each.fact])
            for each in duties.open_
            if each.due and not {"applicant", "register"} & set(each.said_by)
        ],
    )
    wanted(reviews_give_opinion.sync(case, client=handler, body=body, **changing(seen_case)))


def decide(leader: AuthenticatedClient, case: str, password: str) -> None:
    """The leader decides in favour, having given their password again."""
    wanted(sessions_confirm.sync(client=leader, body=ConfirmationBody(password)))
    body = DecisionBody(decision=DecisionBodyDecision.APPROVE, no_reason_to_recuse=True)
    wanted(reviews_decide.sync(case, client=leader, body=body, **changing(read(leader, case))))


def taken_out(case: str, told: dict[str, Any], position: int) -> list[str]:
    """The kinds of file as which the acts of a case up to a position are taken out, whole."""
    watching = signed_in(told, told["watching"])
    asked, whole = f"case:{case}", []
    wanted(case_acts_list_acts.sync(client=watching, q=asked, wait_for=position))
    for kind in ExportBodyMediaType:
        body = ExportBody(ExportBodyList.ACTS, media_type=kind, q=asked)
        answer = exports_take_out.sync_detailed(
            client=watching, body=body, mandate=told["mandate"], idempotency_key=new()
        )
        octets = wanted(answer.parsed).payload.read()
        digest = base64.b64encode(sha256(octets).digest()).decode()
        if answer.headers["Repr-Digest"] == f"sha-256=:{digest}:" and case in text(octets):
            whole.append(kind.value)
    return whole


def text(octets: bytes) -> str:
    """What stands in a file that was taken out: in the second sheet, where it is a workbook."""
    if octets.startswith(b"PK"):
        with ZipFile(BytesIO(octets)) as book:
            octets = book.read("xl/worksheets/sheet2.xml")
    return octets.decode()


def claims(case: Case) -> list[str]:
    """Every claim of an application."""
    stated = case.application
    assert stated is not None
    insured = [] if stated.insurance is None else [stated.insurance]
    groups = (
        stated.educations,
        stated.work,
        stated.titles,
        stated.assessments,
        stated.achievements,
        stated.licences,
        stated.particulars,
        stated.periods,
        insured,
    )
    return [each.claim for group in groups for each in group or ()]


def read(who: AuthenticatedClient, case: str) -> Case:
    """A case as somebody sees it."""
    return wanted(cases_read_case.sync(case, client=who))


def changing(seen: Case) -> dict[str, str]:
    """The headers of an act on a case as it was seen."""
    return {"idempotency_key": new(), "if_match": f'"v{seen.version}"'}


def scan(told: dict[str, Any]) -> File:
    """A scan to be uploaded."""
    return File(BytesIO(base64.b64decode(told["scan"])))


def new() -> str:
    """A key that no other act has."""
    return uuid4().hex


def wanted(answer: T | Problem | None) -> T:
    """An answer that is what was wanted."""
    if answer is None or isinstance(answer, Problem):
        raise SystemExit(repr(answer))
    return answer


if __name__ == "__main__":
    main()
