"""What follows from a paper and when: pure functions that return events or refuse.

What the law asks for (电子商务法 42–44, 民法典 1195–1197, 法释〔2020〕9号) stands in the pack; here
stands what must never be otherwise: nothing is taken down for a paper without evidence or identity,
no measure comes before its statement of reasons, and silence restores.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from gongdao.domain.counter_notices.events import (
    Because,
    CounterDelivered,
    CounterForwarded,
    CounterNoticeGiven,
    Enclosure,
    ForwardDelivered,
    Mark,
    MeasureTaken,
    MoreAsked,
    NoticeEffective,
    NoticeForwarded,
    NoticeGiven,
    NoticeRejected,
    NoticeSupplemented,
    NoticeWithdrawn,
    Paper,
    PaperMarked,
    PauseEnded,
    PauseForNotarisation,
    Proceeding,
    ProofDoubted,
    Restored,
    RightsNoticeId,
    RightsStep,
    SuitOrComplaintShown,
    Via,
)
from gongdao.domain.counter_notices.identity import Identity
from gongdao.domain.counter_notices.model import RightsNotice, Stage
from gongdao.domain.counter_notices.papers import (
    CONTACT,
    FILES,
    ITEMS,
    NAME,
    NUMBER,
    STATEMENT,
    Told,
    Written,
)
from gongdao.domain.kernel.calendar import passed
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import SYSTEM, Actor, Role
from gongdao.domain.kernel.ids import NoticeId, PackRef, PersonId, Sealed
from gongdao.domain.policy.counter_notices import MeasureKind, Right


def give(
    new_id: RightsNoticeId,
    number: str,
    right: Right,
    told: Told,
    written: Written,
    notifier: PersonId,
    respondent: PersonId | None,
    pack: PackRef,
    now: datetime,
) -> NoticeGiven:
    """Take a notice in, once `check_paper` let it through."""
    if notifier == respondent:
        raise Refused(
            "rights_notice.about_oneself",
            hint_noop("The account you name is your own. You can take your own content down."),
        )
    return NoticeGiven(
        at=now,
        by=Actor(Role.REPORTER, notifier),
        notice=new_id,
        number=number,
        right=right.code,
        notifier=notifier,
        respondent=respondent,
        pack=pack,
        party=told.identity.party,
        identity=written.identity,
        items=written.items,
        statement=written.statement,
        proofs=written.proofs,
        files=written.files,
        bona_fide=told.bona_fide,
    )


def ask_more(
    notice: RightsNotice, right: Right, missing: Sequence[str], reasons: Sealed, by: Actor,
    now: datetime,
) -> MoreAsked:  # fmt: skip
    """Say what is missing, before anything is done."""
    _unjudged(notice)
    known = {NAME, NUMBER, CONTACT, ITEMS, STATEMENT, FILES, *(rule.code for rule in right.notice)}
    if not missing or set(missing) - known:
        raise Refused("rights_notice.unknown_proof_asked", hint_noop("Say what of it is missing."))
    return MoreAsked(at=now, by=by, missing=tuple(missing), reasons=reasons)


def supplement(
    notice: RightsNotice, statement: Sealed, files: tuple[Enclosure, ...], now: datetime
) -> NoticeSupplemented:
    """Add to a notice that staff have not judged yet."""
    _unjudged(notice)
    by = Actor(Role.REPORTER, notice.notifier)
    return NoticeSupplemented(at=now, by=by, statement=statement, files=files)


def reject(notice: RightsNotice, reasons: Sealed, by: Actor, now: datetime) -> NoticeRejected:
    """Find it not effective. Nothing was taken down."""
    _unjudged(notice)
    return NoticeRejected(at=now, by=by, reasons=reasons)


def accept(
    notice: RightsNotice, right: Right, respondent: PersonId | None, identity: Identity | None,
    reasons: Sealed, by: Actor, now: datetime,
) -> NoticeEffective:  # fmt: skip
    """Find it effective: never without evidence, identity, and somebody to pass it on to."""
    _unjudged(notice)
    _by_a_person(by)
    there = {proof.code for proof in notice.proofs}
    lacking = [rule.code for rule in right.notice if rule.required and rule.code not in there]
    if not notice.files:
        lacking.append(FILES)
    if identity is None or not identity.name or not identity.number:
        lacking.append(NAME)
    if lacking:
        raise Refused(
            "rights_notice.not_effective",
            hint_noop("Without {missing} it has no effect. Ask for it, or reject the notice."),
            missing=", ".join(lacking),
        )
    if respondent is None:
        raise Refused(
            "rights_notice.nobody_to_tell",
            hint_noop("Name the account whose content it is: they must be told with the measure."),
        )
    if respondent == notice.notifier:
        raise Refused(
            "rights_notice.same_person",
            hint_noop("The account belongs to whoever gave the notice. Check whose content it is."),
        )
    return NoticeEffective(at=now, by=by, respondent=respondent, reasons=reasons)


def take(
    notice: RightsNotice, right: Right, measure: MeasureKind, zh: Sealed, en: Sealed, by: Actor,
    now: datetime,
) -> MeasureTaken:  # fmt: skip
    """Take what is necessary; only for an effective notice, and its statement exists already."""
    if notice.effective_at is None or notice.stage is not Stage.IN_FORCE:
        raise Refused(
            "rights_notice.no_effect", hint_noop("Nothing is taken down before it is effective.")
        )
    if measure not in right.measures:
        raise Refused(
            "rights_notice.measure_does_not_fit",
            hint_noop("For this right choose one of: {known}."),
            known=", ".join(kind.value for kind in right.measures),
        )
    return MeasureTaken(at=now, by=by, measure=measure, statement_zh=zh, statement_en=en)


def forward(notice: RightsNotice, letter: NoticeId, withheld: Iterable[int], now: datetime) -> (
    NoticeForwarded
):  # fmt: skip
    """Pass it on; files that show too much of people stay with staff."""
    held_back = check_withheld(notice, withheld)
    return NoticeForwarded(at=now, by=SYSTEM, letter=letter, withheld=held_back)


def check_withheld(notice: RightsNotice, withheld: Iterable[int]) -> tuple[int, ...]:
    """The files that stay with staff: those that there are, and not all of them."""
    held_back = tuple(sorted(set(withheld)))
    if any(not 1 <= number <= len(notice.files) for number in held_back):
        raise Refused("rights_notice.unknown_file", hint_noop("There is no file of that number."))
    if len(held_back) == len(notice.files):
        raise Refused(
            "rights_notice.all_withheld",
            hint_noop("The other side must see what it rests on: withhold some files, not all."),
        )
    return held_back


def arrive(notice: RightsNotice, via: Via, at: datetime, by: Actor, now: datetime) -> (
    ForwardDelivered | None
):  # fmt: skip
    """The notice reached whom it concerns; once."""
    if notice.letter is None or notice.delivered_at is not None:
        return None
    return ForwardDelivered(at=now, by=by, via=via, delivered_at=at)


def counter(
    notice: RightsNotice, told: Told, written: Written, by: Actor, now: datetime
) -> CounterNoticeGiven:
    """Take a counter-notice in, once `check_paper` let it through."""
    if notice.counter is not None:
        raise Refused(
            "rights_notice.countered_already",
            hint_noop("Your counter-notice is here already. This page says what happens next."),
        )
    if notice.stage is not Stage.IN_FORCE:
        raise Refused(
            "rights_notice.nothing_to_counter",
            hint_noop("No measure holds now that a counter-notice could end."),
        )
    return CounterNoticeGiven(
        at=now,
        by=by,
        party=told.identity.party,
        identity=written.identity,
        statement=written.statement,
        proofs=written.proofs,
        files=written.files,
        bona_fide=told.bona_fide,
    )


def forward_counter(letter: NoticeId, now: datetime) -> CounterForwarded:
    """Pass the counter-notice on to the right holder."""
    return CounterForwarded(at=now, by=SYSTEM, letter=letter)


def counter_arrives(notice: RightsNotice, via: Via, at: datetime, by: Actor, now: datetime) -> (
    CounterDelivered | None
):  # fmt: skip
    """The counter-notice reached the right holder; once. Their period begins with `at`."""
    passed_on = notice.counter is not None and notice.counter.letter is not None
    if not passed_on or notice.stage is not Stage.COUNTERED:
        return None
    return CounterDelivered(at=now, by=by, via=via, delivered_at=at)


def show_proof(
    notice: RightsNotice, due_at: datetime | None, proceeding: Proceeding, said: Sealed,
    files: tuple[Enclosure, ...], by: Actor, now: datetime,
) -> SuitOrComplaintShown:  # fmt: skip
    """Show in time that one sued or complained. `due_at` is None while the clock stands still."""
    if notice.stage not in {Stage.WAITING, Stage.PAUSED}:
        raise _no_period()
    if due_at is not None and passed(due_at, now):
        raise _period_over(due_at)
    _with_files(files)
    return SuitOrComplaintShown(at=now, by=by, proceeding=proceeding, said=said, files=files)


def doubt_proof(notice: RightsNotice, reasons: Sealed, by: Actor, now: datetime) -> ProofDoubted:
    """Find that what was shown is no suit and no complaint."""
    _by_a_person(by)
    if notice.stage is not Stage.STAYS:
        raise Refused(
            "rights_notice.no_proof", hint_noop("No suit and no complaint was shown here.")
        )
    return ProofDoubted(at=now, by=by, reasons=reasons)


def pause(
    notice: RightsNotice, reason: str, said: Sealed, files: tuple[Enclosure, ...], by: Actor,
    now: datetime,
) -> PauseForNotarisation:  # fmt: skip
    """Hold the period while something outside the right holder's power takes time."""
    if notice.stage is not Stage.WAITING:
        raise _no_period()
    _with_files(files)
    return PauseForNotarisation(at=now, by=by, reason=reason, said=said, files=files)


