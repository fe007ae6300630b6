"""
The main job as one story, told by whoever can play it.

A teller plays it through one way in: the domain itself, the API, a browser. It plays the parts
and keeps what they keep (a receipt, a sign-in); the story says what must be true at each turn.
"""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Seen:
    """What one side sees of the case."""

    stage: str
    outcome: str | None
    can: frozenset[str]
    decision: str | None = None
    """The state of the decision, for the respondent."""
    measures: tuple[tuple[str, str], ...] = ()
    """Penalties and their states, for the respondent."""
    letter: str = ""
    """The statement of reasons, for the respondent."""


class Teller(Protocol):
    """Plays the parts."""

    def report(self) -> None:
        """Somebody without an account reports a post of li_si and keeps the receipt."""

    def accept(self) -> None:
        """A reviewer takes it up."""

    def ask(self) -> None:
        """The reviewer asks the respondent for their side."""

    def answer(self) -> None:
        """The respondent answers."""

    def decide(self) -> None:
        """The reviewer decides by the clause on insults, with the measure that is due."""

    def appeal(self) -> None:
        """The respondent appeals."""

    def overturn(self) -> None:
        """The reviewer whom the system chose overturns."""

    def reporter_sees(self) -> Seen:
        """The case from the reporter's chair."""

    def respondent_sees(self) -> Seen:
        """The case from the respondent's chair."""

    def decided_by(self) -> str:
        """Who decided."""

    def reviewed_by(self) -> str:
        """Who heard the appeal."""

    def told(self) -> list[tuple[str, str]]:
        """Everything that anybody was told, in order: to whom, and what."""

    def strikes(self) -> int:
        """How many violations count against the respondent."""

    def broken_leaves(self) -> list[str]:
        """What in the record does not hash to its leaf; empty if all of it can be checked."""


def the_story(teller: Teller) -> None:
    """From a report to an overturned appeal."""
    teller.report()
    assert teller.reporter_sees() == Seen("received", None, frozenset({"withdraw"}))

    teller.accept()
    assert teller.reporter_sees().stage == "investigating"

    teller.ask()
    assert "answer" in teller.respondent_sees().can
    teller.answer()
    assert "answer" not in teller.respondent_sees().can

    teller.decide()
    assert teller.reporter_sees() == Seen("decided", "violation", frozenset())
    respondent = teller.respondent_sees()
    assert respondent.measures == (("warning", "in_force"),)
    assert respondent.can == {"appeal"}
    for said in ("abuse.insult", "民法典", "由审核员作出", "申诉", "12377"):
        assert said in respondent.letter
    assert teller.strikes() == 1

    teller.appeal()
    assert teller.respondent_sees().can == frozenset()
    assert teller.reviewed_by() != teller.decided_by()

    teller.overturn()
    respondent = teller.respondent_sees()
    assert respondent.decision == "overturned"
    assert respondent.measures == (("warning", "lifted"),)
    assert teller.strikes() == 0
    assert teller.reporter_sees().outcome == "overturned"

    assert teller.told() == [
        ("reporter", "report_received"),
        ("reporter", "report_accepted"),
        ("respondent", "answer_requested"),
        ("respondent", "decision_to_respondent"),
        ("reporter", "decision_to_reporter_violation"),
        ("respondent", "appeal_received"),
        ("respondent", "appeal_assigned"),
        ("respondent", "appeal_overturned"),
        ("reporter", "appeal_overturned_to_reporter"),
    ]
    assert teller.broken_leaves() == []
