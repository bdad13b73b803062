import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agentsConfigSchema } from '../../src/config.ts'
import { noAuthorization } from '../../src/credentials/authorization.ts'
import { registerSources } from '../../src/tools/register-sources.ts'
import { sourceSpec } from '../../src/tools/source-spec.ts'
import { toolFetch } from '../../src/tools/tool-fetch.ts'
import { openScene, tenantId } from '../run/scene.ts'
import type { Scene } from '../run/scene.ts'

const document = JSON.stringify({
  openapi: '3.1.0',
  info: { title: 'Shop' },
  servers: [{ url: 'https://shop.example' }],
  paths: { '/orders/{id}': { get: { operationId: 'getOrder', summary: 'An order' } } },
})
const spec = sourceSpec.parse({})
let scene: Scene
let registered: { close(): Promise<void> }

beforeAll(async () => {
  scene = await openScene({ config: { sources: { 'http:crm': { url: 'https://crm.example' } } } })
  const config = agentsConfigSchema.parse({ sources: { 'http:crm': { url: 'https://crm.example' } } })
  const { sources, registeredSources } = scene.agents
  registered = registerSources(sources, {
    config,
    configDir: '',
    fetch: toolFetch(config),
    authorize: async () => noAuthorization,
    readSecret: async () => '',
    registered: (tenant, name) => registeredSources.find(tenant, name),
  })
})
afterAll(async () => {
  await registered?.close()
  await scene?.close()
})

describe('sources that tenants register', () => {
  it('are the tenant’s own, checked before they are kept, and gone when removed [AGENTS-SOURCES-01]', async () => {
    const { catalogue, makeSource, registeredSources } = scene.agents
    const { signal } = new AbortController()
    await makeSource('openapi:shop', spec, document)
    await registeredSources.add(tenantId, 'openapi:shop', { title: 'Shop', spec, document, credential: null })
    expect(await catalogue.tools(tenantId, 'openapi:shop', signal)).toMatchObject([
      { name: 'getOrder', effect: 'none' },
    ])
    await expect(catalogue.tools('other', 'openapi:shop', signal)).rejects.toMatchObject({
      code: 'tool-source-unknown',
    })
    expect(
      (await catalogue.search(tenantId, ['order'], signal)).map(({ name, tool }) => [name, tool.name]),
    ).toContainEqual(['openapi:shop', 'getOrder'])
    const add = (name: string, more: object, text: string | null = null) =>
      registeredSources.add(tenantId, name, {
        title: 'x',
        spec: { ...spec, ...more },
        document: text,
        credential: null,
      })
    await expect(add('openapi:shop', {}, document)).rejects.toMatchObject({ code: 'source-exists' })
    await expect(add('http:crm', { url: 'https://evil.example' })).rejects.toMatchObject({
      code: 'source-exists',
    })
    for (const [name, more] of [
      ['sql:a', { url: 'https://x.example/a' }],
      ['sql:b', { url: 'postgres://user:password@x.example/a' }],
      ['sql:c', { url: 'postgres://x.example' }],
      ['mail:a', { url: 'imaps://x.example', smtp: 'smtps://x.example' }],
      ['mcp:a', {}],
      ['openapi:a', {}],
    ] as const)
      await expect(add(name, more), name).rejects.toMatchObject({ code: 'source-unusable' })
    await expect(makeSource('openapi:bad', spec, 'no document')).rejects.toThrow()
    await registeredSources.remove(tenantId, 'openapi:shop')
    await expect(catalogue.tools(tenantId, 'openapi:shop', signal)).rejects.toMatchObject({
      code: 'tool-source-unknown',
    })
    await expect(registeredSources.remove(tenantId, 'http:crm')).rejects.toMatchObject({
      code: 'tool-source-unknown',
    })
  })

  it('are listed with who uses them and how calls came out [AGENTS-SOURCES-01]', async () => {
    const { catalogue, toolUses } = scene.agents
    await scene.publish({
      name: 'asks-crm',
      tools: [{ id: 'read', from: 'http:crm', tool: 'read', credential: 'crm' }],
      steps: [{ id: 'go', kind: 'set', value: 1 }],
    })
    expect(await catalogue.users(tenantId)).toEqual([
      { agent: 'asks-crm', source: 'http:crm', tool: 'read', credential: 'crm', pin: null },
    ])
    expect(await catalogue.users('other')).toEqual([])
    toolUses.note(tenantId, 'http:crm', 'read', { state: 'done', value: 1 })
    toolUses.note(tenantId, 'http:crm', 'read', { state: 'lost', code: 'tool-timeout', message: 'late' })
    await toolUses.flush()
    toolUses.note(tenantId, 'http:crm', 'read', { state: 'done', value: 1 })
    expect(await toolUses.of(tenantId)).toMatchObject([
      { source: 'http:crm', tool: 'read', calls: 3, failures: 1, last_failure: 'tool-timeout: late' },
    ])
  })
})
