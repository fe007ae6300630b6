"""Telling the operator's app: a message is written in the transaction of what it tells about.

A message holds codes, numbers, moments, the subject as the operator named it and whose it is. It
never holds a free text, and nothing of who reported.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from gongdao.domain.appeals.model import Appeal
from gongdao.domain.decisions.model import Decision, Sanction
from gongdao.domain.flows.masking import masking
from gongdao.domain.flows.records import Records
from gongdao.domain.intake.model import Case
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.outgoing.model import Message, MessageId, MessageKind
from gongdao.domain.owners.model import Group

WEBHOOK = "webhook"
"""The outbox topic that sends a message to a target."""

Part = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Announcing:
    """Writes messages. Runs in the transaction of the step that it tells about."""

    records: Records

    def decision(self, case: Case, decision: Decision) -> None:
        """A case was decided, or a report was not taken up."""
        self.announce(MessageKind.DECISION_MADE, case, decision=_decision(decision))

    def sanction(self, kind: MessageKind, case: Case, sanction: Sanction) -> None:
        """A measure took effect, was taken back, or its time is over."""
        self.announce(kind, case, sanction=_sanction(sanction))

    def appeal(self, case: Case, appeal: Appeal, decision: Decision) -> None:
        """An appeal ended; messages on what follows from that come behind this one."""
        kind = MessageKind(f"appeal.{appeal.stage.value}")
        told = {"id": appeal.id, "level": appeal.level, "outcome": appeal.stage.value}
        self.announce(kind, case, appeal=told, decision=_decision(decision))

    def tools(self, group: Group, version: int) -> None:
        """The owner of a group set its tools: the app reads them where it named the group."""
        r = self.records
        ref = r.opened(group.ref)
        subject = {"kind": "group", "ref": ref, "masked": False}
        told = {"group": group.id, "subject": subject, "version": version}
        kind = MessageKind.GROUP_TOOLS_CHANGED
        body = {"type": kind.value, "timestamp": r.clock().isoformat(), "data": told}
        self.enter(
            Message(
                id=MessageId(r.new_id()),
                kind=kind,
                subject=group.key,
                case=CaseId(group.id),
                about=None,
                body=json.dumps(body, ensure_ascii=False, separators=(",", ":")),
                at=r.clock(),
            )
        )

    def announce(self, kind: MessageKind, case: Case, **parts: Part) -> None:
        """Write one message for every target; nothing where there is none."""
        r = self.records
        if not r.webhooks.targets():
            return
        message = Message(
            id=MessageId(r.new_id()),
            kind=kind,
            subject=case.subject.key,
            case=case.id,
            about=case.respondent,
            body=self._body(kind, case, parts),
            at=r.clock(),
        )
        self.enter(message)

    def enter(self, message: Message) -> None:
        """Promise a message to every target."""
        r = self.records
        for sending in r.webhooks.enter(message):
            r.outbox.post(WEBHOOK, sending, {"sending": sending})

    def _body(self, kind: MessageKind, case: Case, parts: Mapping[str, Part]) -> str:
        r = self.records
        ref = r.opened(case.subject.ref)
        masked = masking(r, case)(ref)
        data = {
            "case": case.id,
            "subject": {
                "kind": case.subject.kind.value,
                "ref": masked,
                "masked": masked != ref,
            },
            "account": r.parties.account(case.respondent) if case.respondent else None,
            "category": case.category,
            **parts,
        }
        body = {"type": kind.value, "timestamp": r.clock().isoformat(), "data": data}
        return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _decision(decision: Decision) -> Part:
    closes = decision.appeal_closes
    return {
        "id": decision.id,
        "outcome": decision.outcome.value,
        "state": decision.state.value,
        "clause": decision.clause,
        "pack": str(decision.pack),
        "decided_at": decision.decided_at.isoformat(),
        "appeal_closes": closes.isoformat() if closes else None,
    }


def _sanction(sanction: Sanction) -> Part:
    measure = sanction.measure
    return {
        "id": sanction.id,
        "decision": sanction.decision,
        "penalty": measure.penalty.value,
        "scope": measure.scope.value,
        "duration": str(measure.duration) if measure.duration else None,
        "imposed_at": sanction.imposed_at.isoformat(),
        "ends_at": sanction.ends_at.isoformat() if sanction.ends_at else None,
        "state": sanction.state.value,
    }
