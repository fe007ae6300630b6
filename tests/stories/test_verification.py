"""Showing that one is who one says: devices, friends, a live face, and what comes of it."""

from dataclasses import replace
from datetime import timedelta

from tests.fakes.people import MemoryParties
from tests.fakes.verification import StrictFace
from tests.stories.stage import GROUNDS, REASONS, Stage, refused, violation

from gongdao.domain.access.model import NOBODY, Caller
from gongdao.domain.flows.verifying import Verifying
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId, InvitationId
from gongdao.domain.verification.model import FaceResult, SignIn
from gongdao.storage.models import Party as PartyRow


def verifying(stage: Stage) -> Verifying:
    return stage.app.around_appeals.verifying


def friends(stage: Stage, *names: str) -> list[Caller]:
    """People with accounts that are old enough."""
    return [stage.account(name) for name in names]


def old(stage: Stage, *people: Caller) -> None:
    """Let these accounts be old enough."""
    if not isinstance(stage.records.parties, MemoryParties):
        long_ago = stage.clock() - timedelta(days=400)
        known = [str(person.person) for person in people]
        PartyRow.objects.filter(id__in=known).update(created_at=long_ago)


def decided(stage: Stage) -> CaseId:
    """A decision about li_si, who reported it signed in as wang_wu."""
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana, stage.account("wang_wu"))
    stage.app.deciding.decide(receipt.case, violation(), ana)
    return receipt.case


def test_three_friends_vouch_and_one_of_them_is_a_party(stage: Stage) -> None:
    case = decided(stage)
    li_si, wang_wu = stage.account("li_si"), stage.account("wang_wu")
    zhao, qian = friends(stage, "zhao_liu", "qian_qi")
    old(stage, zhao, qian, wang_wu)
    v = verifying(stage)
    codes = [v.invite(case, "小李", li_si).code for _ in range(3)]
    assert v.asked(codes[0].lower().replace("-", " ")).name == "小李"

    for code, friend in zip(codes, (zhao, wang_wu, qian), strict=True):
        before = v.of(case, li_si).answered
        v.vouch(code, friend)
        seen = v.of(case, li_si)
        # The party's answer looks as every other does, to the friend and to whoever asked.
        assert seen.answered == before + 1
        assert {each.state for each in seen.invitations[: before + 1]} == {"answered"}
    assert [line.weight for line in v.of(case, li_si).at_most.lines][2] == 25

    ana = stage.hire("bo", Role.REVIEWER)
    (proofs,) = v.for_review(case, ana)
    assert [(f.who, f.aside) for f in proofs.friends] == [
        ("zhao_liu", ""),
        ("", "party"),
        ("qian_qi", ""),
    ]
    assert [line.weight for line in proofs.weight.lines][2] == 16
    for stranger in (wang_wu, zhao, NOBODY):
        with refused("not_found", NotFound):
            v.for_review(case, stranger)
        with refused("not_found", NotFound):
            v.of(case, stranger)


def test_a_known_device_counts_from_before_the_decision(stage: Stage) -> None:
    li_si = stage.account("li_si")
    person = li_si.person
    assert person is not None
    with stage.records.work():
        stage.records.devices.seen(person, "old-mark", "Safari · iPhone", stage.clock())
    stage.clock.pass_(days=31)
    with stage.records.work():
        stage.records.devices.seen(person, "new-mark", "Chrome · Windows", stage.clock())
    case, v = decided(stage), verifying(stage)
    holder = replace(li_si, only_case=case)
    with refused("verification.not_signed_in"):
        v.show_device(case, holder, SignIn.PASSWORD, "old-mark")
    v.show_device(case, li_si, SignIn.PASSWORD, "new-mark")
    assert [d.known for d in v.of(case, li_si).devices] == [False]
    v.show_device(case, li_si, SignIn.PASSKEY, "old-mark")
    v.show_device(case, li_si, SignIn.PASSKEY, "old-mark")
    assert [d.known for d in v.of(case, li_si).devices] == [False, True]
    assert [line.weight for line in v.of(case, li_si).at_most.lines] == [20, 20, 0, 0]


