"""What the walkthrough says, in both languages. What people are told comes from the rule pack."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WalkWords:
    """One language's sentences; gaps are filled by `format`."""

    title: str
    real: str
    read: str
    columns: str
    unused: str
    no_labels: str
    no_accounts: str
    picked: str
    unclear: str
    stages: Mapping[str, str]
    did: Mapping[str, str]
    example: str
    rule: str
    receipt: str
    leaf: str
    due: str
    measure: str
    told: str
    grounds: str
    reviewer: str
    after: str
    refused: str
    refused_line: str
    totals: str
    total: Mapping[str, str]
    checked: str
    wrong: str
    removed: str
    kept: str
    kept_server: str
    statement: str
    reasons: str
    findings: str
    because: str
    no_violation: str
    not_because: str
    appeal: str
    review: str
    overturn: str
    uphold: str
    uphold_review: str


ZH = WalkWords(
    title="公道走查：{count} 条内容，从举报到申诉",
    real="在一个单独的临时数据库里，用真实的规则包走完每一步。不会动您的安装，也不发邮件。",
    read="文件 {name}：{form}，{encoding}，{rows} 条。",
    columns="识别出：{found}。",
    unused="没有用到：{names}。",
    no_labels="没有标注列：每隔一条按违规处理，只为演示流程。",
    no_accounts="没有账号列：每条内容算作一个不同的账号。",
    picked="取了 {bad} 条标为冒犯的、{good} 条没有标的。",
    unclear="{count} 条的标注看不懂，没有取用。",
    stages={
        "file": "一 举报",
        "accept": "二 受理",
        "decide": "三 决定",
        "appeal": "四 申诉",
        "review": "五 复核",
        "record": "六 记录",
    },
    did={
        "file": "收到 {count} 份举报，每份都有回执，都进入记录。",
        "accept": "受理 {count} 件，告诉举报人何时之前会有决定。",
        "decide": "作出 {count} 个决定：{bad} 个违规，{good} 个没有违规。每个都有理由说明。",
        "appeal": "{appeals} 位被举报人申诉，{reviews} 位举报人请求复核。复核人由系统指定。",
        "review": "{overturned} 个决定被撤销，{upheld} 个维持。复核人都没有参与过该案。",
        "record": "重算了 {leaves} 条记录的哈希，并由事件重建了每一行。",
    },
    example="其中一件",
    rule="规则",
    receipt="回执",
    leaf="记录哈希",
    due="最晚",
    measure="处罚",
    told="通知被举报人",
    grounds="申诉理由",
    reviewer="复核人",
    after="撤销之后",
    refused="规则没有收下 {count} 条：",
    refused_line="第 {lines} 行：{hint}",
    totals="合计（由数据库清点）",
    total={
        "reports": "举报",
        "cases": "案件",
        "decisions": "决定",
        "appeals": "申诉和复核",
        "overturned": "撤销",
        "upheld": "维持",
        "sanctions": "处罚",
        "lifted": "已解除的处罚",
        "notices": "通知",
        "leaves": "记录条目",
    },
    checked="没有发现差异。",
    wrong="发现 {count} 处差异，请把这件事告诉我们。",
    removed="临时数据库已经删除，用时 {seconds} 秒。想留着看，请加 --keep。",
    kept="保留在 {data}。打开它：GONGDAO_DATA={data} gongdao up",
    kept_server="数据库 {database} 保留在您的服务器上，密钥在 {data}。",
    statement="这条内容伤害了别人，请看看是否违反规则。",
    reasons="内容完整，说法具体，可以调查。",
    findings="走查：文件第 {line} 行，标注为冒犯。内容是：“{text}”",
    because="按标注，它属于规则“{title}”列举的情形。真实的案件由审核员读过内容再写理由。",
    no_violation="走查：文件第 {line} 行，标注为没有冒犯。内容是：“{text}”",
    not_because="按标注，它不属于规则“{title}”列举的情形。真实的案件由审核员读过内容再写理由。",
    appeal="这句话脱离了上下文。请看前后的内容，我没有针对任何人。",
    review="我认为这句话确实伤人，请另一位审核员再看一次。",
    overturn="补看上下文之后，原决定认定的事实不成立，因此撤销。",
    uphold="申诉没有带来新的事实，原决定适用的规则正确，因此维持。",
    uphold_review="重新看过全文，没有找到违反规则的内容，因此维持。",
)

