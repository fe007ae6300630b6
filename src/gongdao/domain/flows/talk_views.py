"""What each side of a negotiation sees, and the same text for both to take away."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.events import Recorded
from gongdao.domain.kernel.ids import CaseId, Code, Sealed, SettlementId
from gongdao.domain.policy.figures import Figure, Length, LengthOrWords, Measure
from gongdao.domain.settlement.events import (
    Item,
    OfferAccepted,
    SettlementStep,
    Side,
    TalkEnding,
    Withdrawer,
)
from gongdao.domain.settlement.model import Offer, OfferState, Settlement, TalkStage, Task
from gongdao.domain.settlement.performing import counts_as_done

FORMAT = "gongdao.settlement/1"
_LENGTHS = {Measure.MINUTES: "minutes", Measure.HOURS: "hours", Measure.DAYS: "days"}


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message."""

    number: int
    at: datetime
    side: Side
    text: str
    found: tuple[Code, ...]
    """For the inviter alone: what the other side's words may be evidence of."""
    reported: CaseId | None
    kept: bool


@dataclass(frozen=True, slots=True)
class ItemView:
    """One thing that somebody will do."""

    kind: str
    by: Side
    text: str
    amount_fen: int | None


@dataclass(frozen=True, slots=True)
class OfferView:
    """One offer."""

    number: int
    at: datetime
    side: Side
    signed: str
    items: tuple[ItemView, ...]
    until: datetime
    answers: int | None
    state: str
    """One of OfferState, or `expired`."""
    stands: bool


@dataclass(frozen=True, slots=True)
class TaskView:
    """One thing that was agreed."""

    number: int
    item: ItemView
    performed_at: datetime | None
    proof: str | None
    confirmed_at: datetime | None
    contested: str | None
    done: bool


@dataclass(frozen=True, slots=True)
class AgreementView:
    """What both signed."""

    at: datetime
    offer: int
    names: Mapping[Side, str]
    tasks: tuple[TaskView, ...]
    code: str
    """SHA-256 (hex) of `text`."""
    text: str
    """The written settlement, as canonical JSON."""
    whole: bool
    """Whether the text is still the one that was signed."""
    leaf: str


@dataclass(frozen=True, slots=True)
class TalkView:
    """A negotiation as one side sees it."""

    id: SettlementId
    side: Side
    stage: TalkStage
    names: Mapping[Side, str]
    subject: str
    opened_at: datetime
    invited_until: datetime
    came_at: datetime | None
    devices: tuple[datetime, ...]
    """When further devices came, after the first."""
    wrong_words: tuple[datetime, ...]
    suspected: bool
    messages: tuple[MessageView, ...]
    offers: tuple[OfferView, ...]
    agreement: AgreementView | None
    stopped_by: Side | None
    stopped_at: datetime | None
    ending: TalkEnding | None
    withdrawn_by: Withdrawer | None
    closed_at: datetime | None
    may_close: bool
    leaf: str
    """Of the latest step in the log."""


def view_of(r: Records, now: Settlement, side: Side) -> TalkView:
    """What one side sees. Who reported what is shown to that side alone."""
    at = r.clock()
    history = r.settlements.history(now.id)
    names = {Side.INVITER: r.opened(now.name)}
    if now.counterpart:
        names[Side.INVITED] = r.opened(now.counterpart.name)
    limits = _limits(r, now)
    agreement = _agreement(r, now, history, at)
    return TalkView(
        id=now.id,
        side=side,
        stage=now.stage,
        names=names,
        subject=r.opened(now.subject),
        opened_at=now.opened_at,
        invited_until=now.until,
        came_at=now.counterpart.came_at if now.counterpart else None,
        devices=tuple(came for _, came in now.devices[1:]),
        wrong_words=now.wrong_words,
        suspected=now.suspected,
        messages=tuple(_messages(r, now, side)),
        offers=tuple(_offer(r, each, n, at) for n, each in enumerate(now.offers, start=1)),
        agreement=agreement,
        stopped_by=now.stopped_by,
        stopped_at=now.stopped_at,
        ending=now.ending,
        withdrawn_by=now.withdrawn_by,
        closed_at=now.closed_at,
        may_close=now.agreement is not None
        and limits is not None
        and all(counts_as_done(each, limits, at) for each in now.agreement.tasks),
        leaf=history[-1].leaf,
    )


def written(
    r: Records, now: Settlement, number: int, signed: Mapping[Side, str], at: datetime
) -> str:
    """The written settlement: what both sign, as canonical JSON."""
    found = now.offers[number - 1]
    return _canonical(
        {
            "format": FORMAT,
            "settlement": now.id,
            "subject": r.opened(now.subject),
            "signed": {side.value: name for side, name in signed.items()},
            "offered_by": found.side.value,
            "offered_at": _at(found.at),
            "agreed_at": _at(at),
            "items": [_plain(_item(r, each)) for each in found.items],
        }
    )


def digest(text: str) -> str:
    """The code by which a written settlement is checked."""
    return hashlib.sha256(text.encode()).hexdigest()


