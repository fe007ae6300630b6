"""A journal: written, corrected, struck out, read in, proven, and used as evidence."""

import hashlib
import json
from typing import Any

import pytest
from tests.stories.files_of import PNG, sent
from tests.stories.stage import Stage, refused, violation

from gongdao.domain.access.model import NOBODY, Caller
from gongdao.domain.evidence.journal_ports import Wanted
from gongdao.domain.evidence.journal_rules import Note
from gongdao.domain.flows.journal_exhibits import JournalExhibits
from gongdao.domain.flows.journaling import Journaling
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId, EntryId
from gongdao.domain.kernel.merkle import leaf_hash
from gongdao.storage import codec

WORDS = "打包、贴单、装车，商品完好。"
TABLE = f"时间,类别,内容\n2026-01-05 10:00,发货,{WORDS}\n2026-01-06,备份,两份。\n".encode()


def journals(stage: Stage) -> Journaling:
    return Journaling(stage.records)


def wrote(stage: Stage, by: Caller, *tokens: str, **changes: Any) -> EntryId:
    note = Note(**{"sort": "shipment", "happened": "2026-02-27 16:00", "text": WORDS, **changes})
    return journals(stage).enter(note, tokens, by)


@pytest.fixture
def me(stage: Stage) -> Caller:
    return stage.account("li_si")


def test_an_entry_is_what_was_written_and_when_it_came(stage: Stage, me: Caller) -> None:
    entry = wrote(stage, me, sent(stage))
    seen = journals(stage).open(entry, me)
    assert (seen.sort, seen.text, seen.recorded_at) == ("shipment", WORDS, stage.clock())
    assert (seen.happened.at.isoformat(), seen.imported) == ("2026-02-27T16:00:00+08:00", False)
    (file,) = seen.files
    assert (file.name, file.file.sha256) == ("截屏.png", hashlib.sha256(PNG).hexdigest())
    assert file.thumbnail is not None
    assert b"".join(stage.records.files.read(file.file.sha256)) == PNG
    assert journals(stage).used(me).bytes == len(PNG)


def test_a_proof_is_the_very_record_with_salted_texts_and_nothing_else(
    stage: Stage, me: Caller
) -> None:
    entry = wrote(stage, me, sent(stage))
    (proven,) = journals(stage).proven(entry, me)
    head, body = proven.written.record.rsplit("\n", 1)
    assert head == f"event\n{entry}\n1\njournal.entered"
    assert leaf_hash(proven.written.record.encode()).hex() == proven.written.leaf
    for seal, salted in proven.texts.items():
        assert hashlib.sha256(salted.salt + salted.text.encode()).hexdigest() == seal
        assert seal in body
    assert {salted.text for salted in proven.texts.values()} == {WORDS, "截屏.png"}
    held = json.loads(body)
    assert sorted(held) == [
        "at", "by", "corrects", "entry", "files", "happened", "imported", "owner", "sort", "text",
    ]  # fmt: skip
    assert sorted(held["files"][0]) == ["file", "made", "name", "scan", "what"]
    assert all(word not in body for word in (WORDS, "截屏", "192.0.2.77", "Android"))


def test_an_entry_is_corrected_by_a_later_one_or_struck_and_both_stay(
    stage: Stage, me: Caller
) -> None:
    first, other = wrote(stage, me), wrote(stage, me, text="写错了。")
    stage.clock.pass_(hours=1)
    note = Note("shipment", "2026-02-27 17:00", "是五点，不是四点。")
    later = journals(stage).enter(note, [], me, first)
    journals(stage).strike(other, "写到别的单子上了。", me)
    by_id = {each.id: each for each in journals(stage).of(Wanted(), me)}
    assert (by_id[first].corrected_by, by_id[later].corrects) == (later, first)
    assert by_id[first].text == WORDS
    assert (by_id[other].text, by_id[other].struck_because) == ("写错了。", "写到别的单子上了。")
    assert [p.written.kind for p in journals(stage).proven(other, me)] == [
        "journal.entered",
        "journal.struck",
    ]
    with refused("journal.corrected_already"):
        journals(stage).enter(note, [], me, first)
    with refused("journal.struck_already"):
        journals(stage).strike(other, "又一次。", me)
    with refused("journal.struck_already"):
        journals(stage).enter(note, [], me, other)
    assert journals(stage).used(me).entries == 3


def test_the_list_is_by_kind_and_month_the_latest_first(stage: Stage, me: Caller) -> None:
    for happened, sort in (("2026-01-31", "backup"), ("2026-02-01", "backup"), ("", "operation")):
        wrote(stage, me, happened=happened, sort=sort)

    def months(wanted: Wanted) -> list[str]:
        return [f"{e.happened.at:%m-%d}" for e in journals(stage).of(wanted, me)]

    assert journals(stage).months(me) == ["2026-03", "2026-02", "2026-01"]
    assert months(Wanted()) == ["03-02", "02-01", "01-31"]
    assert months(Wanted(sort="backup", skip=1, limit=1)) == ["01-31"]


