"""What auditors and inspectors look for: duties not separated, acts refused or late, who looked.

Scoped by the table of access; nothing here shows words about people.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from marshmallow import fields
from marshmallow.validate import Length

from api.access import Act
from api.acts.consultation import RELEASE
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, NumberInQuery
from api.conventions.paging import PageQuery
from api.conventions.vocabulary import Word
from api.http.acting import posts
from api.http.case_history import TrailSchema
from api.http.labels import LATE_ACTS, SIGNS, VERDICTS
from api.http.lists import Query, lists, scope_to_read
from api.http.query import qualifiers
from api.http.query.reading import query_field, read
from api.http.rows import opened, shows
from api.http.word_fields import optional_stream
from api.services import services
from projections import consultations, exceptions, indicators, late_acts, refusals, separation
from projections.consultations import Consultation
from projections.exceptions import Backdated, StaleAppointment, Unfinished
from projections.indicators import Indicator
from projections.late_acts import LateAct
from projections.refusals import Refusal
from projections.trail import Trail

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from projections.listing import Gathered

findings = Blueprint(
    "separation-findings",
    prefix="/v1/separation-findings",
    description="职责分离核对 / where duties were not separated",
)
looked = Blueprint(
    "consultations", prefix="/v1/consultations", description="查询留痕 / who consulted what"
)

SAME, INCOMPLETE, CROSS_LEVEL = VERDICTS


class FindingsQuery(PageQuery):
    """Which verdict; without one, those that did not pass."""

    verdict = Word(VERDICTS, load_default=None)


@shows(Trail, "case number applicant")
class SeparationFindingSchema(TrailSchema):
    """A stage of a case, with what was found about it."""

    position = fields.Integer(attribute="entered")


class ConsultationsQuery(PageQuery):
    """Whose look-ups, or look-ups of what."""

    subject = fields.String(load_default=None, validate=Length(1, 80))
    person = optional_stream("person")


@shows(
    Consultation,
    "position consultation subject extent mandate person account organisation at withheld"
    " released_at",
)
class LookUpSchema(AnswerSchema):
    """One look-up: who looked at what, how far, under which mandate; the reason is sealed.

    ``withheld`` ones are kept from whom they are about until they are released (依法不公开).
    """


@lists(findings, "SeparationFindings", FindingsQuery, findings=SeparationFindingSchema)
def list_findings(who: Acting, query: Query) -> Gathered[Trail]:
    """List stages whose separation check did not pass, or one person at two levels."""
    scope, verdict = scope_to_read(Act.READ_FINDINGS, who), query["verdict"]
    if verdict == CROSS_LEVEL:
        return separation.cross_level(scope)
    return separation.found(scope, verdicts=(SAME, INCOMPLETE) if verdict is None else (verdict,))


@lists(looked, "LookUps", ConsultationsQuery, consultations=LookUpSchema)
def list_consultations(who: Acting, query: Query) -> Gathered[Consultation]:
    """List who looked at what: of those, or at those, in the caller's charge, and at the caller.

    Who watched or investigated the caller is not told to them before it is released.
    """
    scope = scope_to_read(Act.READ_CONSULTATIONS, who)
    own = services().office.desk(who).humans([who.actor.person]).circle(who.actor.person)
    return consultations.consulted(scope, own, subject=query["subject"], person=query["person"])


posts(looked)("/<consultation_id>/releases", RELEASE)


sameness = Blueprint(
    "indicators",
    prefix="/v1/indicators",
    description="职责分离提示（并非结论） / two persons' acts from one device or at once",
)


class IndicatorsQuery(PageQuery):
    """What the list is narrowed to: one case or other stream, one sign."""

    subject = fields.String(load_default=None, validate=Length(1, 80))
    sign = Word(SIGNS, load_default=None)


@shows(
    Indicator,
    "position subject organisation stage round first first_account first_person second"
    " second_account second_person signs seconds at",
)
class IndicatorSchema(AnswerSchema):
    """Two acts of a stream, by their versions; no finding, and nothing is wrong because of it."""


@lists(sameness, "Indicators", IndicatorsQuery, indicators=IndicatorSchema)
def list_indicators(who: Acting, query: Query) -> Gathered[Indicator]:
    """List what two persons' acts have in common, the newest first."""
    scope = scope_to_read(Act.READ_FINDINGS, who)
    return indicators.found(scope, subject=query["subject"], sign=query["sign"])


refused_acts = Blueprint(
    "refusals", prefix="/v1/refusals", description="已拦截 / recorded refusals"
)


class RefusalsQuery(PageQuery):
    """What the list is narrowed to."""

    q = query_field()


