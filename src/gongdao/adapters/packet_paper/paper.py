"""What the document for people says, block by block: plain data for the template to lay out.

Whatever people wrote goes in as a string, and the template shows strings: nothing in them is read
as markup.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from gongdao.adapters.packet_paper import exhibits
from gongdao.adapters.packet_paper.words import In
from gongdao.domain.access.model import Seat
from gongdao.domain.evidence.chain import Happened, Missing, Proves
from gongdao.domain.evidence.checkpoint import Checkpoint, Note
from gongdao.domain.evidence.packets import LeftOut
from gongdao.domain.evidence.packing import Proofs
from gongdao.domain.flows.casefile import AppealView, DecisionView
from gongdao.domain.flows.packing import Gathered
from gongdao.domain.kernel.clock import CHINA

Block = Mapping[str, Any]


def paper(
    gathered: Gathered,
    proofs: Proofs,
    origin: str,
    left_out: Sequence[LeftOut],
) -> dict[str, Any]:
    """The whole document."""
    say = In(gathered.wanted.language)
    day = gathered.as_of.astimezone(CHINA)
    parts = (
        ("check", _check(say, origin)),
        ("parties", _parties(say, gathered)),
        ("subject", _subject(say, gathered)),
        ("timeline", _timeline(say, gathered)),
        ("statements", _statements(say, gathered)),
        ("exhibits", exhibits.blocks(say, gathered)),
        ("chain", _chain(say, gathered)),
        ("decision", _decisions(say, gathered)),
        ("appeals", _appeals(say, gathered)),
        ("deadlines", _deadlines(say, gathered)),
        ("proofs", _proofs(say, proofs)),
        ("left_out", _left_out(say, left_out)),
    )
    sections = [(say.say(code), list(blocks)) for code, blocks in parts]
    return {
        "language": say.code,
        "date": [day.year, day.month, day.day],
        "title": say.say("title"),
        "case": gathered.view.id,
        "replaced": [say.word("left", "characters"), say.word("why", "no_glyph")],
        "cover": _cover(say, gathered, origin),
        "sections": [{"heading": heading, "blocks": found} for heading, found in sections if found],
    }


def at(moment: datetime | None) -> str:
    """A moment to the minute, on China's clock; a dash where there is none."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}" if moment else "—"


def _cover(say: In, gathered: Gathered, origin: str) -> list[list[str]]:
    view = gathered.view
    title = view.category_title_zh if say.code == "zh" else view.category_title_en
    rows = [
        (say.say("case"), view.id),
        (say.say("category"), title),
        (say.say("stage"), say.word("stage", view.stage)),
        (say.say("outcome"), say.word("outcome", view.outcome) or "—"),
        (say.say("origin"), origin),
        (say.say("pack"), view.pack),
        (say.say("made_for"), say.word("seat", view.seat.value)),
        (say.say("as_of"), at(gathered.as_of)),
    ]
    return [list(row) for row in rows]


def _check(say: In, origin: str) -> Iterator[Block]:
    yield {"kind": "list", "items": [say.say(f"check_{n}", origin=origin) for n in range(1, 5)]}


def _parties(say: In, gathered: Gathered) -> Iterator[Block]:
    view = gathered.view
    own = say.say("you")
    reporter = own if view.seat is Seat.REPORTER else say.say("protected")
    respondent = view.account or say.say("unknown")
    if view.seat is Seat.RESPONDENT:
        respondent = f"{own}（{view.account}）" if view.account else own
    rows = [[f"{say.say('reporter')} {n}", who] for n, who in gathered.identities]
    rows = rows or [[say.say("reporter"), reporter]]
    if view.seat is not Seat.REPORTER:
        rows.append([say.say("respondent"), gathered.hide(respondent)])
    if view.arrived is not None:
        rows.append([say.say("reports_counted"), str(view.arrived.counted)])
    yield {"kind": "facts", "rows": rows}


