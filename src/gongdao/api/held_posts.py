"""Texts that wait before they appear: handed in by the operator's app, looked at by people."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from gongdao.api import door
from gongdao.api.schemas import DoneOut, Moment, Strict, Text
from gongdao.bootstrap import app
from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import READERS
from gongdao.domain.flows.handing_in import Handed
from gongdao.domain.flows.post_looks import Withholding
from gongdao.domain.flows.post_views import PostView
from gongdao.domain.kernel.errors import BadInput, NotFound, hint_noop
from gongdao.domain.kernel.events import Role
from gongdao.domain.policy.screening import Category, Lane
from gongdao.domain.screening.model import Source
from gongdao.domain.screening.posts import Level, Opinion, PostStage

router = Router(tags=["screening"])

Long = Annotated[str, Field(max_length=1_000_000)]
_VERSION = Field(None, description="What you read; another one is refused. None acts anyhow.")


class HeldPostIn(Strict):
    """A text that is to appear."""

    author: str = Field(max_length=500, description="The account, as the app names it.")
    text: Long
    reference: str = Field(max_length=500, description="The app's own name of the text.")
    place: str = Field("", max_length=500, description="Its group or channel.")
    publish_wish: datetime | None = Field(None, description="It is not to appear earlier.")


class HeldPostEditIn(Strict):
    """Its new words."""

    text: Long
    version: int | None = _VERSION


class HeldPostVersionIn(Strict):
    """Which version is meant."""

    version: int | None = _VERSION


class HeldPostReleaseIn(HeldPostVersionIn):
    """A note, if there is something to say."""

    note: str = Field("", max_length=20_000)


class HeldPostPassIn(HeldPostVersionIn):
    """What one would do, for whoever looks next."""

    opinion: Opinion
    note: str = Field("", max_length=20_000)


class WithholdIn(HeldPostVersionIn):
    """Why it is not to appear; its author reads all of it."""

    clause: str = Field(max_length=80)
    findings: str = Text
    reasons: str = Text


class HeldWhyOut(Schema):
    """One thing that stands out. Places are counted in Unicode characters from 0."""

    category: Category | None
    """Null: it stands in the own list of the group's owner, which has none."""
    name_zh: str
    name_en: str
    start: int
    end: int
    passage: str
    source: Source | None
    """What it rests on; for staff and the app."""
    evidence: str | None
    score: float | None


class HeldPostOut(Schema):
    """A text as it stands."""

    id: str
    version: int
    reference: str
    place: str
    account: str
    text: str
    lane: Lane
    state: PostStage
    level: Level | None
    """Who is to look now."""
    until: Moment | None
    appears_at: Moment | None
    """When it appears by itself; null where a person looks first, or it is over."""
    appears_by: Moment | None
    """When it appears at the latest, if nobody looks at all."""
    because: str | None
    handed_in_at: Moment
    ended_at: Moment | None
    edits: int
    why: list[HeldWhyOut]
    case: str | None
    """The case that withheld it, with its statement of reasons."""

    @classmethod
    def of(cls, view: PostView, *, inside: bool) -> "HeldPostOut":
        """As the caller may see it."""
        return cls(
            id=view.id,
            version=view.version,
            reference=view.reference,
            place=view.place,
            account=view.account,
            text=view.text,
            lane=view.lane,
            state=view.stage,
            level=view.level,
            until=view.until,
            appears_at=view.appears_at,
            appears_by=view.appears_by,
            because=view.because,
            handed_in_at=view.handed_in_at,
            ended_at=view.ended_at,
            edits=view.edits,
            why=_why(view, inside=inside),
            case=view.case,
        )


class HeldPostsOut(Schema):
    """Some texts, the latest first; `cursor` asks for the next ones."""

    posts: list[HeldPostOut]
    cursor: str | None


@router.post(
    "/screening/posts",
    auth=door.APP_ALONE,
    response={201: HeldPostOut},
    operation_id="hand_in_held_post",
)
def hand_in(request: HttpRequest, payload: HeldPostIn) -> HttpResponse:
    """Hand in a text before it appears: when it will, or who looks first, and why."""
    who = door.caller(request)
    given = Handed(
        payload.author, payload.text, payload.reference, payload.place, payload.publish_wish
    )

    def do() -> HeldPostOut:
        stories = app().screening.posts
        return _out(stories.read(stories.hand_in(given, who), who), who)

    return door.answered(request, do)


