"""The simulator as a child process: runs that are driven from here, several at a time."""

from __future__ import annotations

import json
import os
import subprocess
from array import array
from pathlib import Path
from types import TracebackType
from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Sequence, Type, Union

from .frames import PROTOCOL, read_frame, write_frame
from .observation import Case, Command, Observation, observations


class WorldsError(Exception):
    """The simulator cannot do what was asked, or is gone."""


class Ended(NamedTuple):
    """How a run ended."""

    #: passed, failed, or struck: another drove into it.
    outcome: str
    #: What ended it: collision, time, or end (its goal, or its storyboard's end).
    by: str
    #: Criterion, time and words of each failure.
    failures: List[Dict[str, Any]]
    #: Of every state: equal digests mean equal runs.
    digest: str
    duration_s: float


class World(NamedTuple):
    """A run after a step; ``ended`` is None while it goes on."""

    case: Case
    seen: Observation
    ended: Optional[Ended]


class Worlds:
    """Runs in numbered places. ``with Worlds() as worlds:`` ends the simulator with the block.

    ``command`` starts the simulator; by default that of the environment variable ``DRIVE_SIMULATOR``, else of the repository that
    this package or the working folder lies in.
    """

    def __init__(self, command: Optional[Sequence[str]] = None) -> None:
        self._process = subprocess.Popen(
            [*(command or simulator_command()), "drive", "worlds"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._input, self._output = self._process.stdin, self._process.stdout
        self._cases: Dict[int, Case] = {}
        self._frame = 0.0
        line = self._output.readline()
        ready = json.loads(line) if line.startswith(b"{") else {}
        if ready.get("protocol") != PROTOCOL:
            self.close()
            raise WorldsError(f"The simulator did not start: {line[:200]!r}")

    def begin(
        self,
        place: int,
        scenario: str,
        *,
        seed: int = 1,
        parameters: Optional[Mapping[str, Union[float, str]]] = None,
        vehicle: str = "bicycle",
    ) -> World:
        """Begins a run in a place, instead of the one that is there. ``scenario`` is the name of a built-in one, or an .xosc file."""
        told = {"case": place, "scenario": scenario, "seed": seed, "parameters": dict(parameters or {}), "vehicle": vehicle}
        return self.exchange([told], {})[place]

    def step(self, commands: Mapping[int, Sequence[float]]) -> Dict[int, World]:
        """Drives the runs of these places one step on, all in one exchange."""
        return self.exchange([], commands)

    def exchange(
        self, begin: Sequence[Mapping[str, Any]], commands: Mapping[int, Sequence[float]]
    ) -> Dict[int, World]:
        """Begins runs and steps others at once; gives each of them by its place."""
        self._frame += 1
        numbers = array("d", (self._frame, float(len(commands))))
        for place, command in commands.items():
            numbers.append(float(place))
            numbers.extend(Command(*map(float, command)))
        try:
            write_frame(self._input, {"begin": list(begin)} if begin else {}, numbers.tobytes())
            frame = read_frame(self._output)
        except OSError:
            frame = None
        if frame is None:
            raise WorldsError(f"The simulator has ended with code {self._process.wait()}.")
        head, seen = frame
        for place, why in head.get("errors", {}).items():
            raise WorldsError(f"Place {place}: {why}")
        for told in head.get("begin", ()):
            self._cases[told["case"]] = Case.of(told)
        ended = {
            told["case"]: Ended(told["outcome"], told["by"], told["failures"], told["digest"], told["durationS"])
            for told in head.get("ended", ())
        }
        return {one.case: World(self._cases[one.case], one, ended.get(one.case)) for one in observations(seen)}

    def close(self) -> None:
        self._input.close()
        self._output.close()
        self._process.wait()

    def __enter__(self) -> "Worlds":
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        where: Optional[TracebackType],
    ) -> None:
        self.close()


def simulator_command() -> List[str]:
    """What starts ``heavylift`` here. Raises WorldsError where it is not found."""
    given = os.environ.get("DRIVE_SIMULATOR")
    if given:
        return given.split()
    for start in (Path.cwd(), Path(__file__).resolve()):
        for folder in (start, *start.parents):
            program = folder / "apps" / "cli" / "bin" / "heavylift.mjs"
            if program.is_file():
                return ["node", str(program)]
    raise WorldsError(
        "The simulator was not found. Work below the Heavylift repository, or set DRIVE_SIMULATOR, "
        "e.g. to `node /path/to/heavylift/apps/cli/bin/heavylift.mjs`."
    )
