// The product's MCP client as the conformance suite calls one: mcp-client.ts URL. It lists the tools and calls each.
import { createSafeFetch } from '@heavylift/core/safe-fetch'
import { mcpSource } from '../../tools/mcp-source.ts'
import type { JsonSchema } from '../../tools/tool.ts'

const url = new URL(process.argv.at(-1) ?? '')
const fetch = createSafeFetch({
  allowNetworks: ['127.0.0.0/8', '::1/128'],
  ports: [Number(url.port)],
  totalMs: 20_000,
  idleMs: 20_000,
})
const source = mcpSource(
  'mcp:kit',
  url.href,
  fetch,
  async () => ({ headers: {}, query: {}, login: null, secrets: [] }),
  1_000_000,
)
const context = { tenantId: 'main', credential: null, signal: AbortSignal.timeout(25_000) }
for (const tool of await source.list(context)) {
  const call = { source: source.name, tool, args: argumentsOf(tool.input) }
  const outcome = await source.call(call, { ...context, key: 'k', caller: null, maxAnswerBytes: 1_000_000 })
  process.stdout.write(`${tool.name}: ${JSON.stringify(outcome)}\n`)
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
