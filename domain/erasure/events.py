"""The events of an erasure. The law of compatibility stands in ``domain.event``."""

from __future__ import annotations

from dataclasses import dataclass

from domain.event import Event
from domain.personal import Personal, Purpose


@dataclass(frozen=True, kw_only=True)
class ErasureRequested(Event, topic="erasure:requested:1", chinese="申请删除个人信息"):
    """It was asked for, on a legal basis; ``purposes`` are the keys that would go.

    ``organisation`` is the authority that decides.
    """

    person: str
    purposes: tuple[Purpose, ...]
    organisation: str
    basis: str
    reason: Personal


@dataclass(frozen=True, kw_only=True)
class ErasureApproved(Event, topic="erasure:approved:1", chinese="同意删除"):
    """The first officer examined it and approved."""

    grounds: Personal


@dataclass(frozen=True, kw_only=True)
class ErasureOrdered(Event, topic="erasure:ordered:1", chinese="决定删除"):
    """The second officer ordered it, under a numbered decision.

    The keys are named by ``person:erased:1`` in the person's own stream, in the same append.
    """

    decision: str
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ErasureDeclined(Event, topic="erasure:declined:1", chinese="不予删除"):
    """The second officer declined it, under a numbered decision."""

    decision: str
    reason: Personal


@dataclass(frozen=True, kw_only=True)
class KeysDestroyed(Event, topic="erasure:carried-out:1", chinese="密钥已销毁"):
    """The keys are gone from the database; an old copy of it could still hold them wrapped.

    ``epochs`` are the epochs of the key file that wrapped them.
    """

    keys: int
    epochs: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ErasureCompleted(Event, topic="erasure:completed:1", chinese="删除完成"):
    """The epochs that wrapped the keys are gone too: no copy of the database opens any more."""

    epochs: tuple[int, ...]
