"""Names who speaks on which channel of a recording, as far as it is said or custom."""

from voiceops.domain.recording import Party, RecordingKind
from voiceops.errors import BadInput


def read_parties(text: str, *, record: str) -> tuple[Party, ...]:
    """The parties of a text such as `agent,customer`, one for each channel. Raises BadInput, naming `record`."""
    try:
        return tuple(Party(name.strip()) for name in text.split(","))
    except ValueError as error:
        raise BadInput(
            f"“{text}” names an unknown party.",
            record=record,
            next_step=f"Write one of {', '.join(Party)} for each channel, separated by commas.",
        ) from error


def name_parties(kind: RecordingKind, channels: int, given: tuple[Party, ...], *, record: str) -> tuple[Party, ...]:
    """One party for each channel: as given, else by kind and number of channels.

    A call of two channels has the agent on the first, as telephone systems write it by custom.
    Raises BadInput, naming `record`, if another number of parties is given.
    """
    if given:
        if len(given) != channels:
            raise BadInput(
                f"It has {channels} channel{'' if channels == 1 else 's'}, but {len(given)} "
                f"part{'y is' if len(given) == 1 else 'ies are'} named.",
                record=record,
                next_step="Name one party for each channel, in order.",
            )
        return given
    if kind is RecordingKind.VOICEMAIL:
        return (Party.CALLER,) * channels
    if channels == len((Party.AGENT, Party.CUSTOMER)):
        return (Party.AGENT, Party.CUSTOMER)
    return (Party.UNKNOWN,) * channels
