"""Runs one worker: `python -m workers.run LANE`. It outlives every absence of Redis."""

import argparse
import os
import sys
import time
from collections.abc import Sequence

import numpy as np
import structlog
from redis.exceptions import RedisError

from voiceops.bootstrap import configure_logging, configure_traces
from voiceops.delivery.redis_address import connect, masked
from voiceops.domain.transcript import Span
from voiceops.errors import BadInput, EngineFailed, MissingPart
from voiceops.ports import SIGNAL_RATE_HZ, Lane, SpeechChannel, Transcriber
from workers import process, scratch
from workers.lane_worker import LaneWorker

log = structlog.get_logger(__name__)

REANALYSE_NICENESS = 10
MISCONFIGURED = 2  # trying again without a person changing something would be pointless
CONNECT_SECONDS = 5.0
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 15.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Work until told to stop. 0, or 2 and a sentence on stderr if a part is missing."""
    parser = argparse.ArgumentParser(prog="python -m workers.run", description=__doc__)
    parser.add_argument("lane", type=Lane, choices=list(Lane), help="the one lane this process works off")
    parser.add_argument(
        "--grace", type=float, default=process.GRACE_SECONDS, help="seconds to finish a job when stopped"
    )
    chosen = parser.parse_args(arguments)
    lane: Lane = chosen.lane
    process.switch.grace_seconds = chosen.grace
    scratch.claim()
    try:
        configure_logging(process.settings())
        configure_traces(process.settings(), part=lane.value)
        services = process.services()
        if lane is Lane.TRANSCRIBE:
            _warm_up(services.transcriber(), process.settings().language)
            for make in (*services.engines.chosen.values(), *services.embedders.chosen.values()):
                if make is not None:
                    make().check()
            if services.second_hearing is not None:
                services.second_hearing.ear().check()
    except (MissingPart, BadInput) as fault:
        print(fault, file=sys.stderr)  # noqa: T201  this is the sentence for the person who started it
        return MISCONFIGURED
    except EngineFailed as fault:
        print(fault, file=sys.stderr)  # noqa: T201  as above, but another start may succeed
        return 1
    if lane is Lane.REANALYSE:
        # It may take hours and nobody waits for it: live work gets the processor first.
        os.nice(REANALYSE_NICENESS)
    process.switch.install()
    work_lane(lane, process.settings().redis or "")
    return 0


def _warm_up(transcriber: Transcriber, language: str | None) -> None:
    """Load the model now, by a second of silence: what is wrong with it shows before the first recording waits."""
    transcriber.check()
    silence = SpeechChannel(np.zeros(SIGNAL_RATE_HZ, dtype=np.int16), (Span(0.0, 1.0),))
    transcriber.transcribe([silence], language=language)


def work_lane(lane: Lane, redis_url: str) -> None:
    """Work off a lane until told to stop, connecting again with growing pauses whenever Redis went away."""
    log.info("worker ready", lane=lane.value)
    pause_seconds = FIRST_PAUSE_SECONDS
    while not process.switch.requested:
        begun_at = time.monotonic()
        try:
            connection = connect(redis_url, patience_seconds=CONNECT_SECONDS)
            LaneWorker(lane, connection, process.switch).work(logging_level="WARNING")
        except RedisError as fault:
            log.warning("no Redis", address=masked(redis_url), error=type(fault).__name__)
        if time.monotonic() - begun_at > LONGEST_PAUSE_SECONDS:
            pause_seconds = FIRST_PAUSE_SECONDS
        process.switch.pause(pause_seconds)
        pause_seconds = min(pause_seconds * 2, LONGEST_PAUSE_SECONDS)
    log.info("worker stopped", lane=lane.value)


if __name__ == "__main__":
    sys.exit(main())
