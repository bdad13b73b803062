"""LangChain, by its packages for OpenAI and Anthropic."""

from langchain_anthropic import ChatAnthropic
from langchain_openai import ChatOpenAI
from points import BASE, WEATHER, point

MODELS = {
    "openai chat": ChatOpenAI(model="m", base_url=BASE + "/v1", api_key="hl", max_retries=0),
    "openai responses": ChatOpenAI(
        model="m", base_url=BASE + "/v1", api_key="hl", max_retries=0, use_responses_api=True
    ),
    "anthropic messages": ChatAnthropic(model="m", base_url=BASE, api_key="hl", max_tokens=64, max_retries=0),
}


def text_of(message):
    return message.text if isinstance(message.text, str) else message.text()


for name, model in MODELS.items():

    def whole(model=model):
        answer = model.invoke("Hi")
        assert text_of(answer) == "Hello there."
        assert answer.usage_metadata["input_tokens"] == 7

    def stream(model=model):
        assert "".join(text_of(part) for part in model.stream("Hi")) == "Hello there."

    def tool(model=model):
        assert model.bind_tools([WEATHER]).invoke("Hi").tool_calls[0]["args"] == {"city": "Paris"}

    for check in (whole, stream, tool):
        point(name + ": " + check.__name__, check)