def _subject(say: In, gathered: Gathered) -> Iterator[Block]:
    view, hide = gathered.view, gathered.hide
    rows = [
        [say.say("kind"), say.word("subject", view.subject_kind)],
        [say.say("ref"), hide(view.subject_ref)],
    ]
    yield {"kind": "facts", "rows": rows}
    if view.snapshot:
        yield {"kind": "quote", "title": say.say("snapshot"), "text": hide(view.snapshot)}


def _timeline(say: In, gathered: Gathered) -> Iterator[Block]:
    told = []
    for entry in gathered.view.timeline:
        what = say.word("event", entry.kind)
        if entry.detail:
            what += f" · {say.word('outcome', entry.detail)}"
        text = gathered.shown_text(entry)
        told.append((at(entry.at), say.word("role", entry.role), f"{what}\n{text}".strip()))
    # The same again and again, as when files are added one by one, is one line with its last time.
    rows = []
    for (who, what), same in groupby(told, key=itemgetter(1, 2)):
        times = [when for when, _, _ in same]
        rows.append([times[-1], who, f"{what} × {len(times)}" if len(times) > 1 else what])
    heads = [say.say("when"), say.say("who"), say.say("what")]
    yield {"kind": "table", "widths": [3.4, 2.2, 8.4], "head": heads, "rows": rows}


def _statements(say: In, gathered: Gathered) -> Iterator[Block]:
    for report in gathered.view.reports:
        title = f"{say.say('report', n=report.reporter or 1)} · {at(report.received_at)}"
        yield {"kind": "quote", "title": title, "text": gathered.hide(report.statement)}


def _chain(say: In, gathered: Gathered) -> Iterator[Block]:
    """What the exhibits show in order of time, and what nothing shows."""
    chain = gathered.chain
    if not chain.links:
        return
    shown = [
        [
            say.word("proves", kind.value),
            _numbers(n.counted.number for n in chain.links if kind in n.counted.proves),
        ]
        for kind in Proves
        if kind in chain.shown
    ]
    if shown:
        heads = [say.say("shows"), say.say("in_exhibits")]
        yield {"kind": "table", "widths": [5, 9], "head": heads, "rows": shown}
    dated = [
        [
            _day(each.happened),
            say.word("step", each.happened.step.value),
            str(each.number),
            say.say("said" if each.said else "found"),
        ]
        for each in chain.moments
    ]
    if dated:
        heads = [say.say("when"), say.say("what"), say.say("in_exhibits"), say.say("source")]
        yield {"kind": "table", "widths": [3, 4, 3, 4], "head": heads, "rows": dated}
    gaps = [[say.say("gap"), _gap(say, missing)] for missing in chain.gaps]
    if gaps:
        yield {"kind": "facts", "rows": gaps}


def _day(happened: Happened) -> str:
    return f"{happened.day:%Y-%m-%d}" + (f" {happened.clock:%H:%M}" if happened.clock else "")


def _gap(say: In, missing: Missing) -> str:
    where = _numbers(missing.exhibits)
    named = say.word("gap", missing.gap.value)
    return f"{named} {say.say('in_exhibits')} {where}" if where else named


def _numbers(found: Iterable[int]) -> str:
    return ", ".join(str(number) for number in sorted(set(found)))


def _decisions(say: In, gathered: Gathered) -> Iterator[Block]:
    view = gathered.view
    if not view.decisions:
        yield {"kind": "text", "text": say.say("no_decision")}
    for decision in view.decisions:
        letter = decision.statement_zh if say.code == "zh" else decision.statement_en
        if letter is None:
            outcome = say.word("outcome", decision.outcome)
            yield {"kind": "facts", "rows": [[say.say("outcome"), outcome]]}
            text = gathered.hide(decision.reasons)
            yield {"kind": "quote", "title": say.say("reasons"), "text": text}
        else:
            head = [letter.number, letter.decided_at]
            parts = [
                {"heading": part.heading, "lines": [gathered.hide(line) for line in part.lines]}
                for part in letter.sections
            ]
            yield {"kind": "letter", "title": letter.title, "head": head, "parts": parts}
        if decision.sanctions:
            yield _measures(say, decision)


