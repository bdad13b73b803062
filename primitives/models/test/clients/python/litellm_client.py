"""LiteLLM as a library: it speaks to the gateway as to OpenAI, to a proxy of its own and to Anthropic."""

import litellm
from points import BASE, WEATHER, point

litellm.num_retries = 0
litellm.drop_params = True
WAYS = {
    "openai": {"model": "openai/m", "api_base": BASE + "/v1", "api_key": "hl"},
    "litellm_proxy": {"model": "litellm_proxy/m", "api_base": BASE + "/v1", "api_key": "hl"},
    "anthropic": {"model": "anthropic/m", "api_base": BASE, "api_key": "hl"},
}
ASK = [{"role": "user", "content": "Hi"}]

for name, way in WAYS.items():

    def whole(way=way):
        answer = litellm.completion(messages=ASK, **way)
        assert answer.choices[0].message.content == "Hello there."
        assert answer.usage.prompt_tokens == 7

    def stream(way=way):
        parts = litellm.completion(messages=ASK, stream=True, **way)
        assert "".join(part.choices[0].delta.content or "" for part in parts) == "Hello there."

    def tool(way=way):
        answer = litellm.completion(messages=ASK, tools=[WEATHER], **way)
        assert answer.choices[0].message.tool_calls[0].function.arguments.replace(" ", "") == '{"city":"Paris"}'

    for check in (whole, stream, tool):
        point(name + ": " + check.__name__, check)


def embedding():
    answer = litellm.embedding(model="openai/m", input=["Hi"], api_base=BASE + "/v1", api_key="hl")
    assert answer.data[0]["embedding"] == [0.5, 0.25]


point("openai: embedding", embedding)
