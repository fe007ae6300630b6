"""Both sides and staff bring files; what is kept can be proven; nobody sees the other side's."""

import hashlib
from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from tests.fakes.vault import HeadExaminer
from tests.stories.files_of import ADDRESS, BROWSER, PDF, PNG, brought, sent
from tests.stories.stage import Stage, refused

from gongdao.adapters.opening import not_opened
from gongdao.domain.access.model import Caller
from gongdao.domain.evidence.exhibits import Derivative, Finding, Locator
from gongdao.domain.evidence.uploads import Examined
from gongdao.domain.flows.exhibiting import Said
from gongdao.domain.kernel.errors import NotFound, PeerFailed
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId, Digest, ExhibitId
from gongdao.storage import codec

APP = Caller(None, frozenset({Role.APP}))


@pytest.fixture
def ana(stage: Stage) -> Caller:
    return stage.hire("ana", Role.REVIEWER)


@pytest.fixture
def case(stage: Stage, ana: Caller) -> CaseId:
    return stage.accepted(ana, stage.account("zhang_san")).case


def test_what_a_reporter_sends_is_numbered_named_and_provable(stage: Stage, case: CaseId) -> None:
    reporter = stage.account("zhang_san")
    first = brought(stage, case, reporter, captured="screenshot")
    brought(stage, case, reporter, PDF, "合同.pdf")

    seen = stage.app.exhibiting.of_case(case, reporter)
    assert [(e.number, e.name, e.kind, e.mine) for e in seen] == [
        (1, "截屏.png", "picture", True),
        (2, "合同.pdf", "pdf", True),
    ]
    digest = hashlib.sha256(PNG).hexdigest()
    assert seen[0].file is not None
    assert (seen[0].file.sha256, seen[0].file.size) == (digest, len(PNG))
    assert b"".join(stage.records.files.read(seen[0].file.sha256)) == PNG

    received = stage.records.exhibits.history(first)[0]
    body = codec.encode(received.event)
    entry = codec.event_entry(first, 1, "exhibit.received", body)
    assert codec.leaf_hash(entry).hex() == received.leaf == seen[0].leaf
    assert digest in body, "the leaf vouches for the file"


def test_staff_see_where_it_came_from_and_what_was_made_of_it(
    stage: Stage, ana: Caller, case: CaseId
) -> None:
    exhibit = brought(stage, case, stage.account("zhang_san"), captured="screenshot")
    seen = stage.app.exhibiting.open(exhibit, ana)
    assert (seen.view.side, seen.view.reporter) == ("reporter", 1)
    origin = seen.origin
    assert (origin.device, origin.captured) == (BROWSER, "screenshot")
    assert origin.address == "", "it would say who the reporter is"
    theirs = brought(stage, case, stage.account("li_si"))
    assert stage.app.exhibiting.open(theirs, ana).origin.address == ADDRESS
    assert origin.scan == "not scanned"
    assert {made.what for made in seen.made} == {Derivative.THUMBNAIL, Derivative.VIEW}
    assert all(made.source == hashlib.sha256(PNG).hexdigest() for made in seen.made)
    assert all(made.recipe for made in seen.made)


def test_a_reporter_who_signs_with_a_files_name_is_masked(
    stage: Stage, ana: Caller, case: CaseId
) -> None:
    exhibit = brought(stage, case, stage.account("zhang_san"), name="zhang_san 的截屏.png")
    (listed,) = stage.app.exhibiting.of_case(case, ana)
    assert listed.name == ""
    assert stage.app.exhibiting.open(exhibit, ana).view.name == "▇▇ 的截屏.png"


def test_nothing_that_was_said_of_a_file_stands_in_an_event(stage: Stage, case: CaseId) -> None:
    exhibit = brought(stage, case, stage.account("zhang_san"))
    bodies = "".join(codec.encode(r.event) for r in stage.records.exhibits.history(exhibit))
    assert all(word not in bodies for word in ("截屏", BROWSER, ADDRESS, "Android"))


def test_the_app_says_exactly_where_the_message_lies(
    stage: Stage, ana: Caller, case: CaseId
) -> None:
    place = Locator("msg-7", "chat-1", "group-9", stage.clock(), "app://m/7", "你就是个废物")
    said = Said("export", stage.clock(), place)
    (exhibit,) = stage.app.exhibiting.attach(case, [sent(stage)], said, APP)
    seen = stage.app.exhibiting.open(exhibit, ana)
    assert seen.origin.locator == place
    assert (seen.view.side, seen.view.reporter) == ("app", 0)
    assert stage.app.exhibiting.of_case(case, stage.account("zhang_san")) == []


