"""What an account is told of its grade, and what the operator's app is."""

import json
from collections.abc import Iterator
from datetime import datetime

from gongdao.domain.decisions.statement import measure_line
from gongdao.domain.flows.announcing import Announcing
from gongdao.domain.flows.firm_papers import short
from gongdao.domain.flows.graded import Graded
from gongdao.domain.flows.issuing import issue
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.flows.telling import Gap, shown
from gongdao.domain.kernel.ids import CaseId, NoticeId
from gongdao.domain.notices import rules as notices
from gongdao.domain.notices.model import Reader
from gongdao.domain.outgoing.model import Message, MessageId, MessageKind
from gongdao.domain.policy.basics import Words
from gongdao.domain.policy.grades import Effects, GradeCode
from gongdao.domain.policy.pack import RulePack
from gongdao.domain.standing import account_rules as rules
from gongdao.domain.standing.accounts import Account
from gongdao.domain.standing.grades import better_at, stands


def tell(r: Records, account: Account, template: str, *gaps: Gap) -> NoticeId:
    """A letter about one's own grade. It names no reporter: no grade rests on who reported."""
    pack = pack_of_the_day(r.packs, r.clock())
    found = notices.template(pack, template)
    link = way_to(r, account)

    def written(language: str) -> tuple[str, str]:
        filled = {"number": short(account.id), "link": link}
        for gap in gaps:
            filled.update(gap.in_(language))
        return notices.write(found.in_(language), filled)

    return issue(r, account.person, Reader.RESPONDENT, template, account.id, written)


def way_to(r: Records, account: Account) -> str:
    """Where the grade is explained: behind the sign-in, or by the code of one's own case."""
    if r.parties.account(account.person) is not None or not account.fall.items:
        return f"{r.address}/mine/standing/"
    code = r.codes.issue(account.fall.items[0].case, account.person)
    return f"{r.address}/appeal/{code}/standing/"


def when(moment: datetime) -> Gap:
    """A moment for a letter."""
    return Gap(both={"due_at": shown(moment)})


def statement(r: Records, found: Graded, effects_at: datetime, until: datetime) -> Words:
    """Why a grade restricts, in both languages: what counts, the rule, its effects, the ways."""
    told, said = found.policy.told, {}
    changes = found.policy.rule(found.grade).effects
    better = better_at(found.known, found.policy, found.at)
    for language in ("zh", "en"):
        heals = told.lasts.in_(language)
        if better is not None:
            next_one = stands(found.known, found.policy, better).grade
            heals = told.heals.in_(language).format(
                day=shown(better)[:10], grade=title(found, next_one, language)
            )
        said[language] = told.statement.in_(language).format(
            grade=title(found, found.grade, language),
            points=_plain(found.stands.points),
            items="\n".join(_items(r, found, language)),
            pack=found.pack.ref,
            effects="\n".join(f"· {each}" for each in effect_lines(found.pack, changes, language)),
            heals=heals,
            until=shown(until),
            **{"from": shown(effects_at)},
        )
    return Words(zh=said["zh"], en=said["en"])


def title(found: Graded, code: GradeCode, language: str) -> str:
    """A grade in words."""
    return found.policy.rule(code).title.in_(language)


def effect_lines(pack: RulePack, effects: Effects, language: str) -> tuple[str, ...]:
    """What a grade changes, a line each; one that says so where it changes nothing."""
    if pack.standing is None:
        return ()
    told = pack.standing.grades.told
    said = []
    if effects.post_delay is not None and pack.statement is not None:
        span = pack.statement.in_(language).span(effects.post_delay)
        said.append(told.delay.in_(language).format(span=span))
    if effects.posts_per_day is not None:
        said.append(told.per_day.in_(language).format(n=effects.posts_per_day))
    if effects.deposit is not None and pack.firms is not None:
        grade = next((g for g in pack.firms.grades if g.code == effects.deposit), None)
        if grade is not None:
            said.append(told.deposit.in_(language).format(grade=grade.title.in_(language)))
    hours = _hours_earlier(pack, effects)
    if hours:
        said.append(told.priority.in_(language).format(hours=f"{hours:g}"))
    return tuple(said) or (told.nothing.in_(language),)


def _hours_earlier(pack: RulePack, effects: Effects) -> float:
    """How much longer cases about the account stand as if they had waited."""
    weights = pack.cases.triage if pack.cases else None
    if weights is None or effects.priority is None:
        return 0
    return weights.repetition(effects.priority) * weights.minutes_per_point / 60


def clause_title(pack: RulePack, clause: str, language: str) -> str:
    """A rule in words."""
    known = pack.cases.clause(clause) if pack.cases else None
    return known.title.in_(language) if known else clause


def announce(r: Records, found: Graded, account: Account) -> None:
    """The operator's app puts the effects into effect, or takes them back: it must hear of it."""
    name = r.parties.account(account.person)
    if name is None or not r.webhooks.targets():
        return
    begins = max(account.fall.effects_at, found.at)
    holds = rules.holds_at(account, found.policy, begins)
    effects = found.policy.rule(account.told).effects if holds else Effects()
    kind = MessageKind.STANDING_CHANGED
    told = {
        "account": name,
        "grade": account.told.value,
        "effects_from": begins.isoformat() if effects.restrict else None,
        "post_delay": str(effects.post_delay) if effects.post_delay else None,
        "posts_per_day": effects.posts_per_day,
    }
    body = {"type": kind.value, "timestamp": r.clock().isoformat(), "data": told}
    message = Message(
        id=MessageId(r.new_id()),
        kind=kind,
        subject=r.parties.subject_key("account", name),
        case=CaseId(account.id),
        about=account.person,
        body=json.dumps(body, ensure_ascii=False, separators=(",", ":")),
        at=r.clock(),
    )
    Announcing(r).enter(message)


def _items(r: Records, found: Graded, language: str) -> Iterator[str]:
    measures = {each.id: each.measure for each in r.sanctions.seen_of(found.person)}
    words = found.pack.statement.in_(language) if found.pack.statement else None
    for each in found.stands.weighing:
        violation = each.violation
        measure = measures.get(violation.sanction)
        yield found.policy.told.item.in_(language).format(
            day=shown(violation.at)[:10],
            title=clause_title(found.pack, violation.clause, language),
            penalty=measure_line(measure, words) if words else violation.penalty.value,
            points=_plain(each.points),
            decision=short(violation.decision),
        )


def _plain(points: float) -> str:
    return f"{points:.1f}"
