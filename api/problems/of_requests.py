"""What is wrong with a request as such: it cannot be read, lacks a header, holds unfit fields."""

from __future__ import annotations

from http import HTTPStatus

from api.problems.entry import Entry

OF_REQUESTS: dict[str, Entry] = {
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
        "请求正文过大，最多 {size}（{limit} 字节）。",
        "The body of the request is too large; at most {size} ({limit} bytes) are taken.",
    ),
    "MEDIA_TYPE_UNSUPPORTED": Entry(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "请求正文的类型不受支持；本接口接受 application/json，材料上传除外。",
        "The media type of the body is not supported; application/json is, "
        "except for uploaded material.",
    ),
    "INTAKE_MEDIA_TYPE": Entry(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "名单应为 XLSX 工作簿或 CSV 文件（Content-Type 为 text/csv）。请另存后上传。",
        "A list is an XLSX workbook or a CSV (Content-Type text/csv); save it as one of them.",
    ),
    "MEDIA_TYPE": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "只接受 PDF、OFD、DOCX、XLSX、JPEG、PNG、TIFF 文件（按内容判断）。请转换格式后上传。",
        "Only PDF, OFD, DOCX, XLSX, JPEG, PNG and TIFF files are taken, judged by their content. "
        "Convert the file and upload it again.",
    ),
    "MEDIA_TRUNCATED": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "文件不完整或已损坏，无法打开。请先确认它能打开并能看到最后一页，再重新上传。",
        "The file is not complete, or damaged, and can't be opened. See that it opens down to its "
        "last page, then upload it again.",
    ),
    "MEDIA_POLYGLOT": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "文件中夹带了其他内容（如压缩包、网页），不予接收。请重新扫描，或打印为 PDF 后上传。",
        "The file carries something else with it, an archive or a page say. Scan it anew, or print "
        "it as PDF, and upload that.",
    ),
    "MEDIA_ENCRYPTED": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "文件设有打开密码，无法审查。请去除密码后上传。",
        "The file opens by a password only and can't be reviewed; remove it.",
    ),
    "MEDIA_ACTIVE": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "文件含有宏、脚本或程序，不予接收。请另存为不含宏的 DOCX、XLSX，或打印为 PDF 后上传。",
        "The file holds macros, scripts or programs. Save it without them, or print it as PDF, "
        "and upload that.",
    ),
    "MEDIA_BOMB": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "文件展开后过大（最多 512 MiB，每页最多 1.5 亿像素），不予接收。"
        "请降低扫描分辨率，或分成几份上传。",
        "The file would unpack to too much (at most 512 MiB, a page to 150 million pixels). Scan "
        "it at a lower resolution, or upload it in parts.",
    ),
    "MEDIA_OUTDATED": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "不接收旧版办公文档（DOC、XLS、PPT、WPS 等）。请另存为 DOCX、XLSX 或 PDF 后上传。",
        "Documents of older office programs (DOC, XLS, PPT, WPS) are not taken; save it as DOCX, "
        "XLSX or PDF.",
    ),
    "UPLOAD_UNKNOWN": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "没有这次上传，或它不属于本案和您的账号。请重新上传文件。",
        "There is no such upload for this case and account; upload the file again.",
    ),
    "EXPORT_TOO_LARGE": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "清单超过十万行，不能整份导出。请缩小范围后再导出。",
        "The list has more than a hundred thousand rows; narrow it, then take it out.",
    ),
    "SAMPLE_FROM_TOO_MANY": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "所述范围超过一万件，不能抽取。请缩小范围后再抽取。",
        "More than ten thousand cases were asked for; narrow it, then draw.",
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
    "DELIVERY_CUT_SHORT": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "该文件不完整，结尾缺失，未予接收。请重新下载后再导入。",
        "The end of the file is missing, and nothing was taken in; fetch it again.",
    ),
    "DELIVERY_UNTRUSTED": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "该文件不是受信任的档案机构签发，未予接收。",
        "The file is not signed by an archive that is trusted here; nothing was taken in.",
    ),
    "DELIVERY_ALTERED": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "该文件的摘要或签名与内容不符，签发后被改动，未予接收。",
        "The file's digest or signature does not fit its content; nothing was taken in.",
    ),
    "DELIVERY_UNREADABLE": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "该文件不是约定的格式，未予接收。",
        "The file is not of the agreed format; nothing was taken in.",
    ),
    # what was sent
    "FIELDS_REFUSED": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "部分字段未通过校验，详见 errors。",
        "Some fields were not accepted; see errors.",
    ),
    "ACT_TOO_LARGE": Entry(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "本次操作的内容过多，一条记录最多 {size}（{limit} 字节），请分次填报。",
        "There is more in this act than one entry of the record can hold, {size} ({limit} bytes); "
        "divide it.",
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
}
