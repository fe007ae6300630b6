"""After a dispute: the public reply, the file for a claim of reputation, papers for authorities."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import not_found
from gongdao.domain.disputes.model import Dispute
from gongdao.domain.flows.dispute_exhibits import DisputeExhibits
from gongdao.domain.flows.disputing import Disputing
from gongdao.domain.flows.legal_file import (
    LegalFile,
    Opened,
    annexes,
    filing_line,
    legal_file,
)
from gongdao.domain.flows.papers import Offered, Paper
from gongdao.domain.flows.public_replies import PublicReplies
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.flows.telling import shown
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.ids import CaseId, DisputeId, Sealed
from gongdao.domain.organisations.model import Organisation
from gongdao.domain.policy.afterwards import OutsidePaper
from gongdao.domain.policy.pack import RulePack
from gongdao.domain.policy.ways import PaperWords


@dataclass(frozen=True, slots=True)
class OutsideOffered:
    """A paper that can be made today."""

    paper: Offered
    for_whom: str
    remarks: tuple[str, ...]
    """What the rules in force ask for."""
    claimed: bool


@dataclass(frozen=True, slots=True)
class Afterwards:
    """Everything that can still be done once a platform has decided, or will not."""

    records: Records
    disputing: Disputing
    exhibits: DisputeExhibits
    replies: PublicReplies

    def legal_file(self, dispute: DisputeId, language: str, caller: Caller) -> LegalFile:
        """The file for a claim of reputation."""
        held, _ = self.disputing.held(dispute, caller)
        policy = self.replies.policy().legal_file
        opened = self._opened(held.now, language)
        return legal_file(held.now, opened, policy, language, self._today())

    def offered(
        self, dispute: DisputeId, language: str, caller: Caller
    ) -> tuple[OutsideOffered, ...]:
        """The papers that one can have today, by the rules in force today."""
        held, _ = self.disputing.held(dispute, caller)
        return tuple(
            OutsideOffered(
                Offered(form.code, form.route, form.title.in_(language), form.source),
                form.for_whom.in_(language),
                tuple(each.in_(language) for each in form.remarks),
                form.basis.value == "claimed",
            )
            for form in self._forms(held.now)
        )

    def paper(self, dispute: DisputeId, code: str, language: str, caller: Caller) -> Paper:
        """One of them; NotFound where it is not in force today, or not for such a dispute."""
        held, _ = self.disputing.held(dispute, caller)
        now = held.now
        form = next((each for each in self._forms(now) if each.code == code), None)
        if form is None:
            raise not_found()
        opened = self._opened(now, language)
        known = self._known(now, opened, language)
        return Paper(
            code=form.code,
            language=language,
            day=self._today(),
            case=CaseId(now.id),
            title=form.title.in_(language),
            addressee=form.addressee.in_(language),
            rows=tuple(
                (row.label.in_(language), row.value.in_(language).format_map(known))
                for row in form.rows
            ),
            requests=tuple(each.in_(language).format_map(known) for each in form.requests),
            facts=tuple(each.in_(language).format_map(known) for each in form.facts),
            own_words=(),
            annexes=annexes(opened.exhibits),
            remarks=tuple(each.in_(language) for each in form.remarks),
            words=self._paper_words(),
        )

    def _forms(self, now: Dispute) -> tuple[OutsidePaper, ...]:
        return self.replies.policy().papers_on(self._today(), now.kind.value)

    def _paper_words(self) -> PaperWords:
        ways = self._house().ways
        if ways is None:
            raise not_found()
        return ways.words

    def _known(self, now: Dispute, opened: Opened, language: str) -> Mapping[str, str]:
        """What a paper is filled in with; a gap in brackets where the file says nothing."""
        gap = "［　］" if language.startswith("zh") else "［ ］"
        facts = now.facts
        words = self.replies.policy().legal_file.words
        filings = "；".join(
            filing_line(filing, reference, words, language)
            for filing, reference, _ in opened.filings
        )
        known = {
            "organisation": opened.organisation,
            "platform": opened.platform,
            "shop": opened.shop,
            "other_side": opened.other_side,
            "order": opened.order,
            "reference": opened.reference,
            "noticed_at": shown(facts.noticed_at),
            "shown_on": f"{facts.shown_on:%Y-%m-%d}" if facts.shown_on else "",
            "url": opened.link,
            "words": opened.words,
            "filings": filings,
            "day": f"{self._today():%Y-%m-%d}",
        }
        return {name: text or gap for name, text in known.items()}

    def _opened(self, now: Dispute, language: str) -> Opened:
        """The dispute's file in plain words."""
        r, facts = self.records, now.facts
        whose = r.organisations.get(now.organisation).now
        pack = r.packs.at(now.pack)

        def said(seal: Sealed | None) -> str:
            return (r.texts.open(seal) or "") if seal else ""

        return Opened(
            organisation=said(whose.name),
            platform=pack.title.in_(language),
            shop=_shop(r, whose, now),
            words=said(facts.text),
            link=said(facts.url),
            order=said(facts.order),
            other_side=said(facts.other_side),
            reference=said(facts.reference),
            grounds=_grounds(pack, now, language),
            filings=tuple((f, said(f.reference), said(f.words)) for f in now.filings),
            asked=tuple(said(each.what) for each in now.asked),
            calls=tuple((said(each.whom), said(each.said)) for each in now.calls),
            exhibits=tuple(self.exhibits.views(now)),
        )

    def _house(self) -> RulePack:
        return pack_of_the_day(self.records.packs, self.records.clock())

    def _today(self) -> date:
        return self.records.clock().astimezone(CHINA).date()


def _shop(r: Records, whose: Organisation, now: Dispute) -> str:
    shop = whose.shops.get(now.shop) if now.shop else None
    return (r.texts.open(shop.name) or "") if shop else ""


def _grounds(pack: RulePack, now: Dispute, language: str) -> tuple[str, ...]:
    """The titles of the grounds that were chosen; the code where the pack has none."""
    titles = {each.code: each.title.in_(language) for each in pack.review.grounds}
    return tuple(titles.get(code, code) for code in now.grounds)
