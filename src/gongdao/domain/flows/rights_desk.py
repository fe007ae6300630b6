"""What staff do with notices about rights: judge them, look at proofs, mark what was wrong."""

from collections.abc import Sequence
from dataclasses import dataclass

from gongdao.domain.access.model import Caller, FileParties
from gongdao.domain.access.rules import decider, may_read_desk
from gongdao.domain.counter_notices import papers, rules
from gongdao.domain.counter_notices.events import (
    Because,
    Mark,
    Paper,
    RightsNoticeId,
    RightsStep,
    Via,
)
from gongdao.domain.counter_notices.identity import read, shared
from gongdao.domain.counter_notices.model import RightsNotice
from gongdao.domain.flows.notice_takedown import NoticeTakedown
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.rights_papers import masked
from gongdao.domain.flows.telling import Gap
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Held
from gongdao.domain.kernel.ids import CaseId, Sealed
from gongdao.domain.kernel.texts import check_characters
from gongdao.domain.policy.basics import Words
from gongdao.domain.policy.counter_notices import CounterNoticePolicy, MeasureKind, Right

_SHOWN = 200
_MARKS = {
    Mark.WRONG: Words(zh="有错误", en="wrong"),
    Mark.MALICIOUS: Words(zh="明知不实", en="knowingly false"),
}
_PAPERS = {
    Paper.NOTICE: Words(zh="通知", en="notice"),
    Paper.COUNTER: Words(zh="声明", en="counter-notice"),
}


