"""Persons who move to another employer over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.api.filings import done

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.society import House

PATH = "/v1/moves"
ENDED = {"ended_on": "2024-09-30"}
PROVEN = {**ENDED, "proof": "termination_certificate", "number": "某校证〔2024〕1号"}


def ask(holder: Actor, joins: House) -> Answer:
    """The holder's wish to move."""
    return holder.post(PATH, {"organisation": joins.organisation})


def asked(holder: Actor, joins: House) -> str:
    """The path of a move that was asked for."""
    return f"{PATH}/{done(ask(holder, joins)).body['stream']}"


def accept(by: Actor, path: str) -> Answer:
    """The new employer's word."""
    return by.change(path, "/acceptances", {})


def accepted(holder: Actor, joins: House) -> str:
    """The path of a move that the new employer accepted."""
    path = asked(holder, joins)
    done(accept(joins.administrator, path))
    return path


def release(by: Actor, path: str, body: dict[str, Any] | None = None) -> Answer:
    """The old employer's word, or that of an office above it."""
    return by.change(path, "/releases", body or ENDED)


def moved(holder: Actor, leaves: House, joins: House) -> str:
    """Somebody moves from one employer to another."""
    path = accepted(holder, joins)
    done(release(leaves.administrator, path))
    return path
