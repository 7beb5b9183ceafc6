"""Chooses calls by chance so that anybody can choose them again: by the seed, and by nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256


def choose_sample(calls: Iterable[tuple[str, str]], *, per_agent: int, seed: str) -> Sequence[str]:
    """Of (agent, call) pairs the calls of each agent, by agent, whose SHA-256 of "seed:call" comes first.

    A hash and no generator of random numbers: the same in every language and version, and a call's own chance does
    not hang on which others there are.
    """
    by_agent: defaultdict[str, list[str]] = defaultdict(list)
    for agent_id, call in calls:
        by_agent[agent_id].append(call)

    def lot(call: str) -> str:
        return sha256(f"{seed}:{call}".encode()).hexdigest()

    return [call for agent_id in sorted(by_agent) for call in sorted(by_agent[agent_id], key=lot)[:per_agent]]
