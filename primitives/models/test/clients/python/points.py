"""What the scripts share: a line for each point."""

import os
import traceback

BASE = os.environ.get("GATEWAY", "")

WEATHER = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "The weather.",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}


def point(name, check):
    try:
        check()
        print("ok " + name, flush=True)
    except Exception as error:  # noqa: BLE001
        said = (str(error) or traceback.format_exc()).replace("\n", " ")[:300]
        print("FAIL " + name + ": " + said, flush=True)

