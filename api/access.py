"""Who may do what: one table from route name to roles, and how far each role reaches; api/guard.py asks it."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.page_access import PAGE_ACCESS
from api.role_groups import (
    ADMIN,
    AUDITORS,
    DESKS,
    EVERYBODY,
    LEADERS,
    LISTENERS,
    REVIEWERS,
    TEAM_LEADERS,
    WHOLE_HOUSE,
    Reach,
)
from voiceops.domain.people import Role
from voiceops.domain.user import EVERY_TEAM, Identity
from voiceops.errors import NotAllowed

# The whole law. A route that has no row here stops the program when it is declared.
ACCESS: Mapping[str, Mapping[Role, Reach]] = {
    "upload_recording": {**LEADERS, Role.INGEST: Reach.ANY},
    "upload_reference": {**LEADERS, Role.INGEST: Reach.ANY},
    "upload_batch": {**LEADERS, Role.INGEST: Reach.ANY},
    "upload_references": {**LEADERS, Role.INGEST: Reach.ANY},
    "list_recordings": {**LISTENERS, **DESKS},
    "get_recording": {**LISTENERS, **DESKS},
    "get_transcript": {**LISTENERS, **DESKS},
    "get_transcript_text": {**LISTENERS, **DESKS},
    "get_subtitles": {**LISTENERS, **DESKS},
    "get_findings": {**LISTENERS, **DESKS},
    "get_audio": {**LISTENERS, **DESKS},
    "get_waveform": {**LISTENERS, **DESKS},
    "get_clip": {**LISTENERS, **DESKS},
    "get_finding_clip": {**LISTENERS, **DESKS},
    "retry_recording": TEAM_LEADERS,
    "upload_keyword_set": LEADERS,
    "check_keyword_set": REVIEWERS,
    "list_keyword_sets": REVIEWERS,
    "get_keyword_set": REVIEWERS,
    "list_keyword_set_versions": REVIEWERS,
    "diff_keyword_set": REVIEWERS,
    "export_keyword_set": REVIEWERS,
    "activate_keyword_set": LEADERS,
    "start_reanalysis": LEADERS,
    "list_reanalyses": REVIEWERS,
    "get_reanalysis": REVIEWERS,
    "get_change_summary": REVIEWERS,
    "list_changes": REVIEWERS,
    "cancel_reanalysis": LEADERS,
    "review_finding": LISTENERS,
    "list_reviews": {**LISTENERS, **DESKS},
    "list_disputes": LISTENERS,
    "get_release": {**LISTENERS, **DESKS},
    "release_result": LISTENERS,
    "acknowledge_result": DESKS,
    "dispute_finding": DESKS,
    "answer_dispute": LISTENERS,
    "get_trust": REVIEWERS,
    "draw_sample": AUDITORS,
    "list_samples": AUDITORS,
    "get_sample": AUDITORS,
    "get_compliance": LISTENERS,
    "get_rule_trends": LISTENERS,
    "get_speech_trends": LISTENERS,
    "get_voicemail_hours": TEAM_LEADERS,
    "list_tasks": {**TEAM_LEADERS, **DESKS},
    "get_task": {**TEAM_LEADERS, **DESKS},
    "accept_task": DESKS,
    "complete_task": DESKS,
    "snooze_task": {**TEAM_LEADERS, **DESKS},
    "log_attempt": DESKS,
    "release_task": {**TEAM_LEADERS, **DESKS},
    "hand_over_task": {**TEAM_LEADERS, **DESKS},
    "send_to_queue": {**TEAM_LEADERS, **DESKS},
    "correct_number": {**TEAM_LEADERS, **DESKS},
    "cancel_task": TEAM_LEADERS,
    "get_ledger": LEADERS,
    "get_metrics": LEADERS,
    "stream_events": {**TEAM_LEADERS, **DESKS},
    "list_notices": WHOLE_HOUSE,
    "retry_notice": WHOLE_HOUSE,
    "add_subscription": WHOLE_HOUSE,
    "list_subscriptions": WHOLE_HOUSE,
    "get_subscription": WHOLE_HOUSE,
    "remove_subscription": WHOLE_HOUSE,
    "test_subscription": WHOLE_HOUSE,
    "list_agents": REVIEWERS,
    "get_agent": {**REVIEWERS, **DESKS},
    "put_agent": TEAM_LEADERS,
    "set_presence": {**TEAM_LEADERS, **DESKS},
    "list_skills": REVIEWERS,
    "list_owners": TEAM_LEADERS,
    "get_owner": TEAM_LEADERS,
    "set_owner": TEAM_LEADERS,
    "remove_owner": TEAM_LEADERS,
    "list_queues": {**REVIEWERS, Role.AGENT: Reach.ANY},
    "get_queue": {**REVIEWERS, Role.AGENT: Reach.ANY},
    "put_queue": TEAM_LEADERS,
    "create_token": ADMIN,
    "list_tokens": ADMIN,
    "remove_token": ADMIN,
    "create_user": ADMIN,
    "list_users": ADMIN,
    "get_user": ADMIN,
    "change_user": ADMIN,
    "reset_password": ADMIN,
    "end_sessions": ADMIN,
    "list_access": ADMIN,
    "get_session": EVERYBODY,
    "end_session": EVERYBODY,
    "change_password": EVERYBODY,
    "get_jobs": LEADERS,
    "list_failed_jobs": WHOLE_HOUSE,
    "retry_failed": WHOLE_HOUSE,
    "list_settings": ADMIN,
    "list_holds": ADMIN,
    "hold_recording": ADMIN,
    "lift_hold": ADMIN,
    "erase_person": ADMIN,
    "list_erasures": ADMIN,
    "get_erasure": ADMIN,
    **PAGE_ACCESS,
}


@dataclass(frozen=True)
class SignedIn:
    """Who asks, and how far the route they asked for lets them reach."""

    identity: Identity
    reach: Reach

    @property
    def actor(self) -> str:
        """Under what name their deeds are recorded: the agent's id, or the user's or token's name."""
        return self.identity.agent_id or self.identity.name

    @property
    def only_agent(self) -> str | None:
        """The agent whose records they are confined to, or None for no confinement."""
        return self.identity.agent_id if self.reach is Reach.OWN else None

    @property
    def only_teams(self) -> tuple[str, ...] | None:
        """The teams whose records they are confined to, or None for no confinement."""
        confined = self.reach is Reach.TEAMS and EVERY_TEAM not in self.identity.teams
        return self.identity.teams if confined else None

    def require_own(self, agent_id: str | None, *, record: str) -> None:
        """Raise NotAllowed unless the record of this agent is within reach."""
        if self.reach is Reach.OWN and agent_id != self.identity.agent_id:
            raise NotAllowed(
                "It belongs to somebody else.",
                record=record,
                next_step="Ask a supervisor to hand it over to you.",
            )
