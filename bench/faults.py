"""Kill web, worker and PostgreSQL under load, again and again, and look for what is missing.

    ./dev bench faults [TIMES]            twenty times, if nothing else is said: about ten minutes
    ./dev bench faults subject [REPORTS]  one subject with so many reports, against many subjects

The long form of `tests/stories/test_killed_under_load.py`, with the database among those killed.
Prints how many acknowledged reports there were, and how many of them are missing, twice there or
not in line: both must be nought.
"""

import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from bench._figures import figure, say
from bench._subjects import one_subject
from tests.fakes.smtp import FakeSmtp
from tests.stories.load import Load, mailed_once, whole
from tests.stories.programs import programs

from gongdao.adapters.embedded_postgres import EmbeddedPostgres

TIMES = 20
REPORTS = 100_000
VICTIMS = ("web", "worker", "postgres", "web2", "worker2", "postgres")


def main() -> None:
    """One of the two."""
    asked = sys.argv[1:]
    if asked[:1] == ["subject"]:
        one_subject(int(asked[1]) if asked[1:] else REPORTS)
    else:
        kill(int(asked[0]) if asked else TIMES)


def kill(times: int) -> None:
    """Kill, start again, count."""
    home = Path(tempfile.mkdtemp(prefix="gongdao-bench-"))
    home.chmod(0o711)
    server = EmbeddedPostgres(home / "postgres")
    try:
        server.start()
        with FakeSmtp() as smtp, programs(server.database_url, home) as house:
            house.settings["GONGDAO_SMTP_URL"] = smtp.url
            house.start("web", "web2", "worker", "worker2")
            with Load(house) as load:
                for number in range(times):
                    victim = VICTIMS[number % len(VICTIMS)]
                    load.wait_for(100)
                    say(f"{number + 1} of {times}: kill -9 {victim} …")
                    if victim == "postgres":
                        kill_postmaster(home)
                        server.stop()
                        server.start()
                    else:
                        load.killed += victim.startswith("worker")
                        house.kill(victim)
                        house.start(victim)
            whole(house, load)
            given = house.pulled()
            what = "cases given to reviewers in two processes who ask at once"
            figure(
                "faults.given_twice", len(given) - len(set(given)), "cases", "0", what, len(given)
            )
            mailed_once(smtp, load)
            lost = len(load.acknowledged) - int(house.query("select count(*) from report")[0][0])
            what = f"killed {times} times; {len(load.acknowledged)} acknowledged, each there once"
            figure("faults.killed.lost", lost, "reports", "0", what, 0)
            mails = {(mail.recipients, mail.message["Message-ID"]) for mail in smtp.taken}
            again = len(smtp.taken) - len(mails)
            what = f"mails sent again under their Message-ID; workers killed {load.killed} times"
            figure("faults.killed.mails_again", again, "mails", "", what, len(mails))
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


def kill_postmaster(home: Path) -> None:
    """End the database without a word."""
    pid = int((home / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    time.sleep(1)


if __name__ == "__main__":
    main()
