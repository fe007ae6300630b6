"""What is told of a text that waits: to its author, the desk's lead, and the operator's app."""

import json
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.access.rules import not_found
from gongdao.domain.flows.announcing import Announcing
from gongdao.domain.flows.firm_papers import short
from gongdao.domain.flows.issuing import issue
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.flows.telling import Gap, shown
from gongdao.domain.kernel.errors import PackInvalid, hint_noop
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId, PackRef, PersonId
from gongdao.domain.notices import rules as notices
from gongdao.domain.notices.model import Reader
from gongdao.domain.outgoing.model import Message, MessageId, MessageKind
from gongdao.domain.policy.pack import RulePack
from gongdao.domain.policy.screening import ScreeningPolicy, WaitingPolicy
from gongdao.domain.screening.post_rules import Clockwork
from gongdao.domain.screening.posts import HeldPost, HeldPostId, Level

TEMPLATE = "held_"
"""How the names of these letters begin."""


@dataclass(frozen=True, slots=True)
class Book:
    """The rules that a text waits by."""

    pack: RulePack
    screening: ScreeningPolicy
    waiting: WaitingPolicy


def book_of_today(r: Records) -> Book:
    """Today's rules; PackInvalid where they say nothing of texts that wait."""
    return _book(pack_of_the_day(r.packs, r.clock()))


def book_for(r: Records, post: HeldPost) -> Book:
    """Today's rules for a text, or its own where today's let no text wait any more."""
    day = pack_of_the_day(r.packs, r.clock())
    return _book(day if day.screening and day.screening.waiting else r.packs.at(post.pack))


def book_of(r: Records, ref: PackRef) -> Book:
    """The rules that a text was handed in under."""
    return _book(r.packs.at(ref))


def work_of(r: Records, ref: PackRef) -> Clockwork:
    """What moments of a text are counted with, now."""
    return Clockwork(book_of(r, ref).waiting, r.calendar, r.clock())


def held_id(post: str) -> HeldPostId:
    """An id from outside; what holds strange characters is not found."""
    if not post.isascii() or not post.isprintable():
        raise not_found()
    return HeldPostId(post)


@dataclass(frozen=True, slots=True)
class PostLetters:
    """Writes letters and messages. Runs in the transaction of the step that it tells about."""

    records: Records

    def waits(self, post: HeldPost) -> None:
        """Its author is told why it doesn't appear yet, when it will, and what to do."""
        if post.wait is None:
            return
        if post.wait.level is Level.CLOCK:
            if post.look.categories:
                self._author(post, "held_delayed", self._when(post.wait.until))
        elif post.for_owner_alone:
            self._author(post, "held_for_owner", self._when(post.wait.until))
        else:
            self._author(post, "held_waits", self._when(post.wait.until))

    def released(self, post: HeldPost) -> None:
        """A person let it appear."""
        self._author(post, "held_released")
        self.announce(MessageKind.POST_RELEASED, post)

    def appeared_unseen(self, post: HeldPost) -> None:
        """Nobody looked in time, so it appears."""
        self._author(post, "held_unseen")

    def overdue(self, post: HeldPost) -> None:
        """Nobody looked in time, and it waits on: its author and the leads of the desk are told."""
        if post.wait is None or post.wait.level is not Level.LEAD:
            return
        self._author(post, "held_still_waits", self._when(post.wait.until))
        link = Gap(both={"link": f"{self.records.address}/desk/screening/{post.id}/"})
        looked = post.passed_by
        for each in self.records.staff.reviewers():
            if Role.SENIOR_REVIEWER in each.roles and each.person not in (post.author, *looked):
                when = self._when(post.wait.until)
                self._tell(each.person, Reader.STAFF, "held_for_the_lead", post, when, link)

    def announce(self, kind: MessageKind, post: HeldPost) -> None:
        """One message to the operator's app, without the text: the app reads it where it waits."""
        r = self.records
        if not r.webhooks.targets():
            return
        subject = {"kind": "content", "ref": r.opened(post.reference), "masked": False}
        told = {
            "post": post.id,
            "subject": subject,
            "account": r.parties.account(post.author),
            "state": post.stage.value,
            "because": post.because.value if post.because else None,
            "case": post.case,
            "edits": post.edits,
        }
        body = {"type": kind.value, "timestamp": r.clock().isoformat(), "data": told}
        Announcing(r).enter(
            Message(
                id=MessageId(r.new_id()),
                kind=kind,
                subject=post.key,
                case=CaseId(post.id),
                about=post.author,
                body=json.dumps(body, ensure_ascii=False, separators=(",", ":")),
                at=r.clock(),
            )
        )

    def _author(self, post: HeldPost, template: str, *gaps: Gap) -> None:
        link = Gap(both={"link": f"{self.records.address}/mine/posts/{post.id}/"})
        self._tell(post.author, Reader.AUTHOR, template, post, link, *gaps)

    def _tell(
        self, to: PersonId, reader: Reader, template: str, post: HeldPost, *gaps: Gap
    ) -> None:
        r, book = self.records, book_of(self.records, post.pack)
        found = notices.template(book.pack, template)

        def written(language: str) -> tuple[str, str]:
            names = book.waiting.names
            named = [names[each].in_(language) for each in post.look.categories]
            filled = {
                "number": short(post.id),
                "subject": r.opened(post.reference),
                "why": ("、" if language.startswith("zh") else ", ").join(named) or "–",
            }
            for gap in gaps:
                filled.update(gap.in_(language))
            return notices.write(found.in_(language), filled)

        issue(r, to, reader, template, post.id, written)

    def _when(self, moment: datetime) -> Gap:
        return Gap(both={"due_at": shown(moment)})


def _book(pack: RulePack) -> Book:
    found = pack.screening
    if found is None or found.waiting is None:
        raise PackInvalid(
            "pack.no_waiting",
            hint_noop("The pack {pack} lets no text wait. Add waiting to its screening part."),
            pack=str(pack.ref),
        )
    return Book(pack, found, found.waiting)
