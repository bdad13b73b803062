"""Needs gymnasium, numpy and the package installed: what the long test runs."""

import warnings

import gymnasium
import numpy as np
from gymnasium.utils.env_checker import check_env

import heavylift_drive.env as drive

warnings.simplefilter("error", UserWarning)
# Spaces without bounds, and actions in physical units, are meant.
warnings.filterwarnings("ignore", message=".*(infinity|normalized|symmetric).*")

env = gymnasium.make("heavylift/Drive-v0", scenario="cut-in")
check_env(env.unwrapped, skip_render_check=True)
print("check_env passed")

# Two in a vector are the same as each by itself, with the seeds that the vector drew.
vector = gymnasium.make_vec("heavylift/Drive-v0", num_envs=2, scenario="cut-in")
told, infos = vector.reset(seed=7)
assert vector.observation_space.contains(told)
singles = [drive.Worlds() for _ in range(2)]
worlds = [one.begin(0, "cut-in", seed=int(seed)) for one, seed in zip(singles, infos["seed"])]
digests = [None, None]
for step in range(2000):
    action = np.array([[0.3, 0.0], [1.0, 0.0]], dtype=np.float32)
    told, rewards, terminated, truncated, infos = vector.step(action)
    for place, one in enumerate(singles):
        if digests[place] is None:
            worlds[place] = one.step({0: action[place]})[0]
            if worlds[place].ended is not None:
                digests[place] = worlds[place].ended.digest
                assert terminated[place] or truncated[place]
                assert infos["digest"][place] == digests[place]
    if all(digests):
        break
assert all(digests)
told, rewards, terminated, truncated, infos = vector.step(action)
assert not (terminated.any() and rewards.any())
for one in singles:
    one.close()
vector.close()
env.close()
print("vector equals single")
