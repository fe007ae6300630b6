"""A person decides what a copy of a text hides; placeholders stay the same within a case."""

from dataclasses import dataclass, field

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import decider
from gongdao.domain.evidence import hidden_text
from gongdao.domain.evidence.conversations import Conversation, conversation_of
from gongdao.domain.evidence.exhibits import Derivative
from gongdao.domain.evidence.findings import Looks, TextHidden, TextHiding
from gongdao.domain.evidence.hidden_text import Chosen, TextChoice
from gongdao.domain.evidence.hiding import Ledger
from gongdao.domain.evidence.media import Kind
from gongdao.domain.flows.exhibiting import Exhibiting
from gongdao.domain.flows.looked import looked
from gongdao.domain.flows.mailing import hears_no_appeal
from gongdao.domain.flows.records import Records, missing, parties_of
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.ids import CaseId, Digest, ExhibitId


@dataclass(frozen=True, slots=True)
class Before:
    """What the last copy hid, so that a page begins there."""

    copies: int = 0
    accepted: frozenset[int] = field(default_factory=frozenset)
    dropped: frozenset[int] = field(default_factory=frozenset)
    lines: frozenset[int] = field(default_factory=frozenset)
    passages: tuple[str, ...] = ()
    same_look: bool = False
    """Whether its numbers mean the findings that are shown now."""


@dataclass(frozen=True, slots=True)
class HidingText:
    """Copies of texts in which placeholders stand for people's data."""

    records: Records
    exhibiting: Exhibiting

    def hide(self, exhibit: ExhibitId, choice: TextChoice, caller: Caller) -> Digest:
        """Make a redacted copy, out of the text that was read; the original stays as it is."""
        r = self.records
        with r.work():
            case = r.cases.get(r.exhibits.get(exhibit).now.case)
            by = decider(caller, parties_of(case.now))
            hears_no_appeal(r, case.now, by)
            held, look = looked(r, exhibit)
            if r.exhibits.get(exhibit).now.kind is Kind.PICTURE or not look.lines:
                raise _no_text()
            before = self._ledger(case.now.id)
            text, now = hidden_text.redacted(look, choice, before)
            entries = hidden_text.new_entries(before, now)
            count = len(choice.accepted) + len(choice.lines) + len(choice.passages)
            digest = self.exhibiting.derive(
                exhibit, Derivative.REDACTED, f"{text}\n".encode(), "text/plain",
                f"text alone, {count} things hidden by placeholders of the case", by,
            )  # fmt: skip
            proposed = hidden_text.proposed_in(look)
            owner = r.exhibits.get(exhibit).now.owner
            step = TextHidden(
                at=r.clock(),
                by=by,
                run=held.now.runs.index(held.now.latest),
                accepted=choice.accepted,
                dropped=tuple(n for n in proposed if n not in choice.accepted),
                lines=choice.lines,
                chosen=r.texts.seal(hidden_text.written(Chosen(choice.passages, entries)), owner),
                placeholders=tuple((kind, number) for kind, _value, number in entries),
                derivative=digest,
            )
            r.looks.add(held.now.id, [step], after=held.version)
            # The case moves on with it, so two people cannot give one number to two values.
            self.exhibiting.took_part(case, by, [exhibit])
        return digest

    def before(self, exhibit: ExhibitId, caller: Caller) -> Before:
        """What the last copy hid; NotFound for whoever is not staff or the auditor."""
        r = self.records
        if not self.exhibiting.inside(r.exhibits.get(exhibit).now.case, caller):
            raise missing()
        held = r.looks.of_exhibit(exhibit)
        if held is None or not held.now.text_hidings:
            return Before()
        last = held.now.text_hidings[-1]
        text = r.texts.open(last.chosen)
        return Before(
            copies=len(held.now.text_hidings),
            accepted=frozenset(last.accepted),
            dropped=frozenset(last.dropped),
            lines=frozenset(last.lines),
            passages=hidden_text.read(text).passages if text else (),
            same_look=held.now.runs[last.run] == held.now.latest,
        )

    def ledger(self, case: CaseId, caller: Caller) -> Ledger:
        """Which placeholder stands for what in a case, for staff and the auditor."""
        if not self.exhibiting.inside(case, caller):
            raise missing()
        return self._ledger(case)

    def _ledger(self, case: CaseId) -> Ledger:
        """Made of the events alone, each time anew: it is the same whoever asks, and when."""
        hidings = [h for each in self.records.looks.of_case(case) for h in _hidings(each)]
        known = self.records.texts.several([each.chosen for each in hidings])
        return hidden_text.ledger_of(
            (each, hidden_text.read(known[each.chosen]) if each.chosen in known else None)
            for each in hidings
        )


def _hidings(looks: Looks) -> tuple[TextHiding, ...]:
    return looks.text_hidings


def chat_in(text: str | None) -> Conversation | None:
    """The chat that an exhibit's text is, if it is one."""
    return conversation_of(text) if text else None


def _no_text() -> Refused:
    return Refused("look.no_text", hint_noop("There is no text in this file that could be hidden."))
