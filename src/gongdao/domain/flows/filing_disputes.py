"""Filing a dispute where it is decided: the way there, the statement, and what shows that it was.

Nothing is sent from here. A member follows the way that the platform's pack describes, and says
afterwards that it was filed. What a form takes is the pack's word; what nobody published stays
unknown. A statement that is too long is said to be so, and never cut.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from gongdao.domain.access.model import Caller
from gongdao.domain.disputes import rules
from gongdao.domain.disputes.contradictions import Contradiction, Place
from gongdao.domain.disputes.events import DisputeKind, DisputeStatementKept, Instance
from gongdao.domain.disputes.model import Dispute
from gongdao.domain.flows import wording
from gongdao.domain.flows.dispute_chain import DisputeChain, DisputeChaining
from gongdao.domain.flows.dispute_exhibits import DisputeExhibits
from gongdao.domain.flows.disputing import Disputing
from gongdao.domain.flows.exhibit_views import ExhibitView
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.kernel.ids import Code, DisputeId, ExhibitId
from gongdao.domain.kernel.texts import check_characters
from gongdao.domain.linting.model import Language, Report, Setting
from gongdao.domain.organisations.model import Right
from gongdao.domain.policy.comparing import Quote, quotes
from gongdao.domain.policy.dispute_chain import Fill
from gongdao.domain.policy.dispute_templates import (
    DisputeTemplate,
    DisputeTemplatePolicy,
    left_open,
)
from gongdao.domain.policy.figures import Counts, used
from gongdao.domain.policy.pack import RulePack
from gongdao.domain.policy.platform import Channel, EvidenceRule, FilingForm, Purpose, Topic

MOST_CHARACTERS = 8_000
_REFERENCE = 100
_QUOTED = 120
"""So many characters of the other side's words are filled in at most."""
_BRACKETS = re.compile(r"［[^［］]*］|\[[^\[\]]*\]")
_PURPOSES: Mapping[DisputeKind, Purpose] = {
    DisputeKind.REVIEW: Purpose.REVIEW,
    DisputeKind.COMPLAINT: Purpose.APPEAL,
    DisputeKind.SANCTION: Purpose.APPEAL,
    DisputeKind.REPORT: Purpose.REPORT,
    DisputeKind.PAYMENT: Purpose.APPEAL,
}


@dataclass(frozen=True, slots=True)
class Way:
    """The way that the platform's pack describes; each figure with who says it."""

    entry: tuple[Quote, ...]
    materials: tuple[Quote, ...]
    window: tuple[Quote, ...]
    handling: tuple[Quote, ...]
    second: tuple[Quote, ...]
    reasons: tuple[Quote, ...]
    """That its form offers."""
    channels: tuple[Channel, ...]
    evidence: tuple[EvidenceRule, ...]
    advice: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """What the platform's form takes. None: nobody published it."""

    form: FilingForm | None
    characters: int | None
    pictures: int | None
    picture_bytes: int | None
    formats: tuple[str, ...]
    pdf: bool | None


@dataclass(frozen=True, slots=True)
class FillIn:
    """What was put into a template, and where it came from."""

    label: str
    value: str
    exhibit: int
    """By which it is shown; 0: by what is known of the dispute."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before anybody kept it."""

    template: Code
    text: str
    filled: tuple[FillIn, ...]
    left: tuple[str, ...]
    """Brackets that a person fills in."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What is said of a statement: it is advice, but for what the form does not take."""

    report: Report
    characters: int
    over: int
    """So many characters too long; 0 where it fits or nobody knows."""
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilingView:
    """What a member sees as they file."""

    dispute: Dispute
    pack: RulePack
    way: Way
    limits: Limits
    templates: tuple[DisputeTemplate, ...]
    statement: str
    looked: Looked | None
    exhibits: tuple[ExhibitView, ...]


