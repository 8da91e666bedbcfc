"""Employers' applications for registration, for the body that registers them: ``/v1/accessions``.

What whoever applied may do by their receipt stands in ``api.http.accessions_handed_in``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields
from marshmallow.validate import Length

from api.access import Act, Relation, permitted
from api.acts import accession, folding, words_erasure
from api.acts.accession import ACCESSION
from api.acts.accession_approval import APPROVE, Admitted, Approval, approve_with_codes
from api.acts.thing import read as read_thing
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, HappenedSchema, Statement, Text, WholeNumber
from api.conventions.idempotency import replayed
from api.conventions.paging import PageQuery
from api.conventions.vocabulary import Word
from api.http.acting import Answered, acting, asking, posts, takes
from api.http.labels import ACCESSION_STANDINGS, DOCUMENT_KINDS, PAPERS, PARTS
from api.http.lists import Query, lists, scope_to_read
from api.http.masking import MASKED, masked_number, words
from api.http.objections import take_in
from api.http.person_links import ProposalsQuery
from api.http.rows import nested, picked, shows
from api.http.things import SeenSchema, as_read, reads
from api.http.uploads import content, gives_file
from api.http.word_fields import optional_stream, stream
from api.problems import Problem
from api.services import services
from domain.organisation.accession import Accession, Competent, Employer, Scan
from projections import accessions

if TYPE_CHECKING:
    from flask import Response

    from api.acts.acting import Acting
    from api.acts.thing import Seen
    from projections.listing import Listing

blueprint = Blueprint(
    "accessions", prefix="/v1/accessions", description="单位注册申请 / employers that apply"
)
queue = Blueprint(
    "accession-queue",
    prefix="/v1/work-queue/accessions",
    description="待办的单位注册申请 / applications that wait",
)
_MOST = 100


@shows(Scan, "file media_type size digest")
class ScanSchema(AnswerSchema):
    """A document that was handed in; the digest is that of the sealed bytes."""

    paper = Word(PAPERS)


@shows(Competent, "level sector")
class CompetentSchema(AnswerSchema):
    """Whom the notice names: an office of this level and sector; null is not asked."""


@shows(Employer, "name credit_code kind ownership level area traits")
@shows(Accession, "accession")
class AccessionSchema(SeenSchema):
    """An application with what its applicant was told; words are for who is to decide alone.

    ``competent`` is null where the notice names nobody and whoever has the registry decides.
    The number of the document is masked for everybody.
    """

    standing = Word(ACCESSION_STANDINGS)
    masked = fields.Boolean()
    administrator_name = fields.String()
    document_kind = Word(DOCUMENT_KINDS)
    document_number = fields.String()
    contact = fields.String()
    told = fields.String(allow_none=True)
    documents = nested(ScanSchema)
    competent = fields.Nested(CompetentSchema, allow_none=True)
    organisation = fields.String(
        allow_none=True, metadata={"description": "The unit that was registered by the approval."}
    )
    decide_by = fields.Date(
        allow_none=True,
        metadata={"description": "The last day of the body's term; null where none runs."},
    )
    overdue = fields.Boolean()
    erasure = fields.String(
        allow_none=True, metadata={"description": "`asked`, `proposed`, `erased`, or `completed`."}
    )


class MissingBody(Body):
    """Everything that is missing, told at once."""

    missing = Statement()


class DeclinationBody(Body):
    """Why it is declined."""

    reason = Statement()


post = posts(blueprint, ACCESSION)
post("/<accession_id>/returns", accession.SEND_BACK, MissingBody)
post("/<accession_id>/declinations", accession.DECLINE, DeclinationBody)
take_in(
    post,
    "/<accession_id>",
    words_erasure.PROPOSE_OF_ACCESSION,
    words_erasure.ORDER_OF_ACCESSION,
)


@reads(blueprint, "/<id('accession'):accession_id>", ACCESSION, AccessionSchema)
def read(seen: Seen[Accession]) -> dict[str, Any]:
    """Read an application, as an office in whose charge it lies, or as a watcher there."""
    state, masked = seen.state, accession.masked(seen.desk, seen.state)
    decide_by = accession.decide_by(seen.desk, state)
    named, kept = state.administrator, folding.kept(seen.history)
    return dict(
        picked(state.employer, "name credit_code kind ownership level area traits"),
        masked=masked,
        administrator_name=words(named.name, visible=not masked),
        document_kind=named.document,
        document_number=MASKED if masked else masked_number(named.number.text),
        contact=words(state.contact, visible=not masked),
        told=None if state.told is None else words(state.told, visible=not masked),
        organisation=None if state.approved is None else state.approved.registered,
        decide_by=decide_by,
        overdue=decide_by is not None and seen.desk.acting.today > decide_by,
        erasure=None if kept is None else kept.erasure,
    )


@lists(
    blueprint,
    "Accessions",
    ProposalsQuery,
    accessions=AccessionSchema,
    shown=as_read(read, "accession"),
)
def list_accessions(who: Acting, query: Query) -> Listing[accessions.Accession]:
    """List the applications in the charge of the caller's office, or of units that one watches."""
    scope = scope_to_read(Act.READ_ACCESSION, who)
    charge = accession.charge(services().office.desk(who))
    return accessions.visible(scope, charge, waiting=not query["settled"])


