"""Cases that an officer files for somebody, over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from api.demo.xunwu.claims import FILES, claims
from tests.api.filings import SCAN, attach, done, file, title

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.society import House

SIGNED_ON = "2024-10-10"


def form(officer: Actor, holder: Actor) -> Answer:
    """The upload of the form that the holder of an account signed."""
    sent = {"Content_Type": "application/pdf", "Idempotency_Key": uuid4().hex}
    return officer.client.post(f"/v1/accounts/{holder.account}/signed-forms", SCAN, **sent)


def begin(officer: Actor, holder: Actor, house: House, **members: Any) -> Answer:  # noqa: ANN401 -- of a request
    """An officer's wish to file for somebody, with a form that was uploaded."""
    wanted = title(house)
    del wanted["employer"]
    if "form" not in members:
        members["form"] = done(form(officer, holder)).body["upload"]
    body = {**wanted, "signed_on": SIGNED_ON, **members}
    return officer.post(f"/v1/accounts/{holder.account}/assisted-cases", body)


def begun(officer: Actor, holder: Actor, house: House) -> str:
    """The path of a case that an officer began for somebody."""
    return f"/v1/cases/{done(begin(officer, holder, house)).body['stream']}"


def fill_in(officer: Actor, path: str, house: House) -> None:
    """State and attach all that a filing needs."""
    done(officer.change(path, "/applications", claims(insured=house.name)))
    for each in FILES:
        attach(officer, path, each)


def assisted(officer: Actor, holder: Actor, house: House) -> str:
    """The path of a case that an officer filed for somebody."""
    path = begun(officer, holder, house)
    fill_in(officer, path, house)
    done(file(officer, path))
    return path


def end(by: Actor, path: str) -> Answer:
    """The applicant's word that the officer does nothing more."""
    return by.change(path, "/assistance-endings", {})
