"""The official client of OpenAI."""

import io

from openai import NotFoundError, OpenAI
from points import BASE, WEATHER, point

client = OpenAI(base_url=BASE + "/v1", api_key="hl", max_retries=0)
ASK = [{"role": "user", "content": "Hi"}]


def whole():
    answer = client.chat.completions.create(model="m", messages=ASK)
    assert answer.choices[0].message.content == "Hello there."
    assert answer.usage.prompt_tokens == 7


def stream():
    parts = client.chat.completions.create(model="m", messages=ASK, stream=True, stream_options={"include_usage": True})
    chunks = list(parts)
    assert "".join(c.choices[0].delta.content or "" for c in chunks if c.choices) == "Hello there."
    assert chunks[-1].usage.completion_tokens == 3


def tool():
    answer = client.chat.completions.create(model="m", messages=ASK, tools=[WEATHER])
    assert answer.choices[0].message.tool_calls[0].function.arguments == '{"city":"Paris"}'


def responses():
    assert client.responses.create(model="m", input="Hi").output_text == "Hello there."


def responses_stream():
    with client.responses.stream(model="m", input="Hi") as events:
        for _ in events:
            pass
        assert events.get_final_response().output_text == "Hello there."


def completions():
    assert client.completions.create(model="m", prompt="Hi").choices[0].text == "Hello there."


def embeddings():
    assert client.embeddings.create(model="m", input="Hi", encoding_format="float").data[0].embedding == [0.5, 0.25]


def models():
    assert "m" in [model.id for model in client.models.list()]


def speech():
    assert client.audio.speech.create(model="m", voice="alloy", input="Hi").content == b"sound"


def transcription():
    sound = io.BytesIO(b"sound")
    sound.name = "sound.wav"
    assert client.audio.transcriptions.create(model="m", file=sound).text == "Hello there."


def unknown():
    try:
        client.chat.completions.create(model="nobody", messages=ASK)
    except NotFoundError as error:
        assert error.code == "model-unknown"
        return
    raise AssertionError("no error")


for check in (
    whole,
    stream,
    tool,
    responses,
    responses_stream,
    completions,
    embeddings,
    models,
    speech,
    transcription,
    unknown,
):
    point(check.__name__, check)
