"""What is wrong with who is asking."""

from __future__ import annotations

from http import HTTPStatus

from api.problems.entry import Entry
from domain.refusals.sentences_by_code import SENTENCES

OF_SIGN_IN: dict[str, Entry] = {
    # who is asking
    "SIGN_IN_REQUIRED": Entry(HTTPStatus.UNAUTHORIZED, "请先登录。", "Sign in first."),
    "SIGN_IN_REFUSED": Entry(
        HTTPStatus.UNAUTHORIZED,
        "登录名或密码不正确。",
        "The login or the password is not correct.",
    ),
    "SIGN_IN_ENDED": Entry(
        HTTPStatus.UNAUTHORIZED,
        "登录已失效，请重新登录。",
        "The sign-in has ended; sign in again.",
    ),
    "TOKEN_REFUSED": Entry(
        HTTPStatus.UNAUTHORIZED,
        "统一身份认证的令牌无效或已过期，请重新认证后再试。",
        "The issuer's token is not valid, or no more; sign in there again.",
    ),
    "REGISTRATION_NOT_OFFERED": Entry(
        HTTPStatus.FORBIDDEN,
        "本系统没有可信的统一身份认证来核实姓名和证件，不开放自助注册。请由所在单位开立账号。",
        "No issuer is trusted here to say who somebody is, so nobody registers themself. Let your"
        " employer open an account.",
    ),
    "NOBODY_VOUCHED": Entry(
        HTTPStatus.FORBIDDEN,
        "统一身份认证未给出经核实的姓名和证件号码，不能自助注册。请先在其处完成实名认证，"
        "或者由所在单位开立账号。",
        "The issuer does not say who you are, by name and document. Let it verify that first, or"
        " let your employer open an account.",
    ),
    "ONE_TIME_CODE_EXPIRED": Entry(
        HTTPStatus.UNAUTHORIZED,
        "激活码已过期，请向单位管理员重新申领。",
        "The one-time code has expired; ask the administrator of your organisation for a new one.",
    ),
    "PASSWORD_CHANGE_REQUIRED": Entry(HTTPStatus.FORBIDDEN, *SENTENCES["PASSWORD_CHANGE_REQUIRED"]),
    "SECRET_REFUSED": Entry(HTTPStatus.FORBIDDEN, "密码不正确。", "The password is not correct."),
    "FRESH_SIGN_IN_REQUIRED": Entry(
        HTTPStatus.FORBIDDEN,
        "此项操作须由本人重新验证密码后方可进行。",
        "This act needs your password to be confirmed first.",
    ),
    "FORBIDDEN": Entry(
        HTTPStatus.FORBIDDEN,
        "您的账号无权进行此项操作。",
        "Your account may not do this.",
    ),
    "WITHOUT_POWER": Entry(
        HTTPStatus.FORBIDDEN,
        "办理单位没有此项职权（{power}；{over}）。请由有权的机关办理，或由上级机关授权。",
        "The organisation that acts has no power for this ({power}; {over})."
        " Let the authority that has it act, or have it granted from above.",
    ),
    "ACCOUNT_NOT_BOUND": Entry(
        HTTPStatus.FORBIDDEN,
        "您的统一身份认证尚未关联本系统账号，请联系单位管理员办理。",
        "Your identity at the issuer is not bound to an account here;"
        " ask the administrator of your organisation.",
    ),
    "GROUND_MISSING": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "查看敏感信息须说明事由（reason），或在 Mandate 标头引用已登记的授权；"
        "审查人查看正由其办理的申报件，可改为写明申报件（case）。",
        "To see this, state a reason, or name a recorded mandate in the Mandate header;"
        " a reviewer may name the case that is at their seat instead.",
    ),
    "MANDATE_REQUIRED": Entry(
        HTTPStatus.FORBIDDEN,
        "导出、批量查询须以审计通知书或者调取函为据：请先在 /v1/mandates 登记并由另一人确认，"
        "再以 Mandate 标头引用其编号。",
        "What is taken out or read in bulk needs a mandate: let one of you propose it at"
        " /v1/mandates and another approve it, then name it in the Mandate header.",
    ),
    "REASON_REQUIRED": Entry(
        HTTPStatus.FORBIDDEN,
        "查询诚信档案、监督人员查阅案卷材料，须说明事由：请先提交 /v1/integrity-consultations"
        " 或 /v1/cases/…/consultations，再以 Consultation 标头引用其编号。",
        "Reading the integrity record, or as a watcher the files of a case, needs a reason:"
        " post one to /v1/integrity-consultations or /v1/cases/…/consultations,"
        " then name it in the Consultation header.",
    ),
}
