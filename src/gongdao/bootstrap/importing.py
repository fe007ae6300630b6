"""Holding a table that somebody sent until they have seen what it would bring."""

from gongdao import bootstrap
from gongdao.bootstrap.vaulting import allow_upload


def hold(content: bytes, name: str, address: str) -> str:
    """Keep a table, unopened, where files on their way in lie; the token that opens it.

    It is forgotten with them, after a day.
    """
    allow_upload(address)
    uploading = bootstrap.app().uploading
    token = uploading.begin(name, len(content), None, address or None)
    writing = uploading.write(token, 0)
    writing.write(content)
    writing.leave()
    return token
