"""What the stories of firms and duties share: their policy, files, letters and clocks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.deadlines import rules as deadlines
from gongdao.domain.deadlines.model import DeadlineKind, RuleRef
from gongdao.domain.deadlines.rules import Term
from gongdao.domain.evidence.uploads import gone, keep
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.flows.telling import LANGUAGES, MAIL, Gap, shown
from gongdao.domain.kernel.calendar import Due
from gongdao.domain.kernel.errors import PackInvalid, hint_noop
from gongdao.domain.kernel.events import SYSTEM, Actor
from gongdao.domain.kernel.ids import CaseId, DeadlineId, NoticeId, PersonId
from gongdao.domain.kernel.kept_files import FileRef
from gongdao.domain.kernel.spans import Span
from gongdao.domain.notices import rules as notices
from gongdao.domain.notices.model import Letter, NoticeIssued, Reader
from gongdao.domain.policy.firms import FirmPolicy
from gongdao.domain.policy.pack import RulePack

FIRM_KINDS = frozenset(
    {
        DeadlineKind.CHECK,
        DeadlineKind.RENEWAL,
        DeadlineKind.CONTEST,
        DeadlineKind.HEARING,
        DeadlineKind.DUTY,
        DeadlineKind.ATTENDANCE,
    }
)
"""Deadlines of files that are no cases."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How long something may take, and whom it reminds when."""

    span: Span
    source: str
    remind_before: Sequence[Span] = ()


def pack_with_firms(r: Records) -> tuple[RulePack, FirmPolicy]:
    """Today's pack and its part on firms; PackInvalid where it says nothing of them."""
    pack = pack_of_the_day(r.packs, r.clock())
    if pack.firms is None:
        raise PackInvalid(
            "pack.no_firms",
            hint_noop("The pack {pack} says nothing of firms. Add its firms part."),
            pack=str(pack.ref),
        )
    return pack, pack.firms


def take_file(r: Records, token: str, owner: PersonId | None) -> FileRef:
    """A file that was sent goes from its way in into the vault."""
    upload = r.uploads.take(token)
    if upload.looked is None or upload.expires_at <= r.clock():
        raise gone()
    keep(r.files, upload)
    file = upload.looked.file
    name = r.texts.seal(upload.name, owner)
    return FileRef(sha256=file.sha256, size=file.size, media=file.media, name=name)


def tell(
    r: Records, to: PersonId, reader: Reader, template: str, about: str, *gaps: Gap
) -> NoticeId:
    """A letter about a file that is no case: no code opens it, and it names nobody."""
    pack, _ = pack_with_firms(r)
    found = notices.template(pack, template)
    letters = {}
    for language in LANGUAGES:
        filled = {"number": short(about), "address": r.address}
        for gap in gaps:
            filled.update(gap.in_(language))
        subject, body = notices.write(found.in_(language), filled)
        letters[language] = Letter(r.texts.seal(subject, to), r.texts.seal(body, to))
    notice = NoticeId(r.new_id())
    issued = NoticeIssued(
        at=r.clock(),
        by=SYSTEM,
        notice=notice,
        to=to,
        reader=reader,
        template=template,
        case=CaseId(about),
        language=r.parties.language(to),
        zh=letters["zh"],
        en=letters["en"],
    )
    r.notices.add(notice, [issued], after=0)
    if r.parties.address(to) is not None:
        r.outbox.post(MAIL, notice, {"notice": notice})
    return notice


def short(about: str) -> str:
    """The end of a file's number, as people say it."""
    return about.replace("-", "")[-8:].upper()


def until(moment: datetime) -> Gap:
    """A moment for a letter."""
    return Gap(both={"due_at": shown(moment)})


def start(
    r: Records,
    kind: DeadlineKind,
    of: str,
    about: str,
    limit: Limit,
    from_: datetime | None = None,
) -> Due:
    """A clock begins to run for a file that is no case."""
    term = Term(
        case=CaseId(of),
        kind=kind,
        about=about,
        rule=RuleRef(f"house.{kind}", limit.source),
        span=limit.span,
        remind_before=tuple(limit.remind_before),
        roll=limit.span.unit.value != "h",
    )
    now, new_id = r.clock(), DeadlineId(r.new_id())
    step = deadlines.set_deadline(new_id, term, from_ or now, r.calendar, by=SYSTEM, now=now)
    return r.deadlines.add(new_id, [step], after=0).now.due


def meet(r: Records, about: str, kind: DeadlineKind, by: Actor) -> None:
    """What a clock ran for was done."""
    for held in r.deadlines.running_about(about):
        if held.now.kind is kind:
            step = deadlines.meet(held.now, by=by, now=r.clock())
            r.deadlines.add(held.now.id, [step], after=held.version)


def cancel(r: Records, about: str, kinds: Iterable[DeadlineKind], because: str, by: Actor) -> None:
    """A clock binds nobody any more."""
    wanted = set(kinds)
    for held in r.deadlines.running_about(about):
        if held.now.kind in wanted:
            step = deadlines.cancel(held.now, because, by=by, now=r.clock())
            r.deadlines.add(held.now.id, [step], after=held.version)
