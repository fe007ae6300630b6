"""
Orders and reviews out of a table: looked at, and then taken in whole or not at all.

Every line with an order is kept, so that a review finds its order; a line with a review opens a
dispute, unless it has more stars than was asked for. What came in before is named and left out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from gongdao.domain.access.model import Caller
from gongdao.domain.disputes import tables
from gongdao.domain.disputes.imports import (
    Brought,
    Choice,
    Import,
    ImportId,
    ImportStage,
)
from gongdao.domain.disputes.tables import Line, Table
from gongdao.domain.evidence.uploads import gone
from gongdao.domain.flows.disputing import Disputing, shop_of
from gongdao.domain.flows.import_lines import ImportLines, SortedLines
from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.errors import BadInput, GongdaoError, NotFound, Refused, hint_noop
from gongdao.domain.kernel.events import Actor
from gongdao.domain.kernel.ids import OrganisationId
from gongdao.domain.kernel.tables import plain_heading
from gongdao.domain.organisations.model import Organisation, Right

IMPORT = "dispute_import"
"""The outbox topic of a table to be taken in."""
AT_ONCE = 500
"""Lines that are written between two signs of how far it is."""
NAMED = 20
"""Line numbers that are named."""
_MOST_STARS = 5


@dataclass(frozen=True, slots=True)
class Preview:
    """What a table would bring."""

    table: Table
    new: tuple[Line, ...]
    brings: Brought
    known: tuple[int, ...]
    """The first lines that are there already, or twice in the table."""
    ambiguous: tuple[int, ...]
    """The first lines whose order number stands in several orders: the dispute's page asks."""


