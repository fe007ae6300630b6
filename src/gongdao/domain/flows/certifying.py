"""Certificates: shown to their holder, checked by anybody with the number, withdrawn by staff."""

from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import must_be, not_found
from gongdao.domain.flows.firm_papers import tell
from gongdao.domain.flows.firming import Firming
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.studying import learner_actor, training_policy
from gongdao.domain.flows.telling import Gap
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Actor, Held, Role
from gongdao.domain.notices.model import Reader
from gongdao.domain.policy.basics import Words
from gongdao.domain.training import rules
from gongdao.domain.training.certificates import Certificate, CertificateState, plain

_SIGNS = 20
"""Of a share code: eighty bits of a keyed digest."""


@dataclass(frozen=True, slots=True)
class CertificateView:
    """A certificate, for its holder."""

    certificate: Certificate
    title: Words
    state: CertificateState
    name: str
    reasons: str
    leaf: str
    """Its leaf in the public log, hex."""
    share: str
    """The code that shows the name as well; empty while no name stands on it."""


@dataclass(frozen=True, slots=True)
class CertificateCheck:
    """What a stranger learns: no name, unless the holder gave them the share code."""

    number: str
    state: CertificateState
    title: Words
    issued_at: datetime
    valid_until: datetime
    name: str


@dataclass(frozen=True, slots=True)
class Certifying:
    """Everything that is done with certificates."""

    records: Records

    def mine(self, caller: Caller) -> list[CertificateView]:
        """One's own, the latest first."""
        by = learner_actor(caller)
        found = self.records.certificates.of_person(by.person) if by.person else []
        return [self._view(each) for each in found]

    def open(self, number: str, caller: Caller) -> CertificateView:
        """One's own by its number; NotFound for everybody else."""
        by, held = learner_actor(caller), self._numbered(number)
        if held.now.person != by.person:
            raise not_found()
        return self._view(held.now)

    def check(self, number: str, share: str = "") -> CertificateCheck:
        """What anybody may know; with the share code the name as well."""
        certificate = self._numbered(number).now
        if share and share.upper().replace("-", "") != self._share(certificate):
            raise _unknown()
        view = self._view(certificate)
        return CertificateCheck(
            number=certificate.number,
            state=view.state,
            title=view.title,
            issued_at=certificate.issued_at,
            valid_until=certificate.valid_until,
            name=view.name if share else "",
        )

    def name(self, number: str, written: str, caller: Caller) -> None:
        """Put a name on one's own certificate, once."""
        r, by = self.records, learner_actor(caller)
        with r.work():
            held = self._numbered(number)
            if held.now.person != by.person:
                raise not_found()
            name = rules.check_name(training_policy(r), written)
            step = rules.name(held.now, r.texts.seal(name, by.person), by, r.clock())
            r.certificates.add(held.now.id, [step], after=held.version)

    def withdraw(self, number: str, reasons: str, caller: Caller) -> None:
        """Withdraw a certificate, with reasons that its holder reads."""
        must_be(caller, Role.SENIOR_REVIEWER, Role.OPERATOR)
        r, role = self.records, Role.SENIOR_REVIEWER
        if caller.person is None:
            raise not_found()
        by = Actor(role if caller.has(role) else Role.OPERATOR, caller.person)
        with r.work():
            held = self._numbered(number)
            text = rules.check_text(training_policy(r), reasons)
            step = rules.withdraw(held.now, r.texts.seal(text, held.now.person), by, r.clock())
            r.certificates.add(held.now.id, [step], after=held.version)
            Firming(r).reconsider(held.now.person)
            title = self._title(held.now)
            said = Gap(both={"reasons": text}, zh={"title": title.zh}, en={"title": title.en})
            about = (held.now.person, Reader.LEARNER, "certificate_withdrawn", held.now.id)
            tell(r, *about, said, Gap(both={"link": f"{r.address}/learn/c/{held.now.number}/"}))

    def _numbered(self, number: str) -> Held[Certificate]:
        known = plain(number)
        held = self.records.certificates.numbered(known) if known else None
        if held is None:
            raise _unknown()
        return held

    def _view(self, certificate: Certificate) -> CertificateView:
        r = self.records
        named = certificate.name is not None
        history = r.certificates.history(certificate.id)
        return CertificateView(
            certificate=certificate,
            title=self._title(certificate),
            state=certificate.state(r.clock()),
            name=r.opened(certificate.name) if certificate.name else "",
            reasons=r.opened(certificate.reasons) if certificate.reasons else "",
            leaf=history[0].leaf,
            share=self._share(certificate) if named else "",
        )

    def _share(self, certificate: Certificate) -> str:
        key = self.records.parties.subject_key("certificate", certificate.id)
        return key[:_SIGNS].upper()

    def _title(self, certificate: Certificate) -> Words:
        """What the course is called; by its code where it is taught no more."""
        try:
            return self.records.courses.get(certificate.course).title
        except NotFound:
            return Words(zh=certificate.course, en=certificate.course)


def _unknown() -> NotFound:
    return not_found()
