"""Real-name accounts: ``/v1/accounts``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields
from marshmallow.validate import Length

from api.access import Act
from api.acts import account, account_binding
from api.acts.account import ACCOUNT
from api.acts.account_opening import (
    LONGEST_LOGIN,
    LONGEST_NAME,
    LONGEST_NUMBER,
    SHORTEST_LOGIN,
    EnteredDocument,
    Opening,
)
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Flag, Text
from api.conventions.paging import PageQuery
from api.conventions.vocabulary import Word
from api.http.acting import Answered, AppendedSchema, asking, posts, takes, told
from api.http.labels import DOCUMENT_KINDS, PARTS, ROLES
from api.http.lists import Query, lists, scope_to_list
from api.http.masking import words
from api.http.person_names import KnownAsSchema, all_known_as, known_as
from api.http.rows import members, opened, shows
from api.http.things import SeenSchema, reads
from api.http.word_fields import optional_stream
from api.problems.handlers import language
from api.services import services
from domain.account.events import AccountOpened, Part
from domain.person.naming import names
from projections import accounts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from api.acts.acting import Acting
    from api.acts.secret_hands import Code
    from api.acts.thing import Seen
    from domain.account.state import Account
    from projections.listing import Gathered

blueprint = Blueprint("accounts", prefix="/v1/accounts", description="账号 / accounts")

_NORMALISED = {
    "zh": "证件号码已规范书写（末位字母改为大写 X 等）后登记，以便关联社保参保信息。",
    "en": "The document number was registered in its normal form, such as a capital X at its end.",
}


_HALVED = {
    "zh": "激活码分两部分，由两人分别交付；持有人收齐后，先第一部分、后第二部分连写登录。",
    "en": "The code has two parts, which two persons give; its holder types the first, then the"
    " second.",
}


class DocumentBody(Body):
    """An identity document, as the officer saw it."""

    makes = EnteredDocument
    kind = Word(DOCUMENT_KINDS)
    number = Text(longest=LONGEST_NUMBER)


class AccountBody(Body):
    """For whom an account is opened, what for, and the login that they will use."""

    name = Text(longest=LONGEST_NAME)
    document = fields.Nested(DocumentBody)
    organisation = optional_stream("organisation")
    roles = fields.List(Word(ROLES), validate=Length(1, len(ROLES)))
    login = Text(longest=LONGEST_LOGIN, shortest=SHORTEST_LOGIN)
    with_code = Flag(
        load_default=True,
        metadata={"description": "False: an issuer elsewhere alone lets the holder in."},
    )


class ReasonForAccountBody(Body):
    """Why an account is stopped, or what opens it given."""

    reason = Text(longest=500)


class CodeSchema(AppendedSchema):
    """A code for the next sign-in, or one part of it; whole it makes the secret before it void.

    Of two parts the holder types one after the other.
    """

    account = fields.String()
    one_time_code = fields.String(
        allow_none=True,
        metadata={"description": "Null where the request had been carried out before."},
    )
    part = Word(PARTS, allow_none=True)
    notices = fields.List(fields.String())


class OpenedSchema(CodeSchema):
    """An account with its code, which is told this once and kept by nobody."""

    person = fields.String()


@shows(accounts.Account, "account person organisation roles state")
class AccountRowSchema(KnownAsSchema):
    """An account: whose, what for, and whether it is opened, active or disabled."""

    login = fields.String()


class AccountSchema(AccountRowSchema, SeenSchema):
    """An account with the acts that are next."""

    awaits_second_part = fields.Boolean()
    claimed = fields.Boolean()


@takes(blueprint, "", account.OPEN, AccountBody, answers=OpenedSchema)
def open_account(body: dict[str, Any]) -> Answered:
    """Open a real-name account; its holder is recognised by the document."""
    opened = account.open_with_code(services().office, asking(account.OPEN), Opening(**body))
    return told(
        opened.answer,
        account.OPEN,
        opened.account,
        ACCOUNT,
        account=opened.account,
        person=opened.person,
        **_shown_once(opened.code, _NORMALISED if opened.normalised else None),
    )


def _shown_once(code: Code | None, *notices: Mapping[str, str] | None) -> dict[str, Any]:
    """A code with what is to be known about it."""
    halved = code is not None and code.part is not Part.WHOLE
    said = (*notices, _HALVED if halved else None)
    return {
        "one_time_code": None if code is None else code.code,
        "part": None if code is None else code.part,
        "notices": [each[language()] for each in said if each is not None],
    }


def _shown(_: Acting, page: Sequence[accounts.Account]) -> list[dict[str, Any]]:
    known = all_known_as(row.person for row in page)
    return [
        members(row, login=row.login or "") | known[row.person] for row in opened(page, "login")
    ]


@lists(blueprint, "Accounts", PageQuery, accounts=AccountRowSchema, shown=_shown)
def list_accounts(who: Acting, _query: Query) -> Gathered[accounts.Account]:
    """List the accounts that the caller may read."""
    return accounts.visible(scope_to_list(Act.READ_ACCOUNT, who))


@reads(blueprint, "/<account_id>", ACCOUNT, AccountSchema)
def read(seen: Seen[Account]) -> dict[str, Any]:
    """Read an account."""
    state, opened = seen.state, seen.history.recorded[0].event
    assert isinstance(opened, AccountOpened)
    enabled = "active" if state.activated else "opened"
    return dict(
        known_as(names(seen.desk.history(state.person).events)),
        roles=sorted(state.roles),
        login=words(opened.login, visible=True),
        state="disabled" if state.disabled else enabled,
        awaits_second_part=bool(state.begun),
        claimed=state.claimed,
    )


@takes(
    blueprint, "/<account_id>/codes", account.GIVE_CODE, ReasonForAccountBody, answers=CodeSchema
)
def give_code(body: dict[str, str], account_id: str) -> Answered:
    """Give a one-time code, or one of its two parts. That is recorded."""
    office, who = services().office, asking(account.GIVE_CODE)
    answer, code = account.give_code_out(office, who, account_id, **body)
    shown = {"account": account_id, **_shown_once(code)}
    return told(answer, account.GIVE_CODE, account_id, ACCOUNT, **shown)


post = posts(blueprint, ACCOUNT)
post("/<account_id>/disablings", account.DISABLE, ReasonForAccountBody, account.disable_and_end)


bindings = Blueprint(
    "account-bindings",
    prefix="/v1/accounts/<account_id>",
    description="账号与统一身份认证的关联 / accounts and identities of an issuer",
)


class BindingBody(Body):
    """The subject, as the issuer's tokens name it in ``sub``; it is kept out of the record."""

    subject = Text(longest=255)


post = posts(bindings, ACCOUNT)
post("/bindings", account_binding.BIND, BindingBody, account_binding.bind_and_end)
post(
    "/binding-releases",
    account_binding.RELEASE,
    ReasonForAccountBody,
    account_binding.release_and_end,
)