def signatures(r: Records, offer: Offer, accepted: Sealed) -> dict[Side, str]:
    """Who signed on which side, as they typed it."""
    return {offer.side: r.opened(offer.signed), offer.side.other: r.opened(accepted)}


def exported(view: TalkView) -> dict[str, Any]:
    """The whole of it, the same for both sides."""
    agreed = view.agreement
    return {
        "format": f"{FORMAT}/export",
        "settlement": view.id,
        "subject": view.subject,
        "names": {side.value: name for side, name in view.names.items()},
        "stage": view.stage.value,
        "opened_at": _at(view.opened_at),
        "messages": [
            {"number": m.number, "at": _at(m.at), "side": m.side.value, "text": m.text}
            for m in view.messages
        ],
        "offers": [
            {
                "number": o.number,
                "at": _at(o.at),
                "side": o.side.value,
                "signed": o.signed,
                "until": _at(o.until),
                "answers": o.answers,
                "state": o.state,
                "items": [_plain(each) for each in o.items],
            }
            for o in view.offers
        ],
        "agreement": _exported(agreed) if agreed else None,
        "stopped_by": view.stopped_by.value if view.stopped_by else None,
        "stopped_at": _at(view.stopped_at),
        "ending": view.ending.value if view.ending else None,
        "withdrawn_by": view.withdrawn_by.value if view.withdrawn_by else None,
        "closed_at": _at(view.closed_at),
        "leaf": view.leaf,
    }


def first_contact(figure: Figure[LengthOrWords] | None, noticed_at: datetime) -> datetime | None:
    """Until when the first contact is best, as the platform's pack says; None if it doesn't."""
    value = figure.value if figure else None
    if not isinstance(value, Length) or value.measure not in _LENGTHS:
        return None
    return noticed_at + timedelta(**{_LENGTHS[value.measure]: value.most})


def _limits(r: Records, now: Settlement) -> Any:
    policy = r.pack(now.pack).negotiation
    return policy.limits if policy else None


def _messages(r: Records, now: Settlement, side: Side) -> list[MessageView]:
    texts = r.texts.several([each.text for each in now.messages])
    return [
        MessageView(
            number=number,
            at=each.at,
            side=each.side,
            text=texts.get(each.text, "—"),
            found=each.found if side is Side.INVITER and each.side is Side.INVITED else (),
            reported=each.reported_as if each.reported_by is side else None,
            kept=each.kept and side is Side.INVITER,
        )
        for number, each in enumerate(now.messages, start=1)
    ]


def _item(r: Records, item: Item) -> ItemView:
    return ItemView(item.kind.value, item.by, r.opened(item.text), item.amount_fen)


def _offer(r: Records, offer: Offer, number: int, at: datetime) -> OfferView:
    gone = offer.state is OfferState.OPEN and not offer.stands(at)
    return OfferView(
        number=number,
        at=offer.at,
        side=offer.side,
        signed=r.opened(offer.signed),
        items=tuple(_item(r, each) for each in offer.items),
        until=offer.until,
        answers=offer.answers,
        state="expired" if gone else offer.state.value,
        stands=offer.stands(at),
    )


def _agreement(
    r: Records, now: Settlement, history: Sequence[Recorded[SettlementStep]], at: datetime
) -> AgreementView | None:
    agreed = now.agreement
    if agreed is None:
        return None
    names = signatures(r, now.offers[agreed.offer - 1], agreed.signed)
    text = written(r, now, agreed.offer, names, agreed.at)
    leaf = next(each.leaf for each in history if isinstance(each.event, OfferAccepted))
    limits = _limits(r, now)
    return AgreementView(
        at=agreed.at,
        offer=agreed.offer,
        names=names,
        tasks=tuple(
            _task(r, each, n, done=limits is not None and counts_as_done(each, limits, at))
            for n, each in enumerate(agreed.tasks, start=1)
        ),
        code=agreed.document,
        text=text,
        whole=digest(text) == agreed.document,
        leaf=leaf,
    )


def _task(r: Records, task: Task, number: int, *, done: bool) -> TaskView:
    return TaskView(
        number=number,
        item=_item(r, task.item),
        performed_at=task.performed_at,
        proof=r.opened(task.proof) if task.proof else None,
        confirmed_at=task.confirmed_at,
        contested=r.opened(task.contested) if task.contested else None,
        done=done,
    )


def _exported(agreed: AgreementView) -> dict[str, Any]:
    return {
        "code": agreed.code,
        "leaf": agreed.leaf,
        "text": agreed.text,
        "done": [
            {
                "number": task.number,
                "performed_at": _at(task.performed_at),
                "proof": task.proof,
                "confirmed_at": _at(task.confirmed_at),
                "contested": task.contested,
            }
            for task in agreed.tasks
        ],
    }


def _plain(item: ItemView) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "by": item.by.value,
        "text": item.text,
        "amount_fen": item.amount_fen,
    }


def _at(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def _canonical(plain: Mapping[str, Any]) -> str:
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
