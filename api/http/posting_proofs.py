"""Files that prove a posting which was put up elsewhere: ``/v1/cases/{case_id}/posting-proofs``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.access import Act
from api.acts import publicity
from api.acts.answered import answered_before
from api.acts.case_reading import read_case
from api.acts.guard import guard
from api.acts.stage import TURN
from api.acts.thing import read as read_thing
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body
from api.conventions.vocabulary import Word
from api.http.acting import Answered, AppendedSchema, acting, asking, takes, told
from api.http.disclosing import ConsultationHeader
from api.http.uploads import UploadSchema, attaching, content, file_of, pieces, uploaded
from api.http.vocabularies import PROOF_KINDS
from api.http.words import word
from api.problems import Problem
from api.services import services
from domain.case.posting_proof import PostingProven, ProvePosting

if TYPE_CHECKING:
    from flask import Response

blueprint = Blueprint(
    "posting-proofs", prefix="/v1/cases", description="公示证明 / proofs of what was put up"
)


class PostingProofBody(Body):
    """A file that was uploaded, and what it is."""

    upload = word()
    kind = Word(PROOF_KINDS, required=True)


@blueprint.post("/<case_id>/posting-proofs/uploads")
@blueprint.tells(422)
@blueprint.response(201, UploadSchema)
def upload(case_id: str) -> dict[str, Any]:
    """Upload a captured page, a photograph or the sealed statement as the body."""
    who = acting()
    read_thing(services().office, who, TURN, case_id, Act.PUBLICISE)
    return uploaded(case_id, who, pieces())


@takes(
    blueprint,
    "/<case_id>/posting-proofs",
    publicity.PROVE,
    PostingProofBody,
    answers=AppendedSchema,
)
def prove(body: dict[str, Any], case_id: str) -> Answered:
    """Attach an uploaded file to the posting of the present stage, as its handler."""
    who, office = asking(publicity.PROVE), services().office
    if (before := answered_before(office.record, who)) is not None:
        return told(before, publicity.PROVE, case_id, read_case)
    read_thing(office, who, TURN, case_id, Act.PUBLICISE)
    with attaching(case_id, who, body["upload"]) as stored:
        command = ProvePosting(
            kind=body["kind"],
            file=file_of(body["upload"]),
            media_type=stored.media_type,
            size=stored.size,
            digest=stored.digest.hex(),
        )
        answer = guard(office, who, publicity.PROVE, case_id, command=command)
    return told(answer, publicity.PROVE, case_id, read_case)


@blueprint.get("/<case_id>/posting-proofs/<file>/content")
@blueprint.arguments(ConsultationHeader, location="headers")
@blueprint.response(200, content_type="application/octet-stream")
def read_content(header: dict[str, str], case_id: str, file: str) -> Response:
    """Read such a file, in its own media type, as who may read the files of the case."""
    seen = read_case(
        services().office, acting(), case_id, Act.READ_MATERIAL, consultation=header["consultation"]
    )
    for event in seen.history.events:
        if isinstance(event, PostingProven) and event.file == file:
            return content(file, event.media_type)
    raise Problem("NOT_FOUND")
