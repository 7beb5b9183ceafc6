"""Says what kind of audio a file's first bytes announce, for players; never trusts a name."""

UNKNOWN = "application/octet-stream"
HEAD_BYTES = 16

# (where, what, media type), the first match counts. From the formats' own specifications.
_SIGNS = (
    (8, b"WAVE", "audio/wav"),
    (0, b"fLaC", "audio/flac"),
    (0, b"OggS", "audio/ogg"),
    (0, b"#!AMR", "audio/amr"),
    (4, b"ftyp", "audio/mp4"),
    (0, b"\x1aE\xdf\xa3", "audio/webm"),
    (0, b".snd", "audio/basic"),
    (0, b"FORM", "audio/aiff"),
    (0, b"ID3", "audio/mpeg"),
)
_MPEG_SYNC = 0b1110_0000


def media_type_of(head: bytes) -> str:
    """The media type, or application/octet-stream where the bytes say nothing."""
    for offset, sign, media_type in _SIGNS:
        if head[offset : offset + len(sign)] == sign:
            return media_type
    if len(head) > 1 and head[0] == 0xFF and head[1] & _MPEG_SYNC == _MPEG_SYNC:  # noqa: PLR2004 - eleven set bits
        return "audio/mpeg"
    return UNKNOWN
