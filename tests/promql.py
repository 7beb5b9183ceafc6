"""As much of Prometheus's language as our alarms use, for tests: two looks at the figures, an hour apart."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from prometheus_client.parser import text_string_to_metric_families

Labels = frozenset[tuple[str, str]]
Vector = dict[Labels, float]
NONE: Labels = frozenset()

_TOKEN = re.compile(r"\s*(\d+(?:\.\d+)?|[A-Za-z_]\w*|==|=~|\"[^\"]*\"|\[[^\]]*\]|[(){},=>*])")


@dataclass(frozen=True)
class Figures:
    """What /metrics said."""

    values: Mapping[str, Vector] = field(default_factory=dict)


def read_figures(text: str) -> Figures:
    """The figures of an answer."""
    values: dict[str, Vector] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            values.setdefault(sample.name, {})[frozenset(sample.labels.items())] = sample.value
    return Figures(values)


def fires(expression: str, *, now: Figures, before: Figures) -> bool:
    """Whether an alarm with this expression fires."""
    parser = _Parser(expression)
    found = parser.whole()
    return bool(found(now, before))


Value = Vector | float
Term = Callable[[Figures, Figures], Value]


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = _TOKEN.findall(text)
        if "".join(self._tokens) != re.sub(r"\s", "", text):
            raise ValueError(f"not understood: {text}")
        self._place = 0

    def whole(self) -> Term:
        term = self._both()
        if self._place != len(self._tokens):
            raise ValueError(f"not understood from {self._tokens[self._place]}")
        return term

    def _both(self) -> Term:
        left = self._compared()
        while self._takes("and"):
            left = _both_of(left, self._compared())
        return left

    def _compared(self) -> Term:
        left = self._product()
        for sign in (">", "=="):
            if self._takes(sign):
                return _compared(left, sign, self._product())
        return left

    def _product(self) -> Term:
        left = self._term()
        while self._takes("*"):
            left = _product(left, self._term())
        return left

    def _term(self) -> Term:
        token = self._next()
        if token == "(":
            inner = self._both()
            self._expect(")")
            return inner
        if token[0].isdigit():
            return lambda *_: float(token)
        if token in {"max", "sum"}:
            return self._gathered(token)
        if token in {"delta", "absent"}:
            return self._called(token)
        return self._selected(token)

    def _gathered(self, how: str) -> Term:
        by = self._names() if self._takes("by") else ()
        self._expect("(")
        inner = self._both()
        self._expect(")")
        return _gathered(inner, max if how == "max" else sum, by)

    def _called(self, name: str) -> Term:
        self._expect("(")
        inner = self._both()
        if name == "delta" and not self._next().startswith("["):
            raise ValueError("delta wants a range")
        self._expect(")")
        return _changed(inner) if name == "delta" else _absent(inner)

    def _selected(self, name: str) -> Term:
        wanted = []
        if self._takes("{"):
            while not self._takes("}"):
                label, sign, value = self._next(), self._next(), self._next().strip('"')
                wanted.append((label, re.escape(value) if sign == "=" else value))
                self._takes(",")

        def select(now: Figures, _: Figures) -> Value:
            return {
                labels: value
                for labels, value in now.values.get(name, {}).items()
                if all(re.fullmatch(pattern, dict(labels).get(label, "")) for label, pattern in wanted)
            }

        return select

    def _names(self) -> tuple[str, ...]:
        self._expect("(")
        names = []
        while not self._takes(")"):
            names.append(self._next())
            self._takes(",")
        return tuple(names)

    def _next(self) -> str:
        self._place += 1
        return str(self._tokens[self._place - 1])

    def _takes(self, token: str) -> bool:
        found = self._tokens[self._place : self._place + 1] == [token]
        self._place += found
        return found

    def _expect(self, token: str) -> None:
        if not self._takes(token):
            raise ValueError(f"{token} is missing")


def _pairs(left: Value, right: Value) -> Iterator[tuple[Labels, float, float]]:
    """A number goes with everything, a vector's value with the other's of the same labels."""
    if isinstance(left, dict):
        for labels, value in left.items():
            other = right.get(labels) if isinstance(right, dict) else right
            if other is not None:
                yield labels, value, other
    elif isinstance(right, dict):
        yield from ((labels, left, value) for labels, value in right.items())


def _compared(left: Term, sign: str, right: Term) -> Term:
    return lambda now, before: {
        labels: one
        for labels, one, other in _pairs(left(now, before), right(now, before))
        if (one > other if sign == ">" else one == other)
    }


def _product(left: Term, right: Term) -> Term:
    return lambda now, before: {
        labels: one * other for labels, one, other in _pairs(left(now, before), right(now, before))
    }


def _both_of(left: Term, right: Term) -> Term:
    return lambda now, before: {labels: one for labels, one, _ in _pairs(left(now, before), right(now, before))}


def _gathered(inner: Term, how: Callable[[list[float]], float], by: tuple[str, ...]) -> Term:
    def gather(now: Figures, before: Figures) -> Value:
        groups: dict[Labels, list[float]] = {}
        found = inner(now, before)
        assert isinstance(found, dict)
        for labels, value in found.items():
            groups.setdefault(frozenset(pair for pair in labels if pair[0] in by), []).append(value)
        return {labels: how(values) for labels, values in groups.items()}

    return gather


def _changed(inner: Term) -> Term:
    def change(now: Figures, before: Figures) -> Value:
        return {labels: one - other for labels, one, other in _pairs(inner(now, before), inner(before, before))}

    return change


def _absent(inner: Term) -> Term:
    return lambda now, before: {} if inner(now, before) else {NONE: 1.0}