def test_a_respondent_sees_nothing_of_what_the_reporter_brought(
    stage: Stage, ana: Caller, case: CaseId
) -> None:
    reporter, respondent = stage.account("zhang_san"), stage.account("li_si")
    theirs = brought(stage, case, reporter)
    own = brought(stage, case, respondent, PDF, "说明.pdf")
    seen = stage.app.exhibiting.of_case(case, respondent)
    assert [(e.id, e.number) for e in seen] == [(own, 1)], "no gap tells of another file"
    digests = {hashlib.sha256(PNG).hexdigest()}
    digests |= {made.file.sha256 for made in stage.app.exhibiting.open(theirs, ana).made}
    assert not digests & {
        file.sha256 for e in seen for file in (e.file, e.thumbnail, e.view) if file
    }
    with pytest.raises(NotFound):
        stage.app.exhibiting.open(theirs, respondent)
    with pytest.raises(NotFound):
        stage.app.exhibiting.open(own, respondent)
    assert [e.id for e in stage.app.exhibiting.of_case(case, reporter)] == [theirs]


def test_only_a_redacted_copy_is_ever_released(stage: Stage, ana: Caller, case: CaseId) -> None:
    respondent = stage.account("li_si")
    exhibit = brought(stage, case, stage.account("zhang_san"))
    view = stage.app.exhibiting.open(exhibit, ana).view.view
    assert view is not None
    with refused("exhibit.not_redacted"):
        stage.app.exhibiting.release(exhibit, view.sha256, ana)

    copy = stage.app.exhibiting.derive(
        exhibit, Derivative.REDACTED, b"blackened", "image/webp", "two boxes blackened"
    )
    assert stage.app.exhibiting.of_case(case, respondent) == []
    stage.app.exhibiting.release(exhibit, copy, ana)
    (seen,) = stage.app.exhibiting.of_case(case, respondent)
    assert (seen.name, seen.number, seen.file, seen.thumbnail, seen.leaf) == ("", 0, None, None, "")
    assert seen.view is not None
    assert seen.view.sha256 == copy
    assert str(seen.id) == copy, "the exhibit's own id would tell when it was brought"


def test_who_is_a_party_elsewhere_does_not_learn_what_was_brought_there(stage: Stage) -> None:
    reporter, both = stage.account("zhang_san"), stage.account("li_si")
    reviewer = Caller(both.person, frozenset({Role.REVIEWER}))
    against_them = stage.report(reporter).case
    other = stage.report(reporter, account="wang_wu").case
    brought(stage, against_them, reporter)
    here = brought(stage, other, reporter)
    ana = stage.hire("ana2", Role.REVIEWER)
    assert stage.app.exhibiting.open(here, ana).also_in == 1
    assert stage.app.exhibiting.open(here, reviewer).also_in == 0


def test_another_reporter_of_the_case_sees_their_own_alone(stage: Stage, ana: Caller) -> None:
    one, other = stage.account("zhang_san"), stage.account("wang_wu")
    case = stage.report(one, subject_ref="post-1").case
    assert stage.report(other, subject_ref="post-1").case == case
    first, second = brought(stage, case, one), brought(stage, case, other, PDF)
    assert [(e.id, e.number) for e in stage.app.exhibiting.of_case(case, other)] == [(second, 1)]
    of_staff = stage.app.exhibiting.of_case(case, ana)
    assert [(e.id, e.number, e.reporter) for e in of_staff] == [(first, 1, 1), (second, 2, 2)]


def test_the_seven_factors_are_ticked_by_name(stage: Stage, ana: Caller, case: CaseId) -> None:
    exhibit = brought(stage, case, stage.account("zhang_san"))
    check = stage.app.exhibiting.check
    with refused("exhibit.unknown_factor"):
        check(exhibit, "moon_phase", Finding.SOUND, "", ana)
    check(exhibit, "kept_complete", Finding.UNKNOWN, "", ana)
    check(exhibit, "kept_complete", Finding.SOUND, "哈希一致。", ana)
    (found,) = stage.app.exhibiting.open(exhibit, ana).checks
    assert (found.finding, found.note, found.person) == ("sound", "哈希一致。", ana.person)
    assert len(stage.records.exhibit_policy(stage.case(case).pack).factors) == 7


def test_whoever_looks_into_an_exhibit_takes_part_in_the_case(
    stage: Stage, ana: Caller, case: CaseId
) -> None:
    bea = stage.hire("bea", Role.REVIEWER)
    exhibit = brought(stage, case, stage.account("zhang_san"))
    assert bea.person not in stage.case(case).took_part
    stage.app.exhibiting.check(exhibit, "other", Finding.SOUND, "", bea)
    assert bea.person in stage.case(case).took_part
    cleo = stage.hire("cleo", Role.REVIEWER)
    brought(stage, case, cleo)
    assert cleo.person in stage.case(case).took_part


