"""What parties, codes and the staff list promise."""

import re

import pytest
from tests.stories.stage import Stage, refused

from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId, PersonId

ABSENT = PersonId("00000000-0000-7000-8000-999999999999")


class TestParties:
    def test_an_account_is_one_party_however_it_is_written(self, stage: Stage) -> None:
        by_account = stage.records.parties.by_account
        known = by_account("Li_Si")
        assert {by_account(name) for name in ("li_si", " LI_SI ", "Li_Si")} == {known}
        assert by_account("li-si") != known
        assert stage.records.parties.account(known) == "Li_Si"
        nobody = stage.records.parties.newcomer(None, "zh-hans")
        assert stage.records.parties.accounts({known, nobody}) == {known: "Li_Si"}

    def test_asking_for_an_account_makes_none(self, stage: Stage) -> None:
        parties = stage.records.parties
        assert parties.known("li_si") is None
        assert parties.known("li_si") is None
        person = parties.by_account("li_si")
        assert parties.known(" LI_SI") == person

    def test_every_newcomer_is_somebody_new(self, stage: Stage) -> None:
        newcomer = stage.records.parties.newcomer
        assert newcomer("a@example.org", "en") != newcomer("a@example.org", "en")
        assert stage.records.parties.account(newcomer(None, "en")) is None

    def test_the_language_is_what_was_said(self, stage: Stage) -> None:
        parties = stage.records.parties
        assert parties.language(parties.newcomer(None, "en")) == "en"
        assert parties.language(parties.by_account("li_si")) == "zh-hans"

    @pytest.mark.parametrize(
        ("contact", "address"),
        [(" a@example.org ", "a@example.org"), ("13800138000", None), ("", None), (None, None)],
    )
    def test_only_an_address_is_an_address(
        self, stage: Stage, contact: str | None, address: str | None
    ) -> None:
        parties = stage.records.parties
        assert parties.address(parties.newcomer(contact, "en")) == address

    def test_a_contact_given_later_takes_the_place_of_the_earlier_one(self, stage: Stage) -> None:
        parties = stage.records.parties
        person = parties.by_account("li_si")
        for contact in ("a@example.org", " b@example.org "):
            parties.reachable(person, contact)
        assert parties.address(person) == "b@example.org"
        assert sorted(parties.known_as(person)) == ["b@example.org", "li_si"]

    def test_people_are_known_by_all_their_names(self, stage: Stage) -> None:
        parties = stage.records.parties
        assert parties.known_as(parties.by_account("li_si")) == ["li_si"]
        assert parties.known_as(parties.newcomer("a@example.org", "en")) == ["a@example.org"]
        assert parties.known_as(parties.newcomer("x", "en")) == []
        ana = stage.hire("ana", Role.REVIEWER).person
        assert ana is not None
        assert set(parties.known_as(ana)) == {"ana", "ana@staff.example"}

    def test_a_subject_is_found_again_and_not_named(self, stage: Stage) -> None:
        key = stage.records.parties.subject_key
        assert key("content", "post-81") == key("content", "post-81")
        assert (
            len({key("content", "post-81"), key("account", "post-81"), key("content", "81")}) == 3
        )
        assert "post-81" not in key("content", "post-81")

    def test_strangers_are_not_found(self, stage: Stage) -> None:
        parties = stage.records.parties
        for ask in (parties.language, parties.address, parties.account, parties.known_as):
            with refused("not_found", NotFound):
                ask(ABSENT)


class TestCodes:
    def test_a_code_opens_its_case_to_its_party_and_stays_the_same(self, stage: Stage) -> None:
        codes, person = stage.records.codes, stage.records.parties.newcomer(None, "en")
        case = CaseId(stage.records.new_id())
        code = codes.issue(case, person)
        assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}", code)
        assert codes.issue(case, person) == code
        assert codes.opens(code) == (case, person)

    def test_each_party_and_each_case_has_a_code_of_its_own(self, stage: Stage) -> None:
        r = stage.records
        people = [r.parties.newcomer(None, "en") for _ in range(3)]
        cases = [CaseId(r.new_id()) for _ in range(3)]
        assert len({r.codes.issue(case, person) for case in cases for person in people}) == 9

    def test_a_code_is_read_as_people_write_it(self, stage: Stage) -> None:
        r = stage.records
        case, person = CaseId(r.new_id()), r.parties.newcomer(None, "en")
        code = r.codes.issue(case, person)
        for written in (
            code.lower(),
            code.replace("-", ""),
            code.replace("-", " "),
            f"  {code}\n",
            code.replace("0", "O").replace("1", "I"),
            code.replace("0", "o").replace("1", "l"),
        ):
            assert r.codes.opens(written) == (case, person)

    def test_any_other_code_is_unknown(self, stage: Stage) -> None:
        for wrong in ("", "-", "0" * 20, "五个字的码"):
            with refused("code.unknown", NotFound):
                stage.records.codes.opens(wrong)


class TestStaff:
    def test_only_reviewers_may_be_handed_appeals(self, stage: Stage) -> None:
        ana, cy = stage.hire("ana", Role.REVIEWER), stage.hire("cy", Role.SENIOR_REVIEWER)
        stage.hire("ou", Role.AUDITOR)
        stage.hire("op", Role.OPERATOR)
        found = {staff.person: staff for staff in stage.records.staff.reviewers()}
        assert set(found) == {ana.person, cy.person}
        assert found[PersonId(str(cy.person))].roles == {Role.SENIOR_REVIEWER}

    def test_operators_are_known(self, stage: Stage) -> None:
        stage.hire("ana", Role.REVIEWER)
        op = stage.hire("op", Role.OPERATOR, Role.AUDITOR)
        assert stage.records.staff.operators() == [op.person]

    def test_only_the_staff_is_called_by_name(self, stage: Stage) -> None:
        ou = stage.hire("ou", Role.AUDITOR).person
        assert ou is not None
        assert stage.records.staff.name(ou) == "ou"
        assert stage.records.staff.name(stage.records.parties.by_account("li_si")) is None

    def test_open_appeals_are_counted_and_closed_ones_are_not(self, stage: Stage) -> None:
        ana, bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
        appeals = [stage.appealed(stage.decided(ana)) for _ in range(2)]

        def busy() -> dict[PersonId, int]:
            return {s.person: s.open_appeals for s in stage.records.staff.reviewers()}

        assert busy() == {ana.person: 0, bo.person: 2}
        stage.app.reviewing.uphold(appeals[0], "复核认为原决定没有错误。", bo)
        assert busy() == {ana.person: 0, bo.person: 1}
