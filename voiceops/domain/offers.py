"""The words under which an event of a task is kept when its agent did not start it."""

from typing import Final

LAPSED: Final = "offer lapsed"
RELEASED: Final = "released"
GIVEN_BACK: Final = "given back"

# After these the agent comes behind everybody who did not have the task; after the end of a shift not.
PASSED: Final = frozenset({LAPSED, RELEASED})
