"""Every code of a problem that the front door itself answers with.

Codes of refusals come from the domain with sentences of their own and are not listed here.
A code is permanent; its sentences may be improved. ``{words}`` in braces are filled in.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus


@dataclass(frozen=True)
class Entry:
    """What is the same about every problem of one code."""

    status: HTTPStatus
    chinese: str
    english: str


CATALOGUE: dict[str, Entry] = {
    # what cannot be read
    "MALFORMED_JSON": Entry(
        HTTPStatus.BAD_REQUEST,
        "请求正文不是规范的 JSON。",
        "The body of the request is not well-formed JSON.",
    ),
    "BAD_REQUEST": Entry(
        HTTPStatus.BAD_REQUEST, "无法理解该请求。", "The request cannot be understood."
    ),
    "IDEMPOTENCY_KEY_MISSING": Entry(
        HTTPStatus.BAD_REQUEST,
        "请求缺少 Idempotency-Key 标头；请为每一次操作生成一个新的值（例如 UUID）。",
        "The request lacks the Idempotency-Key header; make a new value, such as a UUID, "
        "for each act.",
    ),
    "IDEMPOTENCY_KEY_MALFORMED": Entry(
        HTTPStatus.BAD_REQUEST,
        "Idempotency-Key 应为 1 至 64 个字母、数字、连字符、下划线或句点。",
        "An Idempotency-Key is 1 to 64 letters, digits, hyphens, underscores or full stops.",
    ),
    "IF_MATCH_MALFORMED": Entry(
        HTTPStatus.BAD_REQUEST,
        'If-Match 应为单个版本标签，例如 "v7"。',
        'If-Match must be one version tag, such as "v7".',
    ),
    "CURSOR_REFUSED": Entry(
        HTTPStatus.BAD_REQUEST,
        "分页游标无效，或不属于本次查询；请从第一页重新开始。",
        "The cursor is not valid, or belongs to another query; begin again at the first page.",
    ),
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
    "ONE_TIME_CODE_EXPIRED": Entry(
        HTTPStatus.UNAUTHORIZED,
        "一次性登录码已过期，请向单位管理员重新申领。",
        "The one-time code has expired; ask the administrator of your organisation for a new one.",
    ),
    "PASSWORD_CHANGE_REQUIRED": Entry(
        HTTPStatus.FORBIDDEN,
        "您使用的是一次性登录码，请先设置自己的密码，再进行其他操作。",
        "You signed in with a one-time code; choose your own password before anything else.",
    ),
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
    "REASON_REQUIRED": Entry(
        HTTPStatus.FORBIDDEN,
        "查询诚信档案须说明事由：请先提交 /v1/integrity-consultations，"
        "再以 Consultation 标头引用其编号。",
        "Reading the integrity record needs a reason: post one to /v1/integrity-consultations, "
        "then name it in the Consultation header.",
    ),
    # what is asked for
    "NOT_FOUND": Entry(
        HTTPStatus.NOT_FOUND,
        "您所查询的内容不存在，或不在您的权限范围内。",
        "What you ask for does not exist, or lies outside what you may see.",
    ),
    "METHOD_NOT_ALLOWED": Entry(
        HTTPStatus.METHOD_NOT_ALLOWED,
        "该地址不支持此请求方法。",
        "This address does not support this method.",
    ),
    "NOT_ACCEPTABLE": Entry(
        HTTPStatus.NOT_ACCEPTABLE,
        "无法以所要求的格式提供内容。",
        "The content cannot be given in any of the formats asked for.",
    ),
    "BODY_TOO_LARGE": Entry(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "请求正文过大。",
        "The body of the request is too large.",
    ),
    "MEDIA_TYPE_UNSUPPORTED": Entry(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "请求正文的类型不受支持；本接口接受 application/json，材料上传除外。",
        "The media type of the body is not supported; application/json is, "
        "except for uploaded material.",
    ),
    "MEDIA_TYPE": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "只接受 PDF、OFD、DOCX、XLSX、JPEG、PNG、TIFF 文件（按内容判断）。"
        "请转换格式后上传。",
        "Only PDF, OFD, DOCX, XLSX, JPEG, PNG and TIFF files are taken, judged by their content. "
        "Convert the file and upload it again.",
    ),
    "MEDIA_TRUNCATED": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "文件不完整，请重新上传。",
        "The file is not complete; upload it again.",
    ),
    "MEDIA_POLYGLOT": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "文件中夹带了其他内容，不予接收。请重新扫描或另存后上传。",
        "The file carries something else within it. Scan or save it anew and upload that.",
    ),
    "MEDIA_ENCRYPTED": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "文件已加密，无法审查。请去除密码后上传。",
        "The file is encrypted and can't be reviewed; remove its password.",
    ),
    "MEDIA_ACTIVE": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "文件含有宏或程序，不予接收。请另存为不含宏的格式。",
        "The file holds macros or programs; save it without them.",
    ),
    "MEDIA_BOMB": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "文件展开后过大，不予接收。",
        "The file would unpack to too much.",
    ),
    "UPLOAD_UNKNOWN": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "没有这次上传，或它不属于本案和您的账号。请重新上传文件。",
        "There is no such upload for this case and account; upload the file again.",
    ),
    "MATERIAL_WITHHELD": Entry(
        HTTPStatus.FORBIDDEN,
        "该材料已停止显示，待核实后处理。",
        "The material is withheld until it has been looked into.",
    ),
    "MATERIAL_ERASED": Entry(
        HTTPStatus.GONE,
        "该材料的内容已依法删除。",
        "The content of the material has been erased by law.",
    ),
    # what was sent
    "FIELDS_REFUSED": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "部分字段未通过校验，详见 errors。",
        "Some fields were not accepted; see errors.",
    ),
    "ACT_TOO_LARGE": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "本次操作的内容过多，请分次填报。",
        "There is more in this act than one entry of the record can hold; divide it.",
    ),
    "PASSWORD_UNFIT": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "该密码不可使用，详见 errors。",
        "This password cannot be used; see errors.",
    ),
    "ACCOUNT_UNKNOWN": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "所指的账号不存在或已停用。",
        "The account that is named does not exist or was disabled.",
    ),
    "EMPLOYER_UNKNOWN": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "所指的用人单位不存在。",
        "The employer that is named does not exist.",
    ),
    "ORGANISATION_UNKNOWN": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "所指的单位不存在。",
        "The organisation that is named does not exist.",
    ),
    "UPPER_ORGANISATION_UNKNOWN": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "所指的主管部门或人事部门不存在。",
        "The competent department or personnel office that is named does not exist.",
    ),
    "PERSON_UNKNOWN": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "所指的人员不存在。",
        "The person who is named does not exist.",
    ),
    "POLICY_UNKNOWN": Entry(
        HTTPStatus.NOT_FOUND,
        "所指的政策包不存在。",
        "The policy pack that is named does not exist.",
    ),
    "IDEMPOTENCY_KEY_REUSED": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "该 Idempotency-Key 已用于另一项内容不同的请求。",
        "This Idempotency-Key was already used for a different request.",
    ),
    # what happened meanwhile
    "CONFLICT": Entry(
        HTTPStatus.CONFLICT,
        "该操作与当前状态冲突。",
        "The act conflicts with the present state.",
    ),
    "LOGIN_TAKEN": Entry(
        HTTPStatus.CONFLICT,
        "该登录名已被其他账号使用，请另选一个。",
        "Another account has this login; choose a different one.",
    ),
    "POSITION_UNREACHED": Entry(
        HTTPStatus.CONFLICT,
        "记录尚未到达所要求的位置。",
        "The record has not reached the position that was asked for.",
    ),
    "ERASED": Entry(
        HTTPStatus.CONFLICT,
        "相关人员的信息已依法删除，不能再作记录。",
        "What concerns this person was erased by law; nothing more is recorded of them.",
    ),
    "STALE": Entry(
        HTTPStatus.PRECONDITION_FAILED,
        "内容已被他人更新，请重新读取后再试。",
        "The content was updated by somebody else; read it again, then decide.",
    ),
    "IF_MATCH_REQUIRED": Entry(
        HTTPStatus.PRECONDITION_REQUIRED,
        '请求缺少 If-Match 标头；请填写您读取时所见的版本，例如 "v7"。',
        'The request lacks the If-Match header; state the version that you saw, such as "v7".',
    ),
    "TOO_MANY_ATTEMPTS": Entry(
        HTTPStatus.TOO_MANY_REQUESTS,
        "尝试次数过多，请于 {seconds} 秒后再试。",
        "Too many attempts; try again in {seconds} seconds.",
    ),
    "HEADERS_TOO_LARGE": Entry(
        HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
        "请求标头过大。",
        "The headers of the request are too large.",
    ),
    # what went wrong here
    "INTERNAL_ERROR": Entry(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "服务器内部错误。请将请求编号告知系统管理员。",
        "Something went wrong on the server. Tell the system administrator the request id.",
    ),
    "BUSY": Entry(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "系统繁忙，请稍后再试。",
        "The system is busy; try again shortly.",
    ),
    "DATABASE_UNAVAILABLE": Entry(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "数据库暂时不可用，请稍后再试。",
        "The database is not available at present; try again shortly.",
    ),
    "STORAGE_FULL": Entry(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "存储空间不足，本次操作未写入任何内容。",
        "The storage is full; nothing of this act was written.",
    ),
    "OUTCOME_UNKNOWN": Entry(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "服务器未能确认本次操作是否已写入。请使用同一 Idempotency-Key 原样重发，即可得知结果。",
        "The server cannot tell whether the act was written. Send the same request again with "
        "the same Idempotency-Key to learn it.",
    ),
    "NOT_YET_VISIBLE": Entry(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "所要求的记录位置尚未反映到查询中，请稍后再试。",
        "The position asked for has not yet reached the views; try again shortly.",
    ),
}
