"""Files over the API: sent by tus, handed in, opened by their links, and refused with a reason."""

import asyncio
import hashlib
import threading
from base64 import b64encode
from collections.abc import Sequence
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from tests.fakes.looks import ReaderInHere
from tests.fakes.vault import HeadExaminer
from tests.stories.fast_client import in_a_loop
from tests.stories.files_of import PNG
from tests.stories.http_teller import API, HttpTeller, Program

from gongdao.adapters.opening import not_opened
from gongdao.api.fast_uploads import AT_ONCE_FROM_ONE, FastUploads
from gongdao.api.uploads import ADDRESS, OCTETS
from gongdao.bootstrap import app
from gongdao.bootstrap.vaulting import link
from gongdao.domain.evidence.uploads import Examined
from gongdao.domain.flows.reading_files import ReadFileAt
from gongdao.domain.kernel.ids import Digest

REPORT = {
    "subject": {"kind": "content", "ref": "post-81", "snapshot": "你就是个废物。"},
    "category": "abuse",
    "statement": "他在评论里这样骂我，请处理。",
}
JSON = "application/json"


@pytest.fixture(autouse=True)
def unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tell files by their first bytes: opening them for good is another test's."""
    monkeypatch.setattr(type(app().records.examiner), "look", HeadExaminer().look)


def begin(client: Client, size: int, name: str = "截屏.png") -> str:
    told = b64encode(name.encode()).decode()
    headers = {"Upload-Length": str(size), "Upload-Metadata": f"filename {told}"}
    answer = client.post(ADDRESS.rstrip("/"), headers=headers)
    assert answer.status_code == 201, answer.content
    return str(answer["Location"])


def patch(client: Client, place: str, piece: bytes, offset: int) -> Any:
    return client.patch(place, piece, content_type=OCTETS, headers={"Upload-Offset": str(offset)})


def sent(client: Client, content: bytes = PNG) -> str:
    place = begin(client, len(content))
    assert patch(client, place, content, 0).status_code == 204
    return place.removeprefix(ADDRESS)


@pytest.mark.django_db
def test_a_client_that_speaks_tus_goes_on_where_it_broke_off() -> None:
    client = Client()
    spoken = client.options(ADDRESS.rstrip("/"))
    assert spoken["Tus-Version"] == "1.0.0"
    assert spoken["Tus-Max-Size"] == str(200 * 1024**2)
    place = begin(client, len(PNG))
    assert patch(client, place, PNG[:20], 0)["Upload-Offset"] == "20"
    asked = client.head(place)
    assert (asked["Upload-Offset"], asked["Upload-Length"]) == ("20", str(len(PNG)))
    assert asked["Cache-Control"] == "no-store"
    wrong = patch(client, place, PNG[30:], 30)
    assert (wrong.status_code, wrong.json()["code"]) == (409, "upload.wrong_offset")
    assert patch(client, place, PNG[20:], 20).status_code == 204
    assert client.delete(place).status_code == 204
    assert client.head(place).status_code == 404


@pytest.mark.django_db
def test_a_file_is_handed_in_with_the_receipt_and_opened_by_its_link() -> None:
    client = Client()
    receipt = Program().post("/reports", **REPORT)
    mine = f"{API}/receipts/{receipt['receipt']}/evidence"
    body = {"uploads": [sent(client)], "captured": "screenshot"}
    assert client.post(mine, body, content_type=JSON).status_code == 201
    (seen,) = client.get(mine).json()
    assert (seen["number"], seen["name"], seen["side"]) == (1, "截屏.png", "")
    file = Client().get(seen["file"]["url"].removeprefix(app().records.address))
    assert b"".join(file) == PNG
    assert file["Content-Disposition"].startswith("attachment")
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Security-Policy"].startswith("default-src 'none'")
    assert file["Content-Security-Policy"].endswith("sandbox")
    assert not file.cookies


@pytest.mark.django_db
def test_staff_read_where_it_came_from_and_the_respondent_reads_nothing() -> None:
    teller = HttpTeller()
    teller.report()
    teller.accept()
    case = f"{API}/cases/{teller.receipt['case']}/evidence"
    place = {"message": "m-7", "conversation": "c-1", "quote": "你就是个废物。"}
    body = {"uploads": [sent(Client())], "captured": "export", "locator": place}
    answer = teller.app.client.post(case, body, content_type=JSON)
    assert answer.status_code == 201
    (exhibit,) = answer.json()["exhibits"]
    seen = teller.ana.get(f"/evidence/{exhibit}")
    assert seen["origin"]["locator"] == place
    assert (seen["exhibit"]["side"], seen["origin"]["scan"]) == ("app", "not scanned")
    assert {made["what"] for made in seen["made"]} == {"thumbnail", "view"}
    mark = {"factor": "kept_complete", "finding": "sound"}
    checked = f"{API}/evidence/{exhibit}/checks"
    assert teller.ana.client.post(checked, mark, content_type=JSON).status_code == 201
    assert len(teller.ana.get(f"/evidence/{exhibit}")["checks"]) == 1


