"""
Made-up content for the gallery of pieces, in the reader's language.

The texts are the project's own and describe nobody. They are not in the catalogues, since only
those who build pages see them.
"""

from datetime import date, datetime, timedelta
from typing import Any

from gongdao.web import pieces as views
from gongdao.web.sample_forms import SampleFilter, SampleForm, said

LEAF = "9f2c41d07be35a86c0d2f1477a9be8815c3de6a2b4f09d7718aa3c52e6f0b19d"
DEMO_CODE = "GD7K4M9QX2TR8WPN"


def clocks(now: datetime) -> list[views.Clock]:
    """A clock in each of its states."""

    def one(what: str, hours: float, **more: Any) -> views.Clock:
        return views.Clock(
            what=what,
            due=now + timedelta(hours=hours),
            now=now,
            rule=said("自受理之日起 30 个工作日", "30 working days from acceptance"),
            source=said("本站规则包 2026.1 第 4 条", "House pack 2026.1, item 4"),
            **more,
        )

    return [
        one(said("对您的举报作出决定", "Decide on your report"), 28),
        one(said("被举报人回应", "Answer of the person concerned"), 5.5),
        one(said("提交补充材料", "Send what is missing"), 400, provisional=True),
        one(
            said("复核您的申诉", "Review your appeal"),
            90,
            state=views.ClockState.PAUSED,
            paused_because=said(
                "正在等待公证，最多暂停 20 个工作日。",
                "Waiting for a notary; at most 20 working days.",
            ),
        ),
        one(
            said("被举报人回应", "Answer of the person concerned"),
            -3,
            missed_means=said(
                "没有收到回应，案件已进入下一步。", "No answer came. The case has moved on."
            ),
        ),
        one(said("受理审查", "Acceptance check"), 10, state=views.ClockState.DONE),
    ]


def timeline(now: datetime) -> list[views.TimelineEntry]:
    """A case from report to overturned appeal."""
    told = [
        (said("举报人", "Reporter"), said("提交举报", "Sent a report"), "plain"),
        (said("受理人员", "Intake"), said("受理举报，开始调查", "Accepted the report"), "plain"),
        (
            said("审核员", "Reviewer"),
            said("作出处置决定：限制发言 7 天", "Decided: no posting for 7 days"),
            "decision",
        ),
        (
            said("系统", "System"),
            said("申诉期限将在一天内结束", "One day left to appeal"),
            "urgent",
        ),
        (
            said("复核员（未参与原决定）", "Second reviewer, who took no part before"),
            said("撤销原决定，恢复发言，不计违规", "Overturned: posting restored, no strike"),
            "restored",
        ),
    ]
    return [
        views.TimelineEntry(
            at=now - timedelta(days=9 - 2 * step, hours=step),
            role=role,
            words=words,
            leaf=LEAF,
            tone=views.Tone(tone),
            detail=said("理由见决定书。", "The reasons are in the letter.")
            if tone == "decision"
            else "",
        )
        for step, (role, words, tone) in enumerate(told)
    ]


def statement(now: datetime) -> views.Statement:
    """A letter."""
    return views.Statement(
        title=said("处置决定书", "Decision and its reasons"),
        number="2026-001284",
        issued=now - timedelta(days=5),
        to=said("尊敬的用户 u_3817：", "To user u_3817,"),
        by=said("公道示例社区 · 内容审核组", "Gongdao Example Community · Content review"),
        facts=(
            said(
                "2026年11月12日 21:14，您的账号在“二手相机”帖下发表评论，辱骂另一位用户。",
                "On 12 November 2026 at 21:14 your account commented under “Used cameras”; "
                "the comment insults another user.",
            ),
            said(
                "我们核对了评论原文、上下文和发布记录，三者一致。",
                "We compared the comment, its context and the posting record; they agree.",
            ),
        ),
        clause_title=said("辱骂与人身攻击", "Insults and personal attacks"),
        clause_text=said(
            "不得以侮辱性语言针对具体的人。对观点、作品、商品的批评不属此列。",
            "Do not aim insulting words at a person. Criticism of views or goods is not meant.",
        ),
        clause_version="house 2026.1 · abuse.insult",
        reasons=(
            said(
                "评论直接针对对方本人，没有讨论商品或交易；按本条的正例应认定为辱骂。",
                "The comment is aimed at the person and says nothing about the goods or the sale.",
            ),
        ),
        sanction=said("限制发言 7 天", "No posting for 7 days"),
        scope=said("仅限发帖和评论，其他功能不受影响", "Posts and comments only"),
        duration=said(
            "2026年11月16日 10:00 至 11月23日 10:00",
            "16 November 2026, 10:00 to 23 November, 10:00",
        ),
        how=said("由审核员认定并决定，没有自动决定", "Found and decided by a person"),
        legal_basis=(said("《网络安全法》第四十七条", "Cybersecurity Law, article 47"),),
        rights=(
            views.Right(
                said("申诉", "Appeal"),
                said(
                    "由没有参与本决定的人复核。",
                    "Somebody who took no part in this decision reviews it.",
                ),
                until=now + timedelta(days=3),
                url="#",
            ),
            views.Right(
                said("向主管部门投诉或起诉", "Complain to an authority or go to court"),
                said("申诉不影响这些权利。", "An appeal does not take these rights away."),
            ),
        ),
        code="S8F3KD2M71QX",
        leaf=LEAF,
        verify_url="https://gongdao.example/check",
    )


