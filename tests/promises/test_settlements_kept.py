"""What is promised of negotiations, and what the database itself refuses of them."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from tests.stories.stage import Stage, refused, stage_on_postgres
from tests.stories.talks import NAME, Talk

from gongdao.domain.kernel.errors import Refused
from gongdao.domain.kernel.events import SYSTEM
from gongdao.domain.settlement.events import Matter, MessageSent, OfferAccepted, Side, TalkOpened
from gongdao.domain.verification.model import invitation_id


class TestSettlements:
    def test_they_are_found_by_matter_and_code_and_one_is_open(self, stage: Stage) -> None:
        talk = Talk(stage)
        settlements = stage.records.settlements
        found = settlements.inviting(invitation_id(talk.code.lower()))
        assert found is not None
        assert found.now.id == talk.id
        assert [held.now.id for held in settlements.of_matter(found.now.matter)] == [talk.id]
        assert settlements.inviting(invitation_id("AAAA")) is None
        other = Matter(found.now.matter.kind, stage.records.new_id())
        both = settlements.about([other, found.now.matter])
        assert [held.now.id for held in both] == [talk.id]
        assert settlements.about([other]) == []
        opened = settlements.history(talk.id)[0].event
        assert isinstance(opened, TalkOpened)
        second = replace(opened, invitation=invitation_id("AAAA"))
        with refused("settlement.open_already", Refused), stage.records.work():
            settlements.add(stage.records.new_id(), [second], after=0)


@pytest.mark.django_db
def test_the_database_keeps_a_stop_and_one_agreement() -> None:
    postgres = stage_on_postgres()
    talk = Talk(postgres)
    talk.agree()
    talk.stories.negotiating.stop(talk.theirs)
    held = postgres.records.settlements.get(talk.id)
    seal, at = held.now.subject, postgres.clock()
    said = MessageSent(at=at, by=SYSTEM, side=Side.INVITER, text=seal, template=None, found=())
    again = OfferAccepted(at=at, by=SYSTEM, offer=1, signed=seal, document=NAME)
    for step, name in ((said, "no more contact"), (again, "have agreed")):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            postgres.records.settlements.add(talk.id, [step], after=held.version)
