"""Compares what came out of a sample with what its expected.json says."""

from voiceops.cli.demo_run import Outcome


def differences(outcome: Outcome) -> list[str]:
    """A sentence for everything that is not as expected."""
    return [] if outcome.recording["state"] == "analysed" else [f"{outcome.sample.name}: {outcome.recording['state']}"]