@dataclass(frozen=True, slots=True)
class Filing:
    """Filing disputes."""

    records: Records
    disputing: Disputing
    exhibits: DisputeExhibits
    chaining: DisputeChaining

    def open(self, dispute: DisputeId, caller: Caller, language: str) -> FilingView:
        """Everything that is needed to file; NotFound for whoever is no member."""
        held, _ = self.disputing.held(dispute, caller)
        now = held.now
        pack = self.pack(now)
        views = tuple(self.exhibits.views(now))
        statement = self.records.opened(now.statement) if now.statement else ""
        offered = self._house().dispute_templates
        grounds = now.grounds or tuple(each.ground for each in now.found)
        return FilingView(
            dispute=now,
            pack=pack,
            way=_way(pack, now.kind),
            limits=limits_of(pack, now.kind),
            templates=_offered(offered, now.kind, grounds) if offered else (),
            statement=statement,
            looked=self._look(now, statement, views, language) if statement else None,
            exhibits=views,
        )

    def draft(self, dispute: DisputeId, template: Code, caller: Caller, language: str) -> Draft:
        """A template filled from the facts and the chain; BadInput for an unknown one."""
        held, _ = self.disputing.held(dispute, caller)
        offered = self._house().dispute_templates
        chosen = offered.template(template) if offered else None
        if offered is None or chosen is None or held.now.kind.value not in chosen.kinds:
            raise BadInput("filing.unknown_template", hint_noop("Choose one of the templates."))
        known = self._known(held.now)
        labels = {each.code: each.label.in_(language) for each in offered.gaps}
        plain = offered.filled(chosen.text.in_(language), language, known)
        gaps = [FillIn(labels[gap], value, 0) for gap, value in sorted(known.items()) if value]
        used_gaps = [each for each in gaps if each.value in plain]
        policy = self.chaining.policy()
        chain = self.chaining.over(held.now)
        text, more = _filled(plain, policy.fills if policy else (), chain, language)
        return Draft(chosen.code, text, (*used_gaps, *more), left_open(text))

    def look(self, dispute: DisputeId, text: str, caller: Caller, language: str) -> Looked:
        """What could be worded better, and whether the form takes it. Nothing is kept."""
        held, _ = self.disputing.held(dispute, caller)
        return self._look(held.now, text, self.exhibits.views(held.now), language)

    def keep(self, dispute: DisputeId, text: str, template: Code | None, caller: Caller) -> None:
        """Keep the statement as it stands, whatever is said of it."""
        said = text.strip()
        check_characters(said)
        if not said or len(said) > MOST_CHARACTERS:
            raise BadInput(
                "filing.statement",
                hint_noop("Write a statement of at most {most} characters."),
                most=MOST_CHARACTERS,
            )
        r = self.records
        with r.work():
            held, by = self.disputing.held(dispute, caller, Right.WORK)
            rules.must_be_open(held.now)
            seal = r.texts.seal(said, held.now.party)
            step = DisputeStatementKept(at=r.clock(), by=by, text=seal, template=template)
            self.disputing.add(held, step)

    def filed(
        self, dispute: DisputeId, instance: Instance, reference: str, proof: ExhibitId | None,
        caller: Caller, exhibits: Sequence[ExhibitId] | None = None,
    ) -> None:  # fmt: skip
        """Say that it was filed; without `exhibits` all of the dispute's but the proof went in."""
        said = " ".join(reference.split())
        check_characters(said)
        if len(said) > _REFERENCE:
            raise BadInput(
                "filing.reference",
                hint_noop("The platform's number has at most {most} characters."),
                most=_REFERENCE,
            )
        r = self.records
        with r.work():
            held, by = self.disputing.held(dispute, caller, Right.WORK)
            there = [each.id for each in self.exhibits.views(held.now)]
            chosen = [e for e in there if e != proof] if exhibits is None else list(exhibits)
            if set(chosen) - set(there) or (proof is not None and proof not in there):
                raise BadInput(
                    "filing.unknown_exhibit", hint_noop("Choose among this dispute's exhibits.")
                )
            seal = r.texts.seal(said, held.now.party) if said else None
            step = rules.file_dispute(held.now, instance, seal, tuple(chosen), proof, by, r.clock())
            self.disputing.add(held, step)

    def pack(self, now: Dispute) -> RulePack:
        """What is known of the platform today."""
        return self.disputing.pack_of_the_day(now.platform, self.records.clock())

    def _house(self) -> RulePack:
        return pack_of_the_day(self.records.packs, self.records.clock())

    def _look(self, now: Dispute, text: str, views: Sequence[ExhibitView], language: str) -> Looked:
        today = self.records.clock().astimezone(CHINA).date()
        words = Language.CHINESE if language.startswith("zh") else Language.ENGLISH
        own = self._known(now)
        setting = Setting(
            exhibits=frozenset(each.number for each in views),
            times=False,
            own=tuple(value for value in own.values() if value),
        )
        report = wording.look_at(text, setting, self._house(), today, words)
        most = limits_of(self.pack(now), now.kind).characters
        over = max(0, len(text) - most) if most is not None else 0
        return Looked(report, len(text), over, left_open(text))

    def _known(self, now: Dispute) -> dict[str, str]:
        """What a template's gaps are filled with; empty where it is not known."""
        r, facts = self.records, now.facts
        whose = r.organisations.get(now.organisation).now
        shop = whose.shops.get(now.shop) if now.shop else None
        noticed = facts.noticed_at.astimezone(CHINA).date()
        sealed = {
            "order": facts.order,
            "other_side": facts.other_side,
            "reference": facts.reference,
            "shop": shop.name if shop else None,
        }
        opened = r.texts.several([seal for seal in sealed.values() if seal])
        return {gap: opened.get(seal, "") if seal else "" for gap, seal in sealed.items()} | {
            "platform": self.pack(now).title.zh,
            "noticed": noticed.isoformat(),
            "shown_on": facts.shown_on.isoformat() if facts.shown_on else "",
        }


