import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Iterator, Mapping, Optional, Union

Facts = Union[str, Mapping[str, Any]]

@dataclass(frozen=True)
class Finding:
    code: str
    severity: str
    zh: str
    en: str
    help_zh: Optional[str]
    help_en: Optional[str]
    places: tuple[dict[str, Any], ...]

class HuizeError(ValueError):
    code: str
    findings: list[Finding]

@dataclass(frozen=True)
class Bounds:
    low: Optional[Decimal]
    high: Optional[Decimal]

@dataclass(frozen=True)
class Payment:
    amount: Optional[Decimal]
    unit: str
    bounds: Optional[Bounds]

@dataclass(frozen=True)
class Condition:
    label: str
    held: Optional[bool]
    state: str
    citation: str

@dataclass(frozen=True)
class Decision:
    outcome: str
    payments: dict[str, Payment]
    conditions: list[Condition]
    missing: list[str]
    blocked: list[str]
    discretion: list[str]
    assumed: list[str]
    unverified: list[str]
    error_code: Optional[str]
    @property
    def entitled(self) -> bool: ...

@dataclass(frozen=True)
class CaseDecision:
    policy: str
    period: str
    as_of: datetime.date
    decisions: dict[str, Decision]
    members: dict[str, dict[str, Decision]]
    raw: dict[str, Any]

@dataclass(frozen=True)
class Node:
    data: dict[str, Any]
    @property
    def id(self) -> Optional[str]: ...
    def __getitem__(self, name: str) -> Any: ...
    def find(self, id: str) -> Optional[Node]: ...
    def walk(self) -> Iterator[Node]: ...

class Explanation(Node): ...

class Engine:
    def __init__(self, policies: Optional[Mapping[str, str]] = None) -> None: ...
    def decide(self, facts: Facts) -> CaseDecision: ...
    def explain(self, facts: Facts, lang: str = "zh") -> Explanation: ...
    def schema(self, name: str, results: bool = False) -> dict[str, Any]: ...
    def check(self) -> list[Finding]: ...

def decide(facts: Facts) -> CaseDecision: ...
def explain(facts: Facts, lang: str = "zh") -> Explanation: ...
