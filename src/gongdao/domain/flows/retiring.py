"""The numbers of screening, and what follows from them for entries of the lexicon.

A machine counts and proposes; a person retires, keeps or restores. No entry is ever deleted.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import may_read_desk, must_be
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.kernel.errors import BadInput, NotFound, Refused, hint_noop
from gongdao.domain.kernel.events import SYSTEM, Actor, Recorded, Role
from gongdao.domain.kernel.ids import Sealed
from gongdao.domain.kernel.texts import check_characters
from gongdao.domain.kernel.work import ReadAhead
from gongdao.domain.policy.screening import Category, LearningPolicy, ScreeningPolicy
from gongdao.domain.screening import entries, tally
from gongdao.domain.screening.bounds import of_accounts, of_both
from gongdao.domain.screening.entries import EntryStage, EntryStep, JudgedEntry
from gongdao.domain.screening.labels import Label
from gongdao.domain.screening.tally import Numbers, Tally
from gongdao.domain.screening.taught import Taught

RETIRERS = (Role.SENIOR_REVIEWER, Role.OPERATOR)
"""Who decides on a proposal."""
SHORTEST_REASON, LONGEST_REASON = 10, 2000
_MOST = 10_000
Given = Callable[[], Mapping[tuple[Category, str], float | None]]
"""Every entry of the lexicon in use, with the share that its list gives it."""


@dataclass(frozen=True, slots=True)
class EntryShown:
    """An entry that was ever proposed, as the desk shows it."""

    entry: JudgedEntry
    now: Tally
    """Its alarms by today's labels."""
    left_out: int
    """Further ones that one account's texts raised, beyond its share."""
    reviewers: int
    """How many people's word they are."""
    reasons: str | None
    by: str | None
    """Who of the staff spoke last; None: the system did."""


