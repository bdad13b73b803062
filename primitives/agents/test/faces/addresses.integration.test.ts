import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Route } from '@heavylift/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addressesOf, exampleOf } from '../../console/studio/addresses.tsx'
import { a2aRoutes } from '../../src/routes/a2a.ts'
import { aguiRoutes } from '../../src/routes/agui.ts'
import { mcpRoutes } from '../../src/routes/mcp.ts'
import { runRoutes } from '../../src/routes/runs.ts'
import { openScene, tenantId } from '../run/scene.ts'
import type { Scene } from '../run/scene.ts'
import { serveRoutes } from './serve-routes.ts'

let scene: Scene
let served: Awaited<ReturnType<typeof serveRoutes>>
beforeAll(async () => {
  scene = await openScene()
  const routes = [runRoutes, mcpRoutes, a2aRoutes, aguiRoutes].flatMap((group): Route[] =>
    group(scene.agents),
  )
  served = await serveRoutes(routes, '/api/agents')
})
afterAll(async () => {
  await served?.close()
  await scene?.close()
})

/** Does what `curl` would with the arguments that the shell makes of a command. */
async function carryOut(command: string): Promise<string> {
  const script = `curl() { for each; do printf '%s\\0' "$each"; done; }; KEY=none; ${command}`
  const { stdout } = await promisify(execFile)('sh', ['-c', script])
  const args = stdout.split('\0').slice(0, -1)
  const all = (flag: string) => args.flatMap((arg, at) => (args[at - 1] === flag ? [arg] : []))
  const headers = Object.fromEntries(
    all('-H').map((each) => {
      const [name = '', value = ''] = each.split(/: (.*)/)
      return [name, value]
    }),
  )
  return (await fetch(args.at(-1)!, { method: 'POST', headers, body: all('-d')[0]! })).text()
}

it('shows beside a live agent commands that call it by each protocol [AGENTS-FACE-01]', async () => {
  const definition = {
    name: 'says-who',
    input: {
      type: 'object',
      required: ['name'],
      properties: { name: { type: 'string' } },
      examples: [{ name: `O'Neill "Al"` }],
    },
    steps: [{ id: 'say', kind: 'set', value: 'Hello ${input.name}' }],
  }
  await scene.publish(definition)
  const addresses = addressesOf('says-who', new URL(served.address).origin, exampleOf(definition))
  expect(addresses.map(({ name }) => name)).toEqual(['HTTP', 'MCP', 'A2A', 'AG-UI'])
  for (const { name, example } of addresses)
    expect(await carryOut(example), name).toContain(name === 'HTTP' ? 'runId' : `O'Neill`)
  // A program's own key starts runs by HTTP as by the other protocols, and sees its own and not what happens inside.
  const by = (key: string) => ({ 'x-test-key': key, 'content-type': 'application/json' })
  const own = { method: 'POST', headers: by('mine'), body: '{"id":"own","input":{"name":"Ada"}}' }
  expect((await fetch(`${served.address}/agents/says-who/runs`, own)).status).toBe(200)
  await scene.ended('own')
  const read = async (key: string) => fetch(`${served.address}/runs/own`, { headers: by(key) })
  expect(await (await read('mine')).json()).toMatchObject({ output: 'Hello Ada', entries: [] })
  expect((await read('another')).status).toBe(404)
  await expect
    .poll(async () => (await scene.agents.runs.list({ tenantId, state: 'done', limit: 9 })).length, {
      timeout: 20_000,
    })
    .toBe(5)
})
