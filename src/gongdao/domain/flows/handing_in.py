"""A text is handed in before it appears: looked at, told of, changed, taken back (F1)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import READERS, must_be, not_found
from gongdao.domain.flows.post_letters import (
    Book,
    PostLetters,
    book_for,
    book_of_today,
    held_id,
    work_of,
)
from gongdao.domain.flows.post_views import PostView, view_of, views_of
from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.errors import MovedOn, hint_noop
from gongdao.domain.kernel.events import Actor, Held, Role
from gongdao.domain.kernel.ids import GroupId, PersonId
from gongdao.domain.kernel.texts import check_characters
from gongdao.domain.outgoing.model import MessageKind
from gongdao.domain.owners import rules as owner_rules
from gongdao.domain.policy.model import SubjectKind
from gongdao.domain.screening import found as findings
from gongdao.domain.screening import own_words
from gongdao.domain.screening import post_rules as rules
from gongdao.domain.screening.model import Lane, Screened
from gongdao.domain.screening.own_words import OwnWord
from gongdao.domain.screening.posts import (
    Because,
    HeldPost,
    HeldPostId,
    HeldPostStep,
    Look,
    PostScreened,
    PostStage,
    Wait,
)

MINE_SHOWN = 50
"""Of one's own texts, on a page."""
_NO_EXTRA = timedelta(0)
OwnWords = Callable[[str, Sequence[str]], Sequence[OwnWord]]


@dataclass(frozen=True, slots=True)
class Handed:
    """What the operator's app hands in."""

    author: str
    """The account, as the app names it."""
    text: str
    reference: str
    """The app's own name of the text."""
    place: str = ""
    """The group or channel that it lies in, as the app names it."""
    wish: datetime | None = None
    """It is not to appear earlier."""


