"""Who may do what: one table from route name to roles, and how far each role reaches; api/guard.py asks it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from voiceops.domain.people import Role
from voiceops.domain.user import EVERY_TEAM, Identity
from voiceops.errors import NotAllowed


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
_LEADERS = {Role.ADMIN: Reach.ANY, Role.SUPERVISOR: Reach.ANY}
_REVIEWERS = {**_LEADERS, Role.QA: Reach.ANY}
# What belongs to somebody.
_TEAM_LEADERS = {Role.ADMIN: Reach.ANY, Role.SUPERVISOR: Reach.TEAMS}
_WHOLE_HOUSE = {Role.ADMIN: Reach.ANY, Role.SUPERVISOR: Reach.EVERY_TEAM}
_AUDITORS = {**_WHOLE_HOUSE, Role.QA: Reach.ANY}
_LISTENERS = {**_TEAM_LEADERS, Role.QA: Reach.CALLS}
_DESKS = {Role.AGENT: Reach.OWN}
_ADMIN = {Role.ADMIN: Reach.ANY}
_EVERYBODY = dict.fromkeys(Role, Reach.ANY)

# The whole law. A route that has no row here stops the program when it is declared.
ACCESS: Mapping[str, Mapping[Role, Reach]] = {
    "upload_recording": {**_LEADERS, Role.INGEST: Reach.ANY},
    "upload_reference": {**_LEADERS, Role.INGEST: Reach.ANY},
    "upload_batch": {**_LEADERS, Role.INGEST: Reach.ANY},
    "upload_references": {**_LEADERS, Role.INGEST: Reach.ANY},
    "list_recordings": {**_LISTENERS, **_DESKS},
    "get_recording": {**_LISTENERS, **_DESKS},
    "get_transcript": {**_LISTENERS, **_DESKS},
    "get_transcript_text": {**_LISTENERS, **_DESKS},
    "get_subtitles": {**_LISTENERS, **_DESKS},
    "get_findings": {**_LISTENERS, **_DESKS},
    "get_audio": {**_LISTENERS, **_DESKS},
    "get_waveform": {**_LISTENERS, **_DESKS},
    "get_clip": {**_LISTENERS, **_DESKS},
    "get_finding_clip": {**_LISTENERS, **_DESKS},
    "retry_recording": _TEAM_LEADERS,
    "upload_keyword_set": _LEADERS,
    "check_keyword_set": _REVIEWERS,
    "list_keyword_sets": _REVIEWERS,
    "get_keyword_set": _REVIEWERS,
    "list_keyword_set_versions": _REVIEWERS,
    "diff_keyword_set": _REVIEWERS,
    "export_keyword_set": _REVIEWERS,
    "activate_keyword_set": _LEADERS,
    "start_reanalysis": _LEADERS,
    "list_reanalyses": _REVIEWERS,
    "get_reanalysis": _REVIEWERS,
    "get_change_summary": _REVIEWERS,
    "list_changes": _REVIEWERS,
    "cancel_reanalysis": _LEADERS,
    "review_finding": _LISTENERS,
    "list_reviews": {**_LISTENERS, **_DESKS},
    "list_disputes": _LISTENERS,
    "get_release": {**_LISTENERS, **_DESKS},
    "release_result": _LISTENERS,
    "acknowledge_result": _DESKS,
    "dispute_finding": _DESKS,
    "answer_dispute": _LISTENERS,
    "get_trust": _REVIEWERS,
    "draw_sample": _AUDITORS,
    "list_samples": _AUDITORS,
    "get_sample": _AUDITORS,
    "get_compliance": _LISTENERS,
    "get_rule_trends": _LISTENERS,
    "get_speech_trends": _LISTENERS,
    "get_voicemail_hours": _TEAM_LEADERS,
    "list_tasks": {**_TEAM_LEADERS, **_DESKS},
    "get_task": {**_TEAM_LEADERS, **_DESKS},
    "accept_task": _DESKS,
    "complete_task": _DESKS,
    "snooze_task": {**_TEAM_LEADERS, **_DESKS},
    "log_attempt": _DESKS,
    "release_task": {**_TEAM_LEADERS, **_DESKS},
    "hand_over_task": {**_TEAM_LEADERS, **_DESKS},
    "send_to_queue": {**_TEAM_LEADERS, **_DESKS},
    "correct_number": {**_TEAM_LEADERS, **_DESKS},
    "cancel_task": _TEAM_LEADERS,
    "get_ledger": _LEADERS,
    "get_metrics": _LEADERS,
    "stream_events": {**_TEAM_LEADERS, **_DESKS},
    "list_notices": _WHOLE_HOUSE,
    "retry_notice": _WHOLE_HOUSE,
    "add_subscription": _WHOLE_HOUSE,
    "list_subscriptions": _WHOLE_HOUSE,
    "get_subscription": _WHOLE_HOUSE,
    "remove_subscription": _WHOLE_HOUSE,
    "test_subscription": _WHOLE_HOUSE,
    "list_agents": _REVIEWERS,
    "get_agent": {**_REVIEWERS, **_DESKS},
    "put_agent": _TEAM_LEADERS,
    "set_presence": {**_TEAM_LEADERS, **_DESKS},
    "list_skills": _REVIEWERS,
    "list_owners": _TEAM_LEADERS,
    "get_owner": _TEAM_LEADERS,
    "set_owner": _TEAM_LEADERS,
    "remove_owner": _TEAM_LEADERS,
    "list_queues": {**_REVIEWERS, Role.AGENT: Reach.ANY},
    "get_queue": {**_REVIEWERS, Role.AGENT: Reach.ANY},
    "put_queue": _TEAM_LEADERS,
    "create_token": _ADMIN,
    "list_tokens": _ADMIN,
    "remove_token": _ADMIN,
    "create_user": _ADMIN,
    "list_users": _ADMIN,
    "get_user": _ADMIN,
    "change_user": _ADMIN,
    "reset_password": _ADMIN,
    "end_sessions": _ADMIN,
    "list_access": _ADMIN,
    "get_session": _EVERYBODY,
    "end_session": _EVERYBODY,
    "change_password": _EVERYBODY,
    "get_jobs": _LEADERS,
    "list_failed_jobs": _WHOLE_HOUSE,
    "retry_failed": _WHOLE_HOUSE,
    "list_settings": _ADMIN,
    "list_holds": _ADMIN,
    "hold_recording": _ADMIN,
    "lift_hold": _ADMIN,
    "erase_person": _ADMIN,
    "list_erasures": _ADMIN,
    "get_erasure": _ADMIN,
    "home_page": {**_LISTENERS, **_DESKS},
    "sign_out_by_form": _EVERYBODY,
    "password_page": _EVERYBODY,
    "change_password_by_form": _EVERYBODY,
    "inbox_page": _DESKS,
    "set_presence_by_form": _DESKS,
    "task_page": _DESKS,
    "accept_task_by_form": _DESKS,
    "log_attempt_by_form": _DESKS,
    "complete_task_by_form": _DESKS,
    "release_task_by_form": _DESKS,
    "correct_number_by_form": _DESKS,
    "snooze_task_by_form": _DESKS,
    "hand_over_task_by_form": _DESKS,
    "send_to_queue_by_form": _DESKS,
    "calls_page": {**_LISTENERS, **_DESKS},
    "export_calls": _LISTENERS,
    "draw_sample_by_form": _AUDITORS,
    "sample_page": _AUDITORS,
    "call_page": {**_LISTENERS, **_DESKS},
    "call_report_page": {**_LISTENERS, **_DESKS},
    "review_finding_by_form": _LISTENERS,
    "trends_page": _LISTENERS,
    "voicemails_page": _TEAM_LEADERS,
    "disputes_page": _LISTENERS,
    "release_result_by_form": _LISTENERS,
    "acknowledge_result_by_form": _DESKS,
    "dispute_finding_by_form": _DESKS,
    "answer_dispute_by_form": _LISTENERS,
    "board_page": _TEAM_LEADERS,
    "hand_over_on_board": _TEAM_LEADERS,
    "release_on_board": _TEAM_LEADERS,
    "cancel_on_board": _TEAM_LEADERS,
    "keyword_sets_page": _REVIEWERS,
    "check_keyword_file_by_form": _REVIEWERS,
    "check_keyword_text_by_form": _REVIEWERS,
    "upload_keyword_set_by_form": _LEADERS,
    "keyword_set_page": _REVIEWERS,
    "keyword_set_diff_page": _REVIEWERS,
    "start_what_if_by_form": _LEADERS,
    "activate_keyword_set_by_form": _LEADERS,
    "reanalysis_page": _REVIEWERS,
    "cancel_reanalysis_by_form": _LEADERS,
    "admin_page": _LEADERS,
    "users_page": _ADMIN,
    "add_user_by_form": _ADMIN,
    "user_page": _ADMIN,
    "change_user_by_form": _ADMIN,
    "reset_password_by_form": _ADMIN,
    "end_sessions_by_form": _ADMIN,
    "queues_page": _LEADERS,
    "new_queue_page": _LEADERS,
    "add_queue_by_form": _TEAM_LEADERS,
    "queue_page": _LEADERS,
    "change_queue_by_form": _TEAM_LEADERS,
    "agents_page": _TEAM_LEADERS,
    "new_agent_page": _TEAM_LEADERS,
    "add_agent_by_form": _TEAM_LEADERS,
    "agent_page": _TEAM_LEADERS,
    "change_agent_by_form": _TEAM_LEADERS,
    "tokens_page": _ADMIN,
    "add_token_by_form": _ADMIN,
    "remove_token_by_form": _ADMIN,
    "work_page": _WHOLE_HOUSE,
    "retry_recording_by_form": _TEAM_LEADERS,
    "retry_notice_by_form": _WHOLE_HOUSE,
    "notices_page": _WHOLE_HOUSE,
    "subscribe_by_form": _WHOLE_HOUSE,
    "try_subscription_by_form": _WHOLE_HOUSE,
    "remove_subscription_by_form": _WHOLE_HOUSE,
    "send_notice_again_by_form": _WHOLE_HOUSE,
    "retry_failed_by_form": _WHOLE_HOUSE,
    "ledger_page": _LEADERS,
    "access_page": _ADMIN,
    "settings_page": _ADMIN,
    "retention_page": _ADMIN,
    "hold_by_form": _ADMIN,
    "lift_hold_by_form": _ADMIN,
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
