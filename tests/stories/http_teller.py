"""Plays the story by calling the API, as an operator's app and its people would."""

import re
from typing import Any

from django.test import Client
from tests.stories.stage import GROUNDS, INSULT, REASONS
from tests.stories.the_story import Seen

from gongdao import bootstrap
from gongdao.domain.decisions.model import strikes
from gongdao.domain.kernel.events import Role
from gongdao.storage import codec
from gongdao.storage.models import Account, EventRow, ReportRow

API = "/api/v1"
REPORT: dict[str, Any] = {
    "subject": {
        "kind": "content",
        "ref": "post-81",
        "snapshot": "你就是个废物，活着浪费粮食。",
        "account": "li_si",
    },
    "category": "abuse",
    "statement": "他在评论里这样骂我，请处理。",
    "contact": "zhang.san@example.org",
}


def about(ref: str) -> dict[str, Any]:
    """The same report of something else, which therefore opens a case of its own."""
    return {**REPORT, "subject": {**REPORT["subject"], "ref": ref}}


class Program:
    """A program that calls the API with a key, with a code, or as nobody."""

    def __init__(self, **headers: str) -> None:
        self.client = Client(headers=headers)

    def get(self, path: str) -> Any:
        answer = self.client.get(f"{API}{path}")
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()

    def post(self, path: str, **body: Any) -> Any:
        answer = self.client.post(f"{API}{path}", body, content_type="application/json")
        assert answer.status_code in {200, 201}, answer.content.decode()
        return answer.json()


def with_key(secret: str) -> Program:
    """A program with a key."""
    return Program(Authorization=f"Bearer {secret}")


def hired(name: str, *roles: Role) -> tuple[str, Program]:
    """Somebody on the staff who works through the API: their party, and their program."""
    party, email = bootstrap.new_party("zh-hans"), f"{name}@staff.example"
    held = [role.value for role in roles]
    Account.objects.create_user(email, name=name, roles=held, party_id=party)
    return party, with_key(bootstrap.api_keys().create(name, roles, email))


class HttpTeller:
    """Plays the story over HTTP."""

    receipt: dict[str, Any]
    decision: str
    appealed: str

    def __init__(self) -> None:
        self.staff = dict(hired(name, Role.REVIEWER) for name in ("ana", "bo"))
        self.ana = next(iter(self.staff.values()))
        self.app = with_key(bootstrap.api_keys().create("app server", [Role.APP]))

    @property
    def reporter(self) -> Program:
        return Program(**{"X-Case-Code": self.receipt["receipt"]})

    @property
    def respondent(self) -> Program:
        """Somebody with the code that stands in the first notice to them."""
        first = self.app.get("/notices?account=li_si")[-1]["body"]
        link = re.search(r"/(?:answer|appeal)/([0-9A-Z-]{24})/", first)
        assert link is not None
        return Program(**{"X-Case-Code": link[1]})

    def report(self, ref: str = "post-81") -> None:
        self.receipt = Program().post("/reports", **about(ref))

    def accept(self) -> None:
        self.ana.post(f"{self._case}/acceptance", reasons="看起来属于辱骂，予以受理。")

    def ask(self) -> None:
        self.ana.post(f"{self._case}/answer-request", reasons="请说明您为什么在评论里这样说。")

    def answer(self) -> None:
        self.respondent.post(f"{self._case}/answer", reasons=GROUNDS)

    def decide(self) -> None:
        self.decision = self.ana.post(
            f"{self._case}/decisions",
            outcome="violation",
            clause=INSULT,
            findings="被举报人在评论区对楼主写了这句话。",
            reasons=REASONS,
        )["id"]

    def appeal(self) -> None:
        made = self.respondent.post("/appeals", decision=self.decision, grounds=GROUNDS)
        self.appealed = made["id"]

    def overturn(self) -> None:
        reviewer = self.staff[self.reviewed_by()]
        reviewer.post(f"/appeals/{self.appealed}/outcome", ending="overturn", reasons=REASONS)

    def reporter_sees(self) -> Seen:
        return seen(Program().get(f"/receipts/{self.receipt['receipt']}"))

    def respondent_sees(self) -> Seen:
        return seen(self.respondent.get(self._case))

    def decided_by(self) -> str:
        return str(self.ana.get(f"/decisions/{self.decision}")["decided_by"])

    def reviewed_by(self) -> str:
        return str(self.ana.get(f"/appeals/{self.appealed}")["reviewer"])

    def told(self) -> list[tuple[str, str]]:
        notices = [*self.reporter.get("/notices"), *self.app.get("/notices?account=li_si")]
        notices.sort(key=lambda notice: (notice["issued_at"], notice["id"]))
        return [(notice["reader"], notice["template"]) for notice in notices]

    def strikes(self) -> int:
        records = bootstrap.app().records
        had = records.sanctions.seen_of(records.parties.by_account("li_si"))
        return strikes(had, INSULT, records.clock())

    def broken_leaves(self) -> list[str]:
        (report,) = ReportRow.objects.all()
        leaf = codec.leaf_hash(codec.report_entry(report.body))
        broken = [] if leaf.hex() == self.receipt["leaf"] else ["the report"]
        for row in EventRow.objects.all():
            entry = codec.event_entry(str(row.stream), row.version, row.kind, row.body)
            if codec.leaf_hash(entry) != bytes(row.leaf):
                broken.append(f"{row.kind} {row.version}")
        return broken

    @property
    def _case(self) -> str:
        return f"/cases/{self.receipt['case']}"


def seen(view: dict[str, Any]) -> Seen:
    """What an answer shows, in the story's words."""
    decision = view["decisions"][-1] if view["decisions"] else None
    letter = decision["statement_zh"] if decision else None
    sections = letter["sections"] if letter else []
    return Seen(
        stage=view["stage"],
        outcome=view["outcome"],
        can=frozenset(view["can"]),
        decision=decision["state"] if decision and letter else None,
        measures=tuple((s["penalty"], s["state"]) for s in decision["sanctions"])
        if decision
        else (),
        letter="\n".join(line for section in sections for line in section["lines"]),
    )
