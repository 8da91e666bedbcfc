"""Claiming an account (认领): ``/v1/claims``, and attesting to it: ``…/attestations``."""

from __future__ import annotations

from marshmallow import ValidationError, validates_schema

from api.acts.claim import ATTEST, CLAIM
from api.acts.guard import guard
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Text
from api.conventions.vocabulary import Word
from api.http.acting import Answered, asking, posts, takes, told
from api.http.labels import DOCUMENT_KINDS
from api.problems import Problem
from api.problems.handlers import language
from api.services import services
from api.signin.gate import whence

_ONE_WAY = {
    "zh": "请填写原有账号的登录名和密码，或者统一身份认证的令牌，两者择一。",
    "en": "Name login and password of the other account, or a token of the issuer: one of the two.",
}

blueprint = Blueprint("claims", prefix="/v1/claims", description="认领账号 / claiming an account")


class ClaimBody(Body):
    """Another account of the holder's, with the password by which they alone open it.

    Or a token of the issuer at which they are known by it.
    """

    login = Text(load_default=None, longest=200)
    password = Text(load_default=None, longest=200)
    token = Text(load_default=None, longest=4096)

    @validates_schema
    def _one_way(self, stated: dict[str, str | None], **_: object) -> None:
        by_password = (stated["login"], stated["password"])
        ways = (by_password.count(None), (stated["token"],).count(None))
        if ways not in ((0, 1), (2, 0)):
            raise ValidationError(_ONE_WAY[language()])


@takes(blueprint, "", CLAIM, ClaimBody)
def claim(body: dict[str, str]) -> Answered:
    """Claim the account through which one is signed in, by what opens another of one's own."""
    # Of no password and of no token is there any digest.
    who = asking(CLAIM, content=(body["login"] or "").encode())
    if not who.fresh:
        raise Problem("FRESH_SIGN_IN_REQUIRED")
    through = _shown(body)
    answer = guard(services().office, who, CLAIM, who.actor.account, through=through)
    return told(answer, CLAIM, who.actor.account)


def _shown(body: dict[str, str]) -> str:
    """The other account, whose secret was given."""
    sign_in, now = services().sign_in, services().clock.now()
    if not body["token"]:
        return sign_in.prove(body["login"], body["password"], whence(), now)
    if sign_in.federation is None:
        raise Problem("ISSUER_NOT_CONFIGURED")
    _, through = sign_in.federation.presented(body["token"], now)
    if through is None:
        raise Problem("ACCOUNT_NOT_BOUND")
    return through


attestations = Blueprint(
    "attestations",
    prefix="/v1/accounts/<account_id>",
    description="核验账号持有人 / attesting who holds an account",
)


class AttestationBody(Body):
    """Which document its holder showed."""

    shown = Word(DOCUMENT_KINDS)


posts(attestations)("/attestations", ATTEST, AttestationBody)
