"""Programs that ``heavylift drive`` starts as a version of kind ``external``."""

from __future__ import annotations

import json
import sys
import traceback
from array import array
from abc import ABC, abstractmethod
from typing import IO, Callable, Dict, List, Optional, Sequence, Tuple

from .frames import PROTOCOL, read_frame, write_frame
from .observation import Case, Command, Observation, observations


class Driver(ABC):
    """Drives one case. What it does has to follow from the case and what it sees: runs are the same on every repetition."""

    def __init__(self, case: Case) -> None:
        self.case = case

    @abstractmethod
    def step(self, seen: Observation) -> Command:
        """What to do until the next step. An exception ends the run as failed, and no other."""

    def close(self) -> None:
        """The case is over."""


class BatchDriver(ABC):
    """Drives all cases at once, for a model that is fast with many inputs."""

    def begin(self, case: Case) -> None:
        """A case begins; observations name it by ``case.number``."""

    def end(self, number: int) -> None:
        """A case is over."""

    @abstractmethod
    def step(self, seen: Sequence[Observation]) -> Sequence[Command]:
        """A command for each observation, in their order. An exception fails all of them."""


def serve(make: Callable[[Case], Driver]) -> None:
    """Drives until the simulator has no more cases. ``make`` is a class of drivers, or a function that makes one."""
    serve_batch(_OneByOne(make))


def serve_batch(driver: BatchDriver) -> None:
    """The same for a driver of all cases at once."""
    output = sys.stdout.buffer
    # What a driver prints is for people, and goes to where they see it.
    sys.stdout = sys.stderr
    _serve(driver, sys.stdin.buffer, output)


def _serve(driver: BatchDriver, stream: IO[bytes], output: IO[bytes]) -> None:
    if not stream.readline():
        return
    output.write(json.dumps({"type": "ready", "protocol": PROTOCOL, "encoding": "binary"}).encode() + b"\n")
    output.flush()
    while True:
        frame = read_frame(stream)
        if frame is None:
            return
        head, numbers = frame
        for number in head.get("ended", ()):
            driver.end(number)
        for told in head.get("begin", ()):
            driver.begin(Case.of(told))
        seen = observations(numbers)
        errors: Dict[str, str] = {}
        if isinstance(driver, _OneByOne):
            commands, errors = driver.step_each(seen)
        else:
            commands = _all_or_none(driver, seen, errors)
        answer = array("d", (numbers[0], 0.0))
        count = 0
        for one, command in zip(seen, commands):
            if command is None:
                continue
            count += 1
            answer.append(numbers[one.at])
            answer.extend(command)
        answer[1] = count
        write_frame(output, {"errors": errors} if errors else {}, answer.tobytes())


def _all_or_none(
    driver: BatchDriver, seen: Sequence[Observation], errors: Dict[str, str]
) -> Sequence[Optional[Command]]:
    try:
        commands = driver.step(seen)
        if len(commands) != len(seen):
            raise ValueError(f"{len(commands)} commands for {len(seen)} observations")
        return [Command(*map(float, command)) for command in commands]
    except Exception as error:
        for one in seen:
            errors[str(one.case)] = _told(error)
        return [None] * len(seen)


class _OneByOne(BatchDriver):
    """A driver for each case."""

    def __init__(self, make: Callable[[Case], Driver]) -> None:
        self._make = make
        self._drivers: Dict[int, Driver] = {}
        self._failed: Dict[int, str] = {}

    def begin(self, case: Case) -> None:
        try:
            self._drivers[case.number] = self._make(case)
        except Exception as error:
            self._failed[case.number] = _told(error)

    def end(self, number: int) -> None:
        self._failed.pop(number, None)
        driver = self._drivers.pop(number, None)
        if driver is not None:
            driver.close()

    def step(self, seen: Sequence[Observation]) -> Sequence[Command]:
        raise NotImplementedError

    def step_each(self, seen: Sequence[Observation]) -> Tuple[Sequence[Optional[Command]], Dict[str, str]]:
        commands: List[Optional[Command]] = []
        errors: Dict[str, str] = {}
        drivers = self._drivers
        for one in seen:
            number = one.case
            try:
                command = drivers[number].step(one)
                # A tuple of two is a command too; what is no number is told here, where it was made.
                commands.append(Command(*map(float, command)))
            except Exception as error:
                errors[str(number)] = self._failed.get(number) or _told(error)
                commands.append(None)
        return commands, errors


def _told(error: Exception) -> str:
    """An exception in a line, with the place where it was raised."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({last.filename.rsplit('/', 1)[-1]}, line {last.lineno})"
