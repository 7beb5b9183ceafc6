"""The picture of a recording's sound, as it crosses the wire."""

from pydantic import BaseModel, ConfigDict, Field

from voiceops.domain.recording import Party
from voiceops.domain.waveform import Waveform


class ChannelPeaksOut(BaseModel):
    """How far one channel swings in each stretch, from -128 to 127."""

    party: Party
    low: list[int]
    high: list[int]


class WaveformOut(BaseModel):
    """Channels in order, each with as many stretches of equal length over `seconds`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"seconds": 0.03, "channels": [{"party": "agent", "low": [-3, -90, -1], "high": [2, 87, 0]}]}]
        }
    )

    seconds: float = Field(description="The length of the whole recording.")
    channels: list[ChannelPeaksOut]


def write_waveform(waveform: Waveform) -> dict[str, object]:
    """The waveform for the wire, as plain JSON values."""
    channels = [{"party": one.party.value, "low": one.low, "high": one.high} for one in waveform.channels]
    return {"seconds": round(waveform.seconds, 3), "channels": channels}