@dataclass(frozen=True, slots=True)
class Retiring:
    """Counts, proposes, and carries out what a person decided."""

    records: Records
    given: Given
    changed: Callable[[], None] = lambda: None
    """Told when what the screener knows has changed."""

    def numbers(self, caller: Caller) -> Numbers:
        """What decisions say of screening; for staff and the auditor."""
        may_read_desk(caller)
        return tally.numbers(self.records.labels.counted(), self.policy())

    def board(self, caller: Caller) -> tuple[Numbers, list[EntryShown]]:
        """The numbers and all that was ever proposed: for a page, which reads the labels once."""
        may_read_desk(caller)
        r, labels = self.records, self.records.labels.counted()
        listed = self._shown(r.judged_entries.listed(_MOST), labels)
        return tally.numbers(labels, self.policy()), listed

    def listed(self, caller: Caller, stage: EntryStage | None = None) -> list[EntryShown]:
        """Entries that were ever proposed, the latest first."""
        may_read_desk(caller)
        r = self.records
        return self._shown(r.judged_entries.listed(_MOST, stage), r.labels.counted())

    def one(self, id_: str, caller: Caller) -> EntryShown:
        """One of them; NotFound if it was never proposed."""
        may_read_desk(caller)
        r = self.records
        return self._shown([r.judged_entries.get(id_).now], r.labels.counted())[0]

    def named(self, entry: str, category: Category | None, caller: Caller) -> EntryShown:
        """One of them by its words, and by its category where several have the same."""
        fits = [
            each
            for each in self.listed(caller)
            if each.entry.entry == entry and category in {None, each.entry.category}
        ]
        if len(fits) != 1:
            raise Refused(
                "lexicon.which_entry",
                hint_noop("{n} entries of this name were proposed. See `gongdao lexicon numbers`."),
                n=len(fits),
            )
        return fits[0]

    def _shown(self, found: Sequence[JudgedEntry], labels: Sequence[Label]) -> list[EntryShown]:
        r = self.records
        seals = [each.reasons for each in found if each.reasons]
        ahead = ReadAhead(r.texts, r.texts.several(seals))
        people = {each.by.person for each in found}
        names = {who: r.staff.name(who) for who in people if who}
        everyone = {(t.category, t.key): t.n for t in tally.entries(labels)}
        known = {(t.category, t.key): t for t in tally.entries(labels, self._fair(of_accounts))}
        reviewers, shown = tally.reviewers(labels), []
        for each in found:
            key = each.category, each.entry
            now = known.get(key, Tally(*key, 0, 0))
            left = everyone.get(key, 0) - now.n
            words = replace(r, texts=ahead).opened(each.reasons) if each.reasons else None
            by = names.get(each.by.person) if each.by.person else None
            shown.append(EntryShown(each, now, left, reviewers.get(key, 0), words, by))
        return shown

    def history(self, id_: str, caller: Caller) -> Sequence[Recorded[EntryStep]]:
        """Who did what with an entry, and when."""
        may_read_desk(caller)
        self.records.judged_entries.get(id_)
        return self.records.judged_entries.history(id_)

    def retire(self, id_: str, reasons: str, caller: Caller) -> None:
        """Stop matching an entry that is proposed."""
        self._judge(id_, reasons, caller, entries.retire)

    def keep(self, id_: str, reasons: str, caller: Caller) -> None:
        """Go on matching an entry that is proposed."""
        self._judge(id_, reasons, caller, entries.keep)

    def restore(self, id_: str, reasons: str, caller: Caller) -> None:
        """Match a retired entry again."""
        self._judge(id_, reasons, caller, entries.restore)

    def round(self) -> int:
        """Propose what has to be, and score every entry anew; how many were proposed."""
        r, policy = self.records, self.policy()
        if policy.teaching is None:
            return 0
        with r.work():
            labels = r.labels.counted()
            counted = tally.entries(labels, self._fair(of_accounts))
            given = self.given() if counted else {}
            found = [
                self._proposal(each, policy)
                for each in counted
                if (each.category, each.key) in given
            ]
            steps = [each for each in found if each is not None]
            for step, after in steps:
                stream = entries.stream_of(step.category, step.entry)
                r.judged_entries.add(stream, [step], after=after)
            self._teach(labels, given, policy)
        self.changed()
        return len(steps)

    def policy(self) -> ScreeningPolicy:
        """The house's rules of screening as they are today."""
        found = pack_of_the_day(self.records.packs, self.records.clock()).screening
        if found is None:
            raise NotFound("not_found", hint_noop("The house pack says nothing of screening."))
        return found

    def _proposal(
        self, each: Tally, policy: ScreeningPolicy
    ) -> tuple[entries.EntryProposed, int] | None:
        r, teaching = self.records, policy.teaching
        if teaching is None or each.category is None or not entries.cries_wolf(each, teaching):
            return None
        held = r.judged_entries.of(each.category, each.key)
        known = held.now if held else None
        step = entries.propose(known, each, teaching, SYSTEM, r.clock())
        return (step, held.version if held else 0) if step else None

    def _judge(
        self,
        id_: str,
        reasons: str,
        caller: Caller,
        rule: Callable[[JudgedEntry, Sealed, Actor, datetime], EntryStep],
    ) -> None:
        r = self.records
        must_be(caller, *RETIRERS)
        by = Actor(next(role for role in RETIRERS if role in caller.roles), caller.person)
        said = checked_reasons(reasons)
        with r.work():
            held = r.judged_entries.get(id_)
            step = rule(held.now, r.texts.seal(said, None), by, r.clock())
            r.judged_entries.add(id_, [step], after=held.version)
            self._teach(r.labels.counted(), self.given(), self.policy())
        self.changed()

    def _teach(
        self,
        labels: Sequence[Label],
        given: Mapping[tuple[Category, str], float | None],
        policy: ScreeningPolicy,
    ) -> None:
        """What the screener reads from now on, if it is not what it reads already.

        Nobody looks at a score before it counts: so neither one reviewer nor one account moves it.
        """
        r, teaching = self.records, policy.teaching
        retired = r.judged_entries.listed(_MOST, EntryStage.RETIRED)
        scores = {}
        for each in tally.entries(labels, self._fair(of_both)):
            if teaching and each.category is not None and each.n >= teaching.least:
                known = given.get((each.category, each.key))
                prior = policy.entry_score if known is None else known
                scores[each.category, each.key] = tally.learned(each, prior, teaching.prior)
        taught = Taught(frozenset((e.category, e.entry) for e in retired), scores)
        if taught != r.lessons.now():
            r.lessons.keep(taught)

    def _fair(
        self, bound: Callable[[Sequence[Label], LearningPolicy], list[Label]]
    ) -> Callable[[Sequence[Label]], list[Label]]:
        """What leaves out of an entry's labels those that weigh too much."""
        teaching = self.policy().teaching
        return (lambda labels: bound(labels, teaching.learning)) if teaching else list


def checked_reasons(reasons: str) -> str:
    """A reason of a length that says something; BadInput else."""
    check_characters(reasons)
    said = reasons.strip()
    if not SHORTEST_REASON <= len(said) <= LONGEST_REASON:
        raise BadInput(
            "lexicon.reasons",
            hint_noop("Say why in {least} to {most} characters."),
            least=SHORTEST_REASON,
            most=LONGEST_REASON,
        )
    return said
