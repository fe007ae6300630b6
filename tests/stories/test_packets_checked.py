"""A packet of our own making, checked by our rules and by a program that knows none of them."""

import json
from pathlib import Path

import pytest
from tests.parts.evidence import packet_oracle as oracle
from tests.parts.evidence.packet_writer import Files, sign
from tests.parts.evidence.test_checking_packets import OTHERS_KEY, failed, flipped
from tests.stories.files_of import brought
from tests.stories.stage import Stage, show_on_pages
from typer.testing import CliRunner

from gongdao.adapters.packet_files import open_packet
from gongdao.bootstrap import packets
from gongdao.bootstrap.public_log import log
from gongdao.cli.main import app as command_line
from gongdao.domain.evidence.packing import Wanted
from gongdao.domain.kernel.events import Role


def test_what_we_give_out_is_proven_to_each_chair(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    show_on_pages(postgres, monkeypatch)
    ana, zhang = postgres.hire("ana", Role.REVIEWER), postgres.account("zhang_san")
    case = postgres.decision(postgres.decided(ana, caller=zhang)).case
    brought(postgres, case, zhang)
    brought(postgres, case, postgres.account("li_si"), name="说明.png")
    log().tick()
    run = CliRunner()
    for caller in (ana, zhang, postgres.account("li_si")):
        place = tmp_path / "packet.zip"
        wanted = Wanted(originals=caller is not ana)
        place.write_bytes(b"".join(packets.make(case, caller, wanted).pieces()))
        with open_packet(place) as folder:
            files = {path: folder.read(path) for path in folder.sizes()}
        assert oracle.wrong(files) == ""
        done = run.invoke(command_line, ["verify", str(place), "--json"])
        said = json.loads(done.output)
        assert [line for line in said["lines"] if line["outcome"] == "failed"] == []
        assert (done.exit_code, said["valid"], said["case"]) == (0, True, case)
        codes = {line["code"] for line in said["lines"]}
        assert {"folder.holds", "signature.holds"} <= codes
        assert ("exhibits.no_record" in codes) is (caller is not ana)
        assert "log.holds" in codes or caller is not ana
        if caller is ana:
            every_change_is_named(files)


def every_change_is_named(packet: Files) -> None:
    """One byte of each file; each file taken out; all lists made anew by somebody else."""
    for path in packet:
        assert path in {about for _, about in failed(flipped(packet, path))}
        rest = {name: content for name, content in packet.items() if name != path}
        assert path in {about for _, about in failed(rest)}
    picture = next(path for path in packet if path.startswith("data/exhibits/"))
    theirs = sign({**packet, picture: b"another"}, OTHERS_KEY)
    assert ("exhibits.changed", picture) in failed(theirs)
