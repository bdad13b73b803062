import { createSafeFetch } from '@heavylift/core/safe-fetch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noAuthorization } from '../../src/credentials/authorization.ts'
import { endStates } from '../../src/run/entry.ts'
import { runRoutes } from '../../src/routes/runs.ts'
import { httpSource } from '../../src/tools/http-source.ts'
import { openApiSource } from '../../src/tools/openapi-source.ts'
import type { ToolSource } from '../../src/tools/tool.ts'
import { openScene, tenantId } from '../run/scene.ts'
import type { Scene } from '../run/scene.ts'
import { serveRoutes } from './serve-routes.ts'

let scene: Scene
let served: Awaited<ReturnType<typeof serveRoutes>>
const reach = () =>
  createSafeFetch({ allowNetworks: ['127.0.0.0/8'], ports: [Number(new URL(served.address).port)] })
const open = async () => noAuthorization
const document = {
  openapi: '3.1.0',
  info: { title: 'Agents', version: '1' },
  paths: {
    '/agents/{name}/runs': {
      post: {
        operationId: 'start',
        parameters: [{ name: 'name', in: 'path', required: true, schema: { type: 'string' } }],
        requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
        responses: { 200: { description: 'Started.' } },
      },
    },
  },
}
/** The agents of this server as what it calls by plain HTTP. */
const made: Record<string, () => ToolSource> = {
  web: () => httpSource('web', served.address, reach(), open),
  api: () => openApiSource('api', document, served.address, reach(), open),
}
const sources = Object.entries(made).map(([name, make]): ToolSource => ({
  name,
  list: (context) => make().list(context),
  call: (call, context) => make().call(call, context),
}))

beforeAll(async () => {
  scene = await openScene({ sources, config: { maxDepth: 3 } })
  served = await serveRoutes(runRoutes(scene.agents), '/api/agents')
})
afterAll(async () => {
  await served?.close()
  await scene?.close()
})

describe('an agent that starts itself by plain HTTP', () => {
  it.each([
    ['web', 'request', { url: 'agents/by-web/runs', method: 'POST', body: { input: {} } }],
    ['api', 'start', { name: 'by-api', body: { input: {} } }],
  ])('ends, by %s, at the depth that agents may have [AGENTS-FACE-03]', async (from, tool, given) => {
    const name = `by-${from}`
    const [id, retry] = ['again', { attempts: 1 }]
    await scene.publish({
      name,
      tools: [{ id: 'self', from, tool }],
      steps: [{ id, kind: 'tool', tool: 'self', with: given, retry }],
    })
    await scene.run(name)
    const runs = () => scene.agents.runs.list({ tenantId, agent: name, limit: 50 })
    await expect
      .poll(async () => (await runs()).filter(({ state }) => endStates.includes(state)).length, {
        timeout: 30_000,
      })
      .toBe(4)
    const all = (await runs()).toSorted((a, b) => a.depth - b.depth)
    expect(all.map(({ depth, state }) => [depth, state])).toEqual([
      [0, 'done'],
      [1, 'done'],
      [2, 'done'],
      [3, 'failed'],
    ])
    expect(all[3]).toMatchObject({
      error: { code: 'http-409', message: expect.stringContaining('agents-too-deep') },
    })
    expect(all[1]!.trigger).toMatchObject({
      kind: 'manual',
      origins: { own: ['outside'] },
      callers: [{ agent: name }],
    })
  })

  it('is not found by what a caller claims: a run that there is not, or that ended, is nobody [AGENTS-FACE-03]', async () => {
    await scene.publish({ name: 'plain', steps: [{ id: 'go', kind: 'set', value: 1 }] })
    const ended = await scene.run('plain')
    for (const claimed of [ended.id, 'run_nobody']) {
      const answer = await fetch(`${served.address}/agents/plain/runs`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'heavylift-run': claimed },
        body: JSON.stringify({ input: {} }),
      })
      const { runId } = (await answer.json()) as { runId: string }
      expect(await scene.ended(runId)).toMatchObject({ depth: 0, state: 'done' })
    }
  })
})
