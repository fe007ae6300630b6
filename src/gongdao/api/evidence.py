"""Exhibits of cases: handed in, listed, and looked into by staff."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Router, Schema
from pydantic import Field

from gongdao.api import door
from gongdao.api.schemas import DoneOut, Moment, Strict
from gongdao.bootstrap import app
from gongdao.bootstrap.public_log import log
from gongdao.bootstrap.vaulting import link
from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import not_found
from gongdao.domain.evidence.exhibits import FileMark, Finding, FromJournal, Locator
from gongdao.domain.flows.exhibit_views import ExhibitFile, ExhibitView
from gongdao.domain.flows.exhibiting import Said
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId, ExhibitId

router = Router(tags=["evidence"])

PARTY_OR_APP = door.Door(
    "Somebody with a part in the case (by its code, or signed in), reviewers, and the app.",
    lambda caller: caller.person is not None or caller.has(Role.APP),
)
_Short = Annotated[str | None, Field(max_length=500)]


class LocatorIn(Strict):
    """Where exactly a message lies in the operator's app."""

    message: str = Field(min_length=1, max_length=200, description="The app's number of it.")
    conversation: _Short = None
    group: _Short = None
    sent_at: datetime | None = None
    url: Annotated[str | None, Field(max_length=2000)] = None
    quote: Annotated[str | None, Field(max_length=5000)] = Field(None, description="Its words.")


class EvidenceIn(Strict):
    """Files that were sent, and what is said of them."""

    uploads: list[Annotated[str, Field(max_length=100)]] = Field(max_length=20)
    captured: Annotated[str | None, Field(max_length=80)] = Field(
        None, description="How, by one of the pack's codes, such as `screenshot` or `export`."
    )
    captured_at: datetime | None = None
    locator: LocatorIn | None = None

    def said(self) -> Said:
        """As the stories take it."""
        place = Locator(**self.locator.model_dump()) if self.locator else None
        return Said(self.captured, self.captured_at, place)


class FileOut(Schema):
    """One file."""

    sha256: str
    size: int
    media: str
    url: str = Field(
        description="Opens it for ten minutes. Empty for a reporter's original before staff: "
        "`POST /evidence/{exhibit}/original` hands it out, and keeps who took it."
    )


class ExhibitOut(Schema):
    """An exhibit, as the caller sees it."""

    id: str
    number: int = Field(description="Within the case for staff, else among one's own.")
    name: str
    kind: str
    mine: bool
    received_at: Moment
    leaf: str
    file: FileOut | None
    thumbnail: FileOut | None
    view: FileOut | None
    side: str
    reporter: int

    @classmethod
    def of(cls, seen: ExhibitView) -> "ExhibitOut":
        """With links that open the files for a while."""
        return cls(
            id=seen.id,
            number=seen.number,
            name=seen.name,
            kind=seen.kind,
            mine=seen.mine,
            received_at=seen.received_at,
            leaf=seen.leaf,
            file=_original(seen),
            thumbnail=file_out(seen.thumbnail),
            view=file_out(seen.view),
            side=seen.side,
            reporter=seen.reporter,
        )


class FromJournalOut(Schema):
    """It came out of its bringer's own journal."""

    recorded_at: Moment
    leaf: str
    place: int | None = Field(description="In the public log, from 0.")

    @classmethod
    def of(cls, whence: FromJournal) -> "FromJournalOut":
        """With where its record stands."""
        place = log().place(bytes.fromhex(whence.leaf))
        return cls(recorded_at=whence.recorded_at, leaf=whence.leaf, place=place)


class OriginOut(Schema):
    """Where it came from. Device and program are what the client said."""

    uploaded_at: Moment
    captured: str
    captured_at: Moment | None
    device: str
    address: str
    locator: dict[str, str]
    scan: str
    journal: FromJournalOut | None = None


class MadeOut(Schema):
    """Something that was made of the original."""

    what: str
    source: str
    recipe: str
    at: Moment
    file: FileOut


class CheckOut(Schema):
    """What somebody found on one factor of authenticity."""

    factor: str
    finding: str
    note: str
    at: Moment


class ExhibitFileOut(Schema):
    """All of an exhibit, for staff."""

    exhibit: ExhibitOut
    case: str
    origin: OriginOut
    made: list[MadeOut]
    checks: list[CheckOut]
    also_in: int

    @classmethod
    def of(cls, seen: ExhibitFile) -> "ExhibitFileOut":
        """As staff see it."""
        o = seen.origin
        place = {k: str(v) for k, v in _place(o.locator).items() if v is not None}
        return cls(
            exhibit=ExhibitOut.of(seen.view),
            case=seen.case,
            origin=OriginOut(
                uploaded_at=o.uploaded_at,
                captured=o.captured,
                captured_at=o.captured_at,
                device=o.device,
                address=o.address,
                locator=place,
                scan=o.scan,
                journal=FromJournalOut.of(o.journal) if o.journal else None,
            ),
            made=[
                MadeOut(
                    what=m.what.value, source=m.source, recipe=m.recipe, at=m.at,
                    file=FileOut.model_validate(file_out(m.file)),
                )
                for m in seen.made
            ],
            checks=[
                CheckOut(factor=c.factor, finding=c.finding, note=c.note, at=c.at)
                for c in seen.checks
            ],
            also_in=seen.also_in,
        )  # fmt: skip


