"""What every kind of look at an exhibit has in common: what it is held beside, and keeping it."""

from collections.abc import Sequence
from dataclasses import dataclass

from gongdao.domain.disputes.model import Dispute
from gongdao.domain.evidence import look_text
from gongdao.domain.evidence.exhibits import Exhibit, Side
from gongdao.domain.evidence.findings import Look, LookId, Looks, LookTaken
from gongdao.domain.evidence.noticing import Beside
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.intake.model import Case
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import SYSTEM, Held
from gongdao.domain.kernel.ids import DisputeId, ExhibitId
from gongdao.domain.policy.pictures import PicturePolicy

STATEMENTS = 20
"""So many reports' statements are held beside an exhibit's times."""


def looked(records: Records, exhibit: ExhibitId) -> tuple[Held[Looks], Look]:
    """The looks at an exhibit and what the latest found; Refused where there is none yet."""
    held = records.looks.of_exhibit(exhibit)
    found = held.now.latest.found if held else None
    text = records.texts.open(found) if found else None
    if held is None or text is None:
        raise Refused(
            "look.not_yet",
            hint_noop("This exhibit was not looked at yet. Wait for that, or ask for it."),
        )
    return held, look_text.read(text)


def keep_look(
    records: Records, exhibit: Exhibit, program: str, look: Look | None, missed: str | None
) -> None:
    """Keep what a program found, or why it found nothing."""
    r = records
    with r.work():
        held = r.looks.of_exhibit(exhibit.id)
        stream = held.now.id if held else LookId(r.new_id())
        text = look_text.written(look) if look else None
        step = LookTaken(
            at=r.clock(),
            by=SYSTEM,
            look=stream,
            exhibit=exhibit.id,
            case=exhibit.case,
            source=exhibit.file.sha256,
            program=program,
            missed=missed,
            found=r.texts.seal(text, exhibit.owner) if text else None,
        )
        r.looks.add(stream, [step], after=held.version if held else 0)


def has_looked(records: Records, exhibit: Exhibit, program: str) -> bool:
    """Whether this very program found something in it already."""
    held = records.looks.of_exhibit(exhibit.id)
    return bool(held and held.now.latest.found and held.now.latest.program == program)


@dataclass(frozen=True, slots=True)
class Home:
    """Where an exhibit lies, as far as looking at it needs to know."""

    pictures: PicturePolicy | None
    """By what it is looked at; None: it is not."""
    case: Case | None
    dispute: Dispute | None


def home_of(records: Records, exhibit: Exhibit) -> Home:
    """The case of an exhibit, or the dispute of the organisation that brought it.

    An outside platform's pack says nothing of looking at pictures: the house's does, of the day.
    """
    r = records
    if exhibit.side is Side.ORGANISATION:
        pack = pack_of_the_day(r.packs, r.clock())
        return Home(pack.pictures, None, r.disputes.get(DisputeId(exhibit.case)).now)
    case = r.cases.get(exhibit.case).now
    return Home(r.packs.at(case.pack).pictures, case, None)


def beside(records: Records, home: Home, exhibit: Exhibit) -> Beside:
    """What is known of the case or the dispute beside an exhibit."""
    if home.case is not None:
        return _beside_case(records, home.case, exhibit)
    text = home.dispute.facts.text if home.dispute else None
    return Beside(
        statement=records.opened(text) if text else "",
        known=(),
        received_at=exhibit.received_at.astimezone(CHINA),
    )


def _beside_case(records: Records, case: Case, exhibit: Exhibit) -> Beside:
    r = records
    reports = [r.reports.get(report) for report in case.reports[:STATEMENTS]]
    said = r.texts.several([report.statement for report in reports])
    people = [*case.reporters, *([case.respondent] if case.respondent else [])]
    known: Sequence[str] = r.parties.names_of(people)
    return Beside(
        statement="\n".join(said.values()),
        known=known,
        received_at=exhibit.received_at.astimezone(CHINA),
    )