@shows(
    Refusal,
    "position kind act at case person organisation stage seat codes rules explanation by"
    " by_account",
)
class RecordedRefusalSchema(AnswerSchema):
    """A check that did not pass, which is no misconduct; ``explanation`` may say why."""


@lists(
    refused_acts,
    "Refusals",
    RefusalsQuery,
    refusals=RecordedRefusalSchema,
    shown=lambda _, page: opened(page, "explanation"),
)
def list_refusals(who: Acting, query: Query, *, ascending: bool = False) -> Gathered[Refusal]:
    """List the filings and the acts that were refused and recorded, the newest first."""
    asked = read(query["q"], qualifiers.REFUSALS, who)
    scope = scope_to_read(Act.READ_REFUSALS, who)
    return refusals.visible(scope, asked.asked, ascending=ascending)


late = Blueprint("late-acts", prefix="/v1/late-acts", description="逾期与补录 / what was done late")
stale = Blueprint(
    "stale-appointments",
    prefix="/v1/stale-appointments",
    description="失效任职 / seats that nobody fills in truth",
)
backdated = Blueprint(
    "backdated-appointments",
    prefix="/v1/backdated-appointments",
    description="补录任职 / appointments entered after they count",
)
unfinished = Blueprint(
    "unfinished-findings",
    prefix="/v1/unfinished-findings",
    description="查实未处理 / findings without outcome or record",
)


class LateQuery(PageQuery):
    """Which kind; without one, all: ``decision``, ``entry`` or ``item`` of a return."""

    kind = Word(LATE_ACTS, load_default=None)


@shows(LateAct, "position case kind act organisation person account at due_on items")
class LateActSchema(AnswerSchema):
    """One late act; ``due_on`` is when it was due or happened, ``items`` what was raised late."""


class StaleQuery(PageQuery):
    """After how many days without an act a seat counts as idle at which cases wait.

    Left out, as many as the law says where the reader's organisation is (``stale_after_days``).
    """

    idle_days = NumberInQuery(load_default=None, least=1, most=3660)


@shows(
    StaleAppointment,
    "organisation appointment seat person account effective_on why waiting waiting_since"
    " last_acted_at position",
)
class StaleAppointmentSchema(AnswerSchema):
    """An open appointment; ``why``: its account is disabled or only opened, or it is idle.

    Idle is a seat at which cases have waited for so many days while its holder did nothing there.
    """


@shows(
    Backdated,
    "organisation appointment seat person account what counts_from entered_at days position",
)
class BackdatedAppointmentSchema(AnswerSchema):
    """The ``beginning`` or ``end`` of an appointment, entered so many days after it counts.

    Nothing that was done before the entry rests on it.
    """


@shows(Unfinished, "code case investigation decision changed_at position")
class UnfinishedFindingSchema(AnswerSchema):
    """A finding, and what is missing after it."""


@lists(late, "LateActs", LateQuery, acts=LateActSchema)
def list_late(who: Acting, query: Query) -> Gathered[LateAct]:
    """List cases decided late, things entered late, and returns that raised items late."""
    return late_acts.found(scope_to_read(Act.READ_FINDINGS, who), kind=query["kind"])


@lists(stale, "StaleAppointments", StaleQuery, appointments=StaleAppointmentSchema)
def list_stale(who: Acting, query: Query) -> Gathered[StaleAppointment]:
    """List open appointments that can't be used, or aren't though cases wait."""
    idle_since = who.at - timedelta(days=query["idle_days"] or _patience(who))
    scope = scope_to_read(Act.READ_FINDINGS, who)
    return exceptions.stale_appointments(scope, on=who.today, idle_since=idle_since)


def _patience(who: Acting) -> int:
    """After how many days the law where somebody's organisation is lists a seat as idle."""
    desk = services().office.desk(who)
    own = desk.organisation(who.actor.organisation or "")
    law = desk.laws.for_area("" if own is None else own.area)
    return law.account_rules().stale_after_days


@lists(
    backdated,
    "BackdatedAppointments",
    PageQuery,
    appointments=BackdatedAppointmentSchema,
)
def list_backdated(who: Acting, _query: Query) -> Gathered[Backdated]:
    """List appointments whose beginning or end was entered afterwards, the newest first."""
    return exceptions.backdated_appointments(scope_to_read(Act.READ_FINDINGS, who))


@lists(unfinished, "UnfinishedFindings", PageQuery, findings=UnfinishedFindingSchema)
def list_unfinished(who: Acting, _query: Query) -> Gathered[Unfinished]:
    """List findings without revocation or disqualification, or without an integrity record."""
    return exceptions.unfinished(scope_to_read(Act.READ_FINDINGS, who))