def test_a_table_is_read_in_whole_once_and_marked(stage: Stage, me: Caller) -> None:
    preview = journals(stage).preview(TABLE, "other", me)
    assert (len(preview.new), preview.known) == (2, ())
    assert journals(stage).used(me).entries == 0, "a preview keeps nothing"
    journals(stage).bring_in(TABLE, "other", me)
    seen = journals(stage).of(Wanted(), me)
    assert [(e.sort, e.text, e.imported) for e in seen] == [
        ("backup", "两份。", True),
        ("shipment", WORDS, True),
    ]
    assert {e.recorded_at for e in seen} == {stage.clock()}
    more = TABLE + b"2026-01-07,backup,new\n2026-01-07,backup,new\n"
    again = journals(stage).bring_in(more, "other", me)
    assert ([r.line for r in again.known], len(again.new)) == ([2, 3, 5], 1)
    with refused("journal.lines_are_wrong", count=1, line=4):
        journals(stage).bring_in(TABLE + b"never,backup,x\n2026-01-08,backup,y\n", "other", me)
    assert journals(stage).used(me).entries == 3, "all or nothing"
    (proven, *_) = journals(stage).proven(seen[0].id, me)
    assert leaf_hash(proven.written.record.encode()).hex() == proven.written.leaf


def test_nobody_else_finds_anything_of_a_journal(stage: Stage, me: Caller) -> None:
    entry = wrote(stage, me)
    receipt = stage.report(me, account="wang_wu")
    holder = Caller(me.person, only_case=receipt.case)
    staff = [stage.hire(role.value, role) for role in Role if role.value != "app"]
    for caller in (NOBODY, holder, stage.account("zhang_san"), *staff):
        for act in (
            lambda c: journals(stage).open(entry, c),
            lambda c: journals(stage).proven(entry, c),
            lambda c: journals(stage).strike(entry, "x", c),
            lambda c: journals(stage).enter(Note("", "", "x"), [], c, entry),
            lambda c: JournalExhibits(stage.records).attach(entry, receipt.case, c),
        ):
            with refused("not_found", NotFound):
                act(caller)
    for caller in (NOBODY, holder):
        with refused("not_found", NotFound):
            journals(stage).of(Wanted(), caller)
    assert journals(stage).of(Wanted(), stage.account("zhang_san")) == []


def test_an_entry_becomes_an_exhibit_with_the_moment_of_its_recording(stage: Stage) -> None:
    me, ana = stage.account("li_si"), stage.hire("ana", Role.REVIEWER)
    entry, plain = wrote(stage, me, sent(stage)), wrote(stage, me, happened="2026-02-26")
    recorded = stage.clock()
    stage.clock.pass_(days=20)
    case = stage.case_of(stage.decided(ana, violation())).id
    bring = JournalExhibits(stage.records).attach
    (picture,) = bring(entry, case, me)
    (text,) = bring(plain, case, me)
    leaf = journals(stage).leaves([entry], me)[entry]
    seen = stage.app.exhibiting.open(picture, ana)
    assert seen.origin.journal is not None
    assert (seen.origin.journal.recorded_at, seen.origin.journal.leaf) == (recorded, leaf)
    assert seen.view.file is not None
    assert seen.view.file.sha256 == hashlib.sha256(PNG).hexdigest()
    assert (seen.view.kind, seen.view.side, seen.origin.journal.text) == (
        "picture", "respondent", False,
    )  # fmt: skip
    words = stage.app.exhibiting.open(text, ana)
    assert (words.view.name, words.view.kind) == ("journal-2026-02-26.txt", "text")
    assert words.view.file is not None
    assert b"".join(stage.records.files.read(words.view.file.sha256)) == WORDS.encode()
    with refused("journal.attached_already"):
        bring(entry, case, me)
    with refused("not_found", NotFound):
        bring(wrote(stage, ana), case, ana)
    with refused("not_found", NotFound):
        bring(entry, CaseId(stage.report(stage.account("wu"), account="wang").case), me)
    struck = wrote(stage, me, text="x")
    journals(stage).strike(struck, "不算。", me)
    with refused("journal.struck_is_no_evidence"):
        bring(struck, case, me)


def test_a_reporters_exhibit_out_of_a_journal_does_not_say_who_they_are(stage: Stage) -> None:
    me, ana = stage.account("zhang_san"), stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana, me)
    entry = wrote(stage, me)
    (exhibit,) = JournalExhibits(stage.records).attach(entry, receipt.case, me)
    seen = stage.app.exhibiting.open(exhibit, ana)
    assert seen.origin.journal is not None
    assert entry not in repr(seen)
    assert stage.app.exhibiting.of_case(receipt.case, stage.account("li_si")) == []
    body = codec.encode(stage.records.exhibits.history(exhibit)[0].event)
    assert entry not in body
