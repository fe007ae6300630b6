"""Complaints from a desk elsewhere: in once, never by hearsay; answers go out once."""

from datetime import timedelta

from tests.fakes.desk import MemoryDesk
from tests.stories.merchants import merchant, review
from tests.stories.stage import Stage, refused

from gongdao.domain.access.model import Caller
from gongdao.domain.disputes.desk_ports import SentFile
from gongdao.domain.disputes.events import Came, Sent, StateThere
from gongdao.domain.disputes.model import Dispute
from gongdao.domain.flows.syncing import Joined
from gongdao.domain.kernel.errors import BadInput, NotFound, Refused
from gongdao.domain.kernel.ids import DisputeId

FILE = SentFile("refund.png", "image/png", b"picture")


def joined(stage: Stage) -> tuple[Joined, MemoryDesk, Caller]:
    """An organisation whose account is joined to a desk with two complaints."""
    ours, boss = merchant(stage)
    shop = stage.app.disputes.organising.add_shop(ours, "wechat", "收款账号", boss)
    desk = MemoryDesk()
    for n in range(2):
        at = stage.clock() + timedelta(minutes=n - 30)
        desk.complain(f"c{n}", at, "扣了两次款", order=f"o{n}", amount_fen=1280)
    return Joined(ours, shop, desk), desk, boss


def now(stage: Stage, dispute: DisputeId, caller: Caller) -> Dispute:
    return stage.app.disputes.disputing.held(dispute, caller)[0].now


def test_each_complaint_comes_in_once_however_often_it_is_read(stage: Stage) -> None:
    to, desk, boss = joined(stage)
    syncing = stage.app.disputes.syncing
    since = stage.clock() - timedelta(days=1)
    desk.breaks_after = 1
    first = syncing.pull(to, since)
    assert (len(first.new), first.broke_off) == (1, True)
    desk.breaks_after = None
    second = syncing.pull(to, since)
    assert (len(second.new), second.changed, second.broke_off) == (1, (), False)
    again = syncing.pull(to, since)
    assert (again.new, again.changed, again.seen) == ((), (), 3)
    found = now(stage, first.new[0], boss)
    assert (found.came, found.there) == (Came.CONNECTOR, StateThere.WAITING)
    assert found.facts.amount_fen == 1280


def test_a_call_is_believed_only_as_far_as_the_desk_says_so(stage: Stage) -> None:
    to, desk, boss = joined(stage)
    syncing = stage.app.disputes.syncing
    assert syncing.heard(to, "forged") is None
    dispute = syncing.heard(to, "c0")
    assert dispute is not None
    desk.goes_on("c0")
    assert syncing.heard(to, "c0") == dispute
    found = now(stage, dispute, boss)
    assert (found.there, found.times_there) == (StateThere.WAITING, 2)


def test_an_answer_goes_out_once_even_if_nobody_heard_that_it_arrived(stage: Stage) -> None:
    to, desk, boss = joined(stage)
    syncing = stage.app.disputes.syncing
    dispute = syncing.heard(to, "c0") or DisputeId("")
    desk.loses_answers = True
    assert syncing.reply(to, dispute, "已为您退款。", boss) is Sent.DONE
    assert syncing.reply(to, dispute, "已为您退款。", boss) is Sent.DONE
    assert desk.calls == ["reply"]
    assert syncing.complete(to, dispute, boss) is Sent.DONE
    found = now(stage, dispute, boss)
    assert found.there is StateThere.ENDED
    assert [each.how for each in found.sent_out] == [Sent.DONE] * 3


def test_what_never_arrived_is_uncertain_and_goes_again_once_it_was_looked_for(
    stage: Stage,
) -> None:
    to, desk, boss = joined(stage)
    syncing = stage.app.disputes.syncing
    dispute = syncing.heard(to, "c0") or DisputeId("")
    desk.drops_calls = True
    assert syncing.reply(to, dispute, "已为您退款。", boss) is Sent.UNCERTAIN
    desk.drops_calls = False
    with refused("dispute.being_sent", Refused, n=3):
        syncing.reply(to, dispute, "已为您退款。", boss)
    stage.clock.pass_(minutes=3)
    assert syncing.reply(to, dispute, "已为您退款。", boss) is Sent.DONE
    assert desk.there["c0"].replies == ("已为您退款。",)
    desk.drops_calls = True
    assert syncing.material(to, dispute, "退款凭证", (FILE,), boss) is Sent.UNCERTAIN
    stage.clock.pass_(minutes=3)
    with refused("dispute.perhaps_sent", Refused):  # nobody can look for material there
        syncing.material(to, dispute, "退款凭证", (FILE,), boss)


def test_only_its_own_disputes_are_answered_there_and_only_by_members(stage: Stage) -> None:
    to, desk, boss = joined(stage)
    syncing = stage.app.disputes.syncing
    dispute = syncing.heard(to, "c0") or DisputeId("")
    with refused("not_found", NotFound):
        syncing.reply(to, dispute, "您好", stage.account("li_si"))
    other = review(stage, to.organisation, boss, reference="c0")
    with refused("dispute.not_from_there", Refused):
        syncing.reply(to, other, "您好", boss)
    with refused("dispute.reply_length", BadInput, most=desk.longest_reply):
        syncing.reply(to, dispute, "长" * 201, boss)
    del desk.there["c0"]
    with refused("dispute.gone_there", Refused):
        syncing.complete(to, dispute, boss)
    assert desk.calls == []