def receipt(now: datetime) -> views.Receipt:
    """A receipt."""
    return views.Receipt(
        code=DEMO_CODE,
        received=now,
        what=said("帖子“全新未拆，低价转让”", "The post “Brand new, cheap”"),
        leaf=LEAF,
        track_url=f"https://gongdao.example/track/?code={DEMO_CODE}",
        download_url="#",
    )


def meter() -> list[views.MeterItem]:
    """Two of three."""
    return [
        views.MeterItem(
            said("聊天记录截图", "Screenshot of the chat"),
            there=True,
            adds=said("说明对方说了什么、何时说的。", "Shows what was said, and when."),
        ),
        views.MeterItem(
            said("订单凭证", "Proof of the order"),
            there=True,
            adds=said("说明交易确实发生。", "Shows that the sale took place."),
        ),
        views.MeterItem(
            said("整屏截图（含状态栏时间）", "Whole screen with the status bar"),
            there=False,
            adds=said(
                "会让时间无可争议；没有它也可以提交。",
                "Would put the time beyond doubt. You can send without it.",
            ),
            url="#",
        ),
    ]


def snapshot(now: datetime) -> views.Snapshot:
    """A reported post."""
    return views.Snapshot(
        title=said("被举报的评论", "The reported comment"),
        kind=said("评论", "comment"),
        taken=now - timedelta(days=9),
        text=said("你这种人也配卖东西？骗子一个。", "You are not fit to sell anything. A cheat."),
        leaf=LEAF,
    )


def clause() -> views.ClauseCard:
    """A rule."""
    return views.ClauseCard(
        code="abuse.insult",
        title=said("辱骂与人身攻击", "Insults and personal attacks"),
        definition=said(
            "以侮辱性语言针对具体的人。", "Insulting words aimed at a particular person."
        ),
        examples=(said("“你就是个骗子、人渣。”", "“You are a cheat and scum.”"),),
        counter_examples=(
            said("“这台相机和描述不符，我很失望。”", "“This camera is not as described.”"),
            said("“我不同意您的看法，理由是……”", "“I disagree, because …”"),
        ),
        source=said("本站社区公约第 3 条", "Community agreement, item 3"),
        version="house 2026.1",
        since=date(2026, 1, 1),
        legal_basis=(said("《民法典》第一千零二十四条", "Civil Code, article 1024"),),
        url="#",
    )


def comparison() -> views.Comparison:
    """Three packs, two lines."""
    day = date(2026, 6, 1)
    return views.Comparison(
        caption=said("申诉规则对比（示例数据）", "Appeals side by side (made-up data)"),
        columns=(said("甲平台", "Platform A"), said("乙平台", "Platform B"), said("本站", "House")),
        rows=(
            views.Row(
                said("申诉期限", "Time to appeal"),
                (
                    views.Cell(said("15 天", "15 days"), "article-a", day, claimed=True),
                    views.Cell(""),
                    views.Cell(said("6 个月", "6 months"), "house 2026.1", day),
                ),
            ),
            views.Row(
                said("复核时间", "Handling time"),
                (
                    views.Cell(
                        said("3 个工作日", "3 working days"), "article-a", day, claimed=True
                    ),
                    views.Cell(said("7 天", "7 days"), "article-b", day, claimed=True),
                    views.Cell(said("15 个工作日", "15 working days"), "house 2026.1", day),
                ),
            ),
        ),
    )


