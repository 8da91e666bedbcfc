"""Where and when a worked example happens, at which employer, and for which title."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain import beijing
from domain.organisation.events import Kind, Ownership
from domain.policy.records import NotMentioned

if TYPE_CHECKING:
    from domain.policy.facts import Facts
    from domain.policy.law import Law
    from domain.policy.records import Value

KINDS = {
    "institution": Kind.PUBLIC_INSTITUTION,
    "enterprise": Kind.ENTERPRISE,
    "non_enterprise": Kind.PRIVATE_NON_ENTERPRISE,
}
OWNERSHIPS = {
    "state": Ownership.STATE,
    "private": Ownership.NON_STATE,
    "mixed": Ownership.MIXED,
}
AREAS = {
    "yiyang-2024": ("湖南省/益阳市/桃江县", "2024-05-07T09:00:00", "农业", "作物学"),
    "huzhou-2024": ("浙江省/湖州市/德清县", "2024-09-04T09:00:00", "农业", "农艺"),
    "yueyang-2024": ("湖南省/岳阳市/某县", "2024-08-29T09:00:00", "群文", "音乐辅导"),
    "luohe-2020": ("河南省/漯河市/临颍县", "2020-01-06T09:00:00", "农业", "农艺"),
    "xunwu-2024": ("江西省/赣州市/寻乌县", "2024-10-15T09:00:00", "农业", "农艺"),
}
"""Where each notice holds, a day on which it takes filings, and a title that nothing excludes."""


class NotLivedError(Exception):
    """What the example says is nothing that somebody's filing could say."""


def filed_at(law: Law, facts: Facts) -> str:
    """When an example is filed, as Beijing's watches show it: then, or while filings are taken."""
    if isinstance(facts.submitted_at, NotMentioned):
        return AREAS[law.id][1]
    return facts.submitted_at.astimezone(beijing.BEIJING).replace(tzinfo=None).isoformat()


def wanted(law: Law, facts: Facts) -> dict[str, str]:
    """The title that an example is about."""
    _, _, series, specialty = AREAS[law.id]
    return {
        "series": facts.series if isinstance(facts.series, str) else _of_post(facts) or series,
        "specialty": str(facts.named.get("specialty", specialty)),
        "level": facts.applied if isinstance(facts.applied, str) else "assistant",
    }


def _of_post(facts: Facts) -> str | None:
    """The series of the post now held, to which somebody transfers."""
    return None if isinstance(facts.post, NotMentioned) or not facts.post else facts.post.series


def _kind(facts: Facts) -> Kind:
    kind = facts.named.get("unit.type", "enterprise")
    if kind not in KINDS:
        raise NotLivedError(f"no employer is {kind}")
    return KINDS[str(kind)]


def unit_of(facts: Facts, law: Law) -> dict[str, Any]:
    """What is registered of the employer; a county that registers its own alone has no others.

    Raises ``NotLivedError``.
    """
    apart = {"unit.type", "unit.ownership", "unit.name"}
    if law.whole.account_creators:
        apart |= {"unit.owner", "unit.registered"}
    traits = [
        f"{name}={in_words(value)}"
        for name, value in facts.named.items()
        if name.startswith("unit.") and name not in apart
    ]
    name = str(facts.named.get("employer.applying") or facts.named.get("unit.name") or "某单位")
    ownership = OWNERSHIPS[str(facts.named.get("unit.ownership", "state"))]
    kind = _kind(facts)
    return {"name": name, "kind": kind, "ownership": ownership, "traits": tuple(traits)}


def in_words(value: Value) -> str:
    """A value as a claim or a trait writes it."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)
