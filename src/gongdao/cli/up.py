"""`gongdao up`, `web` and `worker`: the programs of an installation, together or one by one."""

import contextlib
import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from types import FrameType, ModuleType
from typing import TYPE_CHECKING, Annotated

import typer

from gongdao import bootstrap
from gongdao.adapters.parent import TIED, end_with_parent
from gongdao.cli.children import FIRST_PAUSE, LONGEST_PAUSE, TICK, Child, Household
from gongdao.cli.database import ADDRESS, check_server, set_up, use_database
from gongdao.domain.kernel.errors import GongdaoError, PeerFailed, Refused
from gongdao.site.config import Config, Mode, local_only, variable

if TYPE_CHECKING:
    from gongdao.bootstrap import EmbeddedPostgres

FIRST_PAGE_SECONDS = 60.0


class Stopped(BaseException):
    """Somebody asked us to stop. No Exception, so that nothing swallows it on its way."""


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("up")(up_command)
    app.command("web")(web_command)
    app.command("worker")(worker_command)


APPLICATION = "gongdao.api.asgi:application"
Tied = Annotated[bool, typer.Option(TIED, hidden=True)]
"""Stop when standard input ends: so `up` takes its programs with it, however it ends."""


def up_command(
    practice: Annotated[
        bool, typer.Option("--practice", help="Practise on made-up cases.")
    ] = False,
) -> None:
    """Start everything: database, pages and worker. Ctrl-C stops all of it."""
    if practice:
        os.environ[variable("mode")] = Mode.PRACTICE
    up(Config.read(os.environ))


def web_command(
    workers: Annotated[int, typer.Option(help="How many processes.", min=0)] = 0,
    tied: Tied = False,
) -> None:
    """Serve the pages and the API."""
    import uvicorn  # noqa: PLC0415 - only this command needs it

    config = Config.read(os.environ)
    told = end_with_parent() if tied else None
    (config.data / "static").mkdir(parents=True, exist_ok=True)
    _allow_connections()
    processes = workers or config.web_workers
    with use_database(config):
        if told is not None:
            if processes == 1:
                import_module(APPLICATION.partition(":")[0])
            told.wait()
        uvicorn.run(
            APPLICATION,
            http="gongdao.api.connections:Connection",
            host=config.host,
            port=config.port,
            workers=processes,
            log_level="warning",
            access_log=False,  # addresses of pages hold receipt codes
            server_header=False,
            timeout_graceful_shutdown=10,
        )


def _allow_connections() -> None:
    """Take as many connections as the system allows: its first bound is for one person's shell."""
    import resource  # noqa: PLC0415 - only this command needs it

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(OSError, ValueError):  # macOS says more than it allows
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def worker_command() -> None:
    """Watch the deadlines and send what is to be sent."""
    config = Config.read(os.environ)
    house = Household([_worker()], say)
    with contextlib.suppress(Stopped), _signals(house), use_database(config), house:
        while True:
            time.sleep(TICK)
            house.look()


def up(config: Config) -> None:
    """Run an installation until somebody stops it."""
    _check_practice(config)
    _check_port(config)
    web = _web()
    house = Household([web], say)
    with contextlib.suppress(Stopped), _signals(house), _database(config) as mend:
        set_up(config)
        with house:  # the pages' program loads itself while the tables are made
            _prepare(config)
            web.tell()
            _await_first_page(config, house)
            house.add(_worker())  # not sooner: the first page is what somebody waits for
            _welcome(config)
            while True:
                time.sleep(TICK)
                mend()
                house.look()
    say("已全部停止 · Everything has stopped")


def say(text: str) -> None:
    """Tell whoever watches the terminal."""
    print(text, flush=True)


@dataclass(slots=True)
class _Signals:
    """The first signal stops in order; the second stops the programs at once."""

    house: Household
    count: int = 0

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        self.count += 1
        if self.count == 1:
            say("\n正在停止，再按一次 Ctrl-C 立即停止 · Stopping; Ctrl-C again stops at once")
            raise Stopped
        self.house.kill()


@contextlib.contextmanager
def _signals(house: Household) -> Iterator[None]:
    signals = _Signals(house)
    kinds = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {kind: signal.signal(kind, signals) for kind in kinds}
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)


