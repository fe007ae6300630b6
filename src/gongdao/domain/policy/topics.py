"""What packs can be compared by: the topics, their rows, and what each is called."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from gongdao.domain.policy.model import Words
from gongdao.domain.policy.platform import Difficulty


class About(StrEnum):
    """What packs can be compared by."""

    APPEAL = "appeal"
    REPORT = "report"
    WITHDRAWAL = "withdrawal"
    STAGES = "stages"
    COMPLAINTS = "complaints"
    CHANNELS = "channels"
    EVIDENCE = "evidence"
    PENALTIES = "penalties"
    AIDS = "aids"
    REVIEW = "review"
    GROUNDS = "grounds"
    ENTERPRISE = "enterprise"
    ESCALATION = "escalation"
    CLOCKS = "clocks"
    LIMITS = "limits"
    ADVICE = "advice"
    STATISTICS = "statistics"


ABOUT_WORDS: Mapping[About, Words] = {
    About.APPEAL: Words(zh="申诉", en="Appeals"),
    About.REPORT: Words(zh="举报", en="Reports"),
    About.WITHDRAWAL: Words(zh="撤诉", en="Withdrawal"),
    About.STAGES: Words(zh="处理流程", en="What happens to a complaint"),
    About.COMPLAINTS: Words(zh="投诉类型", en="Complaint types"),
    About.CHANNELS: Words(zh="渠道", en="Channels"),
    About.EVIDENCE: Words(zh="证据要求", en="Evidence"),
    About.PENALTIES: Words(zh="违规与处罚", en="Violations and penalties"),
    About.AIDS: Words(zh="辅助验证", en="Assisted verification"),
    About.REVIEW: Words(zh="恶意差评申诉", en="Disputing a malicious review"),
    About.GROUNDS: Words(zh="差评申诉的理由", en="Grounds against a review"),
    About.ENTERPRISE: Words(zh="企业流程", en="Firms"),
    About.ESCALATION: Words(zh="后续途径", en="Where to go next"),
    About.CLOCKS: Words(zh="外部时限", en="Clocks that others set"),
    About.LIMITS: Words(zh="举报的障碍", en="What stands in the way"),
    About.ADVICE: Words(zh="文章的建议", en="What the articles advise"),
    About.STATISTICS: Words(zh="统计数字", en="Numbers"),
}


FACTS: Mapping[About, Sequence[tuple[str, str, str]]] = {
    About.APPEAL: (
        ("appeal.window", "申诉有效期", "Window"),
        ("appeal.handling", "处理时效", "Handling time"),
        ("appeal.materials", "核心材料", "Core material"),
        ("appeal.review", "复审机制", "How it is reviewed"),
        ("appeal.manual_review", "人工审核比例", "Share of manual review"),
        ("appeal.success", "成功率参考", "Success"),
        ("appeal.second", "二次申诉", "Second appeal"),
        ("review.entry", "差评申诉：入口", "Against a review: entry"),
        ("review.materials", "差评申诉：核心证据", "Against a review: core evidence"),
        ("review.handling", "差评申诉：处理时效", "Against a review: handling time"),
        ("review.success", "差评申诉：成功率参考", "Against a review: success"),
        ("review.second", "差评申诉：二次申诉", "Against a review: second appeal"),
    ),
    About.REPORT: (
        ("report.entry", "举报入口", "Entry"),
        ("report.path", "路径", "Path"),
        ("report.steps", "步数", "Steps"),
        ("report.discovery", "入口发现率", "Find the entry"),
        ("report.handling", "处理时效", "Handling time"),
        ("report.groups", "群组管理", "Group governance"),
    ),
    About.WITHDRAWAL: (
        ("withdrawal.by", "撤销权限", "Who may withdraw"),
        ("withdrawal.share", "可撤销比例", "Share that can be withdrawn"),
        ("withdrawal.first_contact", "最佳协商时间", "Best time to talk"),
        ("withdrawal.first_contact_success", "及时协商成功率", "Success of talking early"),
    ),
    About.REVIEW: (
        ("review.entry", "申诉入口", "Entry"),
        ("review.materials", "核心证据", "Core evidence"),
        ("review.handling", "处理时效", "Handling time"),
        ("review.success", "成功率参考", "Success"),
        ("review.second", "二次申诉", "Second appeal"),
    ),
}
"""Topics that every platform has the same rows for: where it stands in a pack, and its label."""

_VIOLATION = (
    "duration",
    "difficulty",
    "way_back",
    "ladder",
    "signs",
    "standard",
    "contention",
)

RULES: Mapping[About, tuple[str, Sequence[str]]] = {
    About.STAGES: ("stages", ()),
    About.COMPLAINTS: ("complaints", ("handling", "withdrawal")),
    About.CHANNELS: ("channels", ("speed", "form", "scope", "path", "success")),
    About.EVIDENCE: ("evidence", ("applies", "format", "content", "focus")),
    About.PENALTIES: ("violations", _VIOLATION),
    About.AIDS: ("aids", ("applies", "action", "caution", "needed")),
    About.GROUNDS: ("review.grounds", ()),
    About.ENTERPRISE: ("enterprise", ("demand", "within", "at_least", "documents")),
    About.ESCALATION: ("escalation", ()),
    About.CLOCKS: ("clocks", ("limit", "who")),
    About.LIMITS: ("limits", ("affects", "weight")),
    About.ADVICE: ("advice", ("limit",)),
    About.STATISTICS: ("statistics", ("share", "number")),
}
"""Topics whose rows are the rules that a pack happens to have: where they are, what is shown."""

FIELD_WORDS: Mapping[str, Words] = {
    "handling": Words(zh="处理周期", en="Handling"),
    "withdrawal": Words(zh="可撤销条件", en="Withdrawn if"),
    "speed": Words(zh="处理时效", en="Speed"),
    "form": Words(zh="材料提交", en="Form"),
    "scope": Words(zh="适用", en="For"),
    "path": Words(zh="路径", en="Path"),
    "success": Words(zh="成功率", en="Success"),
    "format": Words(zh="格式", en="Format"),
    "content": Words(zh="内容", en="Content"),
    "focus": Words(zh="审核重点", en="Looked at"),
    "applies": Words(zh="适用", en="For"),
    "duration": Words(zh="处理周期", en="Lasts"),
    "difficulty": Words(zh="解封难度", en="Difficulty"),
    "ladder": Words(zh="阶梯", en="Ladder"),
    "way_back": Words(zh="恢复条件", en="Way back"),
    "signs": Words(zh="特征", en="Signs"),
    "standard": Words(zh="判定标准", en="Standard"),
    "contention": Words(zh="争议指数", en="Contested"),
    "action": Words(zh="操作", en="What to do"),
    "caution": Words(zh="注意", en="Mind"),
    "needed": Words(zh="数量", en="Needed"),
    "demand": Words(zh="要求", en="Demanded"),
    "within": Words(zh="期限", en="Within"),
    "at_least": Words(zh="不少于", en="At least"),
    "documents": Words(zh="文件", en="Documents"),
    "limit": Words(zh="时限", en="Limit"),
    "who": Words(zh="义务人", en="Who"),
    "affects": Words(zh="影响", en="Effect"),
    "weight": Words(zh="程度", en="Weight"),
}

DIFFICULTY_WORDS: Mapping[Difficulty, Words] = {
    Difficulty.LOW: Words(zh="低", en="low"),
    Difficulty.MEDIUM: Words(zh="中", en="medium"),
    Difficulty.HIGH: Words(zh="高", en="high"),
    Difficulty.EXTREME: Words(zh="极高", en="extreme"),
}
