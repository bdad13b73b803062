"""Environments of gymnasium: ``heavylift/Drive-v0``, one run or many beside one another in one simulator."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple, Union

import gymnasium
import numpy as np
from gymnasium import spaces
from gymnasium.vector import AutoresetMode, VectorEnv
from gymnasium.vector.utils import batch_space
from numpy.typing import NDArray

from .features import AGENT_FEATURES, EGO_FEATURES, LINE_FEATURES, ROUTE_FEATURES, Size, features
from .worlds import World, Worlds

Told = Dict[str, NDArray[np.float32]]
Action = NDArray[np.float32]
#: Reward of a step, from the run before it and after it.
Reward = Callable[[World, World], float]
Parameters = Mapping[str, Union[float, str]]

#: Most that may be asked for: m/s² and rad of the front wheels.
LOW = np.array([-8.0, -0.6], dtype=np.float32)
HIGH = np.array([3.0, 0.6], dtype=np.float32)


def progress_reward(before: World, after: World) -> float:
    """Metres of progress along the route, and 100 less where the run ends as failed."""
    metres = after.seen.ego.route_m - before.seen.ego.route_m
    return metres - (100.0 if after.ended is not None and after.ended.outcome == "failed" else 0.0)


def observation_space(size: Size) -> spaces.Space[Any]:
    def rows(count: int) -> spaces.Box:
        return spaces.Box(-np.inf, np.inf, (count,), np.float32)

    return spaces.Dict(
        {
            "ego": rows(EGO_FEATURES),
            "agents": rows(size.agents * AGENT_FEATURES),
            "route": rows(size.route * ROUTE_FEATURES),
            "line": rows(LINE_FEATURES),
        }
    )


def _told(world: World, size: Size) -> Told:
    return {
        name: np.asarray(values, dtype=np.float32)
        for name, values in features(world.seen, world.case, size).items()
    }


def _info(world: World) -> Dict[str, Any]:
    info: Dict[str, Any] = {"case": world.case.id, "seed": world.case.seed, "time_s": world.seen.time_s}
    if world.ended is not None:
        info.update(outcome=world.ended.outcome, failures=world.ended.failures, digest=world.ended.digest)
    return info


def _over(world: World) -> Tuple[bool, bool]:
    """Terminated, truncated."""
    if world.ended is None:
        return False, False
    return world.ended.by != "time", world.ended.by == "time"


class DriveEnv(gymnasium.Env[Told, Action]):
    """A run. An action is what to accelerate by in m/s² and the angle of the front wheels in rad.

    ``reset(seed=…)`` gives the run that seed; later resets draw theirs from it. ``options`` may name another ``scenario`` and ``parameters``.
    """

    metadata = {"render_modes": []}

    def __init__(
        self,
        scenario: str = "cut-in",
        parameters: Optional[Parameters] = None,
        agents: int = 8,
        route: int = 10,
        reward: Reward = progress_reward,
        command: Optional[Sequence[str]] = None,
        render_mode: Optional[str] = None,
    ) -> None:
        self._scenario, self._parameters = scenario, dict(parameters or {})
        self._size, self._reward, self._command = Size(agents, route), reward, command
        self._worlds: Optional[Worlds] = None
        self._world: Optional[World] = None
        self.render_mode = render_mode
        self.observation_space = observation_space(self._size)
        self.action_space = spaces.Box(LOW, HIGH, dtype=np.float32)

    def reset(
        self, *, seed: Optional[int] = None, options: Optional[Dict[str, Any]] = None
    ) -> Tuple[Told, Dict[str, Any]]:
        super().reset(seed=seed)
        asked = options or {}
        if self._worlds is None:
            self._worlds = Worlds(self._command)
        self._world = self._worlds.begin(
            0,
            asked.get("scenario", self._scenario),
            seed=int(self.np_random.integers(1, 2**31)),
            parameters=asked.get("parameters", self._parameters),
        )
        return _told(self._world, self._size), _info(self._world)

    def step(self, action: Action) -> Tuple[Told, float, bool, bool, Dict[str, Any]]:
        if self._worlds is None or self._world is None or self._world.ended is not None:
            raise gymnasium.error.ResetNeeded("The run is over, or has not begun: call reset().")
        before = self._world
        # The frame of the step before is of no more use to anybody but the reward.
        self._world = self._worlds.step({0: np.clip(action, LOW, HIGH).tolist()})[0]
        terminated, truncated = _over(self._world)
        reward = float(self._reward(before, self._world))
        return _told(self._world, self._size), reward, terminated, truncated, _info(self._world)

    def close(self) -> None:
        if self._worlds is not None:
            self._worlds.close()
        self._worlds = None


class DriveVectorEnv(VectorEnv[Told, Action, NDArray[Any]]):
    """So many runs in one simulator, all of them stepped in one exchange. A run that is over begins anew at the next step."""

    metadata = {"render_modes": [], "autoreset_mode": AutoresetMode.NEXT_STEP}

    def __init__(
        self,
        num_envs: int = 1,
        scenario: str = "cut-in",
        parameters: Optional[Parameters] = None,
        agents: int = 8,
        route: int = 10,
        reward: Reward = progress_reward,
        command: Optional[Sequence[str]] = None,
        render_mode: Optional[str] = None,
    ) -> None:
        self.num_envs = num_envs
        self._scenario, self._parameters = scenario, dict(parameters or {})
        self._size, self._reward, self._command = Size(agents, route), reward, command
        self._worlds: Optional[Worlds] = None
        self._now: List[World] = []
        self.render_mode = render_mode
        self.single_observation_space = observation_space(self._size)
        self.single_action_space = spaces.Box(LOW, HIGH, dtype=np.float32)
        self.observation_space = batch_space(self.single_observation_space, num_envs)
        self.action_space = batch_space(self.single_action_space, num_envs)

    def _begin(self, place: int) -> Dict[str, Any]:
        seed = int(self.np_random.integers(1, 2**31))
        return {"case": place, "scenario": self._scenario, "seed": seed, "parameters": self._parameters}

    def _all(self) -> Tuple[Told, Dict[str, Any]]:
        rows = [_told(world, self._size) for world in self._now]
        infos: Dict[str, Any] = {}
        for place, world in enumerate(self._now):
            infos = self._add_info(infos, _info(world), place)
        return {name: np.stack([row[name] for row in rows]) for name in rows[0]}, infos

    def reset(
        self,
        *,
        seed: Optional[Union[int, List[Optional[int]]]] = None,
        options: Optional[Dict[str, Any]] = None,
    ) -> Tuple[Told, Dict[str, Any]]:
        super().reset(seed=seed[0] if isinstance(seed, list) else seed)
        if self._worlds is None:
            self._worlds = Worlds(self._command)
        begun = self._worlds.exchange([self._begin(place) for place in range(self.num_envs)], {})
        self._now = [begun[place] for place in range(self.num_envs)]
        return self._all()

    def step(
        self, actions: Action
    ) -> Tuple[Told, NDArray[Any], NDArray[Any], NDArray[Any], Dict[str, Any]]:
        if self._worlds is None or not self._now:
            raise gymnasium.error.ResetNeeded("Nothing has begun: call reset().")
        before = self._now
        clipped = np.clip(actions, LOW, HIGH)
        over = [place for place, world in enumerate(before) if world.ended is not None]
        under_way = {
            place: clipped[place].tolist() for place, world in enumerate(before) if world.ended is None
        }
        after = self._worlds.exchange([self._begin(place) for place in over], under_way)
        self._now = [after[place] for place in range(self.num_envs)]
        rewards = np.array(
            [self._reward(before[place], self._now[place]) if place in under_way else 0.0 for place in range(self.num_envs)],
            dtype=np.float32,
        )
        told, infos = self._all()
        terminated = np.array([_over(world)[0] for world in self._now])
        truncated = np.array([_over(world)[1] for world in self._now])
        return told, rewards, terminated, truncated, infos

    def close_extras(self, **kwargs: Any) -> None:
        if self._worlds is not None:
            self._worlds.close()
        self._worlds = None


gymnasium.register(
    id="heavylift/Drive-v0",
    entry_point="heavylift_drive.env:DriveEnv",
    vector_entry_point="heavylift_drive.env:DriveVectorEnv",
)
