"""Persons whose name two officers change over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.api.filings import done

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.society import House

PATH = "/v1/person-renamings"
PROOF = {"kind": "household_register", "number": "赣户3607-00012"}


def said(whom: Actor, name: str) -> dict[str, Any]:
    """What is said of a change of name."""
    return {"person": whom.person, "name": name, "proof": PROOF, "effective_on": "2024-10-08"}


def propose(by: Actor, whom: Actor, name: str, **but: Any) -> Answer:  # noqa: ANN401 -- of a request
    """The first officer's word that somebody has another name."""
    return by.post(PATH, {**said(whom, name), **but})


def proposed(by: Actor, whom: Actor, name: str, **but: Any) -> str:  # noqa: ANN401 -- of a request
    """The path of a proposal."""
    return f"{PATH}/{done(propose(by, whom, name, **but)).body['stream']}"


def confirm(by: Actor, path: str) -> Answer:
    """The second officer's."""
    return by.change(path, "/confirmations", {})


def renamed(office: House, whom: Actor, name: str, **but: Any) -> None:  # noqa: ANN401 -- of a request
    """Somebody's name is changed by handler and leader of an office."""
    done(confirm(office.leader, proposed(office.handler, whom, name, **but)))