def end_pause(notice: RightsNotice, by: Actor, now: datetime) -> PauseEnded:
    """Let the period run on."""
    if notice.stage is not Stage.PAUSED:
        raise Refused("rights_notice.not_paused", hint_noop("Nothing holds the period."))
    return PauseEnded(at=now, by=by)


def restore_in_silence(notice: RightsNotice, now: datetime) -> list[Restored]:
    """The period passed in silence: everything is restored. Nothing where it was settled before."""
    if notice.stage not in {Stage.WAITING, Stage.PAUSED}:
        return []
    return [Restored(at=now, by=SYSTEM, because=Because.SILENCE)]


def restore(notice: RightsNotice, reasons: Sealed, by: Actor, now: datetime) -> Restored:
    """A reviewer undoes the measure, for example since a court has decided."""
    _by_a_person(by)
    if not notice.holds:
        raise Refused("rights_notice.nothing_holds", hint_noop("No measure holds now."))
    return Restored(at=now, by=by, because=Because.REVIEWER, reasons=reasons)


def withdraw(notice: RightsNotice, by: Actor, now: datetime) -> list[RightsStep]:
    """Take one's notice back; what held for it is undone at once."""
    if notice.stage.is_over:
        raise Refused(
            "rights_notice.over", hint_noop("This matter is over. Nothing is left to do.")
        )
    steps: list[RightsStep] = [NoticeWithdrawn(at=now, by=by)]
    if notice.holds:
        steps.append(Restored(at=now, by=SYSTEM, because=Because.WITHDRAWN))
    return steps


