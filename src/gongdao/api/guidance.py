"""What to say to somebody before they report, for an app that shows its own form."""

from django.http import HttpRequest
from ninja import Router, Schema

from gongdao.api import door
from gongdao.bootstrap import api_keys, app
from gongdao.domain.access.rules import not_found
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.policy.guidance import Collect, Guide, Said, guide
from gongdao.domain.policy.model import SubjectKind, Words

router = Router(tags=["packs"])


class BothOut(Schema):
    """A sentence in both languages."""

    zh: str
    en: str


class SaidOut(BothOut):
    """The same, and where it comes from."""

    source: str
    as_of: str
    basis: str


class CollectOut(Schema):
    """One thing that helps a report, and how to get it."""

    code: str
    sign: str
    """What to look for in what was written; `kept`: nothing, it is to be kept ready."""
    title: BothOut
    how: SaidOut


class CategoryOut(Schema):
    """A category that somebody may report under."""

    code: str
    title: BothOut
    hint: BothOut
    subjects: list[SubjectKind]


class GuidanceOut(CategoryOut):
    """All that is said of one category. None of it keeps a report from being sent."""

    pack: str
    counts: list[BothOut]
    does_not_count: list[BothOut]
    collect: list[CollectOut]
    detail_min: int
    """Characters from which on a statement counts as detailed."""
    promise: SaidOut
    unfounded: SaidOut
    manner: SaidOut
    withdrawal: BothOut


class LinkKeyOut(Schema):
    """What an app signs its report links with."""

    app: str
    """Goes into the link."""
    secret: str
    """Stays with the app. It ends when the key is revoked."""


@router.get(
    "/report-link-key",
    auth=door.APP_ALONE,
    response=LinkKeyOut,
    operation_id="read_report_link_key",
)
def read_link_key(request: HttpRequest) -> LinkKeyOut:
    """The secret with which this key signs links to the report form."""
    key = door.visitor(request).key
    secret = api_keys().link_secret(key)
    if secret is None:
        raise not_found()
    return LinkKeyOut(app=key, secret=secret)


@router.get(
    "/report-guidance",
    auth=door.ANYBODY,
    response=list[CategoryOut],
    operation_id="list_report_guidance",
)
def list_guidance(request: HttpRequest, kind: SubjectKind | None = None) -> list[CategoryOut]:
    """What can be reported today, of this kind of thing or of any."""
    del request
    records = app().records
    pack = pack_of_the_day(records.packs, records.clock())
    known = records.policy(pack.ref).categories
    return [
        CategoryOut(
            code=each.code,
            title=_both(each.title),
            hint=_both(each.hint),
            subjects=list(each.subjects),
        )
        for each in known
        if kind is None or kind in each.subjects
    ]


@router.get(
    "/report-guidance/{category}",
    auth=door.ANYBODY,
    response=GuidanceOut,
    operation_id="read_report_guidance",
)
def read_guidance(
    request: HttpRequest, category: str, kind: SubjectKind | None = None
) -> GuidanceOut:
    """What counts, what does not, what to collect, and what happens to unfounded reports."""
    del request
    records = app().records
    pack = pack_of_the_day(records.packs, records.clock())
    found = None
    if pack.guidance is not None:
        found = guide(records.policy(pack.ref), pack.guidance, category, kind)
    if found is None:
        raise not_found()
    return _out(found, str(pack.ref))


def _out(found: Guide, pack: str) -> GuidanceOut:
    category, policy = found.category, found.policy
    return GuidanceOut(
        code=category.code,
        title=_both(category.title),
        hint=_both(category.hint),
        subjects=list(category.subjects),
        pack=pack,
        counts=[_both(words) for words in found.counts],
        does_not_count=[_both(words) for words in found.counts_not],
        collect=[_collect(item) for item in found.collect],
        detail_min=policy.detail_min,
        promise=_said(policy.promise),
        unfounded=_said(policy.unfounded),
        manner=_said(policy.manner),
        withdrawal=_both(category.withdrawal.why),
    )


def _collect(item: Collect) -> CollectOut:
    return CollectOut(
        code=item.code,
        sign=item.sign.value,
        title=_both(item.title),
        how=_sourced(item.how, item),
    )


def _both(words: Words) -> BothOut:
    return BothOut(zh=words.zh, en=words.en)


def _said(said: Said) -> SaidOut:
    return _sourced(said.said, said)


def _sourced(words: Words, by: Said | Collect) -> SaidOut:
    return SaidOut(
        zh=words.zh,
        en=words.en,
        source=by.source,
        as_of=by.as_of.isoformat(),
        basis=by.basis.value,
    )
