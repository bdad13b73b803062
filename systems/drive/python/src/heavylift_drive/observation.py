"""What a driver is told: metres, seconds, radians counter-clockwise from x, m/s. DRIVERS.md has the table and a picture."""

from __future__ import annotations

import math
from typing import Any, List, Mapping, NamedTuple, Optional, Sequence, Tuple

AGENT_KINDS = ("car", "truck", "bus", "motorcycle", "bicycle", "pedestrian", "emergency", "object", "animal")
LIGHTS = ("brake", "left", "right", "emergency", "headlights")
LINE_STATES = ("off", "red", "amber", "green", "flashingAmber", "stop")
PRECIPITATIONS = ("none", "rain", "snow")


class Shape(NamedTuple):
    """The vehicle under test; ``centre_x`` is its centre ahead of the rear axle."""

    wheelbase_m: float
    length_m: float
    width_m: float
    centre_x: float


class RoutePoint(NamedTuple):
    """A point of the route, every two metres."""

    x: float
    y: float
    heading: float
    speed_limit_mps: float


class Case(NamedTuple):
    """What is told once, when a case begins."""

    number: int
    id: str
    seed: int
    step_s: float
    shape: Shape
    #: None: the limit of the route.
    desired_speed_mps: Optional[float]
    route: List[RoutePoint]

    @staticmethod
    def of(told: Mapping[str, Any]) -> "Case":
        shape = told["shape"]
        return Case(
            number=told["case"],
            id=told["id"],
            seed=told["seed"],
            step_s=told["stepS"],
            shape=Shape(shape["wheelbaseM"], shape["lengthM"], shape["widthM"], shape["centreX"]),
            desired_speed_mps=told["desiredSpeedMps"],
            route=[RoutePoint(*point) for point in told["route"]],
        )


class Ego(NamedTuple):
    """The vehicle under test: the middle of its rear axle, and where that is along and left of the route."""

    x: float
    y: float
    heading: float
    speed_mps: float
    acceleration_mps2: float
    yaw_rate_radps: float
    front_steer_rad: float
    rear_steer_rad: float
    route_m: float
    route_left_m: float

    def seen(self, x: float, y: float) -> Tuple[float, float]:
        """A place of the world as metres ahead and left of the rear axle."""
        cos, sin = math.cos(self.heading), math.sin(self.heading)
        dx, dy = x - self.x, y - self.y
        return dx * cos + dy * sin, dy * cos - dx * sin


class Environment(NamedTuple):
    illuminance_lux: float
    visual_range_m: float
    precipitation_number: float
    precipitation_mm_per_h: float
    friction: float

    @property
    def precipitation(self) -> str:
        return PRECIPITATIONS[int(self.precipitation_number)]


class Agent(NamedTuple):
    """Somebody within 150 m: the centre of the body."""

    id: float
    kind_number: float
    x: float
    y: float
    heading: float
    speed_mps: float
    acceleration_mps2: float
    yaw_rate_radps: float
    length_m: float
    width_m: float
    has_siren: float
    lights_bits: float

    @property
    def kind(self) -> str:
        return AGENT_KINDS[int(self.kind_number)]

    @property
    def lights(self) -> Tuple[str, ...]:
        bits = int(self.lights_bits)
        return tuple(name for bit, name in enumerate(LIGHTS) if bits & (1 << bit))


class StopLine(NamedTuple):
    """A stop line on the route, of a light or a sign."""

    route_m: float
    state_number: float

    @property
    def state(self) -> str:
        return LINE_STATES[int(self.state_number)]


HEAD = ("case", "time_s", "agent_count", "line_count")
_EGO_AT = len(HEAD)
_ENVIRONMENT_AT = _EGO_AT + len(Ego._fields)
_AGENTS_AT = _ENVIRONMENT_AT + len(Environment._fields)
AGENT_LENGTH = len(Agent._fields)
LINE_LENGTH = len(StopLine._fields)


class Observation:
    """What is seen at one step. It looks into the frame that it came in: what is to be kept beyond the step has to be copied."""

    __slots__ = ("numbers", "at", "agent_count", "line_count")

    def __init__(self, numbers: Sequence[float], at: int) -> None:
        self.numbers = numbers
        self.at = at
        self.agent_count = int(numbers[at + 2])
        self.line_count = int(numbers[at + 3])

    @property
    def case(self) -> int:
        return int(self.numbers[self.at])

    @property
    def time_s(self) -> float:
        return self.numbers[self.at + 1]

    @property
    def ego(self) -> Ego:
        at = self.at
        return Ego._make(self.numbers[at + _EGO_AT : at + _ENVIRONMENT_AT])

    @property
    def environment(self) -> Environment:
        at = self.at
        return Environment._make(self.numbers[at + _ENVIRONMENT_AT : at + _AGENTS_AT])

    @property
    def agents(self) -> List[Agent]:
        first = self.at + _AGENTS_AT
        return [
            Agent._make(self.numbers[at : at + AGENT_LENGTH])
            for at in range(first, first + AGENT_LENGTH * self.agent_count, AGENT_LENGTH)
        ]

    @property
    def lines(self) -> List[StopLine]:
        first = self.at + _AGENTS_AT + AGENT_LENGTH * self.agent_count
        return [
            StopLine._make(self.numbers[at : at + LINE_LENGTH])
            for at in range(first, first + LINE_LENGTH * self.line_count, LINE_LENGTH)
        ]

    @property
    def end(self) -> int:
        """The place of the next observation in the same numbers."""
        return self.at + _AGENTS_AT + AGENT_LENGTH * self.agent_count + LINE_LENGTH * self.line_count

    def agent_rows(self) -> Sequence[float]:
        """The numbers of all agents, one row of ``AGENT_LENGTH`` after another: for ``numpy.asarray(…).reshape(-1, AGENT_LENGTH)``."""
        first = self.at + _AGENTS_AT
        return self.numbers[first : first + AGENT_LENGTH * self.agent_count]


def observations(numbers: Sequence[float], first: int = 2) -> List[Observation]:
    """All observations of a frame."""
    found = []
    at = first
    while at < len(numbers):
        one = Observation(numbers, at)
        found.append(one)
        at = one.end
    return found


class Command(NamedTuple):
    """What to do until the next step. Wheels are positive to the left."""

    acceleration_mps2: float
    front_steer_rad: float
    rear_steer_rad: float = 0.0
