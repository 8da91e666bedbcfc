"""What is decided on an application for registration, by its applicant and by the competent body.

The registration itself is that of ``domain.organisation.registering``, with everything that
guards it.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from domain.organisation import credit_code
from domain.organisation.accession import (
    AccessionApproved,
    AccessionCompleted,
    AccessionDeclined,
    AccessionReturned,
    AccessionWithdrawn,
    Competent,
    Paper,
    Standing,
)
from domain.organisation.creator import OFFICES, is_named, sectors_of
from domain.organisation.events import Kind
from domain.refusal import Refusal, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from domain.organisation.accession import Accession, AccessionApplied, Employer
    from domain.organisation.state import CreditCode, Organisation
    from domain.personal import Personal
    from domain.policy.accounts import AccountCreator

CERTIFICATES: Mapping[Kind, Paper] = MappingProxyType(
    {
        Kind.ENTERPRISE: Paper.BUSINESS_LICENCE,
        Kind.PUBLIC_INSTITUTION: Paper.INSTITUTION_CERTIFICATE,
        Kind.PRIVATE_NON_ENTERPRISE: Paper.NON_ENTERPRISE_CERTIFICATE,
    }
)
"""The certificate by which a unit of each kind shows what it is."""
_CALLED = {
    Paper.BUSINESS_LICENCE: ("营业执照", "business licence"),
    Paper.INSTITUTION_CERTIFICATE: ("事业单位法人证书", "certificate of a public institution"),
    Paper.NON_ENTERPRISE_CERTIFICATE: (
        "民办非企业单位登记证书",
        "certificate of a private non-enterprise unit",
    ),
}


def competent_for(creator: AccountCreator | None) -> Competent | None:
    """Whom the notice names; None where it is silent, or sends the unit to itself."""
    if creator is None or creator.own_house:
        return None
    return Competent(level=creator.level, sector=creator.sector)


def is_competent(competent: Competent | None, office: Organisation) -> bool:
    """Whether an office that has the power for it is the one to decide."""
    return competent is None or is_named(competent.level, competent.sector, office)


def of_department(employer: Employer, competent: Competent | None, office: Organisation) -> bool:
    """Whether a department registers such a unit without the registry.

    It does where the notice names its sector, and, where that names none, if the unit states to be
    of its sector: a department registers its subordinates.
    """
    sectors = sectors_for(employer.traits, None if competent is None else competent.sector)
    return is_competent(competent, office) and not sectors.isdisjoint(sectors_of(office.traits))


def sectors_for(traits: Iterable[str], named: str | None) -> frozenset[str]:
    """The sectors whose departments register a unit: the one that is named, else its own."""
    return sectors_of(traits) if named is None else frozenset({named})


def why_not(
    employer: Employer, papers: Iterable[Paper], astray: tuple[Refusal, ...]
) -> tuple[Refusal, ...]:
    """Everything for which a unit can't be applied for as it is stated, at once.

    ``astray`` says why it can't lie where it is to.
    """
    found = [*astray]
    try:
        credit_code.read(employer.credit_code)
    except Refused as refused:
        found += refused.refusals
    certificate = CERTIFICATES.get(employer.kind)
    if employer.kind in OFFICES:
        found.append(_office())
    elif certificate is not None and certificate not in set(papers):
        found.append(_certificate_missing(certificate))
    return tuple(found)


def spoken_for(code: CreditCode | None, before: Accession | None) -> tuple[Refusal, ...]:
    """Why nobody applies under a credit code: a unit has it, or ``before`` is open under it.

    Which of the two, and who, is not told to whoever merely knows the code.
    """
    taken = code is not None and code.organisation is not None
    return (_spoken_for(),) if taken or (before is not None and before.open) else ()


def apply(stated: AccessionApplied, objections: tuple[Refusal, ...]) -> AccessionApplied:
    """An employer applies. Raises ``Refused`` with ``objections``."""
    if objections:
        raise Refused(*objections)
    return stated


def complete(
    state: Accession, again: AccessionApplied, objections: tuple[Refusal, ...]
) -> AccessionCompleted:
    """The employer hands in again what was sent back to it. Raises ``Refused``."""
    if state.standing is not Standing.RETURNED:
        raise Refused(_not_returned() if state.open else _settled())
    if objections:
        raise Refused(*objections)
    return AccessionCompleted(
        employer=again.employer,
        administrator=again.administrator,
        contact=again.contact,
        documents=again.documents,
        competent=again.competent,
        rules=again.rules,
    )


def send_back(state: Accession, organisation: str, missing: Personal) -> AccessionReturned:
    """The competent body tells all that is missing. Raises ``Refused``."""
    _require_before_the_body(state)
    return AccessionReturned(organisation=organisation, missing=missing)


def approve(
    state: Accession, organisation: str, registered: str, account: str
) -> AccessionApproved:
    """The competent body approves, by which the unit is registered. Raises ``Refused``."""
    _require_before_the_body(state)
    return AccessionApproved(organisation=organisation, registered=registered, account=account)


def decline(state: Accession, organisation: str, reason: Personal) -> AccessionDeclined:
    """The competent body declines, one that was sent back and never came again too.

    Raises ``Refused``.
    """
    if not state.open:
        raise Refused(_settled())
    return AccessionDeclined(organisation=organisation, reason=reason)


def withdraw(state: Accession, reason: Personal | None) -> AccessionWithdrawn:
    """Whoever holds the receipt takes it back, as long as it is open. Raises ``Refused``."""
    if not state.open:
        raise Refused(_settled())
    return AccessionWithdrawn(reason=reason)


def named_twice(pointer: str) -> Refusal:
    """What one request decides on, it names once."""
    return Refusal(
        "NAMED_TWICE",
        "同一次核准中不得重复列出同一申请、同一管理员或同一登录名，请分次办理。",
        "One request names an application, an administrator or a login once; approve the other in"
        " a request of its own.",
        pointer=pointer,
    )


def another_power(pointer: str) -> Refusal:
    """What one request decides on, it decides by one power, which the events name."""
    return Refusal(
        "ANOTHER_POWER",
        "该申请须依另一项职权核准，请另行办理。",
        "This one is approved by another power; approve it in a request of its own.",
        pointer=pointer,
    )


def _require_before_the_body(state: Accession) -> None:
    if state.standing is Standing.RETURNED:
        raise Refused(_with_the_applicant())
    if not state.open:
        raise Refused(_settled())


def _office() -> Refusal:
    return Refusal(
        "OFFICES_DO_NOT_APPLY",
        "机关和党群组织由授予其职权的机关建档，不通过本申请注册。",
        "Offices are registered by whoever empowers them, and don't apply here.",
        pointer="/kind",
    )


def _certificate_missing(certificate: Paper) -> Refusal:
    chinese, english = _CALLED[certificate]
    return Refusal(
        "CERTIFICATE_MISSING",
        f"缺少材料：{chinese}扫描件。请上传后重新提交。",
        f"A document is missing: a scan of the {english}. Upload it, and hand all in again.",
        pointer="/documents",
    )


def _spoken_for() -> Refusal:
    return Refusal(
        "CREDIT_CODE_SPOKEN_FOR",
        "该统一社会信用代码不能申请注册：已有单位或未办结的申请使用。请核对代码；确属本单位的，"
        "请凭登记证书联系所在地负责单位登记的人力资源社会保障部门。",
        "Nobody can apply under this unified social credit code: a unit, or an application that is"
        " open, has it. Compare it with the certificate; if it is yours, take that to the personnel"
        " bureau that registers units in your area.",
        pointer="/credit_code",
    )


def _not_returned() -> Refusal:
    return Refusal(
        "ACCESSION_NOT_RETURNED",
        "申请正在办理，未退回补正，不能重新提交。需要更改的，请先撤回再申请。",
        "It is being dealt with and was not sent back, so nothing is handed in again; to change"
        " it, withdraw it and apply anew.",
    )


def _with_the_applicant() -> Refusal:
    return Refusal(
        "ACCESSION_RETURNED",
        "申请已退回补正，待申请单位重新提交后再办理。",
        "It was sent back for what is missing, and waits for the employer to hand it in again.",
    )


def _settled() -> Refusal:
    return Refusal(
        "ACCESSION_SETTLED",
        "该申请已核准、未予核准或者已撤回，不能再次办理。",
        "It was approved, declined or withdrawn, and is over.",
    )
