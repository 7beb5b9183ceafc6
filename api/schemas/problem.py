"""The problem document of RFC 9457, with what VoiceOps adds to it."""

from pydantic import BaseModel, ConfigDict, Field


class ProblemPlace(BaseModel):
    """One place that is wrong in what was sent."""

    line: int | None = Field(None, description="Line in the document that was sent, from 1.")
    where: str | None = Field(None, description="Where in the request, such as body.kind.")
    sentence: str


class Problem(BaseModel):
    """What went wrong, with which record, and what to do next."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:voiceops:problem:unreadable-audio",
                    "title": "Not a readable recording",
                    "status": 422,
                    "detail": "The file holds no audio that can be decoded.",
                    "record": "notes.wav",
                    "next_step": "Send the recording itself, as WAV, MP3, Ogg, FLAC or M4A.",
                    "request_id": "0f3b7f7e8c0e4d0a9d5b1c1f5a6e2d43",
                    "problems": [],
                }
            ]
        }
    )

    type: str = Field(description="A stable name for this kind of problem.")
    title: str = Field(description="The kind of problem, in words; the same every time.")
    status: int = Field(description="The HTTP status once more.")
    detail: str = Field(description="What happened this time.")
    record: str | None = Field(None, description="The file, record or setting that it happened to.")
    next_step: str = Field(description="What to do next.")
    request_id: str | None = Field(None, description="Under this id the request stands in the log.")
    problems: list[ProblemPlace] = Field(default_factory=list)
