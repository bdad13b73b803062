"""Without numpy, gymnasium or a network: python3 -m unittest discover -s systems/drive/python/tests."""

import io
import json
import struct
import sys
import unittest
from array import array
from pathlib import Path
from typing import List, Optional, Tuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from heavylift_drive import Case, Command, Driver, Observation, Worlds, WorldsError  # noqa: E402
from heavylift_drive.driver import _OneByOne, _serve  # noqa: E402
from heavylift_drive.features import features  # noqa: E402
from heavylift_drive.frames import read_frame, write_frame  # noqa: E402

TOLD = {
    "case": 3,
    "id": "cut-in/7",
    "seed": 1,
    "stepS": 0.05,
    "shape": {"wheelbaseM": 2.7, "lengthM": 4.5, "widthM": 1.8, "centreX": 1.4},
    "desiredSpeedMps": None,
    "route": [[2.0 * i, 0.0, 0.0, 13.9] for i in range(50)],
}


def block(case: int, agents: int = 1) -> List[float]:
    ego = [10.0, 0.0, 0.0, 12.0, 0.0, 0.0, 0.0, 0.0, 10.0, 0.0]
    row = [4.0, 5.0, 30.0, 1.0, 0.0, 1.5, 0.0, 0.0, 0.5, 0.5, 0.0, 17.0]
    return [case, 0.25, agents, 1, *ego, 50000.0, 10000.0, 1.0, 2.5, 0.7, *(row * agents), 60.0, 1.0]


def question(frame: int, cases: List[int], head: Optional[dict] = None) -> bytes:
    stream = io.BytesIO()
    numbers = array("d", [frame, len(cases), *(x for case in cases for x in block(case))])
    write_frame(stream, head or {}, numbers.tobytes())
    return stream.getvalue()


class Braking(Driver):
    def step(self, seen: Observation) -> Command:
        if self.case.id == "bad":
            raise ValueError("no idea")
        return Command(-seen.ego.speed_mps, 0.1)


def answers(data: bytes, driver: type = Braking) -> List[Tuple[dict, List[float]]]:
    output = io.BytesIO()
    _serve(_OneByOne(driver), io.BytesIO(b'{"type":"hello"}\n' + data), output)
    output.seek(0)
    assert json.loads(output.readline()) == {"type": "ready", "protocol": 2, "encoding": "binary"}
    found = []
    while True:
        frame = read_frame(output)
        if frame is None:
            return found
        found.append((frame[0], list(frame[1])))


class TheProtocol(unittest.TestCase):
    def test_an_observation_has_its_names(self) -> None:
        seen = Observation([1.0, 1.0, *block(3)], 2)
        self.assertEqual((seen.case, seen.time_s), (3, 0.25))
        self.assertEqual((seen.ego.speed_mps, seen.ego.route_m), (12.0, 10.0))
        self.assertEqual((seen.environment.precipitation, seen.environment.friction), ("rain", 0.7))
        (agent,) = seen.agents
        self.assertEqual((agent.kind, agent.x, agent.lights), ("pedestrian", 30.0, ("brake", "headlights")))
        self.assertEqual([(line.route_m, line.state) for line in seen.lines], [(60.0, "red")])
        self.assertEqual(seen.end, 2 + len(block(3)))
        self.assertEqual(list(seen.agent_rows()), block(3)[19:31])

    def test_a_place_is_seen_from_the_vehicle(self) -> None:
        ego = Observation(block(3), 0).ego._replace(heading=1.5707963267948966)
        ahead, left = ego.seen(9.0, 4.0)
        self.assertAlmostEqual(ahead, 4.0)
        self.assertAlmostEqual(left, 1.0)

    def test_many_cases_are_answered_in_one_frame(self) -> None:
        told = [{**TOLD, "case": case} for case in (3, 5)]
        data = question(1, [3, 5], {"begin": told, "ended": []}) + question(2, [5], {"begin": [], "ended": [3]})
        self.assertEqual(
            answers(data),
            [({}, [1, 2, 3, -12.0, 0.1, 0.0, 5, -12.0, 0.1, 0.0]), ({}, [2, 1, 5, -12.0, 0.1, 0.0])],
        )

    def test_an_exception_fails_its_case_alone(self) -> None:
        told = [{**TOLD, "case": 1, "id": "bad"}, {**TOLD, "case": 2}]
        ((head, numbers),) = answers(question(1, [1, 2], {"begin": told}))
        self.assertEqual(numbers, [1, 1, 2, -12.0, 0.1, 0.0])
        self.assertRegex(head["errors"]["1"], r"ValueError: no idea \(test_package\.py, line \d+\)")

    def test_a_frame_that_is_cut_off_ends_the_program(self) -> None:
        data = question(1, [3], {"begin": [TOLD]})
        self.assertEqual(answers(data[:-9]), [])
        self.assertEqual(struct.unpack("<II", data[:8])[1], 2 + len(block(3)))

    def test_features_are_seen_from_the_vehicle(self) -> None:
        told = features(Observation(block(3), 0), Case.of(TOLD))
        self.assertEqual(told["ego"], [12.0, 0.0, 0.0, 0.0, 0.0, 13.9])
        self.assertEqual(told["agents"][:7], [20.0, 1.0, 0.0, 1.5, 0.5, 0.5, 5.0])
        self.assertEqual(told["route"][:4], [4.0, 0.0, 0.0, 13.9])
        self.assertEqual(told["line"], [50.0, 1.0])


class TheSimulator(unittest.TestCase):
    def test_runs_are_driven_several_at_a_time_and_the_same_every_time(self) -> None:
        with Worlds() as worlds:
            digests = [self.drive(worlds, [0, 1, 2]), self.drive(worlds, [0, 1, 2]), self.drive(worlds, [2])]
        self.assertEqual(digests[0], digests[1])
        self.assertEqual(digests[2][2], digests[0][2])
        self.assertEqual(len(set(digests[0].values())), 3)
        print("digests", json.dumps(digests[0]), flush=True)

    def drive(self, worlds: Worlds, places: List[int]) -> dict:
        going = {
            place: worlds.begin(place, "cut-in", seed=place + 1, parameters={"ttcS": 3 + place}) for place in places
        }
        digests = {}
        while going:
            commands = {place: (0.5 * (10 - world.seen.ego.speed_mps), 0.0) for place, world in going.items()}
            for place, world in worlds.step(commands).items():
                going[place] = world
                if world.ended is not None:
                    digests[place] = world.ended.digest
                    del going[place]
        return digests

    def test_what_cannot_be_is_told(self) -> None:
        with Worlds() as worlds:
            with self.assertRaisesRegex(WorldsError, "no-such-scenario"):
                worlds.begin(0, "no-such-scenario")
            with self.assertRaisesRegex(WorldsError, "begin one"):
                worlds.step({4: (0.0, 0.0)})
            world = worlds.begin(0, "cut-in", parameters={"ttcS": 4})
            over = worlds.step({0: (float("nan"), 0.0)})[0]
            self.assertIsNone(world.ended)
            assert over.ended is not None
            self.assertEqual((over.ended.outcome, over.ended.failures[0]["criterion"]), ("failed", "driver"))


if __name__ == "__main__":
    unittest.main()
