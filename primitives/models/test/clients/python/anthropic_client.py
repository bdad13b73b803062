"""The official client of Anthropic."""

from anthropic import Anthropic, NotFoundError
from points import BASE, WEATHER, point

client = Anthropic(base_url=BASE, api_key="hl", max_retries=0)
ASK = [{"role": "user", "content": "Hi"}]
TOOL = {"name": "get_weather", "input_schema": WEATHER["function"]["parameters"]}


def whole():
    answer = client.messages.create(model="m", max_tokens=64, messages=ASK)
    assert answer.content[0].text == "Hello there."
    assert answer.usage.input_tokens == 7


def stream():
    with client.messages.stream(model="m", max_tokens=64, messages=ASK) as events:
        assert "".join(events.text_stream) == "Hello there."
        assert events.get_final_message().stop_reason == "end_turn"


def tool():
    answer = client.messages.create(model="m", max_tokens=64, messages=ASK, tools=[TOOL])
    assert answer.content[0].input == {"city": "Paris"}


def tool_stream():
    with client.messages.stream(model="m", max_tokens=64, messages=ASK, tools=[TOOL]) as events:
        assert events.get_final_message().content[0].input == {"city": "Paris"}


def count_tokens():
    assert client.messages.count_tokens(model="m", messages=ASK).input_tokens > 0


def models():
    assert "m" in [model.id for model in client.models.list()]


def unknown():
    try:
        client.messages.create(model="nobody", max_tokens=64, messages=ASK)
    except NotFoundError:
        return
    raise AssertionError("no error")


for check in (whole, stream, tool, tool_stream, count_tokens, models, unknown):
    point(check.__name__, check)
