"""The code of a report: its letters, and one digest for every way in which people write it."""

import re
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from gongdao.domain.kernel.ids import ReportId
from gongdao.storage.field_cipher import FieldCipher
from gongdao.storage.people import PgCodes, Secrets

CODE = re.compile("[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){4}")
CODES = PgCodes(Secrets(FieldCipher((b"0" * 32,)), b"k" * 32))


@given(st.uuids())
def test_however_it_is_written_down_it_is_found(report: UUID) -> None:
    code = CODES.of_report(ReportId(str(report)))
    assert CODE.fullmatch(code)
    found = CODES.digest_of_own(code)
    assert len(found) == 16
    written = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert CODES.digest_of(code) == CODES.digest_of(written) == found


def test_it_is_the_same_as_on_receipts_of_before() -> None:
    known = ReportId("01a1fe73-610c-74e3-ac2c-f29086e482a3")
    assert CODES.of_report(known) == "12TD-BWXP-4QH5-RVSX-QGPJ"
