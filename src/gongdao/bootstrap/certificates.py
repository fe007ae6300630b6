"""Certificates as files: the paper, and the record of their issue for `gongdao verify`."""

from gongdao import bootstrap
from gongdao.adapters import chance, markdown
from gongdao.bootstrap import packets
from gongdao.bootstrap.giving import inclusion_of
from gongdao.domain.evidence.record_file import RecordFile
from gongdao.domain.flows.certifying import CertificateView

CERTIFICATE = "certificate"
"""What its record is, in the file."""
PER_MINUTE = 6
"""Documents that one person may print in a minute: each takes a second of processor time."""


def printed(view: CertificateView, language: str) -> bytes:
    """A certificate as PDF/A; Refused once there were too many."""
    from gongdao.adapters.packet_paper.certificate import print_certificate  # noqa: PLC0415 – heavy
    from gongdao.storage.rate_limits import allow  # noqa: PLC0415 – once Django is set up

    who = view.certificate.person
    allow(bootstrap.app().secrets, "certificate", who, PER_MINUTE, chance.now())
    return print_certificate(view, bootstrap.app().records.address, language)


def record(view: CertificateView) -> RecordFile:
    """The record of its issue with its place in the log; it holds no name."""
    events = packets.shelf().events([view.certificate.id])
    kept = next(each for each in events if each.leaf == view.leaf)
    return RecordFile(
        origin=bootstrap.signing_keys().origin,
        what=CERTIFICATE,
        record=kept.content.decode(),
        inclusion=inclusion_of(view.leaf),
    )


def as_html(text: str) -> str:
    """Markdown of a course as HTML that is safe to show."""
    return markdown.rendered(text)
