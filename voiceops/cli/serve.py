"""`voiceops serve`: the API alone, for machines where each part is started by itself."""

import importlib

from voiceops.settings import Settings
from voiceops.storage.database import migrate


def serve() -> None:
    """Serve the API on VOICEOPS_HOST and VOICEOPS_PORT until stopped.

    Example: VOICEOPS_PORT=8080 voiceops serve
    """
    migrate(Settings().database)
    # By name: the core does not know its doors.
    importlib.import_module("api.serve").main()
