"""One's own journal: entries and their proofs, tables read in, and everything taken along."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from ninja import Query, Router, Schema
from pydantic import Field

from gongdao.api import door
from gongdao.api.evidence import BroughtOut, FileOut, file_out
from gongdao.api.schemas import DoneOut, Moment, Strict
from gongdao.bootstrap.journaling import (
    allow_entry,
    export,
    held,
    journal_exhibits,
    journals,
    let_go,
    places,
    proof,
)
from gongdao.domain.evidence.journal_ports import Wanted
from gongdao.domain.evidence.journal_rules import Note, month_of
from gongdao.domain.flows.journal_views import EntryView
from gongdao.domain.flows.journaling import Preview
from gongdao.domain.kernel.ids import CaseId, EntryId
from gongdao.site.hints import hint_of

router = Router(tags=["journal"])
ALL = 1_000_000

KEEPER = door.Door(
    "Somebody signed in, or their own key: a journal is its owner's alone.",
    lambda caller: caller.person is not None and caller.only_case is None,
)

Kind = Annotated[str, Query(max_length=80)]
Month = Annotated[str, Query(max_length=7, description="Such as 2026-11, on the Chinese clock.")]


class JournalEntryIn(Strict):
    """A new entry."""

    kind: str = Field("", max_length=80, description="One of the pack's; by default its first.")
    happened: str = Field(
        "", max_length=40, description="A moment or a day by your word; by default now."
    )
    text: str = Field("", max_length=20_000)
    uploads: list[str] = Field(
        default_factory=list, max_length=50, description="Tokens of files that were sent."
    )
    corrects: str | None = Field(
        None, max_length=36, description="The earlier entry that this one corrects."
    )


class JournalTableIn(Strict):
    """A table: within the body, or as a file that was sent before."""

    table: str = Field("", max_length=200_000, description="CSV. A larger one goes as a file.")
    upload: str | None = Field(
        None, max_length=200, description="Token of the file, in UTF-8 or GB18030."
    )
    kind: str = Field("", max_length=80, description="Of lines that name none.")
    preview: bool = Field(default=False, description="Only say what it would bring.")


class StrikeIn(Strict):
    """Why an entry does not hold."""

    reason: str = Field(max_length=5000)


class IntoCaseIn(Strict):
    """Into which case of yours."""

    case: str = Field(max_length=36)


class JournalFileOut(Schema):
    """One file of an entry."""

    name: str
    kind: str
    file: FileOut


class JournalEntryOut(Schema):
    """An entry of your journal."""

    id: str
    kind: str
    happened_at: Moment
    day_only: bool
    text: str
    files: list[JournalFileOut]
    recorded_at: Moment
    imported: bool
    corrects: str | None
    corrected_by: str | None
    struck_at: Moment | None
    struck_because: str
    leaf: str
    place: int | None = Field(description="In the public log, from 0; null while it has none.")


class JournalOut(Schema):
    """Entries, and how much of your room is taken."""

    entries: list[JournalEntryOut]
    used: int
    used_bytes: int
    most: int
    most_bytes: int


class WrongLineOut(Schema):
    """A line that cannot be taken."""

    line: int
    code: str
    hint: str


class JournalTableOut(Schema):
    """What a table brings, or would bring."""

    kept: bool
    new: int
    known: list[int] = Field(description="Lines that stand in the journal already.")
    wrong: list[WrongLineOut] = Field(description="The first 50; with any of them nothing is kept.")
    wrong_in_all: int
    into_text: list[str] = Field(description="Columns that are added to the text.")
    left_out: list[str]

    @classmethod
    def of(cls, seen: Preview, *, kept: bool) -> "JournalTableOut":
        """With the hints in the reader's language."""
        table = seen.table
        return cls(
            kept=kept,
            new=len(seen.new),
            known=[row.line for row in seen.known],
            wrong=[
                WrongLineOut(line=w.line, code=w.problem.code, hint=hint_of(w.problem))
                for w in table.wrong
            ],
            wrong_in_all=table.wrong_in_all,
            into_text=list(table.into_text),
            left_out=list(table.left_out),
        )


