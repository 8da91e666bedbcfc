"""What happens to a case beside its two reviewers: publicity, papers, fees, votes."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.client import Reply
    from api.demo.participant import Participant
    from api.demo.stage import Stage


def post(stage: Stage, who: Participant, key: str, posted_on: str, place: str) -> Reply:
    """Enter that a case was posted, with the digest of what was posted."""
    text = f"公示：{stage.cases[key]}，{posted_on}，{place}"
    body = {
        "posted_on": posted_on,
        "place": place,
        "content": sha256(text.encode()).hexdigest(),
        "evidence": f"{place}张贴照片",
    }
    return who.act_on(stage.cases[key], "publicities", body)


def take_down(stage: Stage, who: Participant, key: str, on: str, reason: str) -> Reply:
    """Enter that a posting was taken down before its end."""
    body = {"taken_down_on": on, "reason": reason}
    return who.act_on(stage.cases[key], "publicities/current/voidings", body)


def go_on(stage: Stage, who: Participant, key: str) -> Reply:
    """Let a case go on after its publicity."""
    return who.act_on(stage.cases[key], "forwardings", {})


def hand_in(
    stage: Stage,
    who: Participant,
    key: str,
    items: tuple[str, ...],
    on: str,
    leg: str | None = None,
    *,
    originals: tuple[str, ...] = (),
    sealed: tuple[str, ...] = (),
) -> Reply:
    """Enter that papers were handed in, originals shown and handed back, and seals seen."""
    body = {"leg": leg, "received_on": on, "items": list(items), "originals": list(originals)}
    body["sealed"] = list(sealed)
    return who.act_on(stage.cases[key], "paper-receipts", body)


def pay(stage: Stage, who: Participant, key: str, fen: int, channel: str, on: str) -> Reply:
    """Enter a payment, in fen."""
    body = {"amount": fen, "channel": channel, "paid_on": on, "receipt": f"R-{on}-{fen}"}
    return who.act_on(stage.cases[key], "payments", body)


def publish(stage: Stage, who: Participant, keys: tuple[str, ...], number: str, on: str) -> Reply:
    """Enter the document of one's own authority that names these cases."""
    body = {
        "number": number,
        "title": "关于公布取得职称人员名单的通知",
        "published_on": on,
        "content": sha256(number.encode()).hexdigest(),
        "cases": [stage.cases[key].rpartition("/")[2] for key in keys],
    }
    return who.post(f"/v1/organisations/{who.organisation}/decisions", body)


def vote(
    stage: Stage, who: Participant, key: str, on: str, members: int, votes: tuple[int, int, int]
) -> Reply:
    """Enter a committee's vote: for, against, abstained."""
    in_favour, against, abstained = votes
    body = {
        "held_on": on,
        "members": members,
        "present": sum(votes),
        "in_favour": in_favour,
        "against": against,
        "abstained": abstained,
        "minutes": "表决采用无记名投票。",
        "no_reason_to_recuse": True,
    }
    return who.act_on(stage.cases[key], "votes", body)