@pytest.mark.django_db
def test_staff_take_a_reporters_original_by_asking_and_each_side_reads_its_own_chain() -> None:
    teller = HttpTeller()
    teller.report()
    teller.accept()
    mine = f"{API}/receipts/{teller.receipt['receipt']}/evidence"
    assert Client().post(mine, {"uploads": [sent(Client())]}, content_type=JSON).status_code == 201
    case = teller.receipt["case"]
    (seen,) = teller.ana.get(f"/cases/{case}/evidence")
    assert seen["file"]["url"] == ""
    address = f"{API}/evidence/{seen['id']}"
    taken = teller.ana.client.post(f"{address}/original", {}, content_type=JSON)
    assert b"".join(Client().get(taken.json()["url"].removeprefix(app().records.address))) == PNG
    assert app().records.exhibits.get(seen["id"]).now.taken
    (link,) = Client().get(f"{mine}/chain").json()["links"]
    assert (link["number"], link["missed"], link["by_staff"]) == (1, "waiting", None)
    holder = {"X-Case-Code": teller.receipt["receipt"]}
    said = {"proves": ["content"], "happened": [{"step": "published", "day": "2026-03-01"}]}
    told = Client().post(f"{address}/explanations", said, content_type=JSON, headers=holder)
    assert told.status_code == 201, told.content
    (link,) = teller.ana.get(f"/cases/{case}/evidence/chain")["links"]
    assert link["by_party"]["link"]["proves"] == ["content"]
    found = Client().get(f"{address}/findings", headers=holder).json()
    assert (found["missed"], found["found"], found["lines"]) == ("waiting", [], [])
    assert Client().get(f"{address}/findings").status_code == 404


@pytest.mark.django_db
def test_a_reviewer_hides_in_a_text_by_the_numbers_that_were_read() -> None:
    teller = HttpTeller()
    teller.report()
    teller.accept()
    case = f"{API}/cases/{teller.receipt['case']}/evidence"
    body = {"uploads": [sent(Client(), "加我 13800138000，老陈\n".encode())]}
    (exhibit,) = teller.app.client.post(case, body, content_type=JSON).json()["exhibits"]
    hide = f"{API}/evidence/{exhibit}/texts/hide"
    early = teller.ana.client.post(hide, {}, content_type=JSON)
    assert early.json()["code"] == "look.not_yet"
    ReadFileAt(app().records, ReaderInHere())({"exhibit": exhibit}, last=False)
    found = teller.ana.get(f"/evidence/{exhibit}/findings")["found"]
    (number,) = [n for n, each in enumerate(found) if each["written"] == "13800138000"]
    choice = {"accepted": [number], "passages": ["老陈"]}
    assert Client().post(hide, choice, content_type=JSON).status_code == 404
    made = teller.ana.client.post(hide, choice, content_type=JSON)
    assert made.status_code == 201, made.content
    copy = made.json()["sha256"]
    assert b"".join(app().records.files.read(copy)).decode() == "加我 [电话1]，[隐去1]\n"
    released = f"{API}/evidence/{exhibit}/release"
    there = teller.ana.client.post(released, {"sha256": copy}, content_type=JSON)
    assert there.status_code == 201


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "code"),
    [(b"<svg onload=alert(1)>", "file.page"), (b"MZ" + bytes(80), "file.program")],
)
def test_what_is_not_taken_is_said_at_once(content: bytes, code: str) -> None:
    client = Client()
    place = begin(client, len(content))
    answer = patch(client, place, content, 0)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert client.head(place).status_code == 404


@pytest.mark.django_db
def test_what_is_too_large_or_no_piece_of_a_file_is_refused() -> None:
    client = Client()
    large = client.post(ADDRESS.rstrip("/"), headers={"Upload-Length": str(201 * 1024**2)})
    assert (large.status_code, large.json()["code"]) == (413, "file.too_large")
    for headers in ({}, {"Upload-Length": "many"}, {"Upload-Length": "-1"}):
        assert client.post(ADDRESS.rstrip("/"), headers=headers).status_code == 400
    place = begin(client, 10)
    assert client.patch(place, b"x", content_type=JSON).status_code == 400
    assert patch(client, place, bytes(11), 0).status_code == 409
    assert patch(client, f"{ADDRESS}no-such", b"x", 0).status_code == 404
    assert client.get(place).status_code == 405


