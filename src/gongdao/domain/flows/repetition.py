"""Cases about whoever goes on breaking the rules are looked at a little earlier.

What an account's grade adds is kept with each open case, so that a pull reads nothing more. It is
added when a case is opened and follows the grade in the unit of work in which that changes, or
begins to restrict.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from gongdao.domain.flows.graded import effects
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.flows.weighing import Weighing, known_pack
from gongdao.domain.intake.model import Case
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.triage.model import Waiting
from gongdao.domain.triage.rules import facts_of, weigh


def repetitions(r: Records, people: Collection[PersonId]) -> dict[PersonId, int]:
    """What grades add to cases about these people; nearly everybody is left out.

    No grade is folded but of those who were told of one that restricts.
    """
    policy = pack_of_the_day(r.packs, r.clock()).standing
    if policy is None or not people:
        return {}
    told = r.grades.told_one_of(people, policy.grades.restricting)
    found = {person: effects(r, person).priority for person in told}
    return {person: percent for person, percent in found.items() if percent}


def place_new(r: Records, case: Case) -> None:
    """Put a case that begins to wait where the grade of whom it is about puts it."""
    percent = repetitions(r, [case.respondent]).get(case.respondent) if case.respondent else None
    waiting = r.queues.get(case.id) if percent else None
    if percent and waiting is not None:
        _place(r, [waiting], percent)


def place_again(r: Records, person: PersonId) -> None:
    """Put every open case about an account where its grade puts it now."""
    percent = effects(r, person).priority or 0
    _place(r, r.queues.repeated(person, percent), percent)


def _place(r: Records, cases: Sequence[Waiting], percent: int) -> None:
    weighing, now = Weighing(r.packs), r.clock()
    ranks = {
        each.case: weigh(
            weighing.by(known_pack(weighing, each.pack, now)),
            replace(facts_of(each), repetition=percent),
        ).rank
        for each in cases
    }
    if ranks:
        r.queues.repeat(ranks, percent)
