"""What holds on a notice about rights: told to the operator's app, and undone in words to both."""

import json
from dataclasses import dataclass

from gongdao.domain.counter_notices.model import RightsNotice
from gongdao.domain.flows.announcing import Announcing
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.rights_letters import RightsLetters
from gongdao.domain.flows.telling import Gap
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.outgoing.model import Message, MessageId, MessageKind
from gongdao.domain.policy.basics import Words
from gongdao.domain.policy.model import SubjectKind


@dataclass(frozen=True, slots=True)
class RightsMeasures:
    """Runs in the transaction of the step that takes or undoes the measure."""

    records: Records
    announcing: Announcing

    def taken(self, notice: RightsNotice) -> None:
        """The app puts it into effect."""
        self._tell(notice, MessageKind.RIGHTS_MEASURE_TAKEN)

    def lifted(self, notice: RightsNotice) -> None:
        """The app undoes it."""
        self._tell(notice, MessageKind.RIGHTS_MEASURE_LIFTED)

    def restored(self, notice: RightsNotice, why: Words) -> None:
        """Undo it, and tell both sides why."""
        letters = RightsLetters(self.records)
        gap = Gap(zh={"why": why.zh}, en={"why": why.en})
        self.lifted(notice)
        letters.to_respondent(notice, "restored_respondent", gap, letters.items(notice))
        letters.to_notifier(notice, "restored_notifier", gap)

    def _tell(self, notice: RightsNotice, kind: MessageKind) -> None:
        """One message for each thing, so that those of one thing keep their order."""
        r = self.records
        if not r.webhooks.targets():
            return
        for item in notice.items:
            ref = r.opened(item)
            self.announcing.enter(
                Message(
                    id=MessageId(r.new_id()),
                    kind=kind,
                    subject=r.parties.subject_key(SubjectKind.CONTENT.value, ref),
                    case=CaseId(notice.id),
                    about=notice.respondent,
                    body=self._body(notice, kind, ref),
                    at=r.clock(),
                )
            )

    def _body(self, notice: RightsNotice, kind: MessageKind, ref: str) -> str:
        """Nothing of whoever gave the notice."""
        r = self.records
        account = r.parties.account(notice.respondent) if notice.respondent else None
        data = {
            "rights_notice": notice.number,
            "subject": {"kind": SubjectKind.CONTENT.value, "ref": ref, "masked": False},
            "account": account,
            "right": notice.right,
            "measure": notice.measure.value if notice.measure else None,
            "because": notice.because.value if notice.because else None,
        }
        body = {"type": kind.value, "timestamp": r.clock().isoformat(), "data": data}
        return json.dumps(body, ensure_ascii=False, separators=(",", ":"))
