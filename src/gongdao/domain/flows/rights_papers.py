"""What somebody hands in as a notice or counter-notice: checked, sealed, its files kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from gongdao.domain.counter_notices.events import Enclosure, PartyKind, Proof
from gongdao.domain.counter_notices.identity import MASK, Identity, hidden_words
from gongdao.domain.counter_notices.papers import Told, Written
from gongdao.domain.evidence.personal_data import DataKind, proposals_in
from gongdao.domain.evidence.uploads import gone, keep
from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.kernel.texts import check_characters
from gongdao.domain.policy.counter_notices import IdentityRule

_HIDDEN = {
    DataKind.RESIDENT_ID,
    DataKind.PHONE,
    DataKind.BANK_CARD,
    DataKind.EMAIL,
    DataKind.ADDRESS,
    DataKind.PLATE,
}
"""What is masked in a text that is passed on. Names and registration numbers are its matter."""


@dataclass(frozen=True, slots=True)
class Given:
    """A paper as it is handed in."""

    party: PartyKind
    name: str
    number: str
    contact: str
    statement: str
    proofs: Mapping[str, str] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    """Tokens of files that were sent before."""
    bona_fide: bool = False
    right: str = ""
    items: tuple[str, ...] = ()
    account: str = ""
    """Whose content it is, in the operator's app, if that is known."""
    language: str = "zh-hans"

    def told(self) -> Told:
        """What it says, without blanks around."""
        who = Identity(
            self.party, self.name.strip(), self.number.strip().upper(), self.contact.strip()
        )
        check_characters(
            who.name, who.number, who.contact, self.statement, self.account,
            *self.items, *self.proofs.values(),
        )  # fmt: skip
        items = dict.fromkeys(item.strip() for item in self.items if item.strip())
        return Told(
            identity=who,
            statement=self.statement.strip(),
            proofs={code: text.strip() for code, text in self.proofs.items() if text.strip()},
            files=len(self.files),
            bona_fide=self.bona_fide,
            items=tuple(items),
        )


def write(records: Records, told: Told, files: Sequence[str], person: PersonId) -> Written:
    """Seal its texts and keep its files; within a unit of work, once it was checked."""
    seal = records.texts.seal
    return Written(
        identity=seal(told.identity.written(), person),
        statement=seal(told.statement, person),
        proofs=tuple(Proof(code, seal(text, person)) for code, text in told.proofs.items()),
        files=enclose(records, files, person),
        # What a measure is about must stay known as long as it can be undone.
        items=tuple(seal(item, None) for item in told.items),
    )


def enclose(records: Records, tokens: Sequence[str], person: PersonId) -> tuple[Enclosure, ...]:
    """Keep files that were sent; each token is good for one paper."""
    return tuple(_kept(records, token, person) for token in dict.fromkeys(tokens))


def _kept(records: Records, token: str, person: PersonId) -> Enclosure:
    upload = records.uploads.take(token)
    looked = upload.looked
    if upload.expires_at <= records.clock() or looked is None:
        raise gone()
    keep(records.files, upload)
    file = looked.file
    name = records.texts.seal(upload.name, person)
    return Enclosure(name, file.sha256, file.size, file.media)


def masked(text: str, identity: Identity | None, rule: IdentityRule, now: datetime) -> str:
    """A text as the other side reads it: without what of anybody's data it does not need."""
    for word in hidden_words(identity, rule) if identity else ():
        text = text.replace(word, MASK * 4)
    found = proposals_in(text, (), now.astimezone(CHINA).date())
    for each in sorted(found, key=lambda p: p.start, reverse=True):
        if each.kind in _HIDDEN:
            text = text[: each.start] + MASK * 4 + text[each.end :]
    return text