def test_invitations_are_limited_run_out_and_can_be_taken_back(stage: Stage) -> None:
    case, li_si, v = decided(stage), stage.account("li_si"), verifying(stage)
    made = [v.invite(case, "小李", li_si) for _ in range(5)]
    with refused("verification.too_many_open"):
        v.invite(case, "小李", li_si)
    v.withdraw(case, InvitationId(made[0].id), li_si)
    v.withdraw(case, InvitationId(made[0].id), li_si)
    v.invite(case, "小李", li_si)
    stage.clock.pass_(days=7)
    for each in made:
        with refused("verification.link_over", NotFound):
            v.asked(each.code)
    for name, code in ((" ", "verification.no_name"), ("李" * 41, "verification.name_too_long")):
        with refused(code):
            v.invite(case, name, li_si)
    for stranger in (stage.account("wang_wu"), stage.account("zhao_liu")):
        with refused("not_found", NotFound):
            v.invite(case, "小李", stranger)
        with refused("not_found", NotFound):
            v.withdraw(case, InvitationId(made[1].id), stranger)
    with refused("verification.link_over", NotFound):
        v.withdraw(case, InvitationId("nothing"), li_si)


def test_two_who_vouch_for_each_other_are_remarked_and_not_refused(fakes: Stage) -> None:
    ana, v = fakes.hire("ana", Role.REVIEWER), verifying(fakes)
    li_si, zhao = fakes.account("li_si"), fakes.account("zhao_liu")
    old(fakes, li_si, zhao)
    cases = {}
    for who, name in ((li_si, "li_si"), (zhao, "zhao_liu")):
        cases[name] = fakes.case_of(fakes.decided(ana, account=name)).id
        friend = zhao if who is li_si else li_si
        v.vouch(v.invite(cases[name], name, who).code, friend)
    (proofs,) = v.for_review(cases["li_si"], ana)
    assert [(r.sign, r.friends, r.people, r.cases) for r in proofs.rings] == [
        ("circle", ("zhao_liu",), 2, 2)
    ]
    assert proofs.weight.total == 8, "the remark changes no weight"


def test_every_proof_together_ends_nothing(fakes: Stage) -> None:
    """An appeal with all there is waits for its reviewer, who can uphold the decision."""
    face = StrictFace()
    fakes = fakes.with_(face=face)
    case, v = decided(fakes), verifying(fakes)
    li_si, bo = fakes.account("li_si"), fakes.hire("bo", Role.REVIEWER)
    helpers = friends(fakes, "zhao_liu", "qian_qi", "sun_ba")
    old(fakes, *helpers)
    for friend in helpers:
        v.vouch(v.invite(case, "小李", li_si).code, friend)
    v.show_device(case, li_si, SignIn.PASSKEY, "")
    check = v.begin_face(case, li_si, "https://gongdao.example/back")
    assert not v.end_face(case, check.id, li_si)
    face.finish(check.id, FaceResult.SAME)
    assert v.end_face(case, check.id, li_si)
    decision = fakes.case(case).decision
    assert decision is not None
    appeal = fakes.app.appealing.file(decision, GROUNDS, li_si)
    fakes.tick(days=3)
    assert v.for_review(case, bo)[0].weight.total == 70
    assert fakes.records.appeals.get(appeal).now.stage == "under_review"
    fakes.app.reviewing.uphold(appeal, REASONS, bo)
    assert fakes.records.appeals.get(appeal).now.stage == "upheld"


def test_without_a_service_for_faces_it_says_so(fakes: Stage) -> None:
    case = decided(fakes)
    assert not verifying(fakes).of(case, fakes.account("li_si")).face
    with refused("face.not_configured"):
        verifying(fakes).begin_face(case, fakes.account("li_si"), "https://gongdao.example/")
