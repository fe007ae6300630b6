"""Exhibits that are no pictures are read by a program: text, chats, the length of a recording."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gongdao.domain.evidence.file_text import FileReader
from gongdao.domain.evidence.looking_ports import NotRead
from gongdao.domain.evidence.media import Kind
from gongdao.domain.evidence.noticing_text import look_at_file
from gongdao.domain.flows.looked import beside, has_looked, home_of, keep_look
from gongdao.domain.flows.records import Records

READ = frozenset({Kind.PDF, Kind.OFFICE, Kind.TEXT, Kind.AUDIO})


@dataclass(frozen=True, slots=True)
class ReadFileAt:
    """A handler of the outbox topic `look`, for what is no picture."""

    records: Records
    reader: FileReader

    def __call__(self, payload: Mapping[str, str], *, last: bool = False) -> None:
        """Read one exhibit; what this program read already is not read again."""
        del last
        r = self.records
        exhibit = r.exhibits.get(payload["exhibit"]).now
        home = home_of(r, exhibit)
        policy = home.pictures
        if policy is None or exhibit.kind is Kind.PICTURE:
            return
        if exhibit.kind not in READ:
            if r.looks.of_exhibit(exhibit.id) is None:
                keep_look(r, exhibit, self.reader.name, None, "reading.film")
            return
        if has_looked(r, exhibit, self.reader.name):
            return
        try:
            read = self.reader.read(r.files.read(exhibit.file.sha256), exhibit.file.media)
        except NotRead as why:
            keep_look(r, exhibit, self.reader.name, None, why.code)
            return
        look = look_at_file(read, beside(r, home, exhibit), policy)
        keep_look(r, exhibit, self.reader.name, look, None)


@dataclass(frozen=True, slots=True)
class LookAtAny:
    """Each handler leaves alone what is not its own."""

    handlers: tuple[Callable[..., None], ...]

    def __call__(self, payload: Mapping[str, str], *, last: bool = False) -> None:
        """Have one exhibit looked at by whichever handler it is for."""
        for handler in self.handlers:
            handler(payload, last=last)
