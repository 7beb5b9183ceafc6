"""Whether a password is good enough: its length, and how soon it would be guessed (zxcvbn, with its common lists)."""

from collections.abc import Sequence

from zxcvbn import zxcvbn

LEAST_LETTERS = 12
# zxcvbn reads no further, and argon2 should not be fed megabytes.
MOST_LETTERS = 72
# 0..4; from 3 on it withstands 10^8 guesses.
LEAST_SCORE = 3


def weakness_of(password: str, *, about: Sequence[str]) -> str | None:
    """Why this password will not do, as a sentence, or None. `about` holds words that others know: names."""
    if len(password) < LEAST_LETTERS:
        return f"It has {len(password)} characters; at least {LEAST_LETTERS} are needed."
    if len(password) > MOST_LETTERS:
        return f"It has {len(password)} characters; at most {MOST_LETTERS} are possible."
    judged = zxcvbn(password, user_inputs=[word for word in about if word])
    if judged["score"] >= LEAST_SCORE:
        return None
    return str(judged["feedback"]["warning"] or "It is among those that are guessed first.")
