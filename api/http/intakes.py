"""Lists of applicants whose accounts are opened at once (批量开立账号): ``/v1/intakes``."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from flask import request
from marshmallow import fields

from api.access import Act
from api.acts import intake
from api.acts.intake import INTAKE, ListFile
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Whole
from api.conventions.paging import PageQuery
from api.http.acting import Answered, AppendedSchema, answered, asking, takes
from api.http.labels import DOCUMENT_KINDS
from api.http.lists import Query, lists, scope_to_read
from api.http.rows import members, nested, shows
from api.http.things import SeenSchema, reads
from api.http.word_fields import stream
from api.intake.files import FORMATS
from api.problems import Problem
from api.services import services
from domain.document import DocumentKind
from projections import intakes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from api.acts.acting import Acting
    from api.acts.thing import Seen
    from domain.account.intake import Intake
    from projections.listing import Gathered

blueprint = Blueprint(
    "intakes", prefix="/v1/intakes", description="批量开立账号 / many accounts at once"
)

STATES = ("opened", "active", "disabled", intakes.MOVED)


class IntakeQuery(Whole):
    """For the applicants of which organisation."""

    organisation = stream("organisation")


class TakenRowSchema(AnswerSchema):
    """A row of the list, as its sheet counts it, with the account of whoever stands in it.

    ``existing``: they applied through this organisation already, and keep their account.
    """

    row = fields.Integer()
    account = fields.String()
    person = fields.String()
    state = fields.String(metadata={"description": "`opened` or `existing`."})
    login = fields.String(
        allow_none=True,
        metadata={"description": "By which the account was opened, whatever the list says now."},
    )
    one_time_code = fields.String(
        allow_none=True,
        metadata={
            "description": "Null for an existing account, where the request had been carried out"
            " before, and where another account got the login at that very moment."
        },
    )
    normalised = fields.Boolean(
        metadata={"description": "The number was registered in its normal form (XW-27)."}
    )


class TakenSchema(AppendedSchema):
    """The list with what came of each row; codes are told this once and kept by nobody."""

    stream = fields.String(
        allow_none=True, metadata={"description": "Null where all had their accounts already."}
    )
    rows = nested(TakenRowSchema)


@shows(intakes.Intake, "intake organisation format rows taken_at taken_by")
class IntakeRowSchema(AnswerSchema):
    """A list that was taken in, and how many of its accounts stand how by now.

    ``opened`` wait for their holders, ``active`` are used, ``moved`` went with their holders to
    another organisation.
    """

    existing = fields.Integer()
    opened = fields.Integer()
    active = fields.Integer()
    disabled = fields.Integer()
    moved = fields.Integer()


class IntakeEntrySchema(AnswerSchema):
    """The account of a row; ``by_list`` says whether the list opened it."""

    row = fields.Integer()
    account = fields.String()
    by_list = fields.Boolean()
    state = fields.String(metadata={"description": "`opened`, `active`, `disabled` or `moved`."})


class IntakeSchema(SeenSchema):
    """A list that was taken in, row by row, so that it shows who has not come yet."""

    intake = fields.String()
    organisation = fields.String()
    format = fields.String()
    digest = fields.String(
        metadata={"description": "Keyed: the same for the same file, here alone."}
    )
    rows = fields.Integer()
    existing = fields.Integer()
    opened = fields.Integer()
    active = fields.Integer()
    disabled = fields.Integer()
    moved = fields.Integer()
    accounts = nested(IntakeEntrySchema)


@takes(blueprint, "", intake.TAKE, query=IntakeQuery, answers=TakenSchema, files=FORMATS)
def take_in(query: dict[str, str]) -> Answered:
    """Open an account for each applicant on a list (XLSX or CSV), all or none."""
    media_type = FORMATS.get(request.mimetype)
    if media_type is None:
        raise Problem("INTAKE_MEDIA_TYPE")
    file = ListFile(
        organisation=query["organisation"],
        octets=request.get_data(cache=True),
        format=media_type,
        charset=request.mimetype_params.get("charset", "utf-8"),
        kinds={DocumentKind(each): called for each, called in DOCUMENT_KINDS.items()},
    )
    sent = f"{file.organisation}\n{file.format}\n{file.charset}\n".encode() + file.octets
    who = asking(intake.TAKE, sent)
    answer, name, rows = intake.take_in_with_codes(services().office, who, file)
    if name is None:
        stands: dict[str, Any] = {"stream": None, "version": 0, "position": 0, "links": {}}
        return {**stands, "events": answer.happened, "acts": [], "rows": rows}, 200, {}
    return answered(answer, name, rows=rows)


def _shown(_: Acting, page: Sequence[intakes.Intake]) -> list[dict[str, Any]]:
    with services().views.connection() as connection:
        known = intakes.states(connection, (row.intake for row in page))
    return [members(row, **_counted(known[row.intake])) for row in page]


def _counted(states: Mapping[str, str]) -> dict[str, int]:
    counted = Counter(states.values())
    return {each: counted[each] for each in STATES}


@lists(blueprint, "Intakes", PageQuery, intakes=IntakeRowSchema, shown=_shown)
def list_intakes(who: Acting, _query: Query) -> Gathered[intakes.Intake]:
    """List the lists of organisations whose accounts the caller may read."""
    return intakes.visible(scope_to_read(Act.READ_ACCOUNT, who))


@reads(blueprint, "/<intake_id>", INTAKE, IntakeSchema)
def read(seen: Seen[Intake]) -> dict[str, Any]:
    """Read how the accounts of a list stand by now."""
    intake, taken = seen.state.intake, seen.state.taken
    with services().views.connection() as connection:
        shown = intakes.states(connection, [intake])[intake]
    # what the views don't show yet was opened just now
    states = {each.account: shown.get(each.account, "opened") for each in seen.state.entries}
    return dict(
        organisation=taken.organisation,
        format=taken.format,
        digest=taken.digest,
        rows=taken.rows,
        existing=len(taken.existing),
        **_counted(states),
        accounts=[
            {
                "row": each.row,
                "account": each.account,
                "by_list": each.opened,
                "state": states[each.account],
            }
            for each in seen.state.entries
        ],
    )