@lists(
    queue,
    "AccessionQueue",
    PageQuery,
    count=False,
    accessions=AccessionSchema,
    shown=as_read(read, "accession"),
)
def read_queue(who: Acting, _query: Query) -> Listing[accessions.Accession]:
    """List the applications that wait for the caller's decision, the longest waiting first."""
    if not permitted(Act.APPROVE_ACCESSION, who.roles, {Relation.SUBORDINATE}):
        raise Problem("FORBIDDEN")
    return accessions.waiting(accession.charge(services().office.desk(who)))


@blueprint.get("/<accession_id>/documents/<file>/content")
@gives_file(blueprint)
def read_document(accession_id: str, file: str) -> Response:
    """Read a document that was handed in, in its own media type, as who is to decide."""
    seen = read_thing(services().office, acting(), ACCESSION, accession_id)
    if accession.masked(seen.desk, seen.state):
        raise Problem("FORBIDDEN")
    for each in seen.state.documents:
        if each.file == file:
            return content(file, each.media_type)
    raise Problem("NOT_FOUND")


approvals = Blueprint(
    "accession-approvals",
    prefix="/v1/accession-approvals",
    description="核准单位注册 / approving one or many",
)


class ApprovalBody(Body):
    """An application in the version that was seen, and beneath whom the employer stands.

    Beneath the caller's own office where neither is named. Where no ``login`` is chosen for the
    first administrator, one is made.
    """

    makes = Approval
    accession = stream("accession")
    version = WholeNumber(least=1)
    superior = optional_stream("organisation")
    bureau = optional_stream("organisation")
    login = Text(load_default=None, longest=100, shortest=3)


class ApprovalsBody(Body):
    """The applications to approve, all or none."""

    accessions = fields.List(fields.Nested(ApprovalBody), validate=Length(1, _MOST))


@shows(Admitted, "accession organisation account person login")
class AdmittedSchema(AnswerSchema):
    """A unit that was registered, with its first administrator's account.

    The code is told this once and kept by nobody; another administrator gives its second part.
    """

    one_time_code = fields.String(
        allow_none=True,
        metadata={
            "description": "Null where the request had been carried out before, and where another"
            " account got the login at that very moment."
        },
    )
    part = Word(PARTS, allow_none=True)


class ApprovedSchema(AnswerSchema):
    """What came of each application, in the order of the request."""

    position = fields.Integer()
    events = nested(HappenedSchema)
    rows = nested(AdmittedSchema)


@takes(approvals, "", APPROVE, ApprovalsBody, answers=ApprovedSchema)
def approve(body: dict[str, Any]) -> Answered:
    """Approve one application or many: all by one append, or none and everything that is wrong."""
    who = asking(APPROVE)
    answer, admitted = approve_with_codes(services().office, who, body["accessions"])
    rows = [
        {
            "accession": each.accession,
            "organisation": each.organisation,
            "account": each.account,
            "person": each.person,
            "login": each.login,
            "one_time_code": None if each.code is None else each.code.code,
            "part": None if each.code is None else each.code.part,
        }
        for each in admitted
    ]
    told = {"position": answer.position, "events": answer.happened, "rows": rows}
    return told, 201, replayed() if answer.replayed else {}
