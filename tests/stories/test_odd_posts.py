"""Texts that wait, at odd moments: owners change, words are erased, packs and people differ."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from pydantic import ValidationError
from tests.fakes.house import shipped_packs
from tests.stories.posts_of import APP, BAD, CLEAN, WHY, WORST, hand_in, post, with_three_words
from tests.stories.stage import Stage, erase, refused, stage_on_fakes
from tests.stories.test_bad_input import packs_where

from gongdao.domain.kernel.errors import PackInvalid
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId, PackRef
from gongdao.domain.notices.model import Reader
from gongdao.domain.policy.book import PackBook
from gongdao.domain.policy.screening import WaitingPolicy
from gongdao.domain.screening.posts import HeldPostId, Level, Opinion, PostStage


def waiting() -> WaitingPolicy:
    """How the house lets texts wait."""
    screening = shipped_packs().versions("house")[0].screening
    assert screening is not None
    assert screening.waiting is not None
    return screening.waiting


def changed(**parts: dict[str, object]) -> WaitingPolicy:
    """The same with other figures, read as from a pack."""
    said = waiting().model_dump(mode="json", exclude_unset=True)
    return WaitingPolicy.model_validate(
        said | {name: said[name] | part for name, part in parts.items()}
    )


def packs_with(policy: WaitingPolicy | None) -> PackBook:
    """The shipped packs, where texts wait in another way, or not at all."""
    old = packs_where(lambda cases: cases)
    return PackBook.of(
        [
            each
            if each.screening is None
            else each.model_copy(
                update={"screening": each.screening.model_copy(update={"waiting": policy})}
            )
            for each in old.packs.values()
        ]
    )


def house(policy: WaitingPolicy | None = None) -> Stage:
    fakes = stage_on_fakes()
    return with_three_words(fakes.with_(packs=packs_with(policy)) if policy else fakes)


def run(stage: Stage, to: datetime) -> None:
    """Let the clock tick twice an hour, as long as that takes."""
    while stage.clock() < to:
        stage.clock.pass_(seconds=min(1800.0, (to - stage.clock()).total_seconds()))
        stage.tick()


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ({"on_timeout": "hold"}, "hold needs rounds"),
        ({"rounds": 2}, "hold needs rounds"),
        ({"on_timeout": "hold", "rounds": 6}, "less than or equal to 5"),
        ({"within": "15d"}, "at most 14d"),
        ({"within": "0h"}, "at least 1"),
        ({"within": "337h"}, "at most 336h"),
    ],
)
def test_no_pack_lets_a_text_wait_for_ever(part: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        changed(lead=part)


def test_held_again_and_again_it_appears_after_as_many_rounds_as_the_pack_says() -> None:
    lead: dict[str, object] = {"on_timeout": "hold", "rounds": 2}
    stage = house(changed(lead=lead, second_look={"on_timeout": "hold"}))
    chief = stage.hire("chief", Role.SENIOR_REVIEWER)
    of, worst = hand_in(stage, BAD), hand_in(stage, WORST)
    latest = post(stage, of).appears_by
    assert latest is not None
    assert post(stage, worst).appears_by == latest

    run(stage, to=stage.clock() + timedelta(days=2))
    assert (post(stage, worst).level, post(stage, worst).appears_by) == (Level.LEAD, latest)
    # The one senior reviewer looks at what two are to look at; nobody else is there.
    stage.app.screening.looks.pass_on(worst, Opinion.UNSURE, "", chief)
    later = post(stage, worst).appears_by
    assert later is not None
    run(stage, to=latest - timedelta(seconds=1))
    assert post(stage, of).waits
    run(stage, to=latest)
    assert post(stage, of).because == "nobody_looked"
    assert stage.told(CaseId(of)) == [
        "held_waits", *["held_still_waits", "held_for_the_lead"] * 2, "held_unseen",
    ]  # fmt: skip
    run(stage, to=later)
    assert post(stage, worst).stage is PostStage.APPEARED
    told = [n.to for n in stage.notices(CaseId(worst)) if n.reader is Reader.STAFF]
    assert told == [chief.person], "who may not look any more is not called again"


def test_a_group_whose_owner_changes_lets_the_desk_look_where_no_owner_can() -> None:
    stage = house()
    stage.app.owning.name("g-1", ["wang_wu"], "周末跑步群", 80, APP)
    mine, theirs = (
        hand_in(stage, BAD, place="g-1"),
        hand_in(stage, BAD, author="qian_qi", place="g-1"),
    )

    stage.app.owning.name("g-1", ["li_si"], "周末跑步群", 80, APP)

    assert (post(stage, mine).level, post(stage, theirs).level) == (Level.DESK, Level.OWNER)
    assert post(stage, mine).overdue == 0
    assert stage.told(CaseId(mine)) == ["held_waits", "held_waits"]
    assert stage.told(CaseId(theirs)) == ["held_waits"]
    stage.app.screening.looks.release(theirs, "", stage.account("li_si"))
    assert post(stage, theirs).stage is PostStage.RELEASED


def test_a_reviewer_who_owns_the_group_does_not_rule_at_the_desk() -> None:
    stage = house()
    stage.app.owning.name("g-1", ["wang_wu"], "周末跑步群", 80, APP)
    of, ana = hand_in(stage, BAD, place="g-1"), stage.hire("ana", Role.REVIEWER)
    owner = replace(stage.account("wang_wu"), roles=ana.roles)
    looks = stage.app.screening.looks
    stage.tick(hours=5)

    assert post(stage, of).level is Level.DESK
    for act in (lambda: looks.withhold(of, WHY, owner), lambda: looks.release(of, "", owner)):
        with refused("held.owned"):
            act()
    looks.release(of, "", ana)


def test_erased_words_do_not_stop_the_clock() -> None:
    stage = house()
    of = hand_in(stage, BAD)
    held = stage.records.held_posts.get(HeldPostId(of)).now
    erase(stage, held.look.text, held.look.found, held.reference)

    assert post(stage, of).text == "—"
    assert post(stage, of).found == ()
    stage.tick(days=3)
    assert post(stage, of).stage is PostStage.APPEARED


def test_what_waits_is_ended_by_its_own_pack_where_the_next_one_lets_nothing_wait() -> None:
    before = house()
    bad, mended, late = (hand_in(before, BAD) for _ in range(3))
    old = before.records.packs.at(post_pack(before, bad))
    assert old.screening is not None
    none = old.screening.model_copy(update={"waiting": None})
    since = old.in_force.model_copy(update={"from_": before.clock().date()})
    new = {"version": "2099-01-01", "screening": none, "in_force": since}
    packs = PackBook.of([*before.records.packs.packs.values(), old.model_copy(update=new)])
    stage = with_three_words(before.with_(packs=packs))
    ana, me = stage.hire("ana", Role.REVIEWER), stage.account("li_si")

    with refused("pack.no_waiting", PackInvalid):
        hand_in(stage, BAD)
    assert stage.app.screening.looks.clauses()
    case = stage.app.screening.looks.withhold(bad, WHY, ana)
    assert stage.case(case).pack.version == "2099-01-01"
    stage.app.screening.posts.edit(mended, CLEAN, me)
    assert post(stage, mended).because == "nothing_found"
    stage.tick(days=3)
    assert post(stage, late).because == "nobody_looked"


def post_pack(stage: Stage, of: str) -> PackRef:
    return stage.records.held_posts.get(HeldPostId(of)).now.pack
