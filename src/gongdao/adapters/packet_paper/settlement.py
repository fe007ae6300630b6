"""A negotiation as PDF/A: what was agreed and signed, what was done, and every word before it."""

from collections.abc import Iterator, Mapping
from typing import Any

from gongdao.adapters.packet_paper import printed
from gongdao.adapters.packet_paper.words import In
from gongdao.domain.flows.talk_views import AgreementView, ItemView, TalkView
from gongdao.domain.flows.telling import shown

Section = Mapping[str, Any]


def print_talk(view: TalkView, language: str) -> bytes:
    """Its document."""
    return printed(laid_out(view, In(language)), {}).content


def laid_out(view: TalkView, say: In) -> dict[str, Any]:
    """What the template lays out; whatever people wrote is a string in it, and never markup."""
    day = view.closed_at or (view.agreement.at if view.agreement else view.opened_at)
    rows = [[say.word("talk", side.value), name or "—"] for side, name in view.names.items()]
    return {
        "template": "authority",
        "language": say.code,
        "date": [day.year, day.month, day.day],
        "title": say.word("talk", "settlement" if view.agreement else "record"),
        "case": view.id,
        "addressee": view.subject,
        "rows": rows,
        "notes": [say.word("talk", "names")],
        "replaced": [say.word("left", "characters"), say.word("why", "no_glyph")],
        "sections": list(_sections(view, say)),
    }


def _sections(view: TalkView, say: In) -> Iterator[Section]:
    if view.agreement is not None:
        yield _agreed(view.agreement, say)
        yield _done(view.agreement, say)
    offers = [
        f"{each.number}. {shown(each.at)} · {say.word('talk', each.side.value)} · "
        f"{say.word('talk_state', each.state)} · {'; '.join(_item(i, say) for i in each.items)}"
        for each in view.offers
    ]
    if offers:
        yield _section(say.word("talk", "offers"), [{"kind": "list", "items": offers}])
    said = [
        {
            "kind": "quote",
            "title": f"{each.number} · {shown(each.at)} · {view.names.get(each.side, '')}",
            "text": each.text,
        }
        for each in view.messages
    ]
    if said:
        yield _section(say.word("talk", "messages"), said)


def _agreed(agreed: AgreementView, say: In) -> Section:
    signed = [
        [say.word("talk", side.value), f"{name} · {shown(agreed.at)}"]
        for side, name in agreed.names.items()
    ]
    return _section(
        say.word("talk", "agreed"),
        [
            {"kind": "list", "items": [_item(each.item, say) for each in agreed.tasks]},
            {"kind": "facts", "rows": signed},
            {
                "kind": "facts",
                "rows": [
                    [say.word("talk", "code"), agreed.code],
                    [say.word("talk", "leaf"), agreed.leaf],
                ],
            },
            {"kind": "text", "text": say.word("talk", "check")},
        ],
    )


def _done(agreed: AgreementView, say: In) -> Section:
    rows = [
        [
            str(task.number),
            task.proof or "—",
            shown(task.confirmed_at) if task.confirmed_at else task.contested or "—",
        ]
        for task in agreed.tasks
    ]
    heads = ["#", say.word("talk", "proof"), say.word("talk", "confirmed")]
    table = {"kind": "table", "widths": [1, 8, 5], "head": heads, "rows": rows}
    return _section(say.word("talk", "done"), [table])


def _item(item: ItemView, say: In) -> str:
    yuan = f" ¥{item.amount_fen / 100:.2f}" if item.amount_fen is not None else ""
    kind, side = say.word("talk_kind", item.kind), say.word("talk", item.by.value)
    return f"{kind}{yuan} ({side}): {item.text}"


def _section(heading: str, blocks: list[Any]) -> Section:
    return {"heading": heading, "blocks": blocks, "page": False}
