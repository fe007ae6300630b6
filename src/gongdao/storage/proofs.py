"""Who is let through with a report: so many a minute for nothing, some more for a proof of work.

A challenge is not kept: it carries a keyed digest over itself and the network that asked for it.
What is kept is that one was used, under a keyed digest and until it would have run out, in the
table that all processes share; so that each lets one report through, whichever process it meets.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from django.db import connection, transaction

from gongdao.domain.intake.proof import Challenge, Demands, Proof
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.storage import rate_limits
from gongdao.storage.people import Secrets

_USE = "insert into rate_limit (key, free_at) values (%s, %s) on conflict (key) do nothing"
_ASK = """
    insert into rate_limit as held (key, free_at) values (%(key)s, %(first)s)
    on conflict (key) do update set free_at = least(
        greatest(held.free_at, %(now)s) + %(cost)s * interval '1 second',
        greatest(held.free_at, %(latest)s)
    )
    returning free_at
"""


@dataclass(frozen=True, slots=True)
class Proofs:
    """Asks for proofs of work, and takes each once."""

    secrets: Secrets
    salt: Callable[[], bytes]
    demands: Demands

    def let_in(self, address: str, given: str | None, now: datetime) -> None:
        """Count one more report; Refused with a challenge where it takes a proof and has none."""
        wait = rate_limits.spend(self.secrets, "report", address, self.demands.free, now)
        if wait is None:
            return
        proof = self._genuine(address, given, now) if given else None
        if proof is None:
            raise self._asked(address, wait, now)
        with transaction.atomic():  # a proof that came too soon is not used up
            used = self._use(proof, now)
            if used:
                rate_limits.allow(self.secrets, "proven", address, self.demands.proven, now)
        if not used:
            raise self._asked(address, wait, now)

    def look_at(self, address: str, given: str, now: datetime) -> None:
        """Refuse at once what is no proof: before anything is read that came with it."""
        if self._genuine(address, given, now) is None:
            raise self._asked(address, 1, now)

    def _genuine(self, address: str, given: str, now: datetime) -> Proof | None:
        proof = Proof.read(given)
        if proof is None:
            return None
        ours = compare_digest(self._mark(proof.challenge, address), proof.mark)
        return proof if ours and proof.holds(now) else None

    def _mark(self, challenge: Challenge, address: str) -> str:
        said = f"{challenge.text}\n{rate_limits.network(address)}"
        return self.secrets.keyed("proof challenge", said)

    def _use(self, proof: Proof, now: datetime) -> bool:
        """Whether this is its first use. Of two at once the second waits for the first."""
        key = self.secrets.keyed("proof used", proof.handed_out)
        with connection.cursor() as cursor:
            cursor.execute(_USE, [key, max(now, proof.challenge.until) + rate_limits.MINUTE])
            return bool(cursor.rowcount)

    def _asked(self, address: str, wait: int, now: datetime) -> Refused:
        """What says that a proof is needed, with a new challenge."""
        bits = self.demands.difficulty(self._count(address, now))
        challenge = Challenge.new(bits, self.salt(), now)
        return Refused(
            "proof.required",
            hint_noop(
                "Many reports come from your network. Send yours again with the small computation "
                "that this answer asks for, or in {seconds} seconds without it."
            ),
            seconds=wait,
            challenge=f"{challenge.text}.{self._mark(challenge, address)}",
            difficulty=bits,
            expires=challenge.until,
        )

    def _count(self, address: str, now: datetime) -> float:
        """How many challenges this network asked for of late, before this one."""
        cost = rate_limits.MINUTE / self.demands.free
        with connection.cursor() as cursor:
            cursor.execute(
                _ASK,
                {
                    "key": self.secrets.keyed("rate proof", rate_limits.network(address)),
                    "now": now,
                    "first": now + cost,
                    "latest": now + cost * self.demands.most_asked,
                    "cost": cost.total_seconds(),
                },
            )
            (free_at,) = cursor.fetchone()
        asked: float = (free_at - now) / cost
        return max(0.0, asked - 1)