EN = WalkWords(
    title="Gongdao walkthrough: {count} posts, from a report to an appeal",
    real="Every step on the real rule pack, in a database of its own. "
    "Your installation stays as it is, and no mail is sent.",
    read="File {name}: {form}, {encoding}, {rows} posts.",
    columns="Recognised: {found}.",
    unused="Not used: {names}.",
    no_labels="No label column: every second post counts as a violation, to show the flow.",
    no_accounts="No account column: each post counts as an account of its own.",
    picked="Took {bad} posts labelled offensive and {good} that are not.",
    unclear="{count} posts have a label that says neither, and were left out.",
    stages={
        "file": "1 Reports",
        "accept": "2 Acceptance",
        "decide": "3 Decisions",
        "appeal": "4 Appeals",
        "review": "5 Review",
        "record": "6 The record",
    },
    did={
        "file": "{count} reports came in; each has a receipt and stands in the record.",
        "accept": "{count} were accepted; reporters know until when a decision is due.",
        "decide": "{count} decisions: {bad} violations, {good} without. Each states its reasons.",
        "appeal": "{appeals} respondents appealed and {reviews} reporters asked for a review. "
        "The system chose who hears them.",
        "review": "{overturned} decisions were overturned and {upheld} upheld, "
        "each by somebody who took no part in the case.",
        "record": "Hashed {leaves} entries again and rebuilt every row from its events.",
    },
    example="One of them",
    rule="Rule",
    receipt="Receipt",
    leaf="Leaf hash",
    due="Due by",
    measure="Measure",
    told="Told to the respondent",
    grounds="Grounds of the appeal",
    reviewer="Reviewer",
    after="After it was overturned",
    refused="The rules did not take {count}:",
    refused_line="line {lines}: {hint}",
    totals="Totals, counted by the database",
    total={
        "reports": "reports",
        "cases": "cases",
        "decisions": "decisions",
        "appeals": "appeals and reviews",
        "overturned": "overturned",
        "upheld": "upheld",
        "sanctions": "sanctions",
        "lifted": "sanctions lifted",
        "notices": "notices",
        "leaves": "entries of the log",
    },
    checked="No difference was found.",
    wrong="{count} differences were found. Please tell us.",
    removed="The database was removed; all of it took {seconds} s. Add --keep to keep it.",
    kept="Kept in {data}. To open it: GONGDAO_DATA={data} gongdao up",
    kept_server="The database {database} was kept on your server; its keys are in {data}.",
    statement="This post hurts people. Please see whether it breaks the rules.",
    reasons="The post is complete and the report is specific enough to look into.",
    findings="Walkthrough: line {line} of the file, labelled offensive. It reads: “{text}”",
    because="By its label it is a case of the rule “{title}”. "
    "In a real case a reviewer reads the post and writes the reasons.",
    no_violation="Walkthrough: line {line} of the file, labelled not offensive. It reads: “{text}”",
    not_because="By its label it is no case of the rule “{title}”. "
    "In a real case a reviewer reads the post and writes the reasons.",
    appeal="The sentence was taken out of its context. Please read what stands around it.",
    review="I believe that this does hurt people. Please let somebody else look again.",
    overturn="Read in its context, the facts found in the decision do not hold, so it is undone.",
    uphold="The appeal brings no new fact, and the rule was applied rightly, so it stands.",
    uphold_review="The whole post was read again and nothing in it breaks a rule, so it stands.",
)

WORDS: Mapping[str, WalkWords] = {"zh": ZH, "en": EN}