@dataclass(frozen=True, slots=True)
class HandingIn:
    """What an author and the operator's app do with a text that waits."""

    records: Records
    screen: Callable[[str], Screened]
    versions: Callable[[], tuple[str, str]]
    """Of the lists and the model that screen."""
    extra_delay: Callable[[PersonId], timedelta] = lambda _: _NO_EXTRA
    """By how much an account's standing makes its delays longer, or shorter."""
    own_words: OwnWords = lambda _text, _words: ()
    """Where words of a group's own list stand in a text."""
    posts_per_day: Callable[[PersonId], int | None] = lambda _: None
    """How many texts an account's standing lets it hand in within 24 hours; None: any number."""

    def hand_in(self, given: Handed, who: Caller) -> HeldPostId:
        """Look at a text and say when it appears, or who looks first."""
        must_be(who, Role.APP)
        r, book = self.records, book_of_today(self.records)
        check_characters(given.author, given.text, given.reference, given.place)
        rules.check_text(book.waiting, given.text)
        rules.check_names(given.author, given.reference, given.place)
        wish = rules.check_wish(given.wish, r.clock())
        look = self._looked(given.text)
        with r.work():
            author = r.parties.by_account(given.author.strip())
            self._check_per_day(author)
            group = self._group(given.place)
            r.decisions.cite(book.pack.ref, r.packs.digest(book.pack.ref))
            post, reference = HeldPostId(r.new_id()), given.reference.strip()
            made = look(author, self._own_of_group(given.text, group, author))
            wait = self._wait(book, made, author, group, wish)
            step = PostScreened(
                at=r.clock(),
                by=Actor(Role.APP),
                post=post,
                author=author,
                reference=r.texts.seal(reference, author),
                key=r.parties.subject_key("held_post", reference),
                place=r.texts.seal(given.place.strip(), author) if given.place.strip() else None,
                group=group,
                wish=wish,
                pack=book.pack.ref,
                look=made,
                wait=wait,
            )
            self._begin([step], post, 0, wait)
        return post

    def edit(self, post: str, text: str, who: Caller, version: int | None = None) -> None:
        """Its author, or the app for them, changes it: it is looked at anew."""
        r = self.records
        held, by = self._own(post, who, version)
        book = book_for(r, held.now)
        check_characters(text)
        rules.check_text(book.waiting, text)
        look = self._looked(text)
        now = held.now
        with r.work():
            r.decisions.cite(book.pack.ref, r.packs.digest(book.pack.ref))
            made = look(now.author, self._own_of_group(text, now.group, now.author))
            wait = self._wait(book, made, now.author, now.group, now.wish)
            work = work_of(r, book.pack.ref)
            step = rules.edit(now, made, book.pack.ref, wait, by, work)
            changed = self._begin([step], now.id, held.version, wait)
            PostLetters(r).announce(MessageKind.POST_EDITED, changed)

    def take_back(self, post: str, who: Caller, version: int | None = None) -> None:
        """Its author, or the app for them, takes it back."""
        r = self.records
        held, by = self._own(post, who, version)
        with r.work():
            step = rules.take_back(held.now, by, r.clock())
            kept = r.held_posts.add(held.now.id, [step], after=held.version)
            PostLetters(r).announce(MessageKind.POST_TAKEN_BACK, kept.now)

    def read(self, post: str, who: Caller) -> PostView:
        """One text, for its author, the app, staff and the auditor."""
        r = self.records
        held = r.held_posts.get(held_id(post))
        theirs = who.person is not None and who.person == held.now.author
        if not (theirs and who.only_case is None) and not (
            who.has(Role.APP, *READERS, Role.AUDITOR)
        ):
            raise not_found()
        return view_of(r, held)

    def mine(self, who: Caller, before: str | None = None) -> list[PostView]:
        """One's own texts, the latest first, after one of them."""
        if who.person is None or who.only_case is not None:
            return []
        r, last = self.records, HeldPostId(self.my_own(before, who).id) if before else None
        return views_of(r, r.held_posts.of_author(who.person, MINE_SHOWN, last))

    def has_any(self, who: Caller) -> bool:
        """Whether somebody ever had a text here."""
        if who.person is None or who.only_case is not None:
            return False
        return bool(self.records.held_posts.of_author(who.person, 1))

    def my_own(self, post: str, who: Caller) -> PostView:
        """One of them; NotFound for anybody else's."""
        held = self.records.held_posts.get(held_id(post))
        if who.person is None or who.only_case is not None or who.person != held.now.author:
            raise not_found()
        return view_of(self.records, held)

    def listed(
        self, who: Caller, limit: int, before: str | None, stage: PostStage | None
    ) -> Sequence[PostView]:
        """All texts, the latest first, for the app, staff and the auditor."""
        must_be(who, Role.APP, *READERS, Role.AUDITOR)
        r = self.records
        last = held_id(before) if before else None
        return views_of(r, r.held_posts.listed(limit, last, stage))

    def _begin(
        self, steps: list[HeldPostStep], post: HeldPostId, after: int, wait: Wait | None
    ) -> HeldPost:
        """Keep what was handed in; what waits for nobody appears at once."""
        r = self.records
        if wait is None:
            steps = [*steps, rules.appear(Because.NOTHING_FOUND, r.clock())]
        kept = r.held_posts.add(post, steps, after=after).now
        letters = PostLetters(r)
        if wait is None:
            letters.announce(MessageKind.POST_APPEARED, kept)
        else:
            letters.waits(kept)
        return kept

    def _looked(self, text: str) -> Callable[[PersonId, Sequence[OwnWord]], Look]:
        """What screening makes of a text, found before anything is locked."""
        r, found = self.records, self.screen(text)
        categories = tuple(dict.fromkeys(each.category for each in found.findings))
        names = self.versions()

        def sealed(author: PersonId, own: Sequence[OwnWord]) -> Look:
            return Look(
                text=r.texts.seal(text, author),
                found=r.texts.seal(findings.written(found.findings), author),
                categories=categories if found.lane is not Lane.PUBLISH else (),
                lane=found.lane,
                lexicon=names[0],
                model=names[1],
                own=r.texts.seal(own_words.written(own), author) if own else None,
            )

        return sealed

    def _wait(
        self, book: Book, look: Look, author: PersonId, group: GroupId | None, wish: datetime | None
    ) -> Wait | None:
        work = work_of(self.records, book.pack.ref)
        owned = group is not None and self._asks_owner(group, author)
        extra = self.extra_delay(author) if look.lane is Lane.DELAY else _NO_EXTRA
        return rules.first_wait(
            look.lane, work, owned=owned, own=look.own is not None, wish=wish, extra_delay=extra
        )

    def _own_of_group(
        self, text: str, group: GroupId | None, author: PersonId
    ) -> Sequence[OwnWord]:
        """Words of the group's own list in a text, unless its author owns the group."""
        if group is None or not self._asks_owner(group, author):
            return ()
        r = self.records
        seal = r.groups.get(group).now.words
        words = owner_rules.lines(r.texts.open(seal) or "") if seal else []
        return self.own_words(text, words) if words else ()

    def _check_per_day(self, author: PersonId) -> None:
        r, most = self.records, self.posts_per_day(author)
        latest = r.held_posts.of_author(author, most) if most is not None else []
        rules.check_per_day(most, [held.now.handed_in_at for held in latest], r.clock())

    def _group(self, place: str) -> GroupId | None:
        r = self.records
        if not place.strip():
            return None
        held = r.groups.by_key(r.parties.subject_key(SubjectKind.GROUP.value, place.strip()))
        return held.now.id if held else None

    def _asks_owner(self, group: GroupId, author: PersonId) -> bool:
        """Not where the author owns it, too: the owners of a group know each other."""
        owners = self.records.groups.get(group).now.owners
        return bool(owners) and author not in owners

    def _own(self, post: str, who: Caller, version: int | None) -> tuple[Held[HeldPost], Actor]:
        held = self.records.held_posts.get(held_id(post))
        if who.person is None and who.has(Role.APP):
            by = Actor(Role.APP)
        elif who.person == held.now.author and who.only_case is None:
            by = Actor(Role.AUTHOR, who.person)
        else:
            raise not_found()
        check_version(held, version)
        return held, by


def check_version(held: Held[HeldPost], version: int | None) -> None:
    """Refuse what was meant for another version than there is now."""
    if version is not None and version != held.version:
        raise MovedOn(
            "held.moved_on", hint_noop("It changed since you read it. Read it again, then act.")
        )
