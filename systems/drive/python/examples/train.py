"""Trains ``policy.py`` in sixteen runs at a time by the cross-entropy method and writes ``policy.json``.

    pip install './systems/drive/python[gym]'
    python systems/drive/python/examples/train.py --scenario cut-in --rounds 5
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import List

import gymnasium
import numpy as np
from numpy.typing import NDArray
from policy import SPREAD, START, act

import heavylift_drive.env as drive


def returns(envs: drive.DriveVectorEnv, policies: List[NDArray[np.float64]], seed: int) -> NDArray[np.float64]:
    """What each policy collects in a run of its own; all of them drive the runs of one seed."""
    told, _ = envs.reset(seed=seed)
    total = np.zeros(len(policies))
    going = np.ones(len(policies), dtype=bool)
    while going.any():
        actions = [
            act(policy.tolist(), ego, agents, route)
            for policy, ego, agents, route in zip(
                policies, told["ego"].tolist(), told["agents"].tolist(), told["route"].tolist()
            )
        ]
        told, rewards, terminated, truncated, _ = envs.step(np.array(actions, dtype=np.float32))
        total += np.where(going, rewards, 0)
        going &= ~(terminated | truncated)
    return total


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scenario", default="cut-in")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--policies", type=int, default=16)
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("policy.json"))
    args = parser.parse_args()
    envs = gymnasium.make_vec("heavylift/Drive-v0", num_envs=args.policies, scenario=args.scenario)
    assert isinstance(envs.unwrapped, drive.DriveVectorEnv)
    random = np.random.default_rng(1)
    mean, spread = np.array(START), np.array(SPREAD)
    unseen = 10_000
    first = returns(envs.unwrapped, [mean] * args.policies, unseen).mean()
    for number in range(args.rounds):
        policies = [random.normal(mean, spread) for _ in range(args.policies)]
        scores = returns(envs.unwrapped, policies, number) + returns(envs.unwrapped, policies, 100 + number)
        best = [policies[index] for index in np.argsort(-scores)[: max(2, args.policies // 4)]]
        mean, spread = np.mean(best, axis=0), np.std(best, axis=0) + 0.02
        print(f"round {number + 1}: mean {scores.mean() / 2:.1f}, best {scores.max() / 2:.1f}")
    last = returns(envs.unwrapped, [mean] * args.policies, unseen).mean()
    envs.close()
    args.out.write_text(json.dumps(mean.tolist()) + "\n")
    print(f"On runs that it was not trained on: {first:.1f} before, {last:.1f} after. Written: {args.out}")


if __name__ == "__main__":
    main()