def _measures(say: In, decision: DecisionView) -> Block:
    rows = [
        [
            say.word("penalty", each.penalty),
            say.word("scope", each.scope),
            f"{at(each.imposed_at)} – {at(each.ends_at)}",
            say.word("sanction", each.state),
        ]
        for each in decision.sanctions
    ]
    heads = [say.say("measure"), say.say("scope"), say.say("from_to"), say.say("stage")]
    return {"kind": "table", "widths": [2.5, 3, 6, 2], "head": heads, "rows": rows}


def _appeals(say: In, gathered: Gathered) -> Iterator[Block]:
    if not gathered.view.appeals:
        yield {"kind": "text", "text": say.say("no_appeals")}
    for appeal in gathered.view.appeals:
        rows = [
            [say.say("level"), str(appeal.level)],
            [say.say("who"), say.word("role", appeal.side)],
            [say.say("filed"), at(appeal.filed_at)],
            [say.say("stage"), say.word("appeal", appeal.stage)],
            [say.say("closed"), at(appeal.closed_at)],
        ]
        yield {"kind": "facts", "rows": rows}
        yield from _appeal_texts(say, gathered, appeal)


def _appeal_texts(say: In, gathered: Gathered, appeal: AppealView) -> Iterator[Block]:
    theirs = appeal.side == "respondent"
    for code, text in (("grounds", appeal.grounds), ("reasons", appeal.reasons)):
        if text:
            own = theirs and code == "grounds"
            shown = text if own else gathered.hide(text)
            yield {"kind": "quote", "title": say.say(code), "text": shown}


def _deadlines(say: In, gathered: Gathered) -> Iterator[Block]:
    rows = []
    for clock in gathered.view.clocks:
        states = [("provisional", clock.provisional), ("missed", clock.missed)]
        states.append(("paused", clock.paused))
        due = at(clock.due_at) + "".join(say.say(code) for code, is_so in states if is_so)
        rows.append([say.word("clock", clock.kind), due, f"{clock.rule} · {clock.source}"])
    if not rows:
        yield {"kind": "text", "text": say.say("no_deadlines")}
        return
    heads = [say.say("what"), say.say("due"), say.say("rule")]
    yield {"kind": "table", "widths": [4, 4, 6], "head": heads, "rows": rows}


def _proofs(say: In, proofs: Proofs) -> Iterator[Block]:
    if proofs.log is None:
        yield {"kind": "text", "text": say.say("no_log")}
    else:
        point = Checkpoint.read(Note.read(proofs.log.checkpoint).text)
        rows = [
            [say.say("log_origin"), point.origin],
            [say.say("log_size"), str(point.size)],
            [say.say("log_root"), exhibits.grouped(point.root.hex())],
            [say.say("log_key"), proofs.log.log_key],
            [say.say("log_records"), str(len(proofs.log.entries))],
        ]
        yield {"kind": "facts", "rows": rows}
    for stamp, _ in proofs.stamps:
        about = f"{stamp.at} · {stamp.authority} · {stamp.about}"
        yield {"kind": "facts", "rows": [[say.say("stamp"), about]]}
    if not proofs.stamps:
        yield {"kind": "text", "text": say.say("no_stamps")}


def _left_out(say: In, left_out: Sequence[LeftOut]) -> Iterator[Block]:
    rows = []
    for left in left_out:
        name, _, number = left.what.partition(" ")
        rows.append([say.word("left", name).format(n=number), say.word("why", left.why)])
    if rows:
        yield {"kind": "facts", "rows": rows}
    else:
        yield {"kind": "text", "text": say.say("nothing")}
