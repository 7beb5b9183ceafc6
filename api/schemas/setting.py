"""Settings as they cross the wire."""

from pydantic import BaseModel, ConfigDict, Field


class SettingOut(BaseModel):
    """One setting of this process."""

    name: str
    value: str | None = Field(description="As it would be written in the environment; null where it is not set.")
    is_default: bool
    is_secret: bool = Field(description="Then the value is masked.")
    description: str


class SettingList(BaseModel):
    """All settings, in the order of the guide."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "items": [
                        {
                            "name": "VOICEOPS_REGION",
                            "value": "HU",
                            "is_default": False,
                            "is_secret": False,
                            "description": "Country (ISO 3166) of telephone numbers without a country code.",
                        }
                    ]
                }
            ]
        }
    )

    items: list[SettingOut]