@dataclass(frozen=True, slots=True)
class Importing:
    """Tables of organisations."""

    records: Records
    disputing: Disputing

    @property
    def lines(self) -> ImportLines:
        """What becomes of single lines."""
        return ImportLines(self.records, self.disputing)

    def look(
        self,
        organisation: OrganisationId,
        content: bytes,
        choice: Choice,
        caller: Caller,
        columns: Mapping[str, int] | None = None,
    ) -> Preview:
        """What a table would bring; nothing is kept.

        Without `columns` those of last time are taken, or a guess.
        """
        held, _ = self.disputing.organising.seat(organisation, caller, Right.WORK)
        self._check(choice, held.now)
        table = self._read(organisation, content, columns)
        found = self.lines.sort(held.now, table, choice)
        new = {line.number: line for line, _ in found.orders}
        new |= {line.number: line for line, _, _ in found.reviews}
        return Preview(
            table=table,
            new=tuple(new[number] for number in sorted(new)),
            brings=found.brought,
            known=found.known[:NAMED],
            ambiguous=tuple(self.lines.ambiguous(held.now, found))[:NAMED],
        )

    def begin(
        self,
        organisation: OrganisationId,
        token: str,
        choice: Choice,
        caller: Caller,
        columns: Mapping[str, int],
    ) -> ImportId:
        """Have a table taken in by a worker; Refused while a line of it is wrong."""
        r = self.records
        held, by = self.disputing.organising.seat(organisation, caller, Right.WORK)
        self._check(choice, held.now)
        table = self._read(organisation, self.held(token), columns)
        _must_be_right(table)
        if by.person is None:
            raise NotFound("not_found", hint_noop("There is no such person."))
        with r.work():
            new = Import(
                id=ImportId(r.new_id()),
                organisation=organisation,
                by=by.person,
                token=token,
                columns=table.columns,
                choice=choice,
                lines=len(table.lines),
                begun_at=r.clock(),
            )
            r.imports.begin(new)
            r.imports.remember(organisation, self._headings(organisation, table), table.columns)
            r.outbox.post(IMPORT, new.id, {"import": new.id})
        return new.id

    def get(self, organisation: OrganisationId, which: ImportId, caller: Caller) -> Import:
        """How far a table is; NotFound for whoever is no member."""
        self.disputing.organising.seat(organisation, caller)
        found = self.records.imports.get(which)
        if found.organisation != organisation:
            raise NotFound("not_found", hint_noop("There is no such table."))
        return found

    def latest(self, organisation: OrganisationId, caller: Caller) -> Sequence[Import]:
        """The tables of an organisation, the latest first."""
        self.disputing.organising.seat(organisation, caller)
        return self.records.imports.latest(organisation, NAMED)

    def held(self, token: str) -> bytes:
        """A table that was sent; NotFound once its time is over, or where half of it is there."""
        upload = self.records.uploads.get(token)
        if upload.expires_at <= self.records.clock() or upload.received != upload.size:
            raise gone()
        if upload.size > tables.MOST_BYTES:
            raise BadInput(
                "import.too_large",
                hint_noop("A table may have {most} MB. Send it in several parts."),
                most=tables.MOST_BYTES // 1024**2,
            )
        return b"".join(self.records.files.staged(upload.place, upload.size))

    def bring_in(
        self,
        organisation: OrganisationId,
        content: bytes,
        choice: Choice,
        caller: Caller,
        columns: Mapping[str, int] | None = None,
        tick: Callable[[int], object] = lambda _: None,
    ) -> Brought:
        """Take a table in, all of it or nothing; `tick` is told how many lines are written."""
        r = self.records
        with r.work():
            held, by = self.disputing.organising.seat(organisation, caller, Right.WORK)
            self._check(choice, held.now)
            table = self._read(organisation, content, columns)
            _must_be_right(table)
            found = self.lines.sort(held.now, table, choice)
            self._write(held.now, found, choice, by, tick)
            r.imports.remember(organisation, self._headings(organisation, table), table.columns)
        return found.brought

    def _check(self, choice: Choice, whose: Organisation) -> None:
        if not 0 <= choice.most_stars <= _MOST_STARS:
            raise BadInput(
                "dispute.bad_stars", hint_noop("Give the stars as a number from 1 to 5.")
            )
        self.disputing.pack_of_the_day(choice.platform, self.records.clock())
        shop_of(whose, choice.shop, choice.platform)

    def _read(
        self, organisation: OrganisationId, content: bytes, columns: Mapping[str, int] | None
    ) -> Table:
        now = self.records.clock()
        table = tables.read(content, columns, now)
        if columns is not None:
            return table
        before = self.records.imports.recall(organisation, self._headings(organisation, table))
        return table if before is None else tables.read(content, before, now)

    def _headings(self, organisation: OrganisationId, table: Table) -> str:
        plain = "\n".join(map(plain_heading, table.headings))
        return self.records.parties.subject_key(f"headings:{organisation}", plain)

    def _write(
        self,
        whose: Organisation,
        found: SortedLines,
        choice: Choice,
        by: Actor,
        tick: Callable[[int], object],
    ) -> None:
        r, now = self.records, self.records.clock()
        pack = self.disputing.pack_of_the_day(choice.platform, now)
        done = 0
        for start in range(0, len(found.orders), AT_ONCE):
            part = found.orders[start : start + AT_ONCE]
            r.kept_orders.add_all(self.lines.orders(whose, part, choice, now))
            done += len(part)
            tick(done)
        for start in range(0, len(found.reviews), AT_ONCE):
            some = found.reviews[start : start + AT_ONCE]
            r.disputes.open_all(self.lines.opened(whose, some, pack, choice, by))
            done += len(some)
            tick(done)


@dataclass(frozen=True, slots=True)
class TakeIn:
    """The handler of the outbox topic `dispute_import`."""

    importing: Importing

    def __call__(self, payload: Mapping[str, str], *, last: bool = False) -> None:
        """Take one table in; one that is through is not taken in again."""
        del last
        r, which = self.importing.records, ImportId(payload["import"])
        found = r.imports.get(which)
        if found.stage is not ImportStage.WAITING:
            return
        caller = Caller(found.by)
        try:
            with r.work():
                brought = self.importing.bring_in(
                    found.organisation,
                    self.importing.held(found.token),
                    found.choice,
                    caller,
                    found.columns,
                    lambda written: r.imports.tick(which, written),
                )
                r.imports.end(which, ImportStage.DONE, brought, "", r.clock())
        except GongdaoError as problem:
            with r.work():
                r.imports.end(which, ImportStage.FAILED, Brought(), problem.code, r.clock())


def _must_be_right(table: Table) -> None:
    if table.wrong_in_all:
        first = table.wrong[0]
        raise Refused(
            "import.lines_wrong",
            hint_noop("{lines} lines cannot be read, the first of them is line {line}. Mend them."),
            lines=table.wrong_in_all,
            line=first.number,
        )
