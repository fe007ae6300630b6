"""Telling the many reporters of one case: what a step promised, in pieces that can be repeated."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.flows.records import Records
from gongdao.domain.flows.telling import REST, Gap, Telling
from gongdao.domain.kernel.ids import CaseId, PersonId, Sealed
from gongdao.domain.notices.model import Reader

PIECE = 100
"""So many are told in one unit of work."""


@dataclass(frozen=True, slots=True)
class TellingTheRest:
    """The handler of the outbox topic `tell_reporters`."""

    records: Records
    telling: Telling

    def __call__(self, payload: Mapping[str, str], *, last: bool = False) -> None:
        """Tell one piece, and promise the next within the same unit of work.

        A crash repeats at most one piece; who was told already is not told again.
        """
        del last  # tried again like any other; what is given up is seen at the desk
        r = self.records
        begin, end = int(payload["from"]), int(payload["to"])
        with r.work():
            case = r.cases.get(payload["case"]).now
            said = json.loads(r.opened(Sealed(payload["gaps"])))
            gaps = [Gap(both=both, zh=zh, en=en) for both, zh, en in said]
            people = [p for p in case.reporters if p != payload["but"]][:end]
            for person in people[begin : begin + PIECE]:
                if not self._told(person, case.id, payload):
                    self.telling.tell(person, Reader.REPORTER, payload["template"], case, *gaps)
            if begin + PIECE < len(people):
                rest = {**payload, "from": str(begin + PIECE)}
                key = f"{payload['gaps']}/{begin + PIECE}"
                r.outbox.post(REST, key, rest)

    def _told(self, person: PersonId, case: CaseId, payload: Mapping[str, str]) -> bool:
        """Whether an earlier try of this piece was kept after all."""
        since = datetime.fromisoformat(payload["at"])
        inbox = self.records.notices.inbox(person, 20, case)
        return any(n.template == payload["template"] and n.issued_at >= since for n in inbox)
