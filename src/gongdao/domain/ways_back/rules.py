"""How a way back is gone: pure functions that return events or refuse."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import SYSTEM, Actor
from gongdao.domain.kernel.ids import Code, Digest, ExhibitId, Sealed
from gongdao.domain.policy.quiz import Marked, Paper
from gongdao.domain.policy.ways_back import (
    ExamStep,
    Needs,
    PledgeStep,
    ProofStep,
    Way,
    WaysBackPolicy,
)
from gongdao.domain.ways_back.model import (
    Checked,
    PledgeSigned,
    ProofAccepted,
    ProofHandedIn,
    ProofRefused,
    QuizBegun,
    QuizFailed,
    QuizPassed,
    WaitingOver,
    WayBack,
    WayBackFulfilled,
)

SIDE = 1000
"""A drawn signature lies on a square of so many units each way."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody is: on the alternative that takes the fewest steps more."""

    done: int
    of: int

    @property
    def complete(self) -> bool:
        """Whether nothing is left."""
        return self.done == self.of


def progress(needs: Needs, done: Collection[Code]) -> Progress:
    """How far it is to the end by the shortest way that is left."""
    counted = [
        Progress(sum(step in done for step in each), len(each)) for each in needs.alternatives()
    ]
    return min(counted, key=lambda p: (p.of - p.done, -p.done))


def leads_on(way: Way, standing: WayBack, step: Code) -> None:
    """Refuse a step that is not asked here, or that comes too late."""
    if not standing.is_open:
        raise Refused(
            "way_back.over", hint_noop("This way back is over. The page says where it stands.")
        )
    if all(step not in each for each in way.needs.alternatives()):
        raise Refused("way_back.no_such_step", hint_noop("This step is not asked here."))
    if step in standing.done:
        raise Refused("way_back.step_done", hint_noop("This step is done. Go on with the next."))


def waits_over(standing: WayBack, now: datetime) -> list[WaitingOver]:
    """The waits whose time has passed."""
    if not standing.is_open:
        return []
    return [
        WaitingOver(at=now, by=SYSTEM, step=wait.step)
        for wait in standing.waits
        if wait.until <= now
    ]


def begin_quiz(
    way: Way, standing: WayBack, exam: ExamStep, paper: Paper, seed: str, by: Actor, now: datetime
) -> QuizBegun:
    """Put the questions of a new try."""
    leads_on(way, standing, exam.code)
    return QuizBegun(
        at=now,
        by=by,
        step=exam.code,
        quiz=exam.quiz,
        edition=paper.edition,
        seed=seed,
        questions=paper.codes,
    )


def answer_quiz(
    exam: ExamStep, marked: Marked, by: Actor, now: datetime
) -> QuizPassed | QuizFailed:
    """How a try went."""
    right, asked, missed = marked.right, len(marked.answers), marked.missed
    if marked.passes(exam.pass_percent):
        return QuizPassed(at=now, by=by, step=exam.code, right=right, asked=asked, missed=missed)
    again_at = now + exam.wait.flat()
    return QuizFailed(
        at=now, by=by, step=exam.code, right=right, asked=asked, missed=missed, again_at=again_at
    )


def check_name(policy: WaysBackPolicy, name: str) -> str:
    """The name below a pledge."""
    said = " ".join(name.split())
    if not said or len(said) > policy.name_max or not said.isprintable():
        raise Refused(
            "pledge.no_name",
            hint_noop("Type your name below the pledge, {most} characters at most."),
            most=policy.name_max,
        )
    return said


Strokes = tuple[tuple[tuple[int, int], ...], ...]


def check_strokes(policy: WaysBackPolicy, strokes: Sequence[Sequence[Sequence[int]]]) -> Strokes:
    """The lines of a drawn signature: points on a square, not too many."""
    points = [point for stroke in strokes for point in stroke]
    fits = all(
        len(point) == 2 and all(type(n) is int and 0 <= n <= SIDE for n in point)  # noqa: PLR2004
        for point in points
    )
    if not fits or not all(strokes) or len(points) > policy.strokes_max:
        raise Refused(
            "pledge.bad_drawing",
            hint_noop("The drawing could not be read. Draw it again, or type your name alone."),
        )
    return tuple(tuple((point[0], point[1]) for point in stroke) for stroke in strokes)


def sign(
    way: Way,
    standing: WayBack,
    pledge: PledgeStep,
    language: str,
    signed: tuple[Sealed, Sealed | None],
    by: Actor,
    now: datetime,
) -> PledgeSigned:
    """Sign a promise; `signed` are the words with the name, and the strokes of a drawn one."""
    leads_on(way, standing, pledge.code)
    return PledgeSigned(
        at=now,
        by=by,
        step=pledge.code,
        text=text_digest(pledge, language),
        language=language,
        signed=signed[0],
        drawn=signed[1],
    )


def text_digest(pledge: PledgeStep, language: str) -> Digest:
    """SHA-256 of the very words of a pledge."""
    return Digest(hashlib.sha256(pledge.text.in_(language).encode()).hexdigest())


def check_files(proof: ProofStep, exhibits: tuple[ExhibitId, ...]) -> None:
    """Words alone are not enough where a document is asked for."""
    if proof.needs_file and not exhibits:
        raise Refused(
            "way_back.needs_a_file", hint_noop("Add the document itself, as a picture or a PDF.")
        )


def hand_in(
    way: Way,
    standing: WayBack,
    proof: ProofStep,
    said: Sealed,
    exhibits: tuple[ExhibitId, ...],
    by: Actor,
    now: datetime,
) -> ProofHandedIn:
    """Hand a proof in; one at a time."""
    leads_on(way, standing, proof.code)
    last = standing.last_proof(proof.code)
    if last is not None and last.checked is Checked.WAITING:
        raise Refused(
            "way_back.being_checked",
            hint_noop("What you handed in is being checked. You are told the outcome."),
        )
    return ProofHandedIn(at=now, by=by, step=proof.code, said=said, exhibits=exhibits)


def judge(
    standing: WayBack, step: Code, reasons: Sealed, by: Actor, now: datetime, *, accept: bool
) -> ProofAccepted | ProofRefused:
    """Say whether a proof shows what it has to."""
    if by.person is None:
        raise Refused("way_back.needs_a_person", hint_noop("A proof is checked by a person."))
    if not any(each.step == step for each in standing.to_check):
        raise Refused(
            "way_back.nothing_to_check",
            hint_noop("Nothing waits here to be checked. Somebody else may have done it."),
        )
    kind = ProofAccepted if accept else ProofRefused
    return kind(at=now, by=by, step=step, reasons=reasons)


@dataclass(frozen=True, slots=True)
class Ends:
    """When things would end: the sanction as it is, as it is shortened, and its strike."""

    sanction: datetime | None
    shortened: datetime | None = None
    strike: datetime | None = None


def fulfil(
    way: Way, standing: WayBack, ends: Ends, by: Actor, now: datetime
) -> WayBackFulfilled | None:
    """Come to the end, once every step of one alternative is done; None before."""
    if not standing.is_open or not progress(way.needs, standing.done).complete:
        return None
    known = [end for end in (ends.sanction, ends.shortened) if end is not None]
    ends_at = min(known, default=None)
    lifted = way.does.lift or (ends_at is not None and ends_at <= now)
    return WayBackFulfilled(
        at=now,
        by=by,
        lifted=lifted,
        ends_at=None if lifted else ends_at,
        strike_expires_at=ends.strike,
    )
