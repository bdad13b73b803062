"""An observation as a fixed number of values in the vehicle's own frame: what environments give, and what a trained policy drives by."""

from __future__ import annotations

import math
from typing import Dict, List, NamedTuple, Sequence

from .observation import Case, Observation

#: ahead, left, heading (as seen from the vehicle), speed, length, width, kind; a row of zeros where nobody is.
AGENT_FEATURES = 7
#: ahead, left, heading, speed limit.
ROUTE_FEATURES = 4
EGO_FEATURES = 6
LINE_FEATURES = 2
#: How far apart points of the route are told, and how far they go back.
ROUTE_STEP_M = 4.0
FAR_M = 1000.0


class Size(NamedTuple):
    """How many agents (the nearest) and points of the route are told."""

    agents: int = 8
    route: int = 10


def features(seen: Observation, case: Case, size: Size = Size()) -> Dict[str, List[float]]:
    """Rows one after another: ``ego``, ``agents``, ``route``, ``line`` (metres to the next stop line, number of its state)."""
    ego = seen.ego
    route = case.route
    wanted = case.desired_speed_mps
    at = min(max(int(ego.route_m / 2), 0), len(route) - 1)
    limit = wanted if wanted is not None else route[at].speed_limit_mps
    rows = []
    for agent in seen.agents:
        ahead, left = ego.seen(agent.x, agent.y)
        heading = _turn(agent.heading - ego.heading)
        rows.append((ahead, left, heading, agent.speed_mps, agent.length_m, agent.width_m, agent.kind_number))
    rows.sort(key=lambda row: row[0] * row[0] + row[1] * row[1])
    agents: List[float] = [value for row in rows[: size.agents] for value in row]
    agents += [0.0] * (size.agents * AGENT_FEATURES - len(agents))
    points: List[float] = []
    for index in range(size.route):
        point = route[min(at + int((index + 1) * ROUTE_STEP_M / 2), len(route) - 1)]
        ahead, left = ego.seen(point.x, point.y)
        points += [ahead, left, _turn(point.heading - ego.heading), point.speed_limit_mps]
    line = next(([s - ego.route_m, state] for s, state in seen.lines if s > ego.route_m), [FAR_M, 0.0])
    return {
        "ego": [
            ego.speed_mps,
            ego.acceleration_mps2,
            ego.yaw_rate_radps,
            ego.front_steer_rad,
            ego.route_left_m,
            limit,
        ],
        "agents": agents,
        "route": points,
        "line": [min(line[0], FAR_M), line[1]],
    }


def flat(told: Dict[str, List[float]]) -> Sequence[float]:
    """All of them in a row: ``agents``, ``ego``, ``line``, ``route``, as gymnasium's FlattenObservation has them."""
    return [value for name in sorted(told) for value in told[name]]


def _turn(angle: float) -> float:
    return math.remainder(angle, math.tau)