def _offered(
    offered: DisputeTemplatePolicy, kind: DisputeKind, grounds: Sequence[Code]
) -> tuple[DisputeTemplate, ...]:
    """Those for the grounds; where nobody judged them yet, all for that kind."""
    if grounds:
        return offered.fitting(kind.value, grounds)
    return tuple(each for each in offered.templates if kind.value in each.kinds)


def limits_of(pack: RulePack, kind: DisputeKind) -> Limits:
    """What the platform's form for that kind of dispute takes."""
    form = next((each for each in pack.forms if kind.value in each.kinds), None)
    if form is None:
        return Limits(None, None, None, None, (), None)
    return Limits(
        form,
        _count(form.statement_max),
        _count(form.pictures_max),
        _count(form.picture_bytes_max),
        form.formats,
        form.pdf,
    )


def _count(figures: Counts | None) -> int | None:
    return int(used(figures).value) if figures else None


def _way(pack: RulePack, kind: DisputeKind) -> Way:
    of_review = kind is DisputeKind.REVIEW
    facts = pack.review if of_review else pack.appeal
    reported = kind is DisputeKind.REPORT
    entry = pack.review.entry if of_review else pack.report.entry if reported else None
    handling = pack.report.handling if reported else facts.handling
    advised = [each for each in pack.advice if each.topic is Topic.STATEMENT]
    return Way(
        entry=quotes(entry),
        materials=quotes(facts.materials),
        window=quotes(pack.appeal.window),
        handling=quotes(handling),
        second=quotes(facts.second),
        reasons=tuple(
            Quote(each.title, each.source, each.as_of, each.basis, note=each.detail)
            for each in (pack.review.reasons if of_review else ())
        ),
        channels=tuple(each for each in pack.channels if _PURPOSES[kind] in each.purposes),
        evidence=pack.evidence,
        advice=tuple(Quote(a.title, a.source, a.as_of, a.basis, note=a.detail) for a in advised),
    )


def _filled(
    text: str, fills: Sequence[Fill], chain: DisputeChain, language: str
) -> tuple[str, list[FillIn]]:
    """Fill brackets from the chain. A bracket for an exhibit's number follows what it shows."""
    values = _values(chain, language)
    by_label = {label: each for each in fills for label in each.labels.in_(language).split("|")}
    lines = [_Line(line, by_label, values, language) for line in text.split("\n")]
    filled = "\n".join([line.filled() for line in lines])
    return filled, [each for line in lines for each in line.done]


@dataclass(slots=True)
class _Line:
    """One line of a template as it is filled."""

    text: str
    by_label: Mapping[str, Fill]
    values: Mapping[str, tuple[str, int]]
    language: str
    shown: int = 0
    """The exhibit that shows what was filled in last, until it is named."""
    done: list[FillIn] = field(default_factory=list)

    def filled(self) -> str:
        """The line with everything that is known."""
        return _BRACKETS.sub(self._put, self.text)

    def _put(self, found: re.Match[str]) -> str:
        label = found[0][1:-1]
        fill = self.by_label.get(label)
        if fill is None or not _fits(fill, self.text[: found.start()], self.language):
            return found[0]
        if fill.of == "exhibit":
            value, exhibit = (str(self.shown) if self.shown else "", self.shown)
        else:
            value, exhibit = self.values.get(fill.of, ("", 0))
        if not value:
            return found[0]
        self.shown = 0 if fill.of == "exhibit" else exhibit or self.shown
        self.done.append(FillIn(label, value, exhibit))
        return value


def _fits(fill: Fill, before: str, language: str) -> bool:
    return fill.after is None or before.endswith(fill.after.in_(language))


def _values(chain: DisputeChain, language: str) -> dict[str, tuple[str, int]]:
    """What the chain knows, each with the exhibit that shows it."""
    found: dict[str, tuple[str, int]] = {}
    for moment in chain.chain.moments:
        happened = moment.happened
        clock = f" {happened.clock:%H:%M}" if happened.clock else ""
        day = _day(happened.day, language)
        found.setdefault(f"{happened.step.value}_on", (day, moment.number))
        if clock:
            found.setdefault(f"{happened.step.value}_at", (day + clock, moment.number))
    for said in chain.dispute.days:
        found.setdefault(f"{said.step}_on", (_day(said.day, language), 0))
    best = next((each for each in chain.contradictions), None)
    words = _their_words(chain.text, best)
    if words:
        found["their_words"] = words, 0
    for each in chain.contradictions:
        if each.step == "closed" and each.record.day:
            number = each.record.exhibit if each.record.place is Place.EXHIBIT else 0
            found["closed_on"] = _day(each.record.day, language), number
    return found


def _their_words(text: str, best: Contradiction | None) -> str:
    """The passage that counts, or all of it where it is short."""
    plain = " ".join(text.split())
    if len(plain) <= _QUOTED:
        return plain
    return best.theirs.words if best and best.theirs.place is Place.TEXT else ""


def _day(day: date, language: str) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if language.startswith("zh") else day.isoformat()