def test_strangers_and_the_auditor_bring_nothing(stage: Stage, case: CaseId) -> None:
    auditor = stage.hire("ou", Role.AUDITOR)
    for caller in (stage.account("wang_wu"), Caller(None), auditor):
        with pytest.raises(NotFound):
            brought(stage, case, caller)


def test_a_file_is_handed_in_once(stage: Stage, case: CaseId) -> None:
    reporter, token = stage.account("zhang_san"), sent(stage)
    stage.app.exhibiting.attach(case, [token], Said(), reporter)
    with pytest.raises(NotFound, match=r"upload\.unknown"):
        stage.app.exhibiting.attach(case, [token], Said(), reporter)
    assert len(stage.app.exhibiting.of_case(case, reporter)) == 1


def test_of_two_files_both_are_handed_in_or_none(stage: Stage, case: CaseId) -> None:
    reporter, good = stage.account("zhang_san"), sent(stage)
    with pytest.raises(NotFound):
        stage.app.exhibiting.attach(case, [good, "no such token"], Said(), reporter)
    assert stage.app.exhibiting.of_case(case, reporter) == []
    stage.app.exhibiting.attach(case, [good], Said(), reporter)


def test_a_file_that_cannot_be_kept_costs_the_others_nothing(stage: Stage, case: CaseId) -> None:
    reporter, lost, good = stage.account("zhang_san"), sent(stage, PDF), sent(stage)
    stage.records.files.unstage(stage.app.uploading.status(lost).place)
    brought_in = stage.app.exhibiting.attach_what_is_there
    assert brought_in(case, [lost, "no such token", good], Said(), reporter) == 2
    (seen,) = stage.app.exhibiting.of_case(case, reporter)
    assert (seen.number, seen.name) == (1, "截屏.png")


def test_sending_goes_on_where_it_broke_off(stage: Stage, case: CaseId) -> None:
    content = PNG + bytes(1000)
    uploading = stage.app.uploading
    token = uploading.begin("a.png", len(content), None, None)
    first = uploading.write(token, 0)
    first.write(content[:100])
    with refused("upload.busy"):
        uploading.write(token, 0)
    first.close()
    assert uploading.status(token).received == 100
    with refused("upload.wrong_offset", received=100):
        uploading.write(token, 50)
    second = uploading.write(token, 100)
    second.write(content[100:])
    looked = second.close()
    assert looked is not None
    assert looked.file.sha256 == hashlib.sha256(content).hexdigest()
    brought_in = stage.app.exhibiting.attach(case, [token], Said(), stage.account("zhang_san"))
    assert len(brought_in) == 1


def test_whoever_goes_silent_holds_a_file_for_a_minute(stage: Stage) -> None:
    uploading = stage.app.uploading
    token = uploading.begin("a.png", 2000, None, None)
    silent = uploading.write(token, 0)
    stage.clock.pass_(minutes=2)
    uploading.write(token, 0)
    with refused("upload.busy"):
        silent.write(PNG)  # two who send at once would mix their bytes
    with refused("upload.busy"):
        silent.close()


def test_whoever_is_slow_keeps_a_file_as_long_as_bytes_come(stage: Stage) -> None:
    uploading = stage.app.uploading
    token = uploading.begin("a.png", 2000, None, None)
    slow = uploading.write(token, 0)
    for _ in range(6):
        stage.clock.pass_(seconds=50)
        slow.write(bytes(100))
        with refused("upload.busy"):
            uploading.write(token, 0)
    slow.close()
    assert uploading.status(token).received == 600


def test_what_is_not_taken_is_said_and_forgotten(stage: Stage) -> None:
    for content, code in (
        (b"<html><script>alert(1)</script>", "file.page"),
        (b"MZ\x90\x00" + bytes(60), "file.program"),
        (PNG + b"PK\x05\x06" + bytes(18), "file.two_in_one"),
    ):
        with refused(code):
            sent(stage, content)
    uploading = stage.app.uploading
    with refused("file.too_large", most=200):
        uploading.begin("film.mp4", 201 * 1024**2, None, None)
    with refused("file.empty"):
        uploading.begin("a.png", 0, None, None)
    token = uploading.begin("a.png", 10, None, None)
    with refused("upload.more_than_said"):
        uploading.write(token, 0).write(bytes(11))


def test_what_is_never_handed_in_is_forgotten(stage: Stage, case: CaseId) -> None:
    token = sent(stage)
    stage.clock.pass_(hours=25)
    with pytest.raises(NotFound):
        stage.app.uploading.status(token)
    with pytest.raises(NotFound):
        stage.app.exhibiting.attach(case, [token], Said(), stage.account("zhang_san"))
    assert stage.app.uploading.forget_expired() == 1
    assert stage.app.uploading.forget_expired() == 0


