// An MCP server over stdio for tests: reads requests a line, answers a line. `mcp-program-child.ts SECRET`
import { createInterface } from 'node:readline'

const tools = ['say', 'secret', 'endless', 'die'].map((name) => ({ name, inputSchema: { type: 'object' } }))
const text = (said: string) => ({ content: [{ type: 'text', text: said }] })

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line) as {
    id?: number
    method: string
    params?: { name?: string; arguments?: unknown; protocolVersion?: string }
  }
  if (id === undefined) return
  const answer = (body: object): void =>
    void process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, ...body })}\n`)
  if (method === 'initialize')
    answer({
      result: {
        protocolVersion: '2025-11-25',
        capabilities: { tools: {} },
        serverInfo: { name: 'program', version: '1' },
      },
    })
  else if (method === 'tools/list') answer({ result: { tools } })
  else if (method !== 'tools/call') answer({ error: { code: -32601, message: 'unknown' } })
  else if (params?.name === 'say')
    answer({
      result: text(
        `${process.pid} ${JSON.stringify(params.arguments)} ${Object.keys(process.env).toSorted().join(' ')}`,
      ),
    })
  else if (params?.name === 'secret') answer({ result: text(`it is ${process.env['FILES_KEY']}`) })
  else if (params?.name === 'die') process.exit(1)
  else for (let at = 0; at < 200; at++) process.stdout.write('x'.repeat(10_000))
})
