"""How far a role reaches, and the groups of roles that the table of access speaks of."""

from collections.abc import Mapping
from enum import StrEnum

from voiceops.domain.people import Role


class Reach(StrEnum):
    """Whose records a role may touch through a route.

    ANY: everybody's. OWN: the agent's own. TEAMS: what the supervisor's agents have in hand and what lies in the
    queues of their teams. EVERY_TEAM: everybody's, but only for who leads every team. CALLS: no voicemails.
    """

    ANY = "any"
    OWN = "own"
    TEAMS = "own teams"
    EVERY_TEAM = "every team"
    CALLS = "calls"


# What belongs to nobody: keyword sets, counts, names.
LEADERS = {Role.ADMIN: Reach.ANY, Role.SUPERVISOR: Reach.ANY}
REVIEWERS = {**LEADERS, Role.QA: Reach.ANY}
# What belongs to somebody.
TEAM_LEADERS = {Role.ADMIN: Reach.ANY, Role.SUPERVISOR: Reach.TEAMS}
WHOLE_HOUSE = {Role.ADMIN: Reach.ANY, Role.SUPERVISOR: Reach.EVERY_TEAM}
AUDITORS = {**WHOLE_HOUSE, Role.QA: Reach.ANY}
LISTENERS = {**TEAM_LEADERS, Role.QA: Reach.CALLS}
DESKS = {Role.AGENT: Reach.OWN}
ADMIN = {Role.ADMIN: Reach.ANY}
EVERYBODY: Mapping[Role, Reach] = dict.fromkeys(Role, Reach.ANY)
