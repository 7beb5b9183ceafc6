"""`voiceops serve`: the API alone, for machines where each part is started by itself."""

import importlib


def serve() -> None:
    """Serve the API on VOICEOPS_HOST and VOICEOPS_PORT until stopped.

    Example: VOICEOPS_PORT=8080 voiceops serve
    """
    # By name: the core does not know its doors.
    importlib.import_module("api.serve").main()
