"""A certificate as PDF/A: what was passed, until when it holds, and how anybody can check it."""

from typing import Any

from gongdao.adapters.packet_paper import printed
from gongdao.adapters.packet_paper.exhibits import grouped
from gongdao.adapters.packet_paper.words import In
from gongdao.domain.flows.certifying import CertificateView
from gongdao.domain.flows.telling import shown
from gongdao.domain.kernel.clock import CHINA


def print_certificate(view: CertificateView, address: str, language: str) -> bytes:
    """Its document."""
    return printed(laid_out(view, address, In(language)), {}).content


def laid_out(view: CertificateView, address: str, say: In) -> dict[str, Any]:
    """What the template lays out; the name is a string in it, and never markup."""
    of, word = view.certificate, "certificate"
    day = of.issued_at.astimezone(CHINA)
    check = f"{address}/learn/check/{of.number}/"
    score = say.word(word, "right").format(right=of.right, asked=of.asked)
    rows = [
        [say.word(word, "course"), view.title.in_(say.code)],
        [say.word(word, "name"), view.name or say.word(word, "no_name")],
        [say.word(word, "score"), score],
        [say.word(word, "time"), say.word(word, "minutes").format(n=of.seconds // 60)],
        [say.word(word, "issued"), shown(of.issued_at)],
        [say.word(word, "until"), shown(of.valid_until)],
        [say.word(word, "state"), say.word("certificate_state", view.state.value)],
    ]
    proof = [
        [say.word(word, "number"), of.number],
        [say.word(word, "check"), check],
        [say.word(word, "edition"), of.edition],
        [say.word(word, "leaf"), grouped(view.leaf)],
    ]
    block = [{"kind": "facts", "rows": proof}, {"kind": "text", "text": say.word(word, "how")}]
    return {
        "template": "authority",
        "language": say.code,
        "date": [day.year, day.month, day.day],
        "title": say.word(word, "title"),
        "case": of.number,
        "addressee": view.name,
        "rows": rows,
        "notes": [say.word(word, "named")] if view.name else [],
        "replaced": [say.word("left", "characters"), say.word("why", "no_glyph")],
        "sections": [{"heading": say.word(word, "proof"), "blocks": block, "page": False}],
    }
