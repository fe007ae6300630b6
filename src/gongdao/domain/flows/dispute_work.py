"""What members do to a dispute as a whole: put it right, give it up, take it up again."""

from dataclasses import dataclass

from gongdao.domain.access.model import Caller
from gongdao.domain.disputes import rules
from gongdao.domain.disputes.events import Ending
from gongdao.domain.flows.disputing import Disputing, Told
from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.kernel.ids import Code, DisputeId, PersonId, Sealed
from gongdao.domain.kernel.texts import check_characters
from gongdao.domain.organisations.model import Right

MOST_NOTE = 4_000
"""Characters of a note."""


@dataclass(frozen=True, slots=True)
class DisputeWork:
    """Changes to a dispute as a whole."""

    records: Records
    disputing: Disputing

    def change(self, dispute: DisputeId, told: Told, caller: Caller) -> None:
        """Put right what is known of it; its kind, platform and shop stay as they were."""
        r = self.records
        with r.work():
            held, by = self.disputing.held(dispute, caller, Right.WORK)
            whose = r.organisations.get(held.now.organisation).now
            facts = self.disputing.facts(told, whose)
            self.disputing.add(held, rules.change_facts(held.now, facts, by, r.clock()))

    def move(self, dispute: DisputeId, platform: Code, caller: Caller) -> None:
        """Say that it is one with another platform; its shop and grounds are to be chosen anew."""
        r = self.records
        with r.work():
            held, by = self.disputing.held(dispute, caller, Right.WORK)
            pack = self.disputing.pack_of_the_day(platform, r.clock())
            self.disputing.add(held, rules.move(held.now, pack.ref, by, r.clock()))

    def drop(self, dispute: DisputeId, note: str, caller: Caller) -> None:
        """Do nothing more about it."""
        r = self.records
        with r.work():
            held, by = self.disputing.held(dispute, caller, Right.WORK)
            sealed = self._note(note, held.now.party)
            step = rules.end(held.now, Ending.DROPPED, sealed, by, r.clock())
            self.disputing.add(held, step)

    def reopen(self, dispute: DisputeId, why: str, caller: Caller) -> None:
        """Take it up again, with a reason."""
        r = self.records
        with r.work():
            held, by = self.disputing.held(dispute, caller, Right.WORK)
            sealed = self._note(why, held.now.party)
            if sealed is None:
                raise BadInput("dispute.no_words", hint_noop("Say it in a few words."))
            self.disputing.add(held, rules.reopen(held.now, sealed, by, r.clock()))

    def spend(self, dispute: DisputeId, minutes: int, on: Code, caller: Caller) -> None:
        """Note work that went into it."""
        r = self.records
        with r.work():
            held, by = self.disputing.held(dispute, caller, Right.WORK)
            self.disputing.add(held, rules.spend(held.now, minutes, on, by, r.clock()))

    def _note(self, text: str, party: PersonId) -> Sealed | None:
        said = text.strip()
        check_characters(said)
        if len(said) > MOST_NOTE:
            raise BadInput(
                "dispute.note_too_long",
                hint_noop("Write at most {most} characters."),
                most=MOST_NOTE,
            )
        return self.records.texts.seal(said, party) if said else None
