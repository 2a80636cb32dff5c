"""Huize 惠则: benefit standards and eligibility rules that run and explain themselves.

    >>> import huize
    >>> decided = huize.decide({"policy": "zhongshan.dibao", "period": "2023-06", "household": {...}})
    >>> decided.decisions["低保"].payments["低保金"].amount
    Decimal('1353')

Facts are dictionaries (or their JSON text): names as in the policy or their ASCII twins, amounts as
``Decimal``, ``int`` or text; a ``float`` is refused.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Mapping, Optional, Union

from ._huize import Service as _Service

__all__ = [
    "Bounds",
    "CaseDecision",
    "Condition",
    "Decision",
    "Engine",
    "Explanation",
    "Finding",
    "HuizeError",
    "Node",
    "Payment",
    "decide",
    "explain",
]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: a permanent code, the fact in two languages, and what to do."""

    code: str
    severity: str
    zh: str
    en: str
    help_zh: Optional[str]
    help_en: Optional[str]
    places: tuple

    @classmethod
    def _of(cls, data: Mapping[str, Any]) -> "Finding":
        help_ = data.get("help") or {}
        return cls(
            code=data["code"],
            severity=data["severity"],
            zh=data["message"]["zh"],
            en=data["message"]["en"],
            help_zh=help_.get("zh"),
            help_en=help_.get("en"),
            places=tuple(data["places"]),
        )


class HuizeError(ValueError):
    """Facts or policies that cannot be used; ``code`` is the first finding's."""

    def __init__(self, findings: list) -> None:
        self.findings = findings
        self.code = findings[0].code if findings else "huize::internal"
        super().__init__("; ".join(f"[{it.code}] {it.en}" for it in findings))


@dataclass(frozen=True)
class Bounds:
    """Sound bounds of an amount while facts or law are missing; an open end is None."""

    low: Optional[Decimal]
    high: Optional[Decimal]


@dataclass(frozen=True)
class Payment:
    """An exact amount, or bounds, or neither."""

    amount: Optional[Decimal]
    unit: str
    bounds: Optional[Bounds]


@dataclass(frozen=True)
class Condition:
    """A condition of a decision, and whether it held (None: not known)."""

    label: str
    held: Optional[bool]
    state: str
    citation: str


@dataclass(frozen=True)
class Decision:
    """One decision: 符合, 不符合, 待定 or 酌定, and what it rests on and waits for."""

    outcome: str
    payments: dict
    conditions: list
    missing: list
    blocked: list
    discretion: list
    assumed: list
    unverified: list
    error_code: Optional[str]

    @property
    def entitled(self) -> bool:
        return self.outcome == "符合"

    @classmethod
    def _of(cls, data: Mapping[str, Any]) -> "Decision":
        return cls(
            outcome=data["outcome"],
            payments={name: _payment(it) for name, it in data["payments"].items()},
            conditions=[
                Condition(it["label"], it["held"], it["state"], it["citation"])
                for it in data["conditions"]
            ],
            missing=data["missing"],
            blocked=data["blocked"],
            discretion=data["discretion"],
            assumed=data["assumed"],
            unverified=data["unverified"],
            error_code=(data.get("error") or {}).get("code"),
        )


@dataclass(frozen=True)
class CaseDecision:
    """Everything decided about one case; ``members`` by the person's id."""

    policy: str
    period: str
    as_of: datetime.date
    decisions: dict
    members: dict
    raw: dict = field(repr=False)


@dataclass(frozen=True)
class Node:
    """A part of an explanation, with its stable id where it has one."""

    data: dict

    @property
    def id(self) -> Optional[str]:
        return self.data.get("id")

    def __getitem__(self, name: str) -> Any:
        return self.data[name]

    def find(self, id: str) -> Optional["Node"]:
        """The part with that id, anywhere below."""
        for node in self.walk():
            if node.id == id:
                return node
        return None

    def walk(self):
        """This part and all parts below it."""
        stack: list = [self.data]
        while stack:
            value = stack.pop()
            if isinstance(value, dict):
                yield Node(value)
                stack.extend(reversed(list(value.values())))
            elif isinstance(value, list):
                stack.extend(reversed(value))


class Explanation(Node):
    """The reasons for every decision of a case: the trace as objects."""


Facts = Union[str, Mapping[str, Any]]


class Engine:
    """Policies, compiled when first asked for. Use one for many cases and threads."""

    def __init__(self, policies: Optional[Mapping[str, str]] = None) -> None:
        """The policies that come with Huize, or ``policies``: texts by file name."""
        self._service = _Service(None if policies is None else list(policies.items()))

    def decide(self, facts: Facts) -> CaseDecision:
        """Decides facts that name their ``policy`` (or ``place``) and ``period``.

        Raises HuizeError where they cannot be used.
        """
        data = json.loads(self._call(self._service.decide, _text(facts)))
        decisions = {name: Decision._of(it) for name, it in data["decisions"].items()}
        members = {
            member["id"]: {name: Decision._of(it) for name, it in member["decisions"].items()}
            for member in data["members"]
        }
        as_of = datetime.date.fromisoformat(data["as_of"])
        return CaseDecision(data["policy"], data["period"], as_of, decisions, members, data)

    def explain(self, facts: Facts, lang: str = "zh") -> Explanation:
        """Decides facts and gives the reasons, with names and values in a language."""
        if lang not in ("zh", "en"):
            raise ValueError("lang is 'zh' or 'en'")
        return Explanation(
            json.loads(self._call(self._service.explain, _text(facts), lang == "en"))
        )

    def schema(self, name: str, results: bool = False) -> dict:
        """The JSON Schema of the facts (or results) of a policy or place."""
        return json.loads(self._call(self._service.schema, name, results))

    def check(self) -> list:
        """What is wrong with the policies, warnings among it."""
        return [Finding._of(it) for it in json.loads(self._service.check())]

    @staticmethod
    def _call(of, *arguments):
        try:
            return of(*arguments)
        except ValueError as error:
            findings = [Finding._of(it) for it in json.loads(str(error))]
        raise HuizeError(findings)


_builtin: Optional[Engine] = None


def _engine() -> Engine:
    global _builtin
    if _builtin is None:
        _builtin = Engine()
    return _builtin


def decide(facts: Facts) -> CaseDecision:
    """Decides facts by the policies that come with Huize."""
    return _engine().decide(facts)


def explain(facts: Facts, lang: str = "zh") -> Explanation:
    """Decides facts by the policies that come with Huize, and gives the reasons."""
    return _engine().explain(facts, lang)


def _payment(data: Mapping[str, Any]) -> Payment:
    number = lambda text: None if text is None else Decimal(text)  # noqa: E731
    bounds = data.get("bounds")
    return Payment(
        amount=number(data["amount"]),
        unit=data["unit"],
        bounds=None if bounds is None else Bounds(number(bounds.get("low")), number(bounds.get("high"))),
    )


def _text(facts: Facts) -> str:
    if isinstance(facts, str):
        return facts
    # A float is written as it is and refused on the other side, with the path and the fix.
    return json.dumps(facts, ensure_ascii=False, default=_written)


def _written(value: Any) -> str:
    if isinstance(value, (Decimal, datetime.date)):
        return str(value)
    raise TypeError(f"a fact cannot be a {type(value).__name__}")
