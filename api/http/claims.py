"""Claiming an account (认领): ``/v1/claims``, and attesting to it: ``…/attestations``."""

from __future__ import annotations

from api.acts.claiming import ATTEST, CLAIM
from api.acts.guard import guard
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Text
from api.conventions.vocabulary import Word
from api.http.acting import Answered, asking, posts, takes, told
from api.http.vocabularies import DOCUMENT_KINDS
from api.problems import Problem
from api.services import services
from api.signin.gate import whence

blueprint = Blueprint("claims", prefix="/v1/claims", description="认领账号 / claiming an account")


class ClaimBody(Body):
    """Another account of the holder's, with the password by which they alone open it."""

    login = Text(required=True, longest=200)
    password = Text(required=True, longest=200)


@takes(blueprint, "", CLAIM, ClaimBody)
def claim(body: dict[str, str]) -> Answered:
    """Claim the account through which one is signed in, by the password of another of one's own."""
    who = asking(CLAIM, content=body["login"].encode())  # of no password is there any digest
    if not who.fresh:
        raise Problem("FRESH_SIGN_IN_REQUIRED")
    sign_in, now = services().sign_in, services().clock.now()
    through = sign_in.prove(body["login"], body["password"], whence(), now)
    answer = guard(services().office, who, CLAIM, who.actor.account, through=through)
    return told(answer, CLAIM, who.actor.account)


attestations = Blueprint(
    "attestations",
    prefix="/v1/accounts/<account_id>",
    description="核验账号持有人 / attesting who holds an account",
)


class AttestationBody(Body):
    """Which document its holder showed."""

    shown = Word(DOCUMENT_KINDS, required=True)


posts(attestations)("/attestations", ATTEST, AttestationBody)
