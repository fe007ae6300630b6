"""What decisions say of screening, and what a person does with entries of the lexicon."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from gongdao.api import door
from gongdao.api.schemas import Moment, Strict, Text
from gongdao.bootstrap import app
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.retiring import EntryShown
from gongdao.domain.policy.screening import Category
from gongdao.domain.screening.drift import Drift
from gongdao.domain.screening.entries import EntryStage
from gongdao.domain.screening.shadowing import Shift
from gongdao.domain.screening.tally import Missed, Numbers, Tally

router = Router(tags=["screening"])


class AlarmsOut(Schema):
    """How many alarms on decided texts were right."""

    category: Category | None
    key: str
    """The source or the entry of the lexicon; empty for a whole category."""
    n: int
    true: int
    false: int
    too_few: bool
    """Under 20: then no share is given."""
    precision: float | None
    precision_low: float | None
    precision_high: float | None
    """95 % (Wilson)."""

    @classmethod
    def of(cls, tally: Tally) -> "AlarmsOut":
        """From a tally."""
        low, high = tally.interval
        told = not tally.few
        return cls(
            category=tally.category,
            key=tally.key,
            n=tally.n,
            true=tally.true,
            false=tally.false,
            too_few=tally.few,
            precision=tally.precision if told else None,
            precision_low=low if told else None,
            precision_high=high if told else None,
        )


class DecidedTextsOut(Schema):
    """Texts of one category that were decided."""

    category: Category
    harmless: int
    harmless_flagged: int
    true: int
    true_missed: int

    @classmethod
    def of(cls, each: Missed) -> "DecidedTextsOut":
        """From the count."""
        return cls(
            category=each.category,
            harmless=each.harmless,
            harmless_flagged=each.flagged,
            true=each.true,
            true_missed=each.missed,
        )


class FilterClaimOut(Schema):
    """A figure that others tell of filters. It need not be the same measure."""

    says_zh: str
    says_en: str
    share: float
    source: str


class JudgedEntryOut(Schema):
    """An entry that was ever proposed for retirement."""

    id: str
    category: Category
    entry: str
    stage: EntryStage
    since: Moment
    proposed_true: int
    proposed_false: int
    left_out: int
    """Findings of which one account's texts raised too many to be counted."""
    reviewers: int
    """How many people's word the findings are."""
    reasons: str | None

    @classmethod
    def of(cls, each: EntryShown) -> "JudgedEntryOut":
        """From what the desk is shown."""
        entry = each.entry
        return cls(
            id=entry.id,
            category=entry.category,
            entry=entry.entry,
            stage=entry.stage,
            since=entry.since,
            proposed_true=entry.true,
            proposed_false=entry.false,
            left_out=each.left_out,
            reviewers=each.reviewers,
            reasons=each.reasons,
        )


class DriftOut(Schema):
    """The latest seven days beside the weeks before."""

    category: Category
    n: int
    flagged: int
    before_n: int
    before_flagged: int
    index: float
    """Population stability index of the scores."""
    says: Shift

    @classmethod
    def of(cls, each: Drift) -> "DriftOut":
        """From the comparison."""
        return cls(
            category=each.category,
            n=each.now.n,
            flagged=each.now.flagged,
            before_n=each.before.n,
            before_flagged=each.before.flagged,
            index=each.index,
            says=each.says,
        )


class ScreeningNumbersOut(Schema):
    """What decisions say of screening."""

    labels: int
    said: dict[str, int]
    """How many rulings, decisions and reviews speak."""
    whole: AlarmsOut
    by_category: list[AlarmsOut]
    by_source: list[AlarmsOut]
    by_entry: list[AlarmsOut]
    texts: list[DecidedTextsOut]
    claims: list[FilterClaimOut]
    entries: list[JudgedEntryOut]
    drift: list[DriftOut]

    @classmethod
    def made(
        cls, found: Numbers, listed: list[EntryShown], drifts: tuple[Drift, ...]
    ) -> "ScreeningNumbersOut":
        """From the counts."""
        teaching = app().screening.retiring.policy().teaching
        return cls(
            labels=found.labels,
            said=dict(found.said),
            whole=AlarmsOut.of(found.whole),
            by_category=[AlarmsOut.of(each) for each in found.by_category],
            by_source=[AlarmsOut.of(each) for each in found.by_source],
            by_entry=[AlarmsOut.of(each) for each in found.by_entry],
            texts=[DecidedTextsOut.of(each) for each in found.texts],
            claims=[
                FilterClaimOut(
                    says_zh=each.says.zh, says_en=each.says.en, share=each.share, source=each.source
                )
                for each in (teaching.claims if teaching else ())
            ],
            entries=[JudgedEntryOut.of(each) for each in listed],
            drift=[DriftOut.of(each) for each in drifts],
        )


@router.get(
    "/screening/numbers",
    auth=door.READER,
    response=ScreeningNumbersOut,
    operation_id="read_screening_numbers",
)
def read_screening_numbers(request: HttpRequest) -> ScreeningNumbersOut:
    """How right alarms were, by category, source and entry, with entries that were judged."""
    caller, stories = door.caller(request), app().screening
    return ScreeningNumbersOut.made(
        stories.retiring.numbers(caller),
        stories.retiring.listed(caller),
        stories.models.runs.drifts(caller),
    )


class EntryJudgedIn(Strict):
    """Why; it stays on record with a name."""

    reasons: str = Text


@router.post(
    "/screening/entries/{lexicon_entry}/retired",
    auth=door.RETIRER,
    response=JudgedEntryOut,
    operation_id="retire_lexicon_entry",
)
def retire(request: HttpRequest, lexicon_entry: str, payload: EntryJudgedIn) -> HttpResponse:
    """Stop matching an entry that is proposed for retirement. It stays in its list."""
    return _judged(request, lexicon_entry, payload, app().screening.retiring.retire)


@router.post(
    "/screening/entries/{lexicon_entry}/kept",
    auth=door.RETIRER,
    response=JudgedEntryOut,
    operation_id="keep_lexicon_entry",
)
def keep(request: HttpRequest, lexicon_entry: str, payload: EntryJudgedIn) -> HttpResponse:
    """Go on matching an entry that is proposed for retirement."""
    return _judged(request, lexicon_entry, payload, app().screening.retiring.keep)


@router.post(
    "/screening/entries/{lexicon_entry}/restored",
    auth=door.RETIRER,
    response=JudgedEntryOut,
    operation_id="restore_lexicon_entry",
)
def restore(request: HttpRequest, lexicon_entry: str, payload: EntryJudgedIn) -> HttpResponse:
    """Match a retired entry again."""
    return _judged(request, lexicon_entry, payload, app().screening.retiring.restore)


def _judged(
    request: HttpRequest,
    entry: str,
    payload: EntryJudgedIn,
    rule: Callable[[str, str, Caller], None],
) -> HttpResponse:
    who = door.caller(request)

    def do() -> JudgedEntryOut:
        rule(entry, payload.reasons, who)
        return JudgedEntryOut.of(app().screening.retiring.one(entry, who))

    return door.answered(request, do, door.DONE)
