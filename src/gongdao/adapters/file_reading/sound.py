"""Recordings: how long they are, and their waveform where it can be decoded. No words are taken.

The length stands in the container of all of them. WAV, MP3 and Ogg Vorbis are decoded for the
waveform; AMR, AAC (m4a) and Opus are not: that would take a library of codecs many times as large.
"""

from pathlib import Path

import miniaudio
import tinytag

from gongdao.domain.evidence.file_text import BARS, LOUDEST, ReadFile, Remark, Sound
from gongdao.domain.evidence.looking_ports import NotRead
from gongdao.domain.evidence.media import AMR, KNOWN, M4A

_RATE = 8_000
"""Samples a second that are enough to see where somebody speaks."""
_BLOCK = 2_000
LONGEST = 6 * 3600.0
"""Seconds that are decoded; a longer one has its length alone."""
_NB, _WB = b"#!AMR\n", b"#!AMR-WB\n"
_FRAMES = {
    _NB: (13, 14, 16, 18, 20, 21, 27, 32, 6, 1, 1, 1, 1, 1, 1, 1),
    _WB: (18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 1, 1, 1, 1, 1, 1),
}
"""Bytes of a frame by its type, RFC 4867 §5.3: each holds twenty milliseconds."""
_FRAME_SECONDS = 0.02


def read(path: Path, media: str) -> ReadFile:
    """Length and waveform; NotRead where the file is no sound at all."""
    if media == AMR.media:
        return ReadFile(sound=Sound("AMR", _amr_seconds(path), ()))
    seconds = _tagged_seconds(path)
    peaks, decoded = _waveform(path, seconds) if media != M4A.media else ((), None)
    if seconds is None and decoded is None:
        raise NotRead("reading.broken")
    remarks = (Remark("sound_cut"),) if decoded and decoded >= LONGEST else ()
    form = KNOWN[media].ending.upper()
    return ReadFile(remarks=remarks, sound=Sound(form, seconds or decoded, peaks))


def _tagged_seconds(path: Path) -> float | None:
    """What the container says."""
    try:
        seconds = tinytag.TinyTag.get(path, tags=False).duration
    except (tinytag.TinyTagException, ValueError, KeyError, IndexError, ArithmeticError):
        return None
    return round(float(seconds), 2) if seconds and seconds > 0 else None


def _amr_seconds(path: Path) -> float:
    """As many times twenty milliseconds as there are frames."""
    content = path.read_bytes()
    head = _WB if content.startswith(_WB) else _NB
    sizes, at, frames = _FRAMES[head], len(head), 0
    while at < len(content):
        at += sizes[content[at] >> 3 & 15]
        frames += 1
    return round(frames * _FRAME_SECONDS, 2)


def _waveform(path: Path, seconds: float | None) -> tuple[tuple[int, ...], float | None]:
    """How loud each stretch is, the loudest 100, and how long it was; none if it is undecodable."""
    try:
        stream = miniaudio.stream_file(
            str(path),
            output_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=1,
            sample_rate=_RATE,
            frames_to_read=_BLOCK,
        )
        blocks, samples = [], 0
        for block in stream:
            blocks.append(max(*block, -min(block)) if block else 0)
            samples += len(block)
            if samples >= LONGEST * _RATE:
                break
    except miniaudio.MiniaudioError:
        return (), None
    del seconds
    if not samples:
        return (), None
    bars = min(BARS, len(blocks))
    peaks = [
        max(blocks[n * len(blocks) // bars : (n + 1) * len(blocks) // bars]) for n in range(bars)
    ]
    top = max(*peaks, 1)
    return tuple(round(LOUDEST * peak / top) for peak in peaks), samples / _RATE
