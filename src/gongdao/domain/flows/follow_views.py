"""What a member sees of following up one dispute, and of the board."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from gongdao.domain.access.model import Caller
from gongdao.domain.deadlines.model import Deadline
from gongdao.domain.disputes.board import Asked, Board
from gongdao.domain.disputes.events import Instance
from gongdao.domain.disputes.model import Dispute, next_step
from gongdao.domain.flows.dispute_clocks import DISPUTE_KINDS, follow_up_of
from gongdao.domain.flows.disputing import Disputing
from gongdao.domain.flows.following import Following
from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.ids import DisputeId, ExhibitId, PersonId
from gongdao.domain.organisations.model import Organisation, Right
from gongdao.domain.policy.basics import Basis, Words
from gongdao.domain.policy.follow_up import ReasonRead, Said, in_words, read_reasons, said
from gongdao.domain.policy.follow_up_shape import FollowUpPolicy, InstanceRule, ReasonRule
from gongdao.domain.policy.pack import RulePack


@dataclass(frozen=True, slots=True)
class ClockView:
    """One clock of a dispute with the rule that sets it."""

    deadline: Deadline
    title: Words
    todo: Words
    rule: Words
    """What the pack says; the platform's own words where it named a moment."""
    source: str
    claimed: bool
    binds: bool


@dataclass(frozen=True, slots=True)
class WayOn:
    """Where a rejection can be taken."""

    rule: InstanceRule
    says: Said | None
    """What the platform's pack says of it."""
    tried: bool

    @property
    def claimed(self) -> bool:
        """Whether it rests on what somebody says."""
        return self.says.claimed if self.says else self.rule.basis is Basis.CLAIMED


@dataclass(frozen=True, slots=True)
class FollowView:
    """Everything that the page of following up shows."""

    now: Dispute
    pack: RulePack
    policy: FollowUpPolicy
    may_work: bool
    clocks: tuple[ClockView, ...]
    unknown: Said | None
    """What the pack says in words where it gives no length for what is waited for."""
    todo: Words
    ways: tuple[WayOn, ...]
    reason: ReasonRule | None
    read: tuple[ReasonRead, ...]
    new: tuple[ExhibitId, ...]
    texts: Mapping[str, str]
    """Sealed texts, opened."""
    today: date


@dataclass(frozen=True, slots=True)
class BoardView:
    """The board of an organisation."""

    ours: Organisation
    name: str
    board: Board
    disputes: Mapping[DisputeId, Dispute]
    texts: Mapping[str, str]
    policy: FollowUpPolicy
    packs: Mapping[str, RulePack]
    may_work: bool
    me: PersonId | None
    now: datetime

    @property
    def today(self) -> date:
        """The day in China."""
        return self.now.astimezone(CHINA).date()


@dataclass(frozen=True, slots=True)
class FollowViews:
    """Reads of following up."""

    records: Records
    disputing: Disputing
    following: Following

    def one(self, dispute: DisputeId, caller: Caller) -> FollowView:
        """A dispute as whoever follows it up sees it."""
        r = self.records
        held, by = self.disputing.held(dispute, caller)
        now, policy = held.now, follow_up_of(r)
        ours = r.organisations.get(now.organisation).now
        pack, texts = r.packs.at(now.pack), self._texts(now)
        words = texts.get(str(now.last.words), "") if now.last and now.last.words else ""
        reason = now.last.reason if now.last else None
        clocks = self._clocks(now, policy, pack)
        return FollowView(
            now=now,
            pack=pack,
            policy=policy,
            may_work=by.person in ours.holders(Right.WORK),
            clocks=clocks,
            unknown=None if clocks else self._unknown(now, policy, pack),
            todo=policy.todo[next_step(now).value],
            ways=tuple(self._ways(now, policy, pack)),
            reason=policy.reason(reason) if reason else None,
            read=read_reasons(policy, words) if reason else (),
            new=tuple(self.following.new_to_them(now)),
            texts=texts,
            today=r.clock().astimezone(CHINA).date(),
        )

    def board(self, asked: Asked, caller: Caller) -> BoardView:
        """The board, for a member alone."""
        r = self.records
        held, by = self.disputing.organising.seat(asked.organisation, caller)
        ours, board = held.now, r.follow_ups.board(asked)
        lines = [line for column in board.values() for line in column.lines]
        found = r.disputes.several([line.dispute for line in lines])
        disputes = {DisputeId(each.now.id): each.now for each in found}
        seals = [d.facts.text for d in disputes.values() if d.facts.text]
        seals += [ours.name, *(shop.name for shop in ours.shops.values())]
        return BoardView(
            ours=ours,
            name=r.opened(ours.name),
            board=board,
            disputes=disputes,
            texts={str(seal): text for seal, text in r.texts.several(seals).items()},
            policy=follow_up_of(r),
            packs={p: r.packs.versions(p)[0] for p in {line.platform for line in lines}},
            may_work=by.person in ours.holders(Right.WORK),
            me=by.person,
            now=r.clock(),
        )

    def _clocks(
        self, now: Dispute, policy: FollowUpPolicy, pack: RulePack
    ) -> tuple[ClockView, ...]:
        running = self.records.deadlines.running_about(now.id)
        views = []
        for held in running:
            rule = policy.clock(held.now.kind)
            if held.now.kind not in DISPUTE_KINDS or rule is None:
                continue
            path = held.now.rule.code.partition(".")[2]
            says = said(pack, path) if path.partition(".")[0] in _PARTS else None
            named = Words(zh="平台说的时间", en="the moment that the platform named")
            house = Words(zh=f"本站默认 {held.now.span}", en=f"our own default of {held.now.span}")
            own = house if held.now.rule.code.startswith("house.") else named
            views.append(
                ClockView(
                    deadline=held.now,
                    title=rule.title,
                    todo=rule.todo,
                    rule=says.words if says else own,
                    source=held.now.rule.source,
                    claimed=says.claimed if says else False,
                    binds=rule.binds,
                )
            )
        return tuple(views)

    def _unknown(self, now: Dispute, policy: FollowUpPolicy, pack: RulePack) -> Said | None:
        for code in ("dispute_window", "dispute_handling", "dispute_second"):
            rule = policy.clock(code)
            says = in_words(pack, rule, now.kind) if rule else None
            if says is not None:
                return says
        return None

    def _ways(self, now: Dispute, policy: FollowUpPolicy, pack: RulePack) -> list[WayOn]:
        tried = {filing.instance for filing in now.filings}
        ways = []
        for rule in policy.instances:
            found = (said(pack, path) for path in rule.figures)
            says = next((each for each in found if each is not None), None)
            ways.append(WayOn(rule, says, Instance(rule.instance) in tried))
        return ways

    def _texts(self, now: Dispute) -> dict[str, str]:
        seals = [now.facts.text, now.facts.reference, now.statement]
        for filing in now.filings:
            seals += [filing.reference, filing.words]
        seals += [ask.what for ask in now.asked]
        for call in now.calls:
            seals += [call.whom, call.said]
        wanted = [seal for seal in seals if seal]
        return {str(seal): text for seal, text in self.records.texts.several(wanted).items()}


_PARTS = frozenset({"appeal", "review", "report", "clocks"})
