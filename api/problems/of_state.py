"""What the present state does not allow, and what keeps the server from answering."""

from __future__ import annotations

from http import HTTPStatus

from api.problems.entry import Entry

OF_STATE: dict[str, Entry] = {
    # what happened meanwhile
    "CONFLICT": Entry(
        HTTPStatus.CONFLICT,
        "该操作与当前状态冲突。",
        "The act conflicts with the present state.",
    ),
    "DATA_DAMAGED": Entry(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "存储的数据与其封印不符，为防误导不予显示。请通知运维人员核验记录并重建视图。",
        "What is stored does not match its seal and is not shown; have the record checked and"
        " the views rebuilt.",
    ),
    "QUERIES_FULL": Entry(
        HTTPStatus.CONFLICT,
        "您保存的检索已满 200 条，请先删除不再需要的。",
        "You keep 200 queries already; let go of some that you no longer need.",
    ),
    "EXPORT_CHANGED": Entry(
        HTTPStatus.CONFLICT,
        "导出 {export}（摘要 {digest}）之后，内容或您可见的范围已有变化，不能再给出同一份文件。"
        "如仍需要，请换用新的幂等键重新导出，并另行留痕。",
        "What export {export} (digest {digest}) held, or what you may see of it, has changed since,"
        " and the same file can't be given again. Take it out anew, under a new key.",
    ),
    "EXPORT_CANCELLED": Entry(
        HTTPStatus.CONFLICT,
        "这次导出已应您的要求中止，没有留痕，也没有文件。如仍需要，请重新导出。",
        "You ended this export; nothing was recorded, and there is no file. Take it out again if"
        " you need it.",
    ),
    "LOGIN_TAKEN": Entry(
        HTTPStatus.CONFLICT,
        "该登录名已被其他账号使用，请另选一个。",
        "Another account has this login; choose a different one.",
    ),
    "SUBJECT_TAKEN": Entry(
        HTTPStatus.CONFLICT,
        "该统一身份认证用户已关联其他账号，请先核实并解除原关联。",
        "This identity at the issuer is bound to another account; settle that first.",
    ),
    "SUBJECT_DIFFERS": Entry(
        HTTPStatus.CONFLICT,
        "与第一名人员提交的统一身份认证用户不一致，请两人核对后由一人重新提交第一部分。",
        "The first of the two named another identity at the issuer. Compare, and let one of you"
        " begin again.",
    ),
    "FIRST_PART_MISSING": Entry(
        HTTPStatus.CONFLICT,
        "激活码的第一部分尚未交付到位，请先由交付第一部分的人员重新交付。",
        "The first part of the code was never told to anybody; let who gives it give it again.",
    ),
    "ISSUER_NOT_CONFIGURED": Entry(
        HTTPStatus.CONFLICT,
        "本系统未配置统一身份认证。",
        "This server takes no identities of an issuer.",
    ),
    "POSITION_UNREACHED": Entry(
        HTTPStatus.CONFLICT,
        "记录尚未到达所要求的位置。",
        "The record has not reached the position that was asked for.",
    ),
    "ERASED": Entry(
        HTTPStatus.CONFLICT,
        "相关人员的信息已依法删除，不能再作记录；本人再来办理的，请凭证件重新开设账号。",
        "What concerns this person was erased by law, and nothing more is recorded of them;"
        " whoever comes again has a new account opened with their document.",
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
    "ISSUER_UNAVAILABLE": Entry(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "统一身份认证服务暂时无法访问，请稍后再试，或使用登录名和密码登录。",
        "The issuer of your token cannot be reached; try again, or sign in with a password.",
    ),
    "UPLOADS_WAITING": Entry(
        HTTPStatus.CONFLICT,
        "您上传后尚未作为材料提交的文件已达 {size}（{limit} 字节），不能再上传。"
        "请先将其附到申报材料；未附的文件满七天自动清除。",
        "You have {size} ({limit} bytes) of uploads that are not attached to anything, and can't "
        "upload more. Attach them; what is not attached is discarded after seven days.",
    ),
    "UPLOADS_OF_A_MONTH": Entry(
        HTTPStatus.CONFLICT,
        "三十日内为该申报人接收的文件已达 {size}（{limit} 字节），暂不能再上传。"
        "请压缩扫描件、去掉重复的文件，或待较早上传的满三十日后再传；确有需要的，请联系受理部门。",
        "{size} ({limit} bytes) of files were taken for this applicant within thirty days, and no "
        "more are taken now. Scan smaller, leave doubles out, or wait until the earlier ones are "
        "thirty days old; else ask the accepting department.",
    ),
    "UPLOADS_FULL": Entry(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "待提交的上传文件过多，暂不能上传；可先提交文字，或稍后再试。",
        "Too many uploads wait to be handed in; say it in words, or try again later.",
    ),
    "BUSY": Entry(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "系统繁忙，请稍后再试。",
        "The system is busy; try again shortly.",
    ),
    "CLOCKS_DISAGREE": Entry(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "服务器、数据库与记录的时间不一致，为避免记错日期，本次操作未写入任何内容。请通知运维人员"
        "查看就绪状态（/readyz）并校准时钟。",
        "The times of the server, the database and the record do not agree, so nothing of this act"
        " was written. Have the operators look at /readyz and set the clocks.",
    ),
    "LAW_UNREADABLE": Entry(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "本服务器读不懂现行政策文本，为避免误用其他文本，暂不能办理。请通知运维人员查看就绪状态"
        "（/readyz）并升级程序。",
        "This server can't read the law that holds and goes by no other text instead. Have the"
        " operators look at /readyz and bring the program up to date.",
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
