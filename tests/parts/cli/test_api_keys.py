"""Keys at the command line: made once, listed without their secret, closed for good."""

import json

from tests.parts.cli.running import gongdao


def test_a_key_is_made_listed_and_revoked(installation: dict[str, str]) -> None:
    made = gongdao("api-key", "create", "app server", "--json", env=installation)
    assert made.returncode == 0, made.stderr
    secret = json.loads(made.stdout)["key"]

    listed = gongdao("api-key", "list", "--json", env=installation)
    (key,) = json.loads(listed.stdout)
    assert (key["name"], key["roles"], key["revoked_at"]) == ("app server", ["app"], None)
    assert secret not in listed.stdout

    assert gongdao("api-key", "revoke", key["id"], env=installation).returncode == 0
    assert "revoked" in gongdao("api-key", "list", env=installation).stdout


def test_what_is_not_allowed_is_refused(installation: dict[str, str]) -> None:
    for words, code, end in (
        (("create", "x", "--role", "king"), "account.unknown_role", 2),
        (("create", "x", "--role", "reviewer"), "api_key.needs_a_person", 1),
        (("revoke", "nothing"), "not_found", 1),
    ):
        done = gongdao("api-key", *words, env=installation)
        assert done.returncode == end
        assert done.stderr.startswith(f"{code}: ")
        assert "Traceback" not in done.stderr