def test_what_was_drawn_of_a_file_goes_with_it(stage: Stage, case: CaseId) -> None:
    small = Digest(hashlib.sha256(b"small " + PNG[:32]).hexdigest())
    files, uploading = stage.records.files, stage.app.uploading
    given_up, expired = sent(stage), sent(stage)
    upload = uploading.status(expired)
    assert b"".join(files.staged(upload.beside(Derivative.THUMBNAIL), 6)) == b"small "
    uploading.give_up(given_up)
    stage.clock.pass_(hours=25)
    uploading.forget_expired()
    assert files.size(small) is None
    assert files.sweep(datetime.now(UTC) + timedelta(days=1)) == 0, "nothing is left"
    brought(stage, case, stage.account("zhang_san"))
    assert files.size(small) == len(b"small " + PNG[:32])


def test_a_file_given_up_while_it_is_opened_leaves_nothing(stage: Stage) -> None:
    uploading, files = stage.app.uploading, stage.records.files
    token = uploading.begin("a.png", len(PNG), None, None)
    writing = uploading.write(token, 0)
    writing.write(PNG)

    def given_up(place: str) -> None:
        if place.endswith("-view"):  # the last that is drawn
            uploading.give_up(token)
            files.stage(place, 0, b"what was on its way just then")

    with (
        mock.patch.object(type(files), "settle", side_effect=given_up),
        pytest.raises(NotFound, match=r"upload\.unknown"),
    ):
        writing.close()
    assert files.sweep(datetime.now(UTC) + timedelta(days=1)) == 0


def test_whoever_lost_a_file_does_not_say_what_it_is(stage: Stage) -> None:
    uploading = stage.app.uploading
    token = uploading.begin("a.png", len(PNG), None, None)
    writing = uploading.write(token, 0)
    writing.write(PNG)

    look = HeadExaminer().look

    def slow(path: str, size: int) -> Examined:
        stage.clock.pass_(minutes=2)
        stage.records.uploads.claim(token, stage.clock())
        return look(path, size)

    with (
        mock.patch.object(type(stage.records.examiner), "look", side_effect=slow),
        refused("upload.busy"),
    ):
        writing.close()
    assert uploading.status(token).looked is None


def test_a_file_that_could_not_be_opened_stays_and_is_opened_later(stage: Stage) -> None:
    uploading = stage.app.uploading
    token = uploading.begin("a.png", len(PNG), None, None)
    writing = uploading.write(token, 0)
    writing.write(PNG)
    with (
        mock.patch.object(type(stage.records.examiner), "look", side_effect=not_opened()),
        pytest.raises(PeerFailed, match=r"file\.not_opened"),
    ):
        writing.close()
    assert uploading.status(token).received == len(PNG)
    looked = uploading.write(token, len(PNG)).close()
    assert looked is not None
    assert looked.file.sha256 == hashlib.sha256(PNG).hexdigest()


def test_one_network_cannot_fill_the_disk(stage: Stage) -> None:
    most = 200 * 1024**2
    for _ in range(5):
        stage.app.uploading.begin("film.mp4", most, None, ADDRESS)
    with refused("upload.too_many_open"):
        stage.app.uploading.begin("film.mp4", most, None, ADDRESS)
    stage.app.uploading.begin("film.mp4", most, None, "198.51.100.1")


def test_the_same_file_elsewhere_is_seen(stage: Stage, ana: Caller, case: CaseId) -> None:
    other = stage.report(stage.account("wang_wu")).case
    exhibit = brought(stage, case, stage.account("zhang_san"))
    brought(stage, other, stage.account("wang_wu"))
    assert stage.app.exhibiting.open(exhibit, ana).also_in == 1


def test_there_is_an_end_to_how_many(stage: Stage, case: CaseId) -> None:
    policy = stage.app.uploading.policy()
    reporter = stage.account("zhang_san")
    tokens = [sent(stage) for _ in range(policy.limits.per_party_max)]
    stage.app.exhibiting.attach(case, tokens, Said(), reporter)
    with refused("exhibit.too_many", most=policy.limits.per_party_max):
        brought(stage, case, reporter)


def test_an_exhibit_that_is_none_is_not_found(stage: Stage, ana: Caller) -> None:
    with pytest.raises(NotFound):
        stage.app.exhibiting.open(ExhibitId("0190c0de-0000-7000-8000-000000000000"), ana)


def test_a_draft_lives_a_day(stage: Stage) -> None:
    token = stage.app.uploading.begin("a.png", 10, None, None)
    upload = stage.app.uploading.status(token)
    assert upload.expires_at - upload.begun_at == timedelta(hours=24)
