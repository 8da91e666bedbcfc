"""Files that prove a posting which was put up elsewhere: ``/v1/cases/{case_id}/posting-proofs``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.access import Act
from api.acts import publicity
from api.acts.case_reading import read_case
from api.acts.stage import TURN
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body
from api.conventions.vocabulary import Word
from api.http.acting import Answered, acting, takes
from api.http.consultations import ConsultationHeader
from api.http.labels import PROOF_KINDS
from api.http.uploads import attach, content, gives_file, may_do, take_in, takes_file
from api.http.word_fields import word
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
    kind = Word(PROOF_KINDS)


_MAY = may_do(TURN, Act.PUBLICISE)


@takes_file(blueprint, "/<case_id>/posting-proofs/uploads", publicity.PROVE)
def upload(case_id: str) -> dict[str, Any]:
    """Upload a captured page, a photograph or the sealed statement as the body."""
    return take_in(case_id, _MAY)


@takes(
    blueprint,
    "/<case_id>/posting-proofs",
    publicity.PROVE,
    PostingProofBody,
)
def prove(body: dict[str, Any], case_id: str) -> Answered:
    """Attach an uploaded file to the posting of the present stage, as its handler."""

    def command(file: dict[str, Any]) -> ProvePosting:
        return ProvePosting(kind=body["kind"], **file)

    return attach(publicity.PROVE, case_id, body["upload"], _MAY, command, read_case)


@blueprint.get("/<case_id>/posting-proofs/<file>/content")
@blueprint.arguments(ConsultationHeader, location="headers")
@gives_file(blueprint)
def read_content(header: dict[str, str], case_id: str, file: str) -> Response:
    """Read such a file, in its own media type, as who may read the files of the case."""
    seen = read_case(
        services().office, acting(), case_id, Act.READ_MATERIAL, consultation=header["consultation"]
    )
    for event in seen.history.events:
        if isinstance(event, PostingProven) and event.file == file:
            return content(file, event.media_type)
    raise Problem("NOT_FOUND")
