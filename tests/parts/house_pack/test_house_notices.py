"""What people are told: complete, short, and never a way to the reporter."""

import pytest
from tests.parts.house_pack.shipped import pack, policy

from gongdao.domain.policy.model import Penalty, Scope
from gongdao.domain.policy.statement_words import StatementTexts
from gongdao.domain.policy.templates import NoticeTemplate, NoticeText, gaps_in

TO_REPORTER = {
    "report_received",
    "report_accepted",
    "report_declined",
    "decision_to_reporter_violation",
    "decision_to_reporter_no_violation",
    "withdrawal_confirmed",
    "withdrawal_goes_on",
    "appeal_overturned_to_reporter",
    "appeal_upheld_to_reporter",
    "appeal_changed_to_reporter",
    "review_received",
    "review_upheld",
    "review_reopened",
    "review_question",
    "review_question_running",
    "review_question_lapsed",
    "message_to_reporter",
    "identity_shown",
    "talk_joined",
    "report_set_aside",
    "report_revived",
    "report_marked_manifestly_unfounded",
    "report_marked_malicious",
    "misuse_warned",
    "misuse_limited",
    "misuse_measure_ended",
    "misuse_ran_out",
    "misuse_ran_out_aside",
    "misuse_warning_ended",
    "misuse_upheld",
}
TO_RESPONDENT = {
    "answer_requested",
    "answer_reminder",
    "answer_missed",
    "decision_to_respondent",
    "withdrawn_to_respondent",
    "appeal_received",
    "appeal_upheld",
    "appeal_changed",
    "appeal_overturned",
    "appeal_question",
    "appeal_question_running",
    "appeal_question_lapsed",
    "sanction_ended",
    "interim_imposed",
    "interim_lifted",
    "escalated",
    "way_back_proof_accepted",
    "way_back_proof_refused",
    "way_back_released",
    "way_back_eased",
    "talk_offered",
}
TO_FIRMS = {
    "firm_accepted",
    "firm_refused",
    "firm_ends_soon",
    "firm_ended",
    "firm_lost",
    "firm_restored",
    "firm_loss_upheld",
}
ON_GRADES = {
    "standing_fell",
    "standing_rose_time",
    "standing_rose_overturned",
    "standing_rose_deed",
    "standing_rose_appeal",
    "standing_appeal_received",
    "standing_appeal_upheld",
    "standing_appeal_granted",
}
"""To an account, on its own grade."""
ON_COMPLAINTS = {
    "duty_asked_on_duty",
    "duty_asked_next",
    "duty_asked_responsible",
    "duty_missed",
}
"""To whoever is on duty, or to the firm that a complaint is about."""
TO_MEMBERS = {
    "dispute_reminder",
    "dispute_reminder_others",
    "dispute_overdue",
    "dispute_missed",
}
"""To those who work on an organisation's disputes with outside platforms."""
TO_LEARNERS = {
    "training_due",
    "training_reminder",
    "training_missed",
    "certificate_withdrawn",
}
"""To those who have to pass a course, or hold a certificate."""
ON_POSTS = {
    "held_delayed",
    "held_waits",
    "held_for_owner",
    "held_released",
    "held_unseen",
    "held_still_waits",
    "held_for_the_lead",
}
"""To the author of a text that waits before it appears, or to the lead of the desk."""
ON_SCREENING = {"screening_drift_began", "screening_drift_ended"}
"""To senior reviewers and operators."""
TO_OWNERS = {
    "account_new_device",
    "account_changed",
    "account_address_changed",
    "account_frozen",
    "account_return_code",
    "account_return_begun",
    "account_back",
    "account_backup_code",
    "account_backup_due",
    "account_backup_lapsed",
}
"""To the owners of accounts."""
TO_EITHER = {"appeal_assigned", "appeal_waits_for_reviewer", "deadline_delayed"}
WITHIN_ANOTHER = {"interim_statement"}
"""Kept and sent inside of a notice, which answers the questions."""
NOT_TO_REPORTERS = (
    TO_RESPONDENT
    | TO_FIRMS
    | ON_GRADES
    | ON_COMPLAINTS
    | ON_POSTS
    | ON_SCREENING
    | TO_MEMBERS
    | TO_LEARNERS
    | TO_OWNERS
    | TO_EITHER
    | WITHIN_ANOTHER
)