@dataclass(frozen=True, slots=True)
class RightsDesk:
    """Steps of reviewers who have no part in the matter."""

    records: Records
    takedown: NoticeTakedown

    def waiting(self, caller: Caller) -> Sequence[RightsNotice]:
        """What is not over, first what nobody has judged."""
        may_read_desk(caller)
        return self.records.rights_notices.open_ones(_SHOWN)

    def ask_more(
        self, notice: RightsNoticeId, missing: Sequence[str], reasons: str, caller: Caller
    ) -> None:
        """Ask for what is missing; nothing is taken down meanwhile."""
        r = self.records
        with r.work():
            held, policy, right, by = self._at(notice, caller)
            seal = self._reasons(policy, reasons, held.now)
            step = rules.ask_more(held.now, right, missing, seal, by, r.clock())
            now = self._add(held, [step]).now
            said = {"reasons": reasons.strip(), "missing": ", ".join(missing)}
            names = {language: _named(right, missing, language) for language in ("zh", "en")}
            gap = Gap(said, {"missing": names["zh"]}, {"missing": names["en"]})
            self.takedown.letters.to_notifier(now, "more_asked", gap)

    def reject(self, notice: RightsNoticeId, reasons: str, caller: Caller) -> None:
        """Find the notice without effect."""
        r = self.records
        with r.work():
            held, policy, _, by = self._at(notice, caller)
            seal = self._reasons(policy, reasons, held.now)
            now = self._add(held, [rules.reject(held.now, seal, by, r.clock())]).now
            gap = Gap({"reasons": reasons.strip()})
            self.takedown.letters.to_notifier(now, "rejected", gap)

    def accept(
        self, notice: RightsNoticeId, measure: MeasureKind, reasons: str, caller: Caller,
        account: str = "", withheld: Sequence[int] = (),
    ) -> None:  # fmt: skip
        """Find it effective: measure, statement of reasons and passing on, all at once."""
        r = self.records
        check_characters(account)
        with r.work():
            held, policy, right, by = self._at(notice, caller)
            seal = self._reasons(policy, reasons, held.now)
            named = account.strip()
            respondent = r.parties.by_account(named) if named else held.now.respondent
            identity = read(r.texts.open(held.now.identity))
            now = r.clock()
            effective = rules.accept(held.now, right, respondent, identity, seal, by, now)
            if respondent == by.person:
                raise own_matter()
            rules.check_withheld(held.now, withheld)
            held = self._add(held, [effective])
            gap = self._measure(held.now, policy, measure, reasons.strip())
            zh, en = self._statements(held.now, policy, gap)
            taken = rules.take(held.now, right, measure, zh, en, by, now)
            held = self._add(held, [taken])
            letter = self.takedown.letters.to_respondent(held.now, "measure", *gap)
            if letter is not None:
                held = self._add(held, [rules.forward(held.now, letter, withheld, now)])
            self.takedown.letters.to_notifier(held.now, "forwarded", *gap)
            self.takedown.measures.taken(held.now)

    def handed_over(self, notice: RightsNoticeId, caller: Caller) -> None:
        """Note that what was passed on reached its reader otherwise than by mail or page."""
        r = self.records
        with r.work():
            held, _, _, by = self._at(notice, caller)
            if held.now.under_way is None:
                raise Refused("rights_notice.nothing_under_way", hint_noop("Nothing is under way."))
            self.takedown.arrived(held, Via.POST, r.clock(), by)

    def doubt(self, notice: RightsNoticeId, reasons: str, caller: Caller) -> None:
        """What was shown is no suit and no complaint: the period runs on."""
        r = self.records
        with r.work():
            held, policy, _, by = self._at(notice, caller)
            seal = self._reasons(policy, reasons, held.now)
            now = self._add(held, [rules.doubt_proof(held.now, seal, by, r.clock())]).now
            self.takedown.clock.release(now, by)
            self.takedown.letters.to_notifier(now, "proof_doubted", Gap({"reasons": reasons}))

    def resume(self, notice: RightsNoticeId, caller: Caller) -> None:
        """The reason for a pause is gone: the period runs on."""
        with self.records.work():
            held, _, _, by = self._at(notice, caller)
            self.takedown.run_on(held, by)

    def restore(self, notice: RightsNoticeId, reasons: str, caller: Caller) -> None:
        """Undo the measure, for example since a court has decided."""
        r = self.records
        with r.work():
            held, policy, _, by = self._at(notice, caller)
            seal = self._reasons(policy, reasons, held.now)
            now = self._add(held, [rules.restore(held.now, seal, by, r.clock())]).now
            self.takedown.clock.stop(now, Because.REVIEWER.value, by)
            said = reasons.strip()
            self.takedown.measures.restored(now, Words(zh=said, en=said))

    def mark(
        self, notice: RightsNoticeId, paper: Paper, found: Mark, reasons: str, caller: Caller
    ) -> None:
        """Note that a paper was wrong, or knowingly so, with the reasons."""
        r = self.records
        with r.work():
            held, policy, _, by = self._at(notice, caller)
            seal = self._reasons(policy, reasons, held.now)
            step = rules.mark(held.now, paper, found, seal, by, r.clock())
            now = self._add(held, [step]).now
            word, what, liability = _MARKS[found], _PAPERS[paper], policy.liability
            gap = Gap(
                {"reasons": reasons.strip()},
                {"mark": word.zh, "paper": what.zh, "liability": liability.zh},
                {"mark": word.en, "paper": what.en, "liability": liability.en},
            )
            if paper is Paper.NOTICE:
                self.takedown.letters.to_notifier(now, "marked", gap)
            else:
                self.takedown.letters.to_respondent(now, "marked", gap)

    def _at(
        self, notice: RightsNoticeId, caller: Caller
    ) -> tuple[Held[RightsNotice], CounterNoticePolicy, Right, Actor]:
        r = self.records
        held = r.rights_notices.get(notice)
        now = held.now
        parties = FileParties(CaseId(now.id), frozenset({now.notifier}), now.respondent)
        by = decider(caller, parties)
        policy = r.counter_notices(now.pack)
        return held, policy, papers.right_of(policy, now.right), by

    def _reasons(self, policy: CounterNoticePolicy, text: str, notice: RightsNotice) -> Sealed:
        check_characters(text)
        papers.check_length("reasons", text, policy.sizes.reasons_min, policy.sizes.reasons_max)
        return self.records.texts.seal(text.strip(), notice.notifier)

    def _measure(
        self, notice: RightsNotice, policy: CounterNoticePolicy, kind: MeasureKind, reasons: str
    ) -> tuple[Gap, ...]:
        """What both sides read of the measure; the other side also who gave the notice."""
        r, words = self.records, policy.measure(kind)
        right = papers.right_of(policy, notice.right)
        who = read(r.texts.open(notice.identity))
        seen = shared(who, policy.identity) if who else None
        said = masked(r.opened(notice.statement), who, policy.identity, r.clock())
        name = {"name": seen.name, "id_number": seen.number} if seen else {}
        of = Gap(
            {"reasons": reasons, "statement": said, **name},
            {"measure": words.title.zh, "effect": words.effect.zh, "right": right.title.zh},
            {"measure": words.title.en, "effect": words.effect.en, "right": right.title.en},
        )
        return of, self.takedown.letters.items(notice)

    def _statements(
        self, notice: RightsNotice, policy: CounterNoticePolicy, gaps: Sequence[Gap]
    ) -> tuple[Sealed, Sealed]:
        """The statement of reasons, kept before the measure holds."""
        r = self.records
        source = papers.right_of(policy, notice.right).source
        zh = {k: v for gap in gaps for k, v in gap.in_("zh").items()}
        en = {k: v for gap in gaps for k, v in gap.in_("en").items()}
        about = notice.respondent
        return (
            r.texts.seal(f"{zh['measure']}：{zh['effect']}\n{zh['reasons']}\n{source}", about),
            r.texts.seal(f"{en['measure']}: {en['effect']}\n{en['reasons']}\n{source}", about),
        )

    def _add(self, held: Held[RightsNotice], steps: Sequence[RightsStep]) -> Held[RightsNotice]:
        return self.records.rights_notices.add(held.now.id, steps, after=held.version)


def own_matter() -> Refused:
    """What a reviewer is told whose own account it is about."""
    return Refused(
        "access.own_case",
        hint_noop("You have a part in this case. Somebody else must handle it."),
    )


def _named(right: Right, missing: Sequence[str], language: str) -> str:
    """What is missing, in words."""
    known = {rule.code: rule.title.in_(language) for rule in right.notice}
    known |= {code: words.in_(language) for code, words in FIELDS.items()}
    return ("、" if language == "zh" else ", ").join(known.get(code, code) for code in missing)


FIELDS = {
    papers.NAME: Words(zh="姓名或名称", en="name"),
    papers.NUMBER: Words(zh="证件号", en="number of the document"),
    papers.CONTACT: Words(zh="邮箱", en="e-mail address"),
    papers.ITEMS: Words(zh="准确的链接", en="exact links"),
    papers.STATEMENT: Words(zh="说明", en="statement"),
    papers.FILES: Words(zh="证据文件", en="files that show it"),
}
