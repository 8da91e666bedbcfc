"""Forms of posts: ``/v1/organisations/{organisation_id}/vacancy-forms``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from marshmallow import fields
from marshmallow.validate import Length

from api.access import Act
from api.acts.guard import guard
from api.acts.organisation import ORGANISATION
from api.acts.thing import read as read_thing
from api.acts.vacancy_form import (
    FORM,
    KEEP,
    SEAL,
    STATE,
    Sheet,
    StatedForm,
    edition,
    promises,
    sheet_of,
)
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Day, Flag, Text, WholeNumber
from api.conventions.versions import etag
from api.conventions.vocabulary import Word
from api.http.act_operations import acts_of
from api.http.acting import Answered, acting, asking, takes, told
from api.http.labels_of_laws import title_levels, vacancy_columns, vacancy_seals
from api.http.rows import members, nested, picked, shows
from api.http.things import SeenSchema
from api.http.value_schemas import told as told_leaves
from api.http.word_fields import stream
from api.services import services
from domain.vacancies.events import ListedPerson, VacanciesStated, VacancyColumn, VacancyTotals
from domain.vacancies.state import Promise
from projections import vacancy_forms

if TYPE_CHECKING:
    from datetime import date

    from api.acts.acting import Acting
    from api.acts.guard import Row
    from api.acts.thing import Seen
    from api.office import Office
    from domain.policy.law import Law
    from domain.vacancies.promises import Followed
    from domain.vacancies.state import Statement

blueprint = Blueprint(
    "vacancy-forms", prefix="/v1/organisations", description="岗位信息表 / forms of posts"
)
_MOST = 500
_POSTS = 1_000_000


def _count() -> WholeNumber:
    return WholeNumber(least=0, most=_POSTS)


def _maybe() -> Text:
    return Text(longest=100, load_default=None)


class VacancyColumnBody(Body):
    """One column: approved proportion and number, employed, vacant, put out to competition."""

    makes = VacancyColumn
    column = Word(vacancy_columns)
    share = _maybe()
    approved = _count()
    employed = _count()
    vacant = WholeNumber(least=-_POSTS, most=_POSTS)
    offered = _count()


class VacancyTotalsBody(Body):
    """The column of totals."""

    makes = VacancyTotals
    approved = _count()
    employed = _count()
    vacant = WholeNumber(least=-_POSTS, most=_POSTS)


class ListedPersonBody(Body):
    """One row of the list: whom the employer recommends for which title, and their post now."""

    makes = ListedPerson
    person = stream("person")
    level = Word(title_levels)
    series = _maybe()
    present_title = _maybe()
    post = _maybe()
    grade = _maybe()
    appointed_on = Day(load_default=None)


class VacancyFormBody(Body):
    """The form as the employer fills it in; ``committed`` is the undertaking to appoint."""

    makes = StatedForm.of
    pack = Text(longest=100)
    batch = _maybe()
    establishment = _count()
    posts = _count()
    columns = fields.List(fields.Nested(VacancyColumnBody), validate=Length(1, 20))
    totals = fields.Nested(VacancyTotalsBody)
    appointed = _count()
    recommended = _count()
    committed = Flag()
    listed = fields.List(
        fields.Nested(ListedPersonBody), load_default=list, validate=Length(0, _MOST)
    )


class VacancyOpinionBody(Body):
    """Whose seal, for or against; who is against says why."""

    seal = Word(vacancy_seals)
    in_favour = Flag()
    reason = Text(longest=2000, load_default=None)


class PromiseKeptBody(Body):
    """Whom the employer appointed as it had undertaken to, at which level, and when."""

    person = stream("person")
    level = Word(title_levels)
    appointed_on = Day()


class SealSchema(AnswerSchema):
    """One opinion that the form needs; ``organisation`` is null while nobody has given it."""

    seal = fields.String()
    label = fields.String()
    organisation = fields.String(allow_none=True)
    in_favour = fields.Boolean(allow_none=True)


@shows(VacanciesStated, "establishment posts appointed recommended committed flags rules")
class VacancyStatementSchema(AnswerSchema):
    """One statement of the form with its seals."""

    statement = fields.Integer()
    columns = told_leaves(VacancyColumn, many=True)
    totals = told_leaves(VacancyTotals)
    listed = told_leaves(ListedPerson, many=True)
    opinions = nested(SealSchema)


@shows(Promise, "person level since appointed_on urged_on urged_above")
class PromiseSchema(AnswerSchema):
    """Whom the employer undertook to appoint, since which day in Beijing, and what became of it.

    ``gained_on`` is since when they hold the title, ``due_on`` the last day for appointing them;
    ``spoken_for`` says that a post is theirs which is put out to nobody else, ``form`` by which
    form it was promised first. ``urged_on`` is the day on which the employer was told that the term
    is over (催办), ``urged_above`` the office above that was told after it.
    """

    form = fields.String()
    gained_on = fields.Date(allow_none=True)
    due_on = fields.Date(allow_none=True)
    spoken_for = fields.Boolean()
    overdue = fields.Boolean()


class VacancyFormSchema(SeenSchema):
    """A form: what was stated last, and what is in force (null before all seals are there)."""

    form = fields.String()
    organisation = fields.String()
    pack = fields.String()
    batch = fields.String(allow_none=True)
    latest = fields.Nested(VacancyStatementSchema)
    in_force = fields.Nested(VacancyStatementSchema, allow_none=True)
    promises = nested(PromiseSchema)


@shows(vacancy_forms.Form, "form pack batch stated_at listed refused kept urged")
class VacancyFormRowSchema(AnswerSchema):
    """A form in a list; ``sealed`` says that its last statement bears every seal.

    ``kept`` is how many whom it recommended were appointed as the employer had undertaken to,
    ``urged`` how many it was told that it had not appointed in time.
    """

    sealed = fields.Boolean()


class VacancyFormsSchema(AnswerSchema):
    """The forms of an employer, the newest statement first."""

    forms = nested(VacancyFormRowSchema)


@takes(blueprint, "/<organisation_id>/vacancy-forms", STATE, VacancyFormBody)
def state_form(body: StatedForm, organisation_id: str) -> Answered:
    """State the employer's posts under a notice, or state them anew, as its handler.

    Every line that does not come out is named, each with its place.
    """
    answer = guard(services().office, asking(STATE), STATE, organisation_id, command=body)
    form = answer.stream_of(VacanciesStated.topic)
    return told(answer, SEAL, sheet_of(organisation_id, form), _seen)


@blueprint.get("/<organisation_id>/vacancy-forms")
@blueprint.response(200, VacancyFormsSchema)
def list_forms(organisation_id: str) -> dict[str, Any]:
    """List the forms of an employer."""
    read_thing(services().office, acting(), ORGANISATION, organisation_id, Act.READ_VACANCIES)
    with services().views.connection() as connection:
        return {"forms": vacancy_forms.of_organisation(connection, organisation_id)}


@blueprint.get("/<organisation_id>/vacancy-forms/<form_id>")
@blueprint.response(200, VacancyFormSchema)
def read_form(organisation_id: str, form_id: str) -> Answered:
    """Read a form: what was stated last, what is in force, whose opinion is missing."""
    office, who = services().office, acting()
    seen, desk = _seen(office, who, sheet_of(organisation_id, form_id)), office.desk()
    made = [_promise(each, who.today) for each in promises(desk, seen.state)]
    document = _document(seen, edition(desk, seen.state.form)) | {"promises": made}
    return document, 200, etag(seen.version)


@takes(blueprint, "/<organisation_id>/vacancy-forms/<form_id>/opinions", SEAL, VacancyOpinionBody)
def give_opinion(body: dict[str, Any], organisation_id: str, form_id: str) -> Answered:
    """Put a seal on the form, or refuse to, as the leader of one whose opinion it needs."""
    return _done(SEAL, sheet_of(organisation_id, form_id), body)


@takes(blueprint, "/<organisation_id>/vacancy-forms/<form_id>/kept-promises", KEEP, PromiseKeptBody)
def keep_promise(body: dict[str, Any], organisation_id: str, form_id: str) -> Answered:
    """Enter that whom the employer recommended was appointed once they held the title."""
    return _done(KEEP, sheet_of(organisation_id, form_id), body)


def _done(row: Row[Sheet, Any], sheet: str, body: dict[str, Any]) -> Answered:
    answer = guard(services().office, asking(row), row, sheet, **body)
    return told(answer, row, sheet, _seen)


def _promise(made: Followed, today: date) -> dict[str, Any]:
    return {
        **members(made.promise),
        **picked(made, "form gained_on due_on spoken_for"),
        "overdue": made.overdue(today),
    }


def _seen(office: Office, who: Acting, sheet: str) -> Seen[Sheet]:
    return read_thing(office, who, FORM, sheet, Act.READ_VACANCIES)


def _document(seen: Seen[Sheet], law: Law) -> dict[str, Any]:
    form = seen.state.form
    return {
        "form": form.form,
        "organisation": seen.state.employer.organisation,
        "pack": form.latest.stated.pack,
        "batch": form.latest.stated.batch,
        "version": seen.version,
        "latest": _statement(form.latest, law),
        "in_force": None if form.in_force is None else _statement(form.in_force, law),
        "acts": acts_of(seen),
    }


def _statement(statement: Statement, law: Law) -> dict[str, Any]:
    rule = law.vacancy_form()
    labels = {} if rule is None else {each.id: each.chinese for each in rule.seals.values()}
    given = {each.seal: each for each in statement.opinions}
    opinions = [
        {
            "seal": seal,
            "label": labels.get(seal, seal),
            "organisation": given[seal].organisation if seal in given else None,
            "in_favour": given[seal].in_favour if seal in given else None,
        }
        for seal in statement.stated.seals
    ]
    return asdict(statement.stated) | {"statement": statement.version, "opinions": opinions}
