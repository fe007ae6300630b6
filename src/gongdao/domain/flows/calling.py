"""Sending messages to the operator's app: at least once, in order, every attempt on record."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongdao.domain.flows.announcing import WEBHOOK
from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.errors import BadInput, GongdaoError, PeerFailed
from gongdao.domain.outgoing import rules
from gongdao.domain.outgoing.model import Answer, Attempt, Call, SendingId, SendingState
from gongdao.domain.outgoing.ports import Post


@dataclass(frozen=True, slots=True)
class Calling:
    """The handler of the outbox topic `webhook`."""

    records: Records
    post: Post

    def __call__(self, payload: Mapping[str, str], *, last: bool = False) -> None:
        """Make one attempt, where it is this sending's turn.

        A failure is kept and raised so that the queue tries again later. Whoever ends, delivered
        or given up, lets the next message on the same subject follow, in the same transaction.
        """
        r, sending = self.records, SendingId(payload["sending"])
        with r.work():
            call = r.webhooks.turn(sending, r.clock())
        if call is None:
            return
        began = r.clock()
        answer, problem = self._ask(call)
        state = SendingState.DELIVERED
        if problem is not None:
            final = last or not isinstance(problem, PeerFailed)
            state = SendingState.GIVEN_UP if final else SendingState.WAITING
        attempt = Attempt(
            at=began,
            status=answer.status if answer else None,
            error=problem.code if problem else None,
            answer=answer.text if answer else "",
        )
        with r.work():
            following = r.webhooks.keep(sending, attempt, state)
            if following is not None:
                key = f"{following}.after.{sending}.{r.new_id()}"
                r.outbox.post(WEBHOOK, key, {"sending": following})
        if problem is not None:
            raise problem

    def _ask(self, call: Call) -> tuple[Answer | None, GongdaoError | None]:
        try:
            answer = self.post.send(call.url, rules.headers(call, self.records.clock()), call.body)
        except (PeerFailed, BadInput) as problem:
            return None, problem
        return answer, rules.problem_with(answer)
