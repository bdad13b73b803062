// The product's MCP client as the conformance suite calls one: mcp-client.ts URL. It lists the tools and makes the calls that the suite asks for, else one of
// each; what a tool asks is answered as its form has it at first, and the call is made once more, as a run does.
import { createSafeFetch } from '@heavylift/core/safe-fetch'
import { noAuthorization } from '../../credentials/authorization.ts'
import { discoverSignIn } from '../../credentials/discover.ts'
import { OAuthClient } from '../../credentials/oauth.ts'
import { mcpOverHttp, mcpSource } from '../../tools/mcp-source.ts'
import type { JsonSchema, Tool, ToolAnswers, ToolAsks, ToolOutcome } from '../../tools/tool.ts'

const url = new URL(process.argv.at(-1) ?? '')
const fetch = createSafeFetch({
  allowNetworks: ['127.0.0.0/8', '::1/128'],
  // The suite's authorization server has a port of its own.
  ports: Array.from({ length: 65_535 }, (_, at) => at + 1),
  totalMs: 60_000,
  idleMs: 60_000,
})
/** What the suite says of the scenario. */
const told = JSON.parse(process.env['MCP_CONFORMANCE_CONTEXT'] ?? '{}') as {
  client_id?: string
  client_secret?: string
  toolCalls?: { name: string; arguments: Record<string, unknown> }[]
}
const redirectUri = 'http://127.0.0.1:3000/callback'
const context = { tenantId: 'main', credential: null, signal: AbortSignal.timeout(60_000) }
const sourceBy = (headers: Record<string, string>) =>
  mcpSource(
    'mcp:kit',
    mcpOverHttp('mcp:kit', url.href, fetch, async () => ({ ...noAuthorization, headers }), 1_000_000),
  )
let source = sourceBy({})
// A server may come to be signed in to elsewhere: then a person does it anew.
const tools = await listed(3)

async function listed(tries: number): Promise<readonly Tool[]> {
  try {
    return await source.list(context)
  } catch (error) {
    if (tries === 1) throw error
    process.stdout.write(`not signed in: ${String(error)}\n`)
    source = sourceBy({ authorization: `Bearer ${await signIn()}` })
    return await listed(tries - 1)
  }
}

const calls = told.toolCalls ?? tools.map(({ name, input }) => ({ name, arguments: argumentsOf(input) }))
for (const { name, arguments: args } of calls) {
  const tool = tools.find((each) => each.name === name)
  if (tool === undefined) continue
  let answers: ToolAnswers | undefined
  let outcome: ToolOutcome
  do {
    outcome = await source.call(
      { source: source.name, tool, args },
      {
        ...context,
        key: 'k',
        caller: null,
        maxAnswerBytes: 1_000_000,
        ...(answers === undefined ? {} : { answers }),
      },
    )
    process.stdout.write(`${tool.name}: ${JSON.stringify(outcome)}\n`)
    if (outcome.state === 'asks') answers = answersTo(outcome.asked)
  } while (outcome.state === 'asks')
}

function answersTo({ questions, state }: ToolAsks): ToolAnswers {
  const answers = Object.entries(questions).map(([name, { form = {} }]) => [
    name,
    { action: 'accept' as const, content: argumentsOf(form) },
  ])
  return { answers: Object.fromEntries(answers), ...(state === undefined ? {} : { state }) }
}

/** As a person signs in under Tools; the suite's authorization server allows everything. */
async function signIn(): Promise<string> {
  const { client_id: clientId, client_secret: given } = told
  const client = clientId === undefined ? null : { clientId, secret: given }
  const { spec, secret } = await discoverSignIn(url.href, { fetch, redirectUri, client })
  const oauth = new OAuthClient(spec, secret, fetch)
  const begun = await oauth.authorizationUrl(redirectUri)
  const sent = await globalThis.fetch(begun.url, { redirect: 'manual' })
  const back = new URL(sent.headers.get('location') ?? '')
  return (await oauth.finish(back.searchParams, begun.state, begun.verifier, redirectUri)).accessToken
}

/** A value of each type for what a schema has. */
function argumentsOf(schema: JsonSchema): Record<string, unknown> {
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>
  return Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, valueOf(each)]))
}

function valueOf(schema: JsonSchema): unknown {
  if (Array.isArray(schema['enum'])) return schema['enum'][0]
  const kind = Array.isArray(schema['type']) ? schema['type'][0] : schema['type']
  if (kind === 'number' || kind === 'integer') return 5
  if (kind === 'boolean') return true
  if (kind === 'array') return []
  return kind === 'object' ? argumentsOf(schema) : 'a'
}
