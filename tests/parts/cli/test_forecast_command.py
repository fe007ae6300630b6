"""What was learned of appeals, at the command line."""

import json

from tests.parts.cli.running import gongdao


def test_what_was_learned_is_told_for_programs(installation: dict[str, str]) -> None:
    shown = gongdao("forecast", "show", "--json", env=installation)
    assert shown.returncode == 0, shown.stderr
    told = json.loads(shown.stdout)
    assert (told["told"], told["model"], told["least"]["decided"]) == (False, None, 200)
