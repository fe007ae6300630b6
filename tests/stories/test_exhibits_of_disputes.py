"""The exhibits of an organisation: the vault and streams of cases, and no other door to them."""

import pytest
from tests.fakes.looks import ToldReader
from tests.parts.evidence.read_pictures import line, screen
from tests.stories.files_of import sent
from tests.stories.merchants import merchant, review
from tests.stories.stage import Stage, refused
from tests.stories.test_looks import OwnView, picture

from gongdao.domain.access.model import Caller
from gongdao.domain.evidence.chain import Proves
from gongdao.domain.evidence.exhibits import Derivative, Finding
from gongdao.domain.evidence.reading import Box
from gongdao.domain.flows.exhibiting import Said
from gongdao.domain.flows.looking import Choice, LookAt
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import DisputeId, ExhibitId

PICTURE = picture(3, "")[0]
READ = screen(line("订单编号：2026110300001", 40, 100), line("签收 2026-11-05 10:00", 40, 160))


@pytest.fixture
def seen(stage: Stage) -> Stage:
    return stage.with_(examiner=OwnView())


def brought(stage: Stage, dispute: DisputeId, boss: Caller, content: bytes) -> ExhibitId:
    """A picture of a dispute, looked at."""
    token = sent(stage, content, "track.png")
    (exhibit,) = stage.app.disputes.exhibits.attach(dispute, [token], Said("screenshot"), boss)
    look_at = LookAt(stage.records, ToldReader({content: READ}), stage.app.looking.tools)
    look_at({"exhibit": exhibit}, last=False)
    return exhibit


def test_a_member_brings_a_file_and_it_is_read(seen: Stage) -> None:
    ours, boss = merchant(seen)
    dispute = review(seen, ours, boss)
    exhibit = brought(seen, dispute, boss, PICTURE)
    stories = seen.app.disputes.exhibits
    (view,) = stories.of(dispute, boss)
    party = seen.records.organisations.get(ours).now.party
    assert (view.id, view.number, view.name, view.mine) == (exhibit, 1, "track.png", True)
    assert seen.records.exhibits.get(exhibit).now.owner == party != boss.person
    look = stories.look(dispute, exhibit, boss).look
    assert look is not None
    assert "订单编号" in look.text


def test_passages_are_framed_on_a_copy(seen: Stage) -> None:
    ours, boss = merchant(seen)
    dispute = review(seen, ours, boss)
    exhibit = brought(seen, dispute, boss, PICTURE)
    choice = Choice(passages=(Box(10, 10, 60, 40),))
    digest = seen.app.disputes.exhibits.frame(dispute, exhibit, choice, boss)
    now = seen.records.exhibits.get(exhibit).now
    made = now.latest(Derivative.REDACTED)
    assert made is not None
    assert made.file.sha256 == digest != now.file.sha256


def test_no_door_of_the_desk_and_no_stranger_finds_it(seen: Stage) -> None:
    ours, boss = merchant(seen)
    dispute = review(seen, ours, boss)
    exhibit = brought(seen, dispute, boss, PICTURE)
    other, stranger = merchant(seen, "bie_ren", "别家")
    theirs = review(seen, other, stranger)
    staff = seen.hire("ana", Role.REVIEWER, Role.SENIOR_REVIEWER, Role.OPERATOR, Role.AUDITOR)
    app, ours_only = seen.app, seen.app.disputes.exhibits
    for caller in (staff, stranger, seen.account("li_si")):
        for door in (
            lambda c: ours_only.of(dispute, c),
            lambda c: ours_only.look(dispute, exhibit, c),
            lambda c: ours_only.frame(dispute, exhibit, Choice(), c),
            lambda c: ours_only.attach(dispute, ["x"], Said(), c),
            lambda c: ours_only.look(theirs, exhibit, c),
            lambda c: app.exhibiting.open(exhibit, c),
            lambda c: app.exhibiting.take_original(exhibit, c),
            lambda c: app.exhibiting.check(exhibit, "source", Finding.SOUND, "", c),
            lambda c: app.exhibiting.release(exhibit, "x", c),
            lambda c: app.looking.open(exhibit, c),
            lambda c: app.looking.seen(exhibit, c),
            lambda c: app.looking.text_of(exhibit, c),
            lambda c: app.looking.again(exhibit, c),
            lambda c: app.looking.hide(exhibit, Choice(), c),
            lambda c: app.looking.chaining.explain(exhibit, [Proves.CONTENT], [], "", c),
        ):
            with refused("not_found", NotFound):
                door(caller)


def test_the_same_picture_in_a_case_does_not_tell_of_the_dispute(seen: Stage) -> None:
    ours, boss = merchant(seen)
    brought(seen, review(seen, ours, boss), boss, PICTURE)
    staff = seen.hire("ana", Role.REVIEWER)
    reporter = seen.account("zhang_san")
    case = seen.accepted(staff, reporter).case
    (exhibit,) = seen.app.exhibiting.attach(
        case, [sent(seen, PICTURE, "own.png")], Said(), reporter
    )
    LookAt(seen.records, ToldReader({PICTURE: READ}), seen.app.looking.tools)({"exhibit": exhibit})
    assert seen.app.exhibiting.open(exhibit, staff).also_in == 0
    look = seen.app.looking.open(exhibit, staff).look
    assert look is not None
    assert not [found for found in look.found if found.exhibit]
