"""The policy that ``train.py`` wrote, as a version: ``{"kind": "external", "parameters": {"command": "python3", "args": [".../policy_driver.py"]}}``."""

import json
from pathlib import Path

from heavylift_drive import Command, Driver, Observation, serve
from heavylift_drive.features import features
from policy import START, act

_written = Path(__file__).with_name("policy.json")
POLICY = json.loads(_written.read_text()) if _written.exists() else START


class Policy(Driver):
    def step(self, seen: Observation) -> Command:
        told = features(seen, self.case)
        return Command(*act(POLICY, told["ego"], told["agents"], told["route"]))


if __name__ == "__main__":
    serve(Policy)
