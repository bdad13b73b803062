"""A linear policy on a few features: six numbers, trained by ``train.py``, driven by ``policy_driver.py``."""

from __future__ import annotations

from typing import Sequence, Tuple

from heavylift_drive.features import AGENT_FEATURES, ROUTE_FEATURES

#: Time gap in s, gap at a stand in m, pull to the wanted speed, to the gap, look-ahead in points of the route, push to the route's middle.
START = (1.0, 2.0, 0.3, 0.2, 2.0, 0.0)
SPREAD = (0.7, 2.0, 0.3, 0.3, 1.0, 0.05)


def act(
    policy: Sequence[float],
    ego: Sequence[float],
    agents: Sequence[float],
    route: Sequence[float],
) -> Tuple[float, float]:
    """Acceleration in m/s² and the angle of the front wheels in rad, from features of an observation."""
    time_gap_s, stand_m, to_speed, to_gap, look, to_middle = policy
    speed, _, _, _, left_of_route, wanted = ego
    point = ROUTE_FEATURES * min(max(int(look), 0), len(route) // ROUTE_FEATURES - 1)
    ahead, left = route[point], route[point + 1]
    steer = 2 * 2.7 * left / max(ahead * ahead + left * left, 1.0) - to_middle * left_of_route
    acceleration = to_speed * (wanted - speed)
    for at in range(0, len(agents), AGENT_FEATURES):
        there, aside, _, other, length, width, _ = agents[at : at + AGENT_FEATURES]
        if length == 0 or there <= 0 or abs(aside) > (width + 2) / 2 + 0.3:
            continue
        gap = there - length / 2 - 3.5
        closing = speed - other
        acceleration = min(
            acceleration,
            to_gap * (gap - stand_m - time_gap_s * speed) - closing,
            -closing * closing / (2 * max(gap - 1, 0.5)) if closing > 0 and gap < 40 else acceleration,
        )
    return max(-8.0, min(3.0, acceleration)), max(-0.6, min(0.6, steer))