def tasks() -> list[views.Task]:
    """A task in each state."""
    status = views.TaskStatus
    return [
        views.Task(said("核对决定", "Check the decision"), status.DONE, "#"),
        views.Task(
            said("写明理由", "Say why"), status.BEGUN, "#", said("已自动保存", "Saved as you write")
        ),
        views.Task(said("添加证据材料", "Add evidence"), status.TODO, "#"),
        views.Task(said("检查并提交", "Check and send"), status.LATER),
    ]


def notices(now: datetime) -> list[views.NoticeItem]:
    """A new decision and an older acknowledgement."""
    return [
        views.NoticeItem(
            subject=said("关于您账号的处置决定", "A decision about your account"),
            words=said("限制发言 7 天。您可以申诉。", "No posting for 7 days. You can appeal."),
            at=now,
            url="#",
            unread=True,
            sent=said("邮件已于 10:02 发出", "Sent by mail at 10:02"),
            tone=views.Tone.DECISION,
        ),
        views.NoticeItem(
            subject=said("我们收到了您的举报", "We have your report"),
            words=said(
                "一个工作日内告诉您是否受理。", "We say within a working day if we take it up."
            ),
            at=now - timedelta(days=4),
            url="#",
            sent=said("邮件没有发出：地址不存在", "The mail failed: no such address"),
        ),
    ]


def queue(now: datetime) -> list[views.QueueItem]:
    """Three cases."""
    running, soon, *_ = clocks(now)
    return [
        views.QueueItem(
            "C-2026-001284",
            said("评论辱骂", "Insulting comment"),
            said("还剩不到 6 小时，且有 3 人举报", "Less than 6 hours left, and 3 reports"),
            "?desk",
            clock=soon,
            current=True,
            tags=(said("3 份举报", "3 reports"),),
        ),
        views.QueueItem(
            "C-2026-001290",
            said("虚假商品", "Fake goods"),
            said("涉及付款，扩散较快", "Money is involved and it spreads"),
            "?desk",
            clock=running,
        ),
        views.QueueItem(
            "C-2026-001301",
            said("泄露手机号", "A phone number made public"),
            said("按时间排到", "Its turn by time"),
            "?desk",
        ),
    ]


def everything(now: datetime) -> dict[str, Any]:
    """The context of the gallery."""
    every_clock = clocks(now)
    bound = SampleForm(data={"statement": said("经过如下：", "It went like this: "), "link": ""})
    return {
        "clocks": every_clock,
        "timeline": timeline(now),
        "statement": statement(now),
        "receipt": receipt(now),
        "meter": meter(),
        "snapshot": snapshot(now),
        "clause": clause(),
        "comparison": comparison(),
        "form": SampleForm(auto_id="plain_%s"),
        "bound_form": bound,
        "hints": {"privacy": said("电话、住址、证件号等。", "Phone, address, id number.")},
        "filter": SampleFilter(),
        "tasks": tasks(),
        "answers": views.Answers(
            stands=said("已受理，正在调查", "Accepted, being looked into"),
            next=said(
                "审核员核对证据并作出决定，决定会附理由。",
                "A reviewer checks the evidence and decides, with reasons.",
            ),
            clock=every_clock[0],
            actions=(
                views.Action(said("补充材料", "Add something"), "#"),
                views.Action(said("撤回举报", "Withdraw the report"), "#", post=True),
            ),
        ),
        "pager": views.Pager("#", "#"),
        "confirm": views.Confirm(
            title=said("发出这份决定？", "Issue this decision?"),
            words=said(
                "发出后，双方会立即收到通知。", "Both sides are told as soon as you issue it."
            ),
            consequences=(
                said("限制发言 7 天，立即生效。", "No posting for 7 days, from now."),
                said("违规次数加一，180 天后失效。", "One strike, which expires after 180 days."),
            ),
            button=said("发出决定", "Issue the decision"),
            post_url="#",
            back_url="#",
            decides=True,
        ),
        "notices": notices(now),
        "tabs": [
            views.Tab(said("待处理", "Open"), "#", current=True, count=12),
            views.Tab(said("已决定", "Decided"), "#", count=148),
            views.Tab(said("全部", "All"), "#"),
        ],
        "queue": queue(now),
    }