@router.get(
    "/screening/posts",
    auth=door.APP_OR_READER,
    response=HeldPostsOut,
    operation_id="list_held_posts",
)
def listed(
    request: HttpRequest,
    state: PostStage | None = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> HeldPostsOut:
    """Texts that were handed in, the latest first."""
    who = door.caller(request)
    try:
        found = app().screening.posts.listed(who, limit + 1, cursor, state)
    except NotFound:
        raise BadInput("page.broken_cursor", hint_noop("Begin at the first page again.")) from None
    after = found[limit - 1].id if len(found) > limit else None
    return HeldPostsOut(posts=[_out(each, who) for each in found[:limit]], cursor=after)


@router.get(
    "/screening/posts/{held_post}",
    auth=door.INBOX,
    response=HeldPostOut,
    operation_id="read_held_post",
)
def read(request: HttpRequest, held_post: str) -> HeldPostOut:
    """One text: for its author, the app, staff and the auditor."""
    who = door.caller(request)
    return _out(app().screening.posts.read(held_post, who), who)


@router.post(
    "/screening/posts/{held_post}/edited",
    auth=door.INBOX,
    response=HeldPostOut,
    operation_id="edit_held_post",
)
def edit(request: HttpRequest, held_post: str, payload: HeldPostEditIn) -> HttpResponse:
    """Its author, or the app for them, changes it: it is looked at anew."""
    who = door.caller(request)

    def do() -> HeldPostOut:
        stories = app().screening.posts
        stories.edit(held_post, payload.text, who, payload.version)
        return _out(stories.read(held_post, who), who)

    return door.answered(request, do, door.DONE)


@router.post(
    "/screening/posts/{held_post}/taken-back",
    auth=door.INBOX,
    response=HeldPostOut,
    operation_id="take_back_held_post",
)
def take_back(request: HttpRequest, held_post: str, payload: HeldPostVersionIn) -> HttpResponse:
    """Its author, or the app for them, takes it back."""
    who = door.caller(request)

    def do() -> HeldPostOut:
        stories = app().screening.posts
        stories.take_back(held_post, who, payload.version)
        return _out(stories.read(held_post, who), who)

    return door.answered(request, do, door.DONE)


@router.post(
    "/screening/posts/{held_post}/released",
    auth=door.SIGNED_IN,
    response=DoneOut,
    operation_id="release_held_post",
)
def release(request: HttpRequest, held_post: str, payload: HeldPostReleaseIn) -> HttpResponse:
    """Let it appear: the owner of its group while it waits for them, or a reviewer."""
    who = door.caller(request)

    def do() -> DoneOut:
        app().screening.looks.release(held_post, payload.note, who, payload.version)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post(
    "/screening/posts/{held_post}/passed-on",
    auth=door.SIGNED_IN,
    response=DoneOut,
    operation_id="pass_on_held_post",
)
def pass_on(request: HttpRequest, held_post: str, payload: HeldPostPassIn) -> HttpResponse:
    """Let another look, too: an owner hands it to the desk, a reviewer to another reviewer."""
    who = door.caller(request)

    def do() -> DoneOut:
        looks, said = app().screening.looks, payload
        looks.pass_on(held_post, said.opinion, said.note, who, said.version)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post(
    "/screening/posts/{held_post}/withheld",
    auth=door.DECIDER,
    response=HeldPostOut,
    operation_id="withhold_held_post",
)
def withhold(request: HttpRequest, held_post: str, payload: WithholdIn) -> HttpResponse:
    """Keep it from appearing: a decision with reasons that its author can appeal."""
    who = door.caller(request)
    why = Withholding(payload.clause, payload.findings, payload.reasons)

    def do() -> HeldPostOut:
        app().screening.looks.withhold(held_post, why, who, payload.version)
        return _out(app().screening.posts.read(held_post, who), who)

    return door.answered(request, do, door.DONE)


@router.get(
    "/owner/groups/{group}/posts",
    auth=door.PARTY,
    response=list[HeldPostOut],
    operation_id="list_posts_for_owner",
)
def for_owner(request: HttpRequest, group: str) -> list[HeldPostOut]:
    """What waits for the owner of a group, who may release it or pass it on."""
    found = app().screening.looks.of_group(group, door.caller(request))
    return [HeldPostOut.of(each, inside=False) for each in found]


def _out(view: PostView, who: Caller) -> HeldPostOut:
    inside = who.has(Role.APP, *READERS, Role.AUDITOR) and who.person != view.author
    return HeldPostOut.of(view, inside=inside)


def _why(view: PostView, *, inside: bool) -> list[HeldWhyOut]:
    return [
        HeldWhyOut(
            category=each.category,
            name_zh=each.name.zh,
            name_en=each.name.en,
            start=each.start,
            end=each.end,
            passage=each.passage,
            source=each.source if inside else None,
            evidence=each.evidence if inside else None,
            score=each.score if inside else None,
        )
        for each in view.found
    ]
