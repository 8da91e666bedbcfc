"""Every command: where it is and what it does, in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """A command, named but not yet loaded; ``place`` is ``module:attribute``."""

    place: str
    english: str
    chinese: str


COMMANDS: dict[str, Entry] = {
    "demo": Entry(
        "api.command.demo:demo",
        "Tell a story for each locality on demonstration records, then keep serving one.",
        "在演示记录上逐一演示各地区的业务，随后继续提供服务。",
    ),
    "serve": Entry(
        "api.command.serve:serve",
        "Serve the API; without DATABASE_URL, on a private PostgreSQL.",
        "提供接口服务；未设置 DATABASE_URL 时使用自带的 PostgreSQL。",
    ),
    "migrate": Entry(
        "api.command.migrate:migrate",
        "Bring the database to what this version needs, as its owner.",
        "以所有者身份将数据库升级到本版本所需的结构。",
    ),
    "accounts": Entry(
        "api.command.accounts:accounts",
        "Make the first administrator.",
        "建立首个管理员账户。",
    ),
    "policy": Entry(
        "api.command.policy:policy",
        "Check, test, explain and print policy packs, and put them in force.",
        "检查、测试、解释、打印和施行政策包。",
    ),
    "audit": Entry(
        "api.command.audit:audit",
        "Check the whole record, prove separation of duties from its bytes.",
        "核对整个记录，仅凭存储的字节证明职责分离。",
    ),
    "projections": Entry(
        "api.command.projections:projections",
        "See how far the views are, and rebuild them.",
        "查看各视图的进度，或重建视图。",
    ),
    "backup": Entry(
        "api.command.backup:backup",
        "Save the record, and its keys apart from it.",
        "备份记录；密钥与数据分开存放。",
    ),
    "restore": Entry(
        "api.command.backup:restore",
        "Put a backup back into an empty database, and prove that it is what was saved.",
        "将备份恢复到空数据库，并逐一核对。",
    ),
    "keys": Entry(
        "api.command.keys:keys",
        "Rotate the keys of the record.",
        "轮换本记录的密钥。",
    ),
    "resume-time": Entry(
        "api.command.resume_time:resume_time",
        "Put on record where times were wrong, and go on from the true one.",
        "将记录时间有误之处记录在案，并恢复为真实时间。",
    ),
    "test": Entry(
        "api.command.test:test",
        "Run every test of this repository.",
        "运行本仓库的全部测试。",
    ),
    "bench": Entry(
        "api.command.bench:bench",
        "Measure, and break things under load.",
        "性能测量与故障演练。",
    ),
}

BENCHES: dict[str, Entry] = {
    "answer": Entry(
        "bench.answer:answer_bench",
        "Measure what an answer takes, beside a bare view with one SELECT.",
        "测量每次应答所需的处理器时间，并与只查询一次的视图比较。",
    ),
    "append": Entry(
        "bench.append:append",
        "Compare the record's appends with the library's own and with a bare INSERT.",
        "对比本记录、所用程序库自带记录器与单行 INSERT 的写入速度。",
    ),
    "changing": Entry(
        "bench.changing:changing",
        "Let eight officials decide while appointments, windows and powers change.",
        "八名经办人同时审查，其间任职、期限和职权不断变动。",
    ),
    "deadline": Entry(
        "bench.deadline:deadline",
        "File as everybody does in the last hour: sign in, upload, file, look.",
        "模拟截止前一小时：登录、上传、申报、查看。",
    ),
    "delivery": Entry(
        "bench.delivery:delivery",
        "See that followers get every event, in order, none twice.",
        "核验跟随者按序收到全部事件，无遗漏、无重复。",
    ),
    "fill": Entry(
        "bench.fill:fill_bench",
        "Fill a record with invented provinces, decided by the house's own use cases.",
        "以虚构各地的业务填充一份记录，均由本系统的判断作出。",
    ),
    "impact": Entry(
        "bench.impact:impact_bench",
        "Judge every filing on record under a draft and under its own law.",
        "把记录中的申报逐件照草案和原通知各判一遍，测量每秒件数。",
    ),
    "kill": Entry(
        "bench.kill:kill",
        "Kill a writer, the server and PostgreSQL under load, and count what was lost.",
        "在负载下反复强制结束写入者、服务与 PostgreSQL，统计丢失与重复。",
    ),
    "lists": Entry(
        "bench.lists:lists_bench",
        "Ask every list of the desk over a filled record, and measure it in the database.",
        "在已填充的记录上逐一查询全部列表，测量数据库所用时间。",
    ),
    "memory": Entry(
        "bench.memory:memory",
        "Measure what a process that answers holds after sign-ins and exports.",
        "测量登录与导出之后应答进程占用的内存。",
    ),
    "mutate": Entry(
        "bench.mutate.command:mutate",
        "Change the code by one small thing at a time, and see whether a test notices.",
        "逐处改动代码的一小点，检查是否有测试发现。",
    ),
    "policy": Entry(
        "bench.policy:policy",
        "Time the eligibility check under every pack.",
        "测量各政策包下资格判断所需的时间。",
    ),
    "rebuild": Entry(
        "bench.rebuild:rebuild_bench",
        "Measure how fast every view is rebuilt.",
        "测量全部视图的重建速度。",
    ),
    "remove": Entry(
        "bench.mutate.removing:remove",
        "Take each rule and guard out that is listed, and see that a test misses it.",
        "逐条拿掉所列的规则与防线，检查是否有测试发现。",
    ),
    "upgrade": Entry(
        "bench.upgrade:upgrade_bench",
        "Fill the views of the next release beside the living ones, and kill it meanwhile.",
        "在旁建立下一版本的视图，其间反复强制结束，核验查询不倒退。",
    ),
    "walk": Entry(
        "bench.walk:walk",
        "Walk at random through an invented town, and watch that no rule is broken.",
        "在虚构城镇中随机办理业务，逐步核验规则未被突破。",
    ),
}
