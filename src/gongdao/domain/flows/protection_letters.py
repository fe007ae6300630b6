"""What the owner of an account is told about its safety, and at which contacts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongdao.domain.deadlines.model import (
    Deadline,
    DeadlineMissed,
    DeadlineReminded,
    DeadlineStep,
)
from gongdao.domain.flows.issuing import issue
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.flows.telling import Gap, shown
from gongdao.domain.kernel.errors import PackInvalid, hint_noop
from gongdao.domain.kernel.ids import PersonId, Sealed
from gongdao.domain.notices import rules as notices
from gongdao.domain.notices.model import Reader
from gongdao.domain.notices.ports import Mailer
from gongdao.domain.policy.protection import ProtectionPolicy
from gongdao.domain.protection.model import protection_id

ALARM = "alarm"
"""The outbox topic that writes to a contact of an account that is not its address."""


def policy_of(r: Records) -> ProtectionPolicy:
    """How accounts are protected today; PackInvalid where the pack does not say."""
    pack = pack_of_the_day(r.packs, r.clock())
    if pack.protection is None:
        raise PackInvalid(
            "pack.no_protection",
            hint_noop("The pack {pack} says nothing of protecting accounts. Add protection."),
            pack=str(pack.ref),
        )
    return pack.protection


def tell(r: Records, person: PersonId, template: str, *gaps: Gap) -> None:
    """Into the inbox, and by mail to the account's address."""

    def written(language: str) -> tuple[str, str]:
        return _written(r, template, language, gaps)

    issue(r, person, Reader.HOLDER, template, protection_id(person), written)


def write_to(r: Records, person: PersonId, contact: Sealed, template: str, *gaps: Gap) -> None:
    """By mail to another contact of theirs, and nowhere else: it may hold a code."""
    subject, body = _written(r, template, r.parties.language(person), gaps)
    sealed = r.texts.seal_all([subject, body], person)
    name = r.new_id()
    r.outbox.post(ALARM, name, {"to": contact, "subject": sealed[0], "body": sealed[1]})


def _written(r: Records, template: str, language: str, gaps: Sequence[Gap]) -> tuple[str, str]:
    found = notices.template(pack_of_the_day(r.packs, r.clock()), template)
    filled = {"address": r.address, "at": shown(r.clock())}
    for gap in gaps:
        filled.update(gap.in_(language))
    return notices.write(found.in_(language), filled)


@dataclass(frozen=True, slots=True)
class Alarming:
    """The handler of the outbox topic `alarm`. Its jobs hold seals alone: no address, no code."""

    records: Records
    mailer: Mailer

    def __call__(self, payload: Mapping[str, str], *, last: bool = False) -> None:  # noqa: ARG002
        """Send one letter; nothing where its words were erased meanwhile."""
        opened = [self.records.texts.open(Sealed(payload[k])) for k in ("to", "subject", "body")]
        to, subject, body = opened
        if to is None or subject is None or body is None:
            return
        self.mailer.send(to, subject, body, payload["body"][:32])


def backup_time_passed(r: Records, deadline: Deadline, steps: Sequence[DeadlineStep]) -> None:
    """The year of a second address is nearly over, or over."""
    person = r.protections.get(deadline.about).now.person
    until = Gap(both={"due_at": shown(deadline.due_at)})
    for step in steps:
        if isinstance(step, DeadlineReminded):
            tell(r, person, "account_backup_due", until)
        elif isinstance(step, DeadlineMissed):
            tell(r, person, "account_backup_lapsed", until)
