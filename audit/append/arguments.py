"""Commands as SQL function append takes them: see ``migrations/0008_append.sql``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.append.arrays import NONE, Array, of_octets, of_plain, of_texts
from audit.append.plan import IdempotencyClaim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.append.plan import Command, Plan

HOW_MANY = 21
"""Arguments of the function."""

_NO_CLAIM = IdempotencyClaim("", "", b"", 0)


def arguments_of(commands: Sequence[Command]) -> list[Array]:
    """All arguments, in order; each command's turn is its place, from 1."""
    return [
        *_commands(commands),
        *_heads(commands),
        of_texts([topic for command in commands for topic in command.topics]),
        of_octets([leaf for command in commands for leaf in command.leaves]),
        *_sealing(commands),
        *_documents(commands),
    ]


def _commands(commands: Sequence[Command]) -> list[Array]:
    plans = [command.plan for command in commands]
    return [
        of_plain([plan.at.isoformat() for plan in plans]),
        of_plain([plan.orders for plan in plans]),
        *_claims(plans),
    ]


def _claims(plans: Sequence[Plan]) -> list[Array]:
    if not any(plan.claim for plan in plans):
        return [NONE] * 5
    claims = [plan.claim or _NO_CLAIM for plan in plans]
    return [
        of_texts([plan.claim.account if plan.claim else None for plan in plans]),
        of_texts([claim.key for claim in claims]),
        of_octets([claim.body_digest for claim in claims]),
        of_plain([claim.status for claim in claims]),
        of_texts([claim.replay for claim in claims]),
    ]


def _heads(commands: Sequence[Command]) -> list[Array]:
    rows = [
        (turn, head, count)
        for turn, command in enumerate(commands, start=1)
        for head, count in command.heads
    ]
    return [
        of_plain([turn for turn, _, _ in rows]),
        of_texts([head.stream for _, head, _ in rows]),
        of_plain([head.version for _, head, _ in rows]),
        of_octets([head.leaf_hash for _, head, _ in rows]),
        of_plain([count for _, _, count in rows]),
    ]


def _sealing(commands: Sequence[Command]) -> list[Array]:
    rows = [
        (turn, key_id)
        for turn, command in enumerate(commands, start=1)
        for key_id in command.plan.key_ids
    ]
    if not rows:
        return [NONE] * 2
    return [of_plain([turn for turn, _ in rows]), of_texts([key_id for _, key_id in rows])]


def _documents(commands: Sequence[Command]) -> list[Array]:
    rows = [
        (turn, one)
        for turn, command in enumerate(commands, start=1)
        for one in command.plan.identities
    ]
    if not rows:
        return [NONE] * 5
    return [
        of_plain([turn for turn, _ in rows]),
        of_plain([one.epoch for _, one in rows]),
        of_octets([one.digest for _, one in rows]),
        of_texts([one.person for _, one in rows]),
        of_texts([one.holder for _, one in rows]),
    ]
