"""What a statement can begin with: the shipped templates, and an organisation's own beside them."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongdao.domain.access.model import Caller
from gongdao.domain.disputes.events import DisputeKind
from gongdao.domain.disputes.model import Dispute
from gongdao.domain.flows.disputing import Disputing
from gongdao.domain.flows.organising import Organising
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput, NotFound, Refused, hint_noop
from gongdao.domain.kernel.ids import Code, DisputeId, OrganisationId, Sealed, TemplateId
from gongdao.domain.kernel.texts import check_characters
from gongdao.domain.organisations.model import (
    Organisation,
    OwnTemplate,
    Right,
    TemplateDropped,
    TemplateKept,
)
from gongdao.domain.policy.dispute_templates import DisputeTemplatePolicy

_TITLE = 60
OWN = "own."
"""Before the id of an organisation's own template, where a template is named by its code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A template as somebody writes it."""

    title: str
    text: str
    kinds: tuple[Code, ...]
    grounds: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Beginning:
    """A template that fits a dispute, filled in as far as the file goes."""

    code: Code
    title: str
    text: str
    own: bool


@dataclass(frozen=True, slots=True)
class OwnView:
    """A template of an organisation's own."""

    id: TemplateId
    title: str
    text: str
    kinds: tuple[Code, ...]
    grounds: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class HouseTemplates:
    """Templates for statements to outside platforms."""

    records: Records
    organising: Organising
    disputing: Disputing

    def for_dispute(self, dispute: DisputeId, language: str, caller: Caller) -> list[Beginning]:
        """What fits its kind and grounds: the organisation's own first, then the shipped ones."""
        now = self.disputing.held(dispute, caller)[0].now
        whose = self.records.organisations.get(now.organisation).now
        known, policy = self._known(now, whose, language), self.policy()
        own = [
            Beginning(OWN + each.id, each.title, _filled(each.text, known), own=True)
            for each in self._own(whose)
            if now.kind.value in each.kinds and _fits(each, now)
        ]
        shipped = policy.fitting(now.kind.value, now.grounds) if policy else ()
        return own + [
            Beginning(
                each.code,
                each.title.in_(language),
                policy.filled(each.text.in_(language), language, known) if policy else "",
                own=False,
            )
            for each in shipped
        ]

    def policy(self) -> DisputeTemplatePolicy | None:
        """The shipped ones; None where the house has none."""
        return pack_of_the_day(self.records.packs, self.records.clock()).dispute_templates

    def own(self, organisation: OrganisationId, caller: Caller) -> list[OwnView]:
        """An organisation's own, in the order in which they were first kept."""
        return self._own(self.organising.seat(organisation, caller)[0].now)

    def keep(
        self,
        organisation: OrganisationId,
        draft: Draft,
        caller: Caller,
        template: TemplateId | None = None,
    ) -> TemplateId:
        """Keep a new one, or change one."""
        r = self.records
        self._check(draft)
        with r.work():
            held, by = self.organising.seat(organisation, caller, Right.MANAGE)
            if template is not None and template not in held.now.templates:
                raise no_template()
            most = self.organising.policy().work.templates_most
            if template is None and len(held.now.templates) >= most:
                raise Refused(
                    "template.too_many",
                    hint_noop("There are {most} templates. Drop one first."),
                    most=most,
                )
            step = TemplateKept(
                at=r.clock(),
                by=by,
                template=template or TemplateId(r.new_id()),
                kinds=draft.kinds,
                grounds=draft.grounds,
                title=r.texts.seal(draft.title.strip(), held.now.party),
                text=r.texts.seal(draft.text.strip(), held.now.party),
            )
            r.organisations.add(organisation, [step], after=held.version)
        return step.template

    def drop(self, organisation: OrganisationId, template: TemplateId, caller: Caller) -> None:
        """Offer one no more."""
        r = self.records
        with r.work():
            held, by = self.organising.seat(organisation, caller, Right.MANAGE)
            if template not in held.now.templates:
                raise no_template()
            step = TemplateDropped(at=r.clock(), by=by, template=template)
            r.organisations.add(organisation, [step], after=held.version)

    def _check(self, draft: Draft) -> None:
        most = self.organising.policy().work.template_most
        check_characters(draft.title, draft.text)
        if not draft.title.strip() or len(draft.title.strip()) > _TITLE:
            raise BadInput(
                "template.title",
                hint_noop("Give the template a title of at most {most} characters."),
                most=_TITLE,
            )
        if not draft.text.strip() or len(draft.text.strip()) > most:
            raise BadInput(
                "template.text",
                hint_noop("Write a template of at most {most} characters."),
                most=most,
            )
        if not draft.kinds or set(draft.kinds) - {kind.value for kind in DisputeKind}:
            raise BadInput(
                "template.kinds", hint_noop("Choose at least one kind of dispute for it.")
            )

    def _own(self, whose: Organisation) -> list[OwnView]:
        kept = whose.templates.values()
        opened = self.records.texts.several([seal for t in kept for seal in (t.title, t.text)])
        return [_view(each, opened) for each in kept]

    def _known(self, now: Dispute, whose: Organisation, language: str) -> dict[str, str]:
        """What a template can say of the dispute."""
        r, facts = self.records, now.facts
        shop = whose.shops.get(now.shop) if now.shop else None
        seals = {
            "order": facts.order,
            "other_side": facts.other_side,
            "reference": facts.reference,
            "shop": shop.name if shop else None,
        }
        known = {gap: r.opened(seal) for gap, seal in seals.items() if seal is not None}
        known["platform"] = r.pack(now.pack).title.in_(language)
        known["noticed"] = f"{facts.noticed_at.astimezone(CHINA):%Y-%m-%d}"
        if facts.shown_on is not None:
            known["shown_on"] = f"{facts.shown_on:%Y-%m-%d}"
        return known


def _fits(own: OwnView, dispute: Dispute) -> bool:
    return not own.grounds or bool(set(own.grounds) & set(dispute.grounds))


def _filled(text: str, known: Mapping[str, str]) -> str:
    """What members wrote is no format of ours: the known gaps alone are filled in it."""
    for gap, value in known.items():
        text = text.replace("{" + gap + "}", value)
    return text


def _view(own: OwnTemplate, opened: Mapping[Sealed, str]) -> OwnView:
    title, text = opened.get(own.title, "—"), opened.get(own.text, "—")
    return OwnView(own.id, title, text, own.kinds, own.grounds)


def no_template() -> NotFound:
    """What there is not, or not in this organisation."""
    return NotFound("template.none", hint_noop("There is no such template."))
