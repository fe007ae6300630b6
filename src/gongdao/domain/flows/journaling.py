"""Keeping a journal: writing, correcting, striking out, reading tables in, and proving entries.

A journal is its owner's alone: for everybody else, staff too, there is no such thing. What of it
somebody puts into a case becomes an exhibit there, and is seen as exhibits are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import keeper, not_found
from gongdao.domain.evidence import journal_rules as rules
from gongdao.domain.evidence import journal_tables as tables
from gongdao.domain.evidence.journal import Entry, JournalFile
from gongdao.domain.evidence.journal_ports import Used, Wanted, Written
from gongdao.domain.evidence.journal_rules import Note
from gongdao.domain.evidence.journal_tables import Row, Table
from gongdao.domain.evidence.uploads import gone, keep
from gongdao.domain.flows.journal_views import EntryView, entry_view
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.kernel.errors import PackInvalid, Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Held
from gongdao.domain.kernel.ids import EntryId, PersonId, Sealed
from gongdao.domain.kernel.work import Salted
from gongdao.domain.policy.journal import JournalPolicy


@dataclass(frozen=True, slots=True)
class Preview:
    """What a table would bring, before anything of it is kept."""

    table: Table
    new: tuple[Row, ...]
    known: tuple[Row, ...]
    """Lines that stand in the journal already, or earlier in the table: they are left out."""


@dataclass(frozen=True, slots=True)
class Proven:
    """One step of an entry with all that its owner needs to prove it."""

    written: Written
    texts: Mapping[Sealed, Salted]
    entry: EntryView


@dataclass(frozen=True, slots=True)
class Journaling:
    """The journals, each at its owner's door."""

    records: Records

    def policy(self) -> JournalPolicy:
        """What may be kept today; PackInvalid where the pack says nothing of journals."""
        pack = pack_of_the_day(self.records.packs, self.records.clock())
        if pack.journal is None:
            raise PackInvalid(
                "pack.no_journal",
                hint_noop("The pack {pack} says nothing of journals. Add its journal part."),
                pack=str(pack.ref),
            )
        return pack.journal

    def enter(
        self, note: Note, tokens: Sequence[str], caller: Caller, corrects: EntryId | None = None
    ) -> EntryId:
        """Write an entry, with files that were sent. Nothing of it is kept if any of it fails."""
        r, policy, by = self.records, self.policy(), keeper(caller)
        owner = _person(by)
        with r.work():
            now = r.clock()
            checked = rules.check_note(policy, note, len(tokens), now)
            used = r.journals.used(owner)
            if corrects is not None:
                earlier = self._mine(corrects, caller).now
                theirs = r.journals.corrected(owner, [corrects])
                rules.check_correctable(earlier, corrected=corrects in theirs)
            files = [self._file(token, owner) for token in tokens]
            rules.check_room(policy.limits, used, 1, sum(each.file.size for each in files))
            new = EntryId(r.new_id())
            text = r.texts.seal(checked.text, owner) if checked.text else None
            step = rules.enter(new, owner, checked, text, files, by, now, corrects)
            r.journals.add(new, [step], after=0)
        return new

    def strike(self, entry: EntryId, reason: str, caller: Caller) -> None:
        """Strike an entry out, with a reason."""
        r, policy = self.records, self.policy()
        with r.work():
            held = self._mine(entry, caller)
            said = rules.check_reason(policy.limits, reason)
            if held.now.struck is not None:
                raise rules.struck_already()
            seal = r.texts.seal(said, held.now.owner)
            step = rules.strike(held.now, seal, keeper(caller), r.clock())
            r.journals.add(entry, [step], after=held.version)

    def of(self, wanted: Wanted, caller: Caller) -> list[EntryView]:
        """Entries of one's own journal, by when they happened, the latest first."""
        owner = _person(keeper(caller))
        return self._views(owner, self.records.journals.of_owner(owner, wanted))

    def open(self, entry: EntryId, caller: Caller) -> EntryView:
        """One entry; NotFound for everybody but its owner."""
        held = self._mine(entry, caller)
        (view,) = self._views(held.now.owner, [held.now])
        return view

    def used(self, caller: Caller) -> Used:
        """How much one's journal holds."""
        return self.records.journals.used(_person(keeper(caller)))

    def months(self, caller: Caller) -> list[str]:
        """The months in which something happened, the latest first."""
        return self.records.journals.months(_person(keeper(caller)))

    def preview(self, content: bytes, sort: str, caller: Caller) -> Preview:
        """What a table would bring; nothing is kept."""
        owner, policy = _person(keeper(caller)), self.policy()
        self._must_be_kind(policy, sort)
        table = tables.read(content, policy, sort, self.records.clock())
        preview = self._sifted(owner, table)
        rules.check_room(policy.limits, self.records.journals.used(owner), len(preview.new), 0)
        return preview

    def bring_in(self, content: bytes, sort: str, caller: Caller) -> Preview:
        """Read a table in: all of its new lines, or nothing where any line is wrong."""
        r, policy, by = self.records, self.policy(), keeper(caller)
        owner = _person(by)
        self._must_be_kind(policy, sort)
        with r.work():
            used, now = r.journals.used(owner), r.clock()
            table = tables.read(content, policy, sort, now)
            if table.wrong:
                raise lines_are_wrong(table)
            preview = self._sifted(owner, table)
            rules.check_room(policy.limits, used, len(preview.new), 0)
            rows = [row.checked for row in preview.new]
            seals = r.texts.seal_all([row.text for row in rows], owner)
            r.journals.enter_all(
                [
                    rules.enter(EntryId(r.new_id()), owner, row, seal, (), by, now, imported=True)
                    for row, seal in zip(rows, seals, strict=True)
                ]
            )
        return preview

    def proven(self, entry: EntryId, caller: Caller) -> list[Proven]:
        """Every step of an entry with what proves it; NotFound unless it is the caller's."""
        held = self._mine(entry, caller).now
        return self._proven(held.owner, [held])

    def all_proven(self, wanted: Wanted, caller: Caller) -> list[Proven]:
        """The same of many entries of one's own journal, for whoever takes it along."""
        owner = _person(keeper(caller))
        return self._proven(owner, self.records.journals.of_owner(owner, wanted))

    def leaves(self, entries: Sequence[EntryId], caller: Caller) -> dict[EntryId, str]:
        """By which leaves one's own entries stand in the log."""
        written = self.records.journals.written(_person(keeper(caller)), entries)
        return {each.entry: each.leaf for each in written if each.version == 1}

    def mine(self, entry: EntryId, caller: Caller) -> Entry:
        """The entry itself, for the stories that use it; NotFound unless it is the caller's."""
        return self._mine(entry, caller).now

    def _mine(self, entry: EntryId, caller: Caller) -> Held[Entry]:
        owner = _person(keeper(caller))
        held = self.records.journals.get(entry)
        if held.now.owner != owner:
            raise not_found()
        return held

    def _views(self, owner: PersonId, entries: Sequence[Entry]) -> list[EntryView]:
        r = self.records
        known = r.texts.several([s for each in entries for s in each.seals()]) if entries else {}
        theirs = r.journals.corrected(owner, [each.id for each in entries]) if entries else {}
        return [entry_view(each, known, theirs) for each in entries]

    def _proven(self, owner: PersonId, held: Sequence[Entry]) -> list[Proven]:
        r = self.records
        texts = r.texts.salted([seal for each in held for seal in each.seals()])
        views = {view.id: view for view in self._views(owner, held)}
        seals = {each.id: _by_step(each) for each in held}
        return [
            Proven(
                step,
                {s: texts[s] for s in seals[step.entry][step.kind] if s in texts},
                views[step.entry],
            )
            for step in r.journals.written(owner, list(views))
        ]

    def _file(self, token: str, owner: PersonId) -> JournalFile:
        """Take a file that was sent out of the way in, and keep it."""
        r = self.records
        upload = r.uploads.take(token)
        if upload.looked is None or upload.expires_at <= r.clock():
            raise gone()
        keep(r.files, upload)
        looked = upload.looked
        name = r.texts.seal(upload.name, owner)
        return JournalFile(name, looked.kind, looked.file, looked.made, looked.scan)

    def _sifted(self, owner: PersonId, table: Table) -> Preview:
        """Which lines are new, and which stand there already."""
        r, moments = self.records, {row.checked.happened.at for row in table.rows}
        there = r.journals.happened_at(owner, sorted(moments)) if moments else []
        there = [entry for entry in there if entry.struck is None and not entry.files]
        known = r.texts.several([entry.text for entry in there if entry.text])
        seen = {
            (e.sort, _moment(e.happened.at), e.happened.day_only, known.get(e.text, ""))
            for e in there
            if e.text
        }
        new: list[Row] = []
        old: list[Row] = []
        for row in table.rows:
            c = row.checked
            mark = (c.sort.code, _moment(c.happened.at), c.happened.day_only, c.text)
            (old if mark in seen else new).append(row)
            seen.add(mark)
        return Preview(table, tuple(new), tuple(old))

    def _must_be_kind(self, policy: JournalPolicy, sort: str) -> None:
        if sort and policy.kind(sort) is None:
            raise Refused("journal.unknown_kind", hint_noop("Choose one of the listed kinds."))


def lines_are_wrong(table: Table) -> Refused:
    """What somebody is told whose table cannot be taken as it is."""
    return Refused(
        "journal.lines_are_wrong",
        hint_noop("{count} lines cannot be read, the first at line {line}. Nothing was kept."),
        count=table.wrong_in_all,
        line=table.wrong[0].line,
    )


def _by_step(entry: Entry) -> Mapping[str, Sequence[Sealed]]:
    """Which texts each step of an entry points to."""
    entered = [*filter(None, [entry.text]), *(each.name for each in entry.files)]
    struck = [entry.struck.reason] if entry.struck else []
    return {"journal.entered": entered, "journal.struck": struck}


def _moment(at: datetime) -> float:
    return at.timestamp()


def _person(by: Actor) -> PersonId:
    if by.person is None:
        raise not_found()
    return by.person
