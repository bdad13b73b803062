"""Judges ways through CommonRoad scenes by commonroad-drivability-checker: prints a list with null for a valid one, else why not."""

import gzip
import json
import math
import sys
import tempfile

import numpy
from commonroad.geometry.shape import Rectangle
from commonroad.prediction.prediction import TrajectoryPrediction
from commonroad.common.file_reader import CommonRoadFileReader
from commonroad.common.solution import (
    CostFunction,
    PlanningProblemSolution,
    Solution,
    VehicleModel,
    VehicleType,
)
from commonroad.scenario.state import KSState
from commonroad.scenario.trajectory import Trajectory
from commonroad_dc import pycrcc
from commonroad_dc.boundary.boundary import create_road_boundary_obstacle
from commonroad_dc.collision.collision_detection.pycrcc_collision_dispatch import create_collision_object
from commonroad_dc.feasibility.solution_checker import (
    goal_reached,
    obstacle_collision,
    solution_feasible,
    starts_at_correct_state,
)
from commonroad_dc.feasibility.vehicle_dynamics import VehicleDynamics

WHEELBASE = VehicleDynamics.KS(VehicleType.BMW_320i).parameters
WHEELBASE = WHEELBASE.a + WHEELBASE.b


def opened(path):
    """The path of the scene, unpacked where it is packed."""
    if not path.endswith(".gz"):
        return path
    with tempfile.NamedTemporaryFile(suffix=".xml", delete=False) as file:
        file.write(gzip.open(path).read())
    return file.name


def states_of(driven, dt):
    """States of the kinematic single-track model, whose steering follows from how the way turns."""
    states = driven["states"]
    out = []
    steering = 0.0
    for index, state in enumerate(states):
        after = states[min(index + 1, len(states) - 1)]
        before = states[max(index - 1, 0)]
        turn = (after["heading"] - before["heading"] + math.pi) % (2 * math.pi) - math.pi
        rate = turn / (after["timeS"] - before["timeS"])
        # A vehicle that stands does not tell how its wheels are turned.
        if state["speedMps"] > 0.5:
            steering = math.atan2(WHEELBASE * rate, state["speedMps"])
        out.append(
            KSState(
                time_step=round(state["timeS"] / dt),
                position=numpy.array([state["x"], state["y"]]),
                orientation=state["heading"],
                velocity=state["speedMps"],
                steering_angle=steering,
            )
        )
    return out


def crosses_border(scenario, trajectory):
    """Whether the body touches the road's border. The checker's usual border needs a package that is not free; this is its other one, of rectangles."""
    _, border = create_road_boundary_obstacle(scenario, method="obb_rectangles", width=0.05)
    car = VehicleDynamics.KS(VehicleType.BMW_320i).parameters
    body = create_collision_object(TrajectoryPrediction(trajectory, Rectangle(car.l, car.w)))
    checker = pycrcc.CollisionChecker()
    checker.add_collision_object(border)
    return checker.collide(body)


def judge(one):
    scenario, problems = CommonRoadFileReader(opened(one["path"])).open()
    solutions = []
    for driven in one["driven"]:
        states = states_of(driven, scenario.dt)
        solutions.append(
            PlanningProblemSolution(
                planning_problem_id=int(driven["problem"]),
                vehicle_model=VehicleModel.KS,
                vehicle_type=VehicleType.BMW_320i,
                cost_function=CostFunction.SM1,
                trajectory=Trajectory(states[0].time_step, states),
            )
        )
    solution = Solution(scenario.scenario_id, solutions)
    try:
        goal_reached(scenario, problems, solution)
        starts_at_correct_state(solution, problems)
        obstacle_collision(scenario, problems, solution)
        for part in solutions:
            if crosses_border(scenario, part.trajectory):
                return "leaves the road"
        checked = solution_feasible(solution, scenario.dt, problems)
        return None if all(result[0] for result in checked.values()) else "not drivable by the model"
    except Exception as error:  # The checker tells by its exceptions what is wrong.
        return f"{type(error).__name__}: {error}"


print(json.dumps([judge(one) for one in json.load(open(sys.argv[1]))]))
