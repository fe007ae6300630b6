"""A calendar feed of one's deadlines: a secret address, and what stands under it."""

from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import not_found
from gongdao.domain.deadlines.model import Deadline
from gongdao.domain.duty import ical
from gongdao.domain.duty.ical import Entry, Status
from gongdao.domain.duty.ports import Dated, Window
from gongdao.domain.flows.firm_papers import pack_with_firms, short
from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.policy.firms import FeedRule

_MOST = 500
"""Entries of one feed: the soonest."""


@dataclass(frozen=True, slots=True)
class Dating:
    """Making, revoking and reading a feed."""

    records: Records

    def make(self, caller: Caller) -> str:
        """A new address, said once: only a digest of its secret is kept. The old one is dead."""
        r, person = self.records, _owner(caller)
        with r.work():
            token = r.feeds.make(person, r.clock())
        return f"{r.address}/calendar/{token}.ics"

    def revoke(self, caller: Caller) -> None:
        """The address opens nothing any more."""
        with self.records.work():
            self.records.feeds.revoke(_owner(caller))

    def made_at(self, caller: Caller) -> datetime | None:
        """Since when one has a feed."""
        return self.records.feeds.made_at(_owner(caller))

    def per_minute(self) -> int:
        """How often one network address may ask for feeds."""
        return pack_with_firms(self.records)[1].feed.per_minute

    def feed(self, token: str) -> str:
        """The calendar under an address; NotFound for any other."""
        r = self.records
        person = r.feeds.opens(token)
        if person is None:
            raise not_found()
        rule, language, now = pack_with_firms(r)[1].feed, r.parties.language(person), r.clock()
        since = now - rule.kept.flat()
        entries = [self._deadline(each, rule, language) for each in self._of(person, since)]
        entries += [
            _window(each, rule, language, r.address, now)
            for each in r.feeds.windows(person, since, _MOST)
        ]
        entries.sort(key=lambda each: (each.due_at, each.uid))
        alarms = [span.flat() for span in rule.alarms]
        return ical.write(rule.name.in_(language), entries, alarms, now)

    def _of(self, person: PersonId, since: datetime) -> list[tuple[Dated, Deadline]]:
        r = self.records
        found = r.feeds.deadlines(person, since, _MOST)
        return [(each, r.deadlines.get(each.deadline).now) for each in found]

    def _deadline(self, of: tuple[Dated, Deadline], rule: FeedRule, language: str) -> Entry:
        dated, deadline = of
        kind = deadline.kind.value
        status = Status.TENTATIVE if deadline.provisional else Status.CONFIRMED
        return Entry(
            uid=f"deadline-{deadline.id}@gongdao",
            due_at=deadline.due_at,
            changed_at=dated.changed_at,
            sequence=dated.version - 1,
            title=_title(rule, kind, deadline.case, language),
            words=rule.provisional.in_(language) if deadline.provisional else "",
            status=status if deadline.stage.is_open else Status.CANCELLED,
            url=self.records.address,
        )


def _window(window: Window, rule: FeedRule, language: str, address: str, now: datetime) -> Entry:
    over = window.over or window.closes_at < now
    return Entry(
        uid=f"window-{window.decision}@gongdao",
        due_at=window.closes_at,
        changed_at=window.changed_at,
        sequence=window.version - 1 + window.over,
        title=_title(rule, "window", window.case, language),
        words="",
        status=Status.CANCELLED if over else Status.CONFIRMED,
        url=address,
    )


def _title(rule: FeedRule, kind: str, of: str, language: str) -> str:
    """The kind and the number: nothing of who or what it is about."""
    said = rule.kinds.get(kind) or rule.kinds["other"]
    number = rule.file.in_(language).format(number=short(of))
    return f"{said.in_(language)} · {number}"


def _owner(caller: Caller) -> PersonId:
    if caller.person is None or caller.only_case is not None:
        raise not_found()
    return caller.person