class BroughtOut(Schema):
    """What was handed in."""

    exhibits: list[str]


class CheckIn(Strict):
    """What you find on one factor."""

    factor: str = Field(max_length=80)
    finding: Finding
    note: str = Field("", max_length=5000)


class ReleaseIn(Strict):
    """Which redacted copy the other side may see."""

    sha256: str = Field(min_length=64, max_length=64)


@router.post(
    "/cases/{case}/evidence",
    auth=PARTY_OR_APP,
    response={201: BroughtOut},
    operation_id="hand_in_evidence",
)
def hand_in(request: HttpRequest, case: str, payload: EvidenceIn) -> HttpResponse:
    """Hand in files that were sent: all of them become exhibits, or none."""
    return _hand_in(request, CaseId(case), payload, door.caller(request))


@router.get(
    "/cases/{case}/evidence",
    auth=door.PARTY,
    response=list[ExhibitOut],
    operation_id="list_evidence",
)
def listed(request: HttpRequest, case: str) -> list[ExhibitOut]:
    """The exhibits that you may see: your own, those released to you, all of them for staff."""
    found = app().exhibiting.of_case(CaseId(case), door.caller(request))
    return [ExhibitOut.of(seen) for seen in found]


@router.post(
    "/receipts/{code}/evidence",
    auth=door.ANYBODY,
    response={201: BroughtOut},
    operation_id="hand_in_my_evidence",
)
def hand_in_mine(request: HttpRequest, code: str, payload: EvidenceIn) -> HttpResponse:
    """The same for a reporter, with the code of their receipt."""
    who = door.holder(request, code)
    return _hand_in(request, own_case(who), payload, who)


@router.get(
    "/receipts/{code}/evidence",
    auth=door.ANYBODY,
    response=list[ExhibitOut],
    operation_id="list_my_evidence",
)
def listed_mine(request: HttpRequest, code: str) -> list[ExhibitOut]:
    """What you handed in with this receipt."""
    who = door.holder(request, code)
    return [ExhibitOut.of(seen) for seen in app().exhibiting.of_case(own_case(who), who)]


@router.get(
    "/evidence/{exhibit}",
    auth=door.READER,
    response=ExhibitFileOut,
    operation_id="read_exhibit",
)
def read(request: HttpRequest, exhibit: str) -> ExhibitFileOut:
    """An exhibit with where it came from, what was made of it and what was looked at."""
    return ExhibitFileOut.of(app().exhibiting.open(ExhibitId(exhibit), door.caller(request)))


@router.post(
    "/evidence/{exhibit}/checks",
    auth=door.DECIDER,
    response={201: DoneOut},
    operation_id="check_exhibit",
)
def check(request: HttpRequest, exhibit: str, payload: CheckIn) -> HttpResponse:
    """Note what you find on one factor of authenticity."""
    who = door.caller(request)

    def do() -> DoneOut:
        told = payload.factor, payload.finding, payload.note
        app().exhibiting.check(ExhibitId(exhibit), *told, who)
        return DoneOut()

    return door.answered(request, do)


@router.post(
    "/evidence/{exhibit}/release",
    auth=door.DECIDER,
    response={201: DoneOut},
    operation_id="release_exhibit",
)
def release(request: HttpRequest, exhibit: str, payload: ReleaseIn) -> HttpResponse:
    """Let the respondent see a redacted copy, and nothing else of it."""
    who = door.caller(request)

    def do() -> DoneOut:
        app().exhibiting.release(ExhibitId(exhibit), payload.sha256, who)
        return DoneOut()

    return door.answered(request, do)


def _hand_in(request: HttpRequest, case: CaseId, payload: EvidenceIn, who: Caller) -> HttpResponse:
    def do() -> BroughtOut:
        brought = app().exhibiting.attach(case, payload.uploads, payload.said(), who)
        return BroughtOut(exhibits=list(brought))

    return door.answered(request, do)


def file_out(mark: FileMark | None, name: str = "") -> FileOut | None:
    """A file with its link."""
    if mark is None:
        return None
    ticket = link(mark.sha256, mark.media, name)
    url = app().records.address + reverse("file", args=[ticket])
    return FileOut(sha256=mark.sha256, size=mark.size, media=mark.media, url=url)


def _original(seen: ExhibitView) -> FileOut | None:
    """What was brought; of a reporter's staff see what it is, and take it by asking for it."""
    mark = seen.file
    if mark is not None and seen.guarded:
        return FileOut(sha256=mark.sha256, size=mark.size, media=mark.media, url="")
    return file_out(mark, seen.name)


def _place(locator: Locator | None) -> dict[str, object]:
    return (
        {}
        if locator is None
        else LocatorIn.model_validate(locator, from_attributes=True).model_dump()
    )


def own_case(who: Caller) -> CaseId:
    """The case that a code opens."""
    if who.only_case is None:
        raise not_found()
    return who.only_case