@router.get("/journal", auth=KEEPER, response=JournalOut, operation_id="list_journal")
def list_journal(
    request: HttpRequest,
    kind: Kind = "",
    month: Month = "",
    skip: Annotated[int, Query(ge=0, le=ALL)] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> JournalOut:
    """Your entries by when they happened, the latest first."""
    who = door.caller(request)
    found = journals().of(_wanted(kind, month, skip, limit), who)
    used, limits = journals().used(who), journals().policy().limits
    return JournalOut(
        entries=_out(request, found),
        used=used.entries,
        used_bytes=used.bytes,
        most=limits.entries_max,
        most_bytes=limits.bytes_max,
    )


@router.post("/journal", auth=KEEPER, response={201: JournalEntryOut}, operation_id="write_journal")
def write_journal(request: HttpRequest, payload: JournalEntryIn) -> HttpResponse:
    """Write an entry. It is recorded now, whenever it happened, and never changed."""
    who = door.caller(request)

    def do() -> JournalEntryOut:
        allow_entry(door.address(request))
        note = Note(payload.kind, payload.happened, payload.text)
        corrects = EntryId(payload.corrects) if payload.corrects else None
        new = journals().enter(note, payload.uploads, who, corrects)
        return _one(request, new)

    return door.answered(request, do)


@router.get("/journal/export", auth=KEEPER, operation_id="export_journal")
def export_journal(request: HttpRequest, kind: Kind = "", month: Month = "") -> HttpResponseBase:
    """A ZIP with a table of the entries, their files, and a proof for each."""
    allow_entry(door.address(request))
    archive = export(_wanted(kind, month, 0, ALL), door.caller(request))
    answer = StreamingHttpResponse(archive, content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="gongdao-journal.zip"'
    return answer


@router.post(
    "/journal/import",
    auth=KEEPER,
    response={201: JournalTableOut},
    operation_id="import_journal",
)
def import_journal(request: HttpRequest, payload: JournalTableIn) -> HttpResponse:
    """Read a table (CSV) in: all of it, or nothing.

    The first line names the columns: `when` or 时间, `text` or 内容, and `kind` or 类别. Lines that
    stand in the journal already are left out and named.
    """
    who = door.caller(request)

    def do() -> JournalTableOut:
        allow_entry(door.address(request))
        content = held(payload.upload) if payload.upload else payload.table.encode()
        if payload.preview:
            return JournalTableOut.of(journals().preview(content, payload.kind, who), kept=False)
        done = journals().bring_in(content, payload.kind, who)
        if payload.upload:
            let_go(payload.upload)
        return JournalTableOut.of(done, kept=True)

    return door.answered(request, do)


@router.get(
    "/journal/{entry}", auth=KEEPER, response=JournalEntryOut, operation_id="read_journal_entry"
)
def read_journal_entry(request: HttpRequest, entry: str) -> JournalEntryOut:
    """One entry of yours."""
    return _one(request, EntryId(entry))


@router.get("/journal/{entry}/proof", auth=KEEPER, operation_id="prove_journal_entry")
def prove_journal_entry(
    request: HttpRequest,
    entry: str,
    step: Annotated[int, Query(ge=1, le=1000, description="1: the entry; 2: its striking.")] = 1,
) -> HttpResponse:
    """The proof as a file (`gongdao.record.v1`), once the entry has its place in the log."""
    text = proof(EntryId(entry), step, door.caller(request))
    return HttpResponse(text, content_type="application/json; charset=utf-8")


@router.post(
    "/journal/{entry}/strike",
    auth=KEEPER,
    response={201: DoneOut},
    operation_id="strike_journal_entry",
)
def strike_journal_entry(request: HttpRequest, entry: str, payload: StrikeIn) -> HttpResponse:
    """Strike an entry out, with a reason. It stays visible to you."""
    who = door.caller(request)

    def do() -> DoneOut:
        journals().strike(EntryId(entry), payload.reason, who)
        return DoneOut()

    return door.answered(request, do)


@router.post(
    "/journal/{entry}/exhibits",
    auth=KEEPER,
    response={201: BroughtOut},
    operation_id="bring_journal_entry",
)
def bring_journal_entry(request: HttpRequest, entry: str, payload: IntoCaseIn) -> HttpResponse:
    """Bring an entry into a case of yours, with the moment of its recording."""
    who = door.caller(request)

    def do() -> BroughtOut:
        brought = journal_exhibits().attach(EntryId(entry), CaseId(payload.case), who)
        return BroughtOut(exhibits=list(brought))

    return door.answered(request, do)


def _wanted(kind: str, month: str, skip: int, limit: int) -> Wanted:
    since, until = month_of(month) if month else (None, None)
    return Wanted(kind, since, until, skip, limit)


def _one(request: HttpRequest, entry: EntryId) -> JournalEntryOut:
    (out,) = _out(request, [journals().open(entry, door.caller(request))])
    return out


def _out(request: HttpRequest, found: list[EntryView]) -> list[JournalEntryOut]:
    leaves = journals().leaves([each.id for each in found], door.caller(request))
    there = places(list(leaves.values()))
    return [
        JournalEntryOut(
            id=each.id,
            kind=each.sort,
            happened_at=each.happened.at,
            day_only=each.happened.day_only,
            text=each.text,
            files=[
                JournalFileOut(name=f.name, kind=f.kind, file=FileOut.model_validate(mark))
                for f in each.files
                if (mark := file_out(f.file, f.name)) is not None
            ],
            recorded_at=each.recorded_at,
            imported=each.imported,
            corrects=each.corrects,
            corrected_by=each.corrected_by,
            struck_at=each.struck_at,
            struck_because=each.struck_because,
            leaf=leaves[each.id],
            place=there[leaves[each.id]].place if leaves[each.id] in there else None,
        )
        for each in found
    ]
