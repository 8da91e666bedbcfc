"""One announcement (公示公告) that makes many cases public: ``/v1/announcements``.

What it says is amended at ``/v1/announcement-amendments``, and what was put up elsewhere is proven
at ``/v1/announcement-proofs``, for as many of its cases at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields
from marshmallow.validate import Length

from api.acts.amendment import AMEND_ANNOUNCED
from api.acts.guard import guard
from api.acts.publicity import ANNOUNCE, PROVE_ANNOUNCED
from api.conventions.blueprint import Blueprint
from api.http.acting import commanding
from api.http.amendments import PostingAmendmentBody
from api.http.case_entries import PostingBody
from api.http.many_cases import MOST, ManyOutcomesSchema, alone, outcome
from api.http.posting_proofs import PostingProofBody
from api.http.uploads import as_file, attaching
from api.http.word_fields import stream
from api.identifiers import derived_stream
from api.services import services
from domain.case.posting_proof import ProvePosting

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from api.acts.guard import Row

blueprint = Blueprint(
    "announcements",
    prefix="/v1/announcements",
    description="公示公告 / one announcement, many cases",
)
amendments = Blueprint(
    "announcement-amendments",
    prefix="/v1/announcement-amendments",
    description="更正公示公告 / amendments of announcements",
)
proofs = Blueprint(
    "announcement-proofs",
    prefix="/v1/announcement-proofs",
    description="公示公告证明 / proofs of announcements",
)


def _cases() -> fields.List[str]:
    return fields.List(stream("case"), validate=Length(1, MOST))


class AnnouncementBody(PostingBody):
    """What was put up, as for one case, and the cases of the persons that it names."""

    cases = _cases()


class AmendedAnnouncementBody(PostingAmendmentBody):
    """Where and when which announcement was put up, and the cases of it that are amended."""

    announcement = stream("announcement")
    cases = _cases()


class AnnouncementProofBody(PostingProofBody):
    """A file that proves an announcement, for those of its cases that are named.

    ``uploaded_to`` is the case at whose ``posting-proofs/uploads`` it was uploaded.
    """

    announcement = stream("announcement")
    uploaded_to = stream("case")
    cases = _cases()


class AnnouncedSchema(ManyOutcomesSchema):
    """The announcement, by which its postings are listed together, and the outcome for each."""

    announcement = fields.String()


@blueprint.post("")
@blueprint.appends(to_existing=False)
@blueprint.arguments(AnnouncementBody)
@blueprint.response(200, AnnouncedSchema)
def announce(body: dict[str, Any]) -> dict[str, Any]:
    """Enter the posting of every case that one announcement names.

    Each is a posting of its own, allowed or refused alone, whose days are counted by the rule of
    its stage. Sent again under the same key it goes on where it was interrupted.
    """
    who = commanding(to_existing=False)
    return _each(who, ANNOUNCE, body | {"announcement": _announcement(who)})


@amendments.post("")
@amendments.appends(to_existing=False)
@amendments.arguments(AmendedAnnouncementBody)
@amendments.response(200, AnnouncedSchema)
def amend(body: dict[str, Any]) -> dict[str, Any]:
    """Amend day or place for the cases that stood in the announcement, each by an act of its own.

    Where others have built on a posting, or objected to it, that is a proposal, which the leader
    confirms in the case.
    """
    return _each(commanding(to_existing=False), AMEND_ANNOUNCED, body)


@proofs.post("")
@proofs.appends(to_existing=False)
@proofs.arguments(AnnouncementProofBody)
@proofs.response(200, AnnouncedSchema)
def prove(body: dict[str, Any]) -> dict[str, Any]:
    """Attach one file to the postings of an announcement, as the handler of each.

    It is attached first to the case for which it was uploaded; where that is refused, to none.
    """
    who, first = commanding(to_existing=False), body["uploaded_to"]
    with attaching(first, who, body["upload"]) as stored:
        command = ProvePosting(kind=body["kind"], **as_file(body["upload"], stored))
        said = {"announcement": body["announcement"], "command": command}
        guard(services().office, alone(who, first), PROVE_ANNOUNCED, first, **said)
    return _each(who, PROVE_ANNOUNCED, {**said, "cases": [first, *body["cases"]]})


def _each(who: Acting, row: Row[Any, Any], said: dict[str, Any]) -> dict[str, Any]:
    cases = dict.fromkeys(said.pop("cases"))
    outcomes = [outcome(who, row, case, None, said) for case in cases]
    return {"announcement": said["announcement"], "outcomes": outcomes}


def _announcement(who: Acting) -> str:
    """The same for a request that is sent again, another for any other."""
    promise = who.promise
    assert promise is not None
    asked = (promise.account, promise.key, promise.body_digest.hex())
    return derived_stream("announcement", *asked)