def mark(
    notice: RightsNotice, paper: Paper, found: Mark, reasons: Sealed, by: Actor, now: datetime
) -> PaperMarked:
    """Note that a paper was wrong, or knowingly so: a person's finding, with reasons."""
    _by_a_person(by)
    if paper is Paper.COUNTER and notice.counter is None:
        raise Refused("rights_notice.no_counter", hint_noop("There is no counter-notice."))
    if any(each.paper is paper and each.mark is found for each in notice.marks):
        raise Refused("rights_notice.marked_already", hint_noop("It is marked so already."))
    return PaperMarked(at=now, by=by, paper=paper, mark=found, reasons=reasons)


def _unjudged(notice: RightsNotice) -> None:
    if notice.stage.is_judged:
        raise Refused(
            "rights_notice.judged_already",
            hint_noop("It was judged already: {stage}."),
            stage=notice.stage.value,
        )


def _by_a_person(by: Actor) -> None:
    if by.person is None or by.role is Role.SYSTEM:
        raise Refused("rights_notice.needs_a_person", hint_noop("A person must decide this."))


def _with_files(files: Sequence[Enclosure]) -> None:
    if not files:
        raise Refused(
            "rights_notice.no_document",
            hint_noop(
                "Add the document that shows it: the court's, the authority's, the notary's."
            ),
        )


def _no_period() -> Refused:
    return Refused(
        "rights_notice.no_period",
        hint_noop("No period runs now. It begins when a counter-notice reaches the right holder."),
    )


def _period_over(due_at: datetime) -> Refused:
    return Refused(
        "rights_notice.period_over",
        hint_noop("The period ended on {due}. You can still sue; ask the court for an order."),
        due=due_at,
    )