@pytest.mark.django_db
def test_a_link_says_nothing_and_ends() -> None:
    ticket = link(Digest("a" * 64), "image/png", "张三的截屏.png")
    assert "张三" not in ticket
    assert "a" * 20 not in ticket
    for tried in (ticket, ticket[:-2] + "xx", "nonsense"):
        assert Client().get(f"/files/{tried}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_bytes_come_in_on_their_own_way() -> None:
    content = PNG + bytes(300_000)
    place = begin(Client(), len(content))
    answer = in_a_loop(
        _asgi(place, [content[n : n + 65536] for n in range(0, len(content), 65536)])
    )
    assert (answer["status"], answer["headers"][b"upload-offset"]) == (204, b"%d" % len(content))
    looked = app().uploading.status(place.removeprefix(ADDRESS)).looked
    assert looked is not None
    assert looked.file.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.django_db(transaction=True)
def test_whoever_breaks_off_goes_on_from_what_came() -> None:
    place = begin(Client(), len(PNG))
    in_a_loop(_asgi(place, [PNG[:20], None]))
    assert Client().head(place)["Upload-Offset"] == "20"
    assert in_a_loop(_asgi(place, [PNG[20:]], 20))["status"] == 204


async def _asgi(
    place: str, pieces: Sequence[bytes | None], offset: int = 0, route: FastUploads | None = None
) -> Any:
    """Send pieces as a server hands them over; None is somebody who is gone."""
    headers = [(b"content-type", OCTETS.encode()), (b"upload-offset", b"%d" % offset)]
    scope = {"type": "http", "method": "PATCH", "path": place, "headers": headers}
    coming = list(enumerate(pieces, 1))
    said: dict[str, Any] = {"status": None, "headers": {}}

    async def receive() -> Any:
        number, piece = coming.pop(0)
        if piece is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": piece, "more_body": number < len(pieces)}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            said.update(status=message["status"], headers=dict(message["headers"]))

    await (route or FastUploads(_nowhere))(scope, receive, send)
    return said


@pytest.mark.django_db(transaction=True)
def test_costly_files_take_nobodys_place_who_sends(monkeypatch: pytest.MonkeyPatch) -> None:
    held, opening, some = threading.Event(), threading.Semaphore(0), FastUploads(_nowhere)

    def costly(path: str, size: int) -> Examined:
        opening.release()
        assert held.wait(20)
        return HeadExaminer().look(path, size)

    monkeypatch.setattr(type(app().records.examiner), "look", staticmethod(costly))
    costly_ones = [begin(Client(), len(PNG)) for _ in range(AT_ONCE_FROM_ONE + 1)]
    other = begin(Client(), len(PNG))

    async def play() -> list[Any]:
        tasks = [asyncio.create_task(_asgi(p, [PNG], route=some)) for p in costly_ones[:-1]]
        for _ in tasks:
            assert await asyncio.to_thread(opening.acquire, timeout=10)
        crowded = await asyncio.wait_for(_asgi(costly_ones[-1], [PNG], route=some), 10)
        assert crowded["status"] == 503, "this network has as many opened as it may"
        sent_on = await asyncio.wait_for(_asgi(other, [PNG[:20]], route=some), 10)
        assert (sent_on["status"], sent_on["headers"][b"upload-offset"]) == (204, b"20")
        held.set()
        return [*await asyncio.gather(*tasks), await _asgi(costly_ones[-1], [b""], len(PNG))]

    try:
        assert [each["status"] for each in in_a_loop(play())] == [204] * len(costly_ones)
    finally:
        held.set()


@pytest.mark.django_db(transaction=True)
def test_what_could_not_be_opened_is_opened_by_sending_nothing_more() -> None:
    place = begin(Client(), len(PNG))
    with mock.patch.object(type(app().records.examiner), "look", side_effect=not_opened()):
        assert in_a_loop(_asgi(place, [PNG]))["status"] == 503
    assert Client().head(place)["Upload-Offset"] == str(len(PNG))
    assert in_a_loop(_asgi(place, [b""], len(PNG)))["status"] == 204
    assert app().uploading.status(place.removeprefix(ADDRESS)).looked is not None


@pytest.mark.django_db(transaction=True)
def test_one_network_cannot_take_the_places_of_all() -> None:
    place = begin(Client(), 1000)

    async def play() -> None:
        ended, statuses = asyncio.Event(), []
        route = FastUploads(_nowhere)

        async def silent() -> Any:
            await ended.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            statuses.append(message.get("status"))

        def ask(address: str) -> "asyncio.Task[None]":
            scope = {
                "type": "http",
                "method": "PATCH",
                "path": f"{place}-{len(asked)}",
                "headers": [(b"content-type", b"text/plain")],
                "client": (address, 1),
            }
            return asyncio.create_task(route(scope, silent, send))

        asked: list[asyncio.Task[None]] = []
        with mock.patch.multiple(FastUploads, _take=_held(ended), _end=_held(ended)):
            for _ in range(AT_ONCE_FROM_ONE + 1):
                asked.append(ask("203.0.113.7"))
                await asyncio.sleep(0)
            assert statuses[0] == 503
            statuses.clear()
            asked.append(ask("203.0.113.8"))
            await asyncio.sleep(0)
            assert statuses == []
            ended.set()
            await asyncio.gather(*asked)
            assert set(statuses) == {204, None}

    in_a_loop(play())


def _held(until: asyncio.Event) -> Any:
    async def take(*_: Any) -> dict[str, str]:
        await until.wait()
        return {}

    return take


async def _nowhere(*_: Any) -> None:
    raise AssertionError
