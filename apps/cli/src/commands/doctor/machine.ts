import { createServer } from 'node:net'
import type { Check } from '@heavylift/core'

/** The release that this is was made after this moment; a clock before it is wrong. */
const releasedAfterMs = Date.UTC(2026, 0, 1)
const leastNode = 24

/** What the machine itself has to offer. */
export function checkMachine(nowMs: number): Check[] {
  const { node } = process.versions
  const clock = new Date(nowMs).toISOString()
  return [
    Number(node.split('.')[0]) >= leastNode
      ? { name: 'Node', state: 'ok', found: node }
      : {
          name: 'Node',
          state: 'fail',
          found: node,
          advice: `Run it by \`npx heavylift\`, which brings Node ${leastNode}.`,
        },
    nowMs > releasedAfterMs
      ? { name: 'clock', state: 'ok', found: clock }
      : {
          name: 'clock',
          state: 'fail',
          found: clock,
          advice: 'Set the clock (NTP): keys, limits and times depend on it.',
        },
  ]
}

/** Whether a server could listen there. */
export async function checkPort(host: string, port: number, mayMove: boolean): Promise<Check> {
  const name = 'port'
  const place = `${host}:${port}`
  const server = createServer()
  const error = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    server.once('error', resolve)
    server.listen(port, host, () => resolve(null))
  })
  await new Promise((resolve) => server.close(resolve))
  if (error === null) return { name, state: 'ok', found: `${place} is free` }
  const found = `${place}: ${error.code === 'EADDRINUSE' ? 'in use' : error.message}`
  if (error.code === 'EADDRINUSE' && mayMove)
    return {
      name,
      state: 'note',
      found,
      advice: 'The next free port is taken. Set server.port for one that stays.',
    }
  return { name, state: 'fail', found, advice: 'End what listens there, or set server.host and server.port.' }
}