KNOWN_GAPS = {
    "receipt",
    "case",
    "subject",
    "category",
    "received_at",
    "due_at",
    "reasons",
    "statement",
    "sanction",
    "appeal_link",
    "appeal_code",
    "appeal_closes",
    "next_level",
    "routes",
    "track_link",
    "outcome",
    "answer_link",
    "restored",
    "provisional_note",
    "ground",
    "measure",
    "effect",
    "imposed_at",
    "ends_at",
    "pack",
    "why",
    "step",
    "question",
    "until",
    "number",
    "grade",
    "address",
    "tier",
    "duty",
    "platform",
    "title",
    "name",
    "todo",
    "left",
    "link",
    "credibility_link",
    "marked",
    "decided",
    "expires_at",
    "revived",
    "waiting",
    "letter",
    "browser",
    "what",
    "code",
    "at",
    "opens_at",
    "categories",
}
LEADS_TO_THE_REPORTER = {"receipt", "received_at", "track_link"}
OPENS_THE_RESPONDENTS_DOOR = {"appeal_link", "appeal_code", "answer_link", "statement", "sanction"}

NOTICES = sorted(pack().notices.items())


def texts(template: NoticeTemplate) -> tuple[NoticeText, NoticeText]:
    return template.zh, template.en


def test_every_notice_is_there_and_none_besides() -> None:
    assert set(pack().notices) == TO_REPORTER | NOT_TO_REPORTERS


@pytest.mark.parametrize(("code", "template"), NOTICES)
def test_each_language_leaves_exactly_the_gaps_that_are_declared(
    code: str, template: NoticeTemplate
) -> None:
    for text in texts(template):
        assert gaps_in(text.subject) | gaps_in(text.body) == set(template.gaps)
    assert set(template.gaps) <= KNOWN_GAPS


@pytest.mark.parametrize("code", sorted(NOT_TO_REPORTERS))
def test_nothing_that_anybody_else_reads_leads_to_the_reporter(code: str) -> None:
    assert not set(pack().notices[code].gaps) & LEADS_TO_THE_REPORTER


@pytest.mark.parametrize("code", sorted(TO_REPORTER | TO_EITHER))
def test_a_reporter_gets_neither_the_respondents_links_nor_letter(code: str) -> None:
    assert not set(pack().notices[code].gaps) & OPENS_THE_RESPONDENTS_DOOR


@pytest.mark.parametrize(
    ("code", "template"), [each for each in NOTICES if each[0] not in WITHIN_ANOTHER]
)
def test_three_questions_are_answered_in_few_lines(code: str, template: NoticeTemplate) -> None:
    for text, questions in zip(
        texts(template),
        (("现在：", "接下来：", "您现在可以："), ("Now: ", "Next: ", "You can: ")),
        strict=True,
    ):
        found = [text.body.find(f"\n{question}") for question in questions]
        assert -1 not in found
        assert found == sorted(found)
        assert len(text.body.splitlines()) <= 15


@pytest.mark.parametrize(("code", "template"), NOTICES)
def test_nobody_is_shouted_at(code: str, template: NoticeTemplate) -> None:
    for text in texts(template):
        assert not set("!！") & set(text.subject + text.body)


def test_the_step_that_a_missed_answer_costs_is_the_step_that_notices_name() -> None:
    assert policy().procedure.answer.raise_by == 1
    for code in ("answer_requested", "answer_reminder", "answer_missed"):
        assert "上调一级" in pack().notices[code].zh.body
        assert "one step" in pack().notices[code].en.body


def statement() -> StatementTexts:
    found = pack().statement
    assert found is not None
    return found


def test_a_statement_has_a_word_for_every_penalty_and_scope() -> None:
    for words in (statement().zh, statement().en):
        assert set(words.penalties) == set(Penalty)
        assert set(words.scopes) == set(Scope)
        assert set(words.outcome_to_reporter) == {*Penalty, "none"}


def test_a_statement_leaves_the_same_gaps_in_both_languages() -> None:
    zh, en = (words.model_dump() for words in (statement().zh, statement().en))

    assert _gaps(zh) == _gaps(en)


def _gaps(words: dict[str, str | dict[str, str]]) -> dict[str, frozenset[str]]:
    flat: dict[str, frozenset[str]] = {}
    for key, text in words.items():
        if isinstance(text, str):
            flat[key] = gaps_in(text)
        else:
            flat |= {f"{key}.{name}": gaps_in(line) for name, line in text.items()}
    return flat
