"""Appeals of the practice that are not about a decision: a grade, and a warning about reporting."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from gongdao.bootstrap import App
from gongdao.domain.access.model import Caller
from gongdao.domain.decisions.model import Outcome
from gongdao.domain.decisions.rules import Ruling
from gongdao.domain.flows.reporting import Submission
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.policy.model import SubjectKind
from gongdao.domain.standing.misuse import Mark

_GRADED, _WARNED = "nanbei_pao", "practice-jiao-zhen"
_GRADE_AGO, _REPORTED_AGO, _APART = 30.0, 210.0, 30.0
"""In hours: when the grade was contested, when the first report came, how far they are apart."""
_GRADE_GROUNDS = "三件事里有两件是同一场争吵，隔了几天才分别处理。请看看是不是算重了。（练习）"
_MARKED = "链接打开就能看到原帖：里面没有举报所引的那句话，也没有编辑记录。"
_WARNING = "近期三件举报都引了原帖里没有的话。请先打开链接核对，再提交。"
_GROUNDS = "我看到的时候确实有那些话，可能是对方后来删了，我没有截图。（练习）"
_DECLINED = Ruling(
    Outcome.NOT_ACCEPTED,
    "原帖和编辑记录里都没有举报所引的话。",
    "按现有内容没有可以调查的事实；有截图请随时再提交。",
    ground="no_subject",
)
REPORTED: tuple[tuple[str, str, str], ...] = (
    ("post-7301", "今天的夕阳真好看，拍了几张。", "他在帖子里骂我是骗子，请处理。"),
    ("post-7318", "求推荐一本讲园艺的书。", "这个帖子里说要打人，请马上删掉。"),
    ("post-7344", "周六上午图书馆有讲座，免费。", "这是骗钱的，说要交五百块押金。"),
)
"""What it was, what it says, and what the report says of it."""


@dataclass(slots=True)
class Warned:
    """A reporter whose reports quoted what was not there: marked, warned, and appealing."""

    app: App
    reviewer: Caller
    cases: list[CaseId] = field(default_factory=list)

    def report(self) -> None:
        """One more report, declined with reasons, and marked."""
        ref, words, said = REPORTED[len(self.cases)]
        given = Submission(
            subject_kind=SubjectKind.CONTENT,
            subject_ref=ref,
            snapshot=words,
            category="abuse",
            statement=said,
            account=f"author-of-{ref}",
        )
        case = self.app.reporting.file(given, self.reporter).case
        self.cases.append(case)
        self.app.deciding.decide(case, _DECLINED, self.reviewer)
        misusing = self.app.standing.misusing
        misusing.mark(case, 1, Mark.MANIFESTLY_UNFOUNDED, _MARKED, self.reviewer)

    def warn(self) -> None:
        """A reviewer warns them."""
        self.app.standing.misusing.warn(self.cases[-1], 1, _WARNING, self.reviewer)

    def appeal(self) -> None:
        """They appeal; somebody who took no part has to hear it."""
        seen = self.app.standing.credibility.mine(self.reporter, "zh")
        (warning,) = seen.measures if seen else ()
        self.app.standing.misusing.object(warning.id, _GROUNDS, self.reporter)

    @property
    def reporter(self) -> Caller:
        """As the operator's app names them."""
        return Caller(self.app.records.parties.by_account(_WARNED))


def steps(app: App, people: Mapping[str, Caller]) -> Iterator[tuple[float, Callable[[], object]]]:
    """What happened, and so many hours ago."""
    warned = Warned(app, people["reviewer_2"])
    for number in range(len(REPORTED)):
        yield _REPORTED_AGO - number * _APART, warned.report
    yield _REPORTED_AGO - len(REPORTED) * _APART, warned.warn
    yield _GRADE_AGO * 2, warned.appeal
    yield _GRADE_AGO, lambda: _contest_grade(app)


def _contest_grade(app: App) -> None:
    person = Caller(app.records.parties.by_account(_GRADED))
    app.standing.grades.contest(_GRADE_GROUNDS, person)
