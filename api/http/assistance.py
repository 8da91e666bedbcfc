"""Assisted filing (帮办): begun for the holder of an account, ended in the case itself.

The scan of the signed form is uploaded for the account first, and becomes a material of the case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.acts import assistance
from api.acts.case import Wanted
from api.acts.case_reading import read_case
from api.acts.guard import guard, refuse_tired
from api.acts.replay import answered_before
from api.acts.thing import read as read_thing
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Day
from api.http.acting import Answered, acting, asking, posts, takes, told
from api.http.cases import TitleBody
from api.http.uploads import attaching, file_of, pieces, takes_file, uploaded
from api.http.word_fields import word
from api.services import services
from domain.case.assistance import FORM
from domain.case.draft import AttachMaterial
from domain.personal import Personal, Purpose

if TYPE_CHECKING:
    from audit.files.attachments import Stored

blueprint = Blueprint("assistance", prefix="/v1/accounts", description="帮办 / assisted filing")
endings = Blueprint("assistance-endings", prefix="/v1/cases", description="终止帮办 / its end")


class AssistedBody(TitleBody):
    """For which title, and the form that the applicant signed, on a day in Beijing."""

    form = word()
    signed_on = Day()


@takes_file(blueprint, "/<account_id>/signed-forms", assistance.BEGIN)
def upload(account_id: str) -> dict[str, Any]:
    """Upload the scan of a form that the holder of an account signed, as the body."""
    who = acting()
    read_thing(services().office, who, assistance.APPLICANTS, account_id)
    return uploaded(account_id, who, pieces())


@takes(
    blueprint,
    "/<account_id>/assisted-cases",
    assistance.BEGIN,
    AssistedBody,
)
def begin(body: dict[str, Any], account_id: str) -> Answered:
    """Open a case as a draft for the holder of an account, from a form that they signed."""
    who, office = asking(assistance.BEGIN), services().office
    if (before := answered_before(office.record, who)) is not None:
        return told(before, assistance.BEGIN, account_id, read_case)
    refuse_tired(who, assistance.BEGIN)
    read_thing(office, who, assistance.APPLICANTS, account_id)
    upload, signed_on = body.pop("form"), body.pop("signed_on")
    with attaching(account_id, who, upload) as stored:
        answer = guard(
            office,
            who,
            assistance.BEGIN,
            account_id,
            wanted=Wanted(**body),
            form=_form(file_of(upload), stored),
            signed_on=signed_on,
        )
    return told(answer, assistance.BEGIN, account_id, read_case)


def _form(file: str, stored: Stored) -> AttachMaterial:
    return AttachMaterial(
        material=file,
        kind=FORM,
        column=None,
        supports=(),
        title=Personal("申报人签字的申报表", file, Purpose.MATERIAL),
        media_type=stored.media_type,
        size=stored.size,
        digest=stored.digest.hex(),
    )


posts(endings, read_case)("/<case_id>/assistance-endings", assistance.END)
