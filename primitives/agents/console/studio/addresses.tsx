import { CopyButton } from '@heavylift/ui'

interface Address {
  /** The protocol. */
  name: string
  path: string
  says: string
  /** A whole command that works from a shell of this machine, with a key in $KEY where the server asks for one. */
  example: string
}

const json = `-H 'content-type: application/json'`
const key = `-H "authorization: Bearer $KEY"`

/** Where a live agent is called, and how, by each protocol. */
export function addressesOf(agent: string, origin: string, input: unknown): Address[] {
  const base = `${origin}/api/agents`
  const given = JSON.stringify(input ?? {})
  const part = `{"data":${given}}`
  // A message's id is the caller's own: the same again is the same run.
  const message = `{"messageId":"'$(date +%s)'","role":"ROLE_USER","parts":[${quoted(part)}]}`
  return [
    {
      name: 'HTTP',
      path: `${base}/agents/${agent}/runs`,
      says: `starts a run and answers with its id; what it came to is at ${base}/runs/ID`,
      example: `curl -s ${json} ${key} -d '{"input":${quoted(given)}}' ${base}/agents/${agent}/runs`,
    },
    {
      name: 'MCP',
      path: `${base}/mcp/${agent}`,
      says: 'a tool of MCP 2026-07-28 and 2025-11-25; all agents are at /api/agents/mcp',
      example: `curl -s ${json} ${key} -H 'accept: application/json, text/event-stream' -d '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"${agent.replaceAll('-', '_')}","arguments":${quoted(given)}}}' ${base}/mcp/${agent}`,
    },
    {
      name: 'A2A',
      path: `${base}/a2a/${agent}`,
      says: 'an agent of A2A 1.0, by JSON-RPC and HTTP+JSON; its card is at .well-known/agent-card.json below',
      example: `curl -s ${json} ${key} -H 'a2a-version: 1.0' -d '{"message":${message}}' ${base}/a2a/${agent}/message:send`,
    },
    {
      name: 'AG-UI',
      path: `${base}/agui/${agent}`,
      says: 'a stream of events of AG-UI',
      example: `curl -sN ${json} ${key} -d '{"threadId":"t1","runId":"'$(date +%s)'","messages":[],"forwardedProps":{"input":${quoted(given)}}}' ${base}/agui/${agent}`,
    },
  ]
}

/** The first example of what a definition takes; an empty object where it has none. */
export function exampleOf(definition: unknown): unknown {
  const { input } = (definition ?? {}) as { input?: { examples?: unknown } }
  const examples = input?.examples
  return Array.isArray(examples) && examples.length > 0 ? examples[0] : {}
}

/** For inside single quotes of a shell. */
const quoted = (text: string): string => text.replaceAll("'", `'"'"'`)

/** How a live agent is called from outside, each with a command to copy. */
export function Addresses({ agent, input }: { agent: string; input: unknown }) {
  return (
    <section aria-label="Called from outside">
      <h3>Called from outside</h3>
      <p>
        With a key for programs that call agents in $KEY: make one under Keys and settings, or by{' '}
        <code>npx heavylift keys create callers --scope agents</code>.
      </p>
      <ul className="hl-stack">
        {addressesOf(agent, window.location.origin, input).map(({ name, path, says, example }) => (
          <li key={name}>
            <b>{name}</b> <code style={{ overflowWrap: 'anywhere' }}>{path}</code> <span>{says}. </span>
            <CopyButton text={() => example}>{`Copy an example of ${name}`}</CopyButton>
          </li>
        ))}
      </ul>
    </section>
  )
}
