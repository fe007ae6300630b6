"""Certificates, printed."""

from gongdao import bootstrap
from gongdao.adapters import chance, markdown
from gongdao.domain.flows.certifying import CertificateView

PER_MINUTE = 6
"""Documents that one person may print in a minute: each takes a second of processor time."""


def printed(view: CertificateView, language: str) -> bytes:
    """A certificate as PDF/A; Refused once there were too many."""
    from gongdao.adapters.packet_paper.certificate import print_certificate  # noqa: PLC0415 – heavy
    from gongdao.storage.rate_limits import allow  # noqa: PLC0415 – once Django is set up

    who = view.certificate.person
    allow(bootstrap.app().secrets, "certificate", who, PER_MINUTE, chance.now())
    return print_certificate(view, bootstrap.app().records.address, language)


def as_html(text: str) -> str:
    """Markdown of a course as HTML that is safe to show."""
    return markdown.rendered(text)