@dataclass(slots=True)
class _Mending:
    """Starts the database again whenever it ended, and goes on trying: a full disk is emptied."""

    server: "EmbeddedPostgres"
    pause: float = FIRST_PAUSE
    again_at: float = 0.0

    def __call__(self) -> None:
        """Look, and start it if it is time to."""
        if self.server.running():
            self.pause = FIRST_PAUSE
        elif time.monotonic() >= self.again_at:
            self._start()

    def _start(self) -> None:
        say("数据库已退出，正在重启 · The database ended; it starts again")
        self.server.stop()
        try:
            self.server.start()
        except GongdaoError as problem:
            say(
                f"{problem.code}: {problem}\n"
                f"{self.pause:.0f} 秒后再试 · It is tried again in {self.pause:.0f} s"
            )
            self.again_at = time.monotonic() + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE)


@contextlib.contextmanager
def _database(config: Config) -> Iterator[Callable[[], None]]:
    """Settle the database for us and our programs; yields what starts it again if it dies."""
    if config.database_url:
        check_server(config.database_url)
        yield lambda: None
        return
    server = bootstrap.own_postgres(config)
    say(f"正在启动数据库 · Starting the database in {server.places.home}")

    with server:
        os.environ[ADDRESS] = server.database_url
        yield _Mending(server)


def _check_practice(config: Config) -> None:
    if config.mode is Mode.PRACTICE and config.database_url:
        sentence = "Practice cases never go to a server of your own. Unset {name} and start again."
        raise Refused("up.practice_apart", sentence, name=ADDRESS)


def _check_port(config: Config) -> None:
    """Refuse a port that somebody else listens on, before anything has been started."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            config.host, config.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as problem:
        sentence = "Port {port} on {host} is not free: {why}. Set {name} to another port."
        why = problem.strerror or "unknown"
        name = variable("port")
        raise Refused(
            "up.port_taken", sentence, port=config.port, host=config.host, why=why, name=name
        ) from problem


def _prepare(config: Config) -> None:
    """Bring the tables up to date, and the rule packs and practice cases into them."""
    from django.core.management import call_command  # noqa: PLC0415 - needs Django set up

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    bootstrap.load_packs()
    if config.mode is Mode.PRACTICE:
        from gongdao.practice.playing import fill  # noqa: PLC0415 – once Django is set up

        fill(_said)
    elif local_only(config):
        _practice_accounts().ensure_accounts()
    else:
        _practice_accounts().close_accounts()


def _said(done: int, of: int) -> None:
    """Filling a practice installation takes a while: say how far it is."""
    if done == 1 or done % 50 == 0 or done == of:
        say(f"  练习案件 · Practice cases: {done} / {of}")


def _web() -> Child:
    return Child("web", (sys.executable, "-m", "gongdao", "web", TIED), ready=False)


def _worker() -> Child:
    """The worker is a way in of its own; the command line only starts it."""
    return Child("worker", (sys.executable, "-m", "gongdao.worker", TIED))


def _await_first_page(config: Config, house: Household) -> None:
    """Wait until the first page answers; the pages' program may end and start again meanwhile."""
    end = time.monotonic() + FIRST_PAGE_SECONDS
    while not _answers(config):
        if time.monotonic() > end:
            sentence = "The first page did not answer within {seconds} seconds. See what web said."
            raise PeerFailed("up.no_first_page", sentence, seconds=int(FIRST_PAGE_SECONDS))
        time.sleep(0.05)
        house.look()


def _answers(config: Config) -> bool:
    """Whether the pages answer on this machine, with whatever they say."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(config.host, config.host)  # noqa: S104
    connection = http.client.HTTPConnection(host, config.port, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _welcome(config: Config) -> None:
    say("")
    if config.mode is Mode.PRACTICE:
        say("  练习模式：案件都是编的 · Practice: every case is made up")
        say("  对它用命令，前面加 · Commands speak to it with: GONGDAO_MODE=practice")
    say(f"  公道 Gongdao: {config.address}/")
    lines = _practice_accounts().signin_lines(config)
    if lines:
        say("  一键登录（仅限本机） · Sign in with one click, on this machine alone:")
    for line in lines:
        say(f"    {line}")
    say(f"  数据 · Data: {config.data}")
    say("  按 Ctrl-C 停止 · Ctrl-C stops everything\n")


def _practice_accounts() -> ModuleType:
    from gongdao.practice import accounts  # noqa: PLC0415 – once Django is set up

    return accounts
