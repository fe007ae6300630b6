"""Letters on notices about rights: written in both languages, kept as sent, and queued as mail."""

from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.counter_notices.model import RightsNotice
from gongdao.domain.flows.issuing import issue
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.telling import Gap, shown
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.ids import CaseId, NoticeId, PersonId
from gongdao.domain.notices import rules
from gongdao.domain.notices.model import Reader

TEMPLATE = "rights_notice."
"""How the names of these templates begin."""


@dataclass(frozen=True, slots=True)
class RightsLetters:
    """Writes letters. Runs in the transaction of the step that it tells about."""

    records: Records

    def to_notifier(self, notice: RightsNotice, code: str, *gaps: Gap) -> NoticeId:
        """Tell whoever gave the notice."""
        return self._tell(notice.notifier, Reader.REPORTER, notice, code, gaps)

    def to_respondent(self, notice: RightsNotice, code: str, *gaps: Gap) -> NoticeId | None:
        """Tell whom it concerns; nothing where nobody is named."""
        if notice.respondent is None:
            return None
        return self._tell(notice.respondent, Reader.RESPONDENT, notice, code, gaps)

    def to_both(self, notice: RightsNotice, code: str, *gaps: Gap) -> None:
        """Tell both sides the same."""
        self.to_notifier(notice, code, *gaps)
        self.to_respondent(notice, code, *gaps)

    def due(self, due_at: datetime, *, provisional: bool) -> Gap:
        """A due date, with a remark where its year is not published yet."""
        year = due_at.astimezone(CHINA).year
        zh = f"（{year} 年放假安排尚未公布，日期可能调整。）" if provisional else ""
        en = f"(The holidays of {year} are not published yet; it may move.)" if provisional else ""
        remark = {"provisional_note": zh}, {"provisional_note": en}
        return Gap({"due_at": shown(due_at)}, *remark)

    def items(self, notice: RightsNotice) -> Gap:
        """What the notice names, a line each."""
        r = self.records
        return Gap({"items": "\n".join(f"· {r.opened(item)}" for item in notice.items)})

    def _tell(
        self, to: PersonId, reader: Reader, notice: RightsNotice, code: str, gaps: tuple[Gap, ...]
    ) -> NoticeId:
        r = self.records
        template = r.counter_notices(notice.pack).letters[code]
        opens = r.codes.issue(CaseId(notice.id), to)
        known = Gap(
            {
                "number": notice.number,
                "code": opens,
                "link": f"{r.address}/notice/{opens}/",
            }
        )

        def written(language: str) -> tuple[str, str]:
            filled = {k: v for gap in (known, *gaps) for k, v in gap.in_(language).items()}
            return rules.write(template.in_(language), filled)

        return issue(r, to, reader, TEMPLATE + code, notice.id, written)
