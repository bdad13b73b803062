import { asCurl, asOpenAiClient } from '../playground/chat-request.ts'

/** What a program needs to call the gateway. */
export interface CallTarget {
  /** Of the server, without a path: `http://127.0.0.1:4280`. */
  origin: string
  key: string
  model: string
}

const question = 'Say hello in one sentence.'

/** Body of the first call, streamed. */
export function firstRequest(model: string): Record<string, unknown> {
  return {
    model,
    messages: [{ role: 'user', content: question }],
    max_tokens: 100,
    stream: true,
    stream_options: { include_usage: true },
  }
}

/** Programs that make the first call with this key, by what they need. */
export function snippetsFor({ origin, key, model }: CallTarget): { name: string; code: string }[] {
  const body = firstRequest(model)
  // A string of JSON is one of Python too.
  const python = { model: JSON.stringify(model), question: JSON.stringify(question) }
  return [
    { name: 'curl', code: asCurl(origin, body, key) },
    {
      name: 'OpenAI, Python',
      code: `from openai import OpenAI

client = OpenAI(base_url="${origin}/v1", api_key="${key}")
stream = client.chat.completions.create(
    model=${python.model},
    max_tokens=100,
    messages=[{"role": "user", "content": ${python.question}}],
    stream=True,
)
for chunk in stream:
    if chunk.choices:
        print(chunk.choices[0].delta.content or "", end="", flush=True)
`,
    },
    { name: 'OpenAI, JavaScript', code: asOpenAiClient(origin, body, key) },
    {
      name: 'Anthropic, Python',
      code: `from anthropic import Anthropic

# Anthropic's client adds /v1 itself.
client = Anthropic(base_url="${origin}", api_key="${key}")
with client.messages.stream(
    model=${python.model},
    max_tokens=100,
    messages=[{"role": "user", "content": ${python.question}}],
) as stream:
    for text in stream.text_stream:
        print(text, end="", flush=True)
`,
    },
  ]
}
