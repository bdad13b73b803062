/** What the playground sends, apart from the model. */
export interface ChatParameters {
  system: string
  prompt: string
  /** As typed; empty for the model's own default. */
  temperature: string
  maxTokens: string
  /** Text of a JSON schema; empty for free text. */
  schema: string
}

/** Body of `POST /v1/chat/completions`. Throws `SyntaxError` when the schema is not JSON. */
export function chatRequest(model: string, parameters: ChatParameters): Record<string, unknown> {
  const { system, prompt, temperature, maxTokens, schema } = parameters
  return {
    model,
    messages: [
      ...(system.trim() === '' ? [] : [{ role: 'system', content: system }]),
      { role: 'user', content: prompt },
    ],
    ...(temperature === '' ? {} : { temperature: Number(temperature) }),
    ...(maxTokens === '' ? {} : { max_tokens: Number(maxTokens) }),
    ...(schema.trim() === ''
      ? {}
      : {
          response_format: {
            type: 'json_schema',
            json_schema: { name: 'answer', strict: true, schema: JSON.parse(schema) as unknown },
          },
        }),
    stream: true,
    stream_options: { include_usage: true },
  }
}

/** What is wrong with the parameters, by field; empty when they can be sent. */
export function parameterProblems(parameters: ChatParameters): Partial<Record<keyof ChatParameters, string>> {
  const problems: Partial<Record<keyof ChatParameters, string>> = {}
  const temperature = Number(parameters.temperature)
  if (parameters.temperature !== '' && !(temperature >= 0 && temperature <= 2))
    problems.temperature = '0 to 2'
  const maxTokens = Number(parameters.maxTokens)
  if (parameters.maxTokens !== '' && !(Number.isInteger(maxTokens) && maxTokens > 0)) {
    problems.maxTokens = 'a whole number from 1'
  }
  if (parameters.schema.trim() !== '') {
    try {
      JSON.parse(parameters.schema)
    } catch (error) {
      problems.schema = `Not JSON: ${error instanceof Error ? error.message : String(error)}`
    }
  }
  return problems
}

/** The request as a command that a shell runs. Without a key it is a variable. */
export function asCurl(origin: string, body: Record<string, unknown>, key = '$HEAVYLIFT_API_KEY'): string {
  const json = JSON.stringify(body, null, 2).replaceAll("'", `'\\''`)
  return [
    `curl -N ${origin}/v1/chat/completions \\`,
    `  -H 'content-type: application/json' \\`,
    `  -H "authorization: Bearer ${key}" \\`,
    `  -d '${json}'`,
  ].join('\n')
}

/** The request in OpenAI's own client, pointed at this server. Without a key it is read from the environment. */
export function asOpenAiClient(origin: string, body: Record<string, unknown>, key?: string): string {
  return `import OpenAI from 'openai'

const client = new OpenAI({
  baseURL: '${origin}/v1',
  apiKey: ${key === undefined ? "process.env.HEAVYLIFT_API_KEY ?? 'none'" : `'${key}'`},
})
const stream = await client.chat.completions.create(${JSON.stringify(body, null, 2)})
for await (const chunk of stream) {
  process.stdout.write(chunk.choices[0]?.delta.content ?? '')
}
`
}
