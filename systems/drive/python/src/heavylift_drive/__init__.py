"""Drivers in Python for the Heavylift simulator, and the simulator for programs in Python.

``Driver`` and ``serve`` make a program that ``heavylift drive clear`` runs as a version; ``Worlds`` starts the simulator and
drives runs from here; ``heavylift_drive.env`` has them as gymnasium environments (needs numpy and gymnasium).
"""

from .driver import BatchDriver, Driver, serve, serve_batch
from .observation import (
    AGENT_KINDS,
    LIGHTS,
    LINE_STATES,
    PRECIPITATIONS,
    Agent,
    Case,
    Command,
    Ego,
    Environment,
    Observation,
    RoutePoint,
    Shape,
    StopLine,
)
from .worlds import Ended, World, Worlds, WorldsError

__all__ = [
    "AGENT_KINDS",
    "LIGHTS",
    "LINE_STATES",
    "PRECIPITATIONS",
    "Agent",
    "BatchDriver",
    "Case",
    "Command",
    "Driver",
    "Ego",
    "Ended",
    "Environment",
    "Observation",
    "RoutePoint",
    "Shape",
    "StopLine",
    "World",
    "Worlds",
    "WorldsError",
    "serve",
    "serve_batch",
]
