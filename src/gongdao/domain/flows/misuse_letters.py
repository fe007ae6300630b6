"""Letters about misuse: the statement of reasons of a measure, in both languages, and notices."""

from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.flows.issuing import issue
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.flows.telling import Gap, shown
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.notices import rules as notices
from gongdao.domain.notices.model import Reader
from gongdao.domain.policy.pack import RulePack
from gongdao.domain.policy.standing import MisusePolicy
from gongdao.domain.standing.misuse import misuse_id
from gongdao.domain.standing.misuse_rules import Counted


@dataclass(frozen=True, slots=True)
class Letter:
    """What it says."""

    counted: Counted
    texts: tuple[str, str, str]
    """Gravity, intention and reasons, as a person wrote them."""
    warned_at: datetime
    until: datetime
    appeal_closes: datetime
    pack: RulePack


def letter(policy: MisusePolicy, written: Letter, language: str) -> str:
    """The statement in one language."""
    gravity, intention, reasons = written.texts
    return policy.statement.in_(language).format(
        until=shown(written.until),
        always=always(policy, written.pack, language),
        warned_at=shown(written.warned_at),
        decided=written.counted.decided,
        marked=written.counted.marked,
        share=round(100 * written.counted.share),
        gravity=gravity,
        intention=intention,
        reasons=reasons,
        pack=written.pack.ref,
        appeal_closes=shown(written.appeal_closes),
    )


def always(policy: MisusePolicy, pack: RulePack, language: str) -> str:
    """The titles of the categories that are always worked on."""
    known = {each.code: each for each in pack.cases.categories} if pack.cases else {}
    mark = "、" if language.startswith("zh") else ", "
    titles = [known[code].title.in_(language) for code in policy.always if code in known]
    return mark.join(titles) or "—"


def sealed_letter(written: Letter, zh: str, en: str) -> Gap:
    """The same for the notice."""
    dates = {"until": shown(written.until), "appeal_closes": shown(written.appeal_closes)}
    return Gap(both=dates, zh={"letter": zh}, en={"letter": en})


def tell_of_reporting(r: Records, person: PersonId, template: str, *gaps: Gap) -> None:
    """A letter about no case: it names nobody and opens nothing."""
    found = notices.template(pack_of_the_day(r.packs, r.clock()), template)

    def written(language: str) -> tuple[str, str]:
        filled = {"link": f"{r.address}/mine/credibility/"}
        for gap in gaps:
            filled.update(gap.in_(language))
        return notices.write(found.in_(language), filled)

    issue(r, person, Reader.REPORTER, template, misuse_id(person), written)
