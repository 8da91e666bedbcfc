"""What stands in the way of an erasure once a title was granted, then revoked, over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.filings import done
from tests.api.test_revocation import codes, investigated

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.provinces import Province

SERVED = {"remedy": "六十日内可申请复核"}


def in_the_way(province: Province, applicant: Actor) -> set[str]:
    """Why the first officer can't approve the erasure that somebody asks for."""
    body = {
        "person": applicant.person,
        "purposes": ["applicant", "discipline"],
        "organisation": province.bureau.organisation,
        "basis": "个人信息保护法第四十七条",
        "reason": "本人申请",
    }
    path = f"/v1/erasures/{done(applicant.post('/v1/erasures', body)).body['stream']}"
    officer = province.bureau.integrity_handler
    return codes(officer.change(path, "/approvals", {"grounds": "符合条件"}))


def test_a_title_then_a_record_then_a_review_stand_in_the_way(province: Province) -> None:
    holder = province.applicant(province.enterprise, "某持证者")
    case = province.granted(holder)
    assert in_the_way(province, holder) == {"TITLE_IN_FORCE", "RETENTION_NOT_SET"}
    province.at("2024-06-18T10:00:00")
    investigation, _ = investigated(province, holder, case, "益人社处〔2024〕7号")
    assert in_the_way(province, holder) == {"RECORD_ACTIVE", "RETENTION_NOT_SET"}
    done(province.bureau.integrity_handler.change(investigation, "/services", SERVED))
    done(holder.change(investigation, "/review-requests", {"grounds": "不服"}))
    assert in_the_way(province, holder) == {"RECORD_ACTIVE", "MATTER_OPEN", "RETENTION_NOT_SET"}
    review = {"outcome": "annulled", "decision": "湘人社复〔2024〕7号", "reason": "证书属实"}
    done(province.superior.integrity_leader.change(investigation, "/review-decisions", review))
    assert in_the_way(province, holder) == {"TITLE_IN_FORCE", "RETENTION_NOT_SET"}
