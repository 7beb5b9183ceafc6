"""What the closed lists of the domain are called on pages."""

from collections.abc import Mapping
from enum import StrEnum

from api.ui.texts import later
from voiceops.analysis.keyword_set_diff import Change
from voiceops.analysis.snooze_times import SnoozeTime
from voiceops.domain.access_entry import AccessAction
from voiceops.domain.callback_task import Disposition, TaskState
from voiceops.domain.caller_facts import Urgency
from voiceops.domain.finding import Outcome
from voiceops.domain.keyword_set import Expectation
from voiceops.domain.notice import NoticeState
from voiceops.domain.people import Presence, Role
from voiceops.domain.private import Private
from voiceops.domain.recording import Party, RecordingKind, RecordingPart, RecordingState
from voiceops.domain.release import DisputeAnswer
from voiceops.domain.sound import SoundFault, ToneKind
from voiceops.domain.task_attempt import AttemptResult, LastResort
from voiceops.ports import Lane, WorklistOrder

# By kind, since members of two kinds may be written alike: an agent and a line are both "busy".
NAMES: Mapping[type[StrEnum], Mapping[str, str]] = {
    TaskState: {
        TaskState.OPEN: later("open"),
        TaskState.OFFERED: later("offered to you"),
        TaskState.ACCEPTED: later("accepted"),
        TaskState.DONE: later("done"),
        TaskState.CANCELLED: later("cancelled"),
    },
    Urgency: {
        Urgency.LOW: later("not urgent"),
        Urgency.NORMAL: later("usual"),
        Urgency.HIGH: later("urgent"),
    },
    Presence: {
        Presence.AVAILABLE: later("Available"),
        Presence.BUSY: later("Busy"),
        Presence.AWAY: later("Away"),
        Presence.OFFLINE: later("Off shift"),
    },
    AttemptResult: {
        AttemptResult.REACHED: later("Reached"),
        AttemptResult.NO_ANSWER: later("No answer"),
        AttemptResult.BUSY: later("Engaged"),
        AttemptResult.WRONG_NUMBER: later("Wrong number"),
        AttemptResult.LEFT_MESSAGE: later("Left a message"),
    },
    NoticeState: {
        NoticeState.WAITING: later("waits"),
        NoticeState.DELIVERED: later("has arrived"),
        NoticeState.FAILED: later("did not arrive"),
    },
    LastResort: {
        LastResort.NOT_REACHED: later("it ends as not reached"),
        LastResort.SUPERVISOR: later("a supervisor decides"),
    },
    Disposition: {
        Disposition.RESOLVED: later("Resolved"),
        Disposition.CALLED_BACK: later("Called back"),
        Disposition.NOT_REACHED: later("Not reached"),
        Disposition.WRONG_NUMBER: later("Number is wrong"),
        Disposition.NO_CALLBACK_NEEDED: later("No callback needed"),
        Disposition.NO_MESSAGE: later("No message"),
    },
    Private: {
        Private.CARD: later("card number"),
        Private.ACCOUNT: later("account number"),
        Private.ID: later("identity number"),
        Private.PHONE: later("telephone number"),
        Private.REFERENCE: later("reference"),
        Private.EMAIL: later("e-mail address"),
        Private.NAME: later("name"),
    },
    Role: {
        Role.ADMIN: later("administrator"),
        Role.SUPERVISOR: later("supervisor"),
        Role.QA: later("QA"),
        Role.AGENT: later("agent"),
        Role.INGEST: later("sends recordings"),
    },
    Lane: {
        Lane.TRANSCRIBE: later("transcribing"),
        Lane.ANALYSE: later("analysing"),
        Lane.REANALYSE: later("evaluating anew"),
        Lane.NOTIFY: later("telling people"),
    },
    AccessAction: {
        AccessAction.READ_TRANSCRIPT: later("read a transcript"),
        AccessAction.HEARD_AUDIO: later("listened"),
        AccessAction.SEARCHED: later("searched calls"),
        AccessAction.EXPORTED: later("exported"),
        AccessAction.SIGNED_IN: later("signed in"),
        AccessAction.SIGN_IN_REFUSED: later("could not sign in"),
        AccessAction.CHANGED_RIGHTS: later("changed rights"),
        AccessAction.HELD: later("put under a hold"),
        AccessAction.OPENED_ORIGINAL: later("opened the sound as it was sent"),
        AccessAction.HOLD_LIFTED: later("lifted a hold"),
        AccessAction.ERASED: later("erased"),
    },
    RecordingKind: {
        RecordingKind.CALL: later("calls"),
        RecordingKind.VOICEMAIL: later("voicemails"),
    },
    RecordingPart: {
        RecordingPart.AUDIO: later("sound"),
        RecordingPart.TRANSCRIPT: later("words"),
        RecordingPart.RESULT: later("results"),
    },
    SnoozeTime: {
        SnoozeTime.IN_AN_HOUR: later("In an hour"),
        SnoozeTime.THIS_AFTERNOON: later("This afternoon"),
        SnoozeTime.NEXT_MORNING: later("Next morning"),
    },
    Party: {
        Party.AGENT: later("Agent"),
        Party.CUSTOMER: later("Customer"),
        Party.CALLER: later("Caller"),
        Party.UNKNOWN: later("Unknown"),
    },
    RecordingState: {
        RecordingState.RECEIVED: later("received"),
        RecordingState.TRANSCRIBING: later("being transcribed"),
        RecordingState.TRANSCRIBED: later("transcribed"),
        RecordingState.ANALYSED: later("analysed"),
        RecordingState.FAILED: later("could not be transcribed"),
    },
    ToneKind: {
        ToneKind.RING: later("Ringing"),
        ToneKind.BUSY: later("Busy tone"),
        ToneKind.KEY: later("Keys"),
        ToneKind.MUSIC: later("Hold music"),
    },
    SoundFault: {
        SoundFault.CLIPPED: later("clipped"),
        SoundFault.CROSSTALK: later("crosstalk"),
        SoundFault.SILENT: later("next to nothing recorded"),
    },
    WorklistOrder: {
        WorklistOrder.NEWEST: later("the newest"),
        WorklistOrder.WORST: later("the lowest score"),
    },
    DisputeAnswer: {
        DisputeAnswer.UPHELD: later("upheld"),
        DisputeAnswer.REJECTED: later("rejected"),
    },
    Outcome: {
        Outcome.MET: later("met"),
        Outcome.MISSED: later("missed"),
        Outcome.REFUSED: later("refused"),
        Outcome.VIOLATED: later("violated"),
        Outcome.UNCERTAIN: later("uncertain"),
        Outcome.NOT_APPLICABLE: later("not applicable"),
    },
    Expectation: {
        Expectation.REQUIRED: later("must be said"),
        Expectation.FORBIDDEN: later("must not be said"),
        Expectation.MENTION: later("is counted"),
    },
    Change: {
        Change.ADDED: later("added"),
        Change.REMOVED: later("removed"),
        Change.CHANGED: later("changed"),
    },
}
_OF_CALLS = {"passed": later("passed"), "failed": later("failed"), "undecided": later("undecided")}


def name_of(member: StrEnum) -> str:
    """Its name in English; the catalogues have the others."""
    return NAMES[type(member)][member]


def name_of_verdict(verdict: str | None) -> str:
    """The same for a verdict on a call or on a rule as a re-analysis keeps it; None where there was none."""
    if verdict is None:
        return later("not there")
    return _OF_CALLS.get(verdict) or NAMES[Outcome][Outcome(verdict)]


# Beside each colour, for those who cannot tell it from another.
_SIGNS = {
    Outcome.MET: "✓",
    Outcome.MISSED: "✕",
    Outcome.REFUSED: "⊘",
    Outcome.VIOLATED: "!",
    Outcome.UNCERTAIN: "?",
    Outcome.NOT_APPLICABLE: "·",
}


def sign_of(outcome: Outcome) -> str:
    """A sign that tells an outcome without its colour."""
    return _SIGNS[outcome]
