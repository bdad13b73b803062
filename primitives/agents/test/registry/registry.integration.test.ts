import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger, systemClock } from '@heavylift/core'
import type { TextEmbedder } from '@heavylift/models'
import { Meanings } from '@heavylift/models/meaning'
import { Catalogue, catalogueTexts, countCards } from '../../src/registry/catalogue.ts'
import type { RegistryTables } from '../../src/registry/registry-tables.ts'
import { scriptedSource } from '../../src/testing/scripted-source.ts'
import { openScene, tenantId } from '../run/scene.ts'
import type { Scene } from '../run/scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await openScene({ sources: [scriptedSource('mcp', {})] })
})
afterAll(() => scene?.close())

const set = (id: string) => ({ id, kind: 'set', value: 1 })
const callOf = (agent: string) => ({ id: `call_${agent.replaceAll('-', '_')}`, kind: 'agent', agent })
const tool = (from: string, name: string, credential?: string) => ({
  id: name,
  from,
  tool: name,
  ...(credential === undefined ? {} : { credential }),
})

describe('the catalogue', () => {
  it('is in step with what is published, made live, tried and rolled back [AGENTS-CATALOGUE-01]', async () => {
    const { agents, catalogue } = { agents: scene.agents.agents, catalogue: scene.agents.registry.catalogue }
    const definition = {
      schema: 'heavylift.agent/1',
      name: 'bills',
      title: 'Bills',
      summary: 'Pays bills',
      owner: { team: 'money', person: 'Ada' },
      tools: [tool('mcp:bank', 'pay', 'bank-key')],
      steps: [{ id: 'ask', kind: 'model', title: 'Read the bill', prompt: 'Read' }],
    }
    const { version: first } = await agents.publish(tenantId, definition)
    expect(await catalogue.card(tenantId, 'bills')).toMatchObject({
      state: 'draft',
      owner: 'Ada',
      jobs: ['Read the bill'],
      edges: [
        { kind: 'credential', target: 'bank-key' },
        { kind: 'data', target: 'mcp:bank' },
        { kind: 'model', target: 'default' },
        { kind: 'tool', target: 'mcp:bank/pay' },
      ],
    })
    await agents.putLive(tenantId, 'bills', first)
    const { version: second } = await agents.publish(tenantId, {
      ...definition,
      summary: 'Pays invoices',
      tools: [tool('mcp:other', 'send')],
    })
    const now = async () => await catalogue.card(tenantId, 'bills')
    expect(await now()).toMatchObject({ state: 'live', summary: 'Pays bills', version: first })
    await agents.putLive(tenantId, 'bills', second, 0.5)
    const withCanary = await now()
    expect(withCanary.summary).toBe('Pays bills')
    expect(withCanary.edges.filter(({ kind }) => kind === 'tool').map(({ target }) => target)).toEqual([
      'mcp:bank/pay',
      'mcp:other/send',
    ])
    await agents.putLive(tenantId, 'bills', second)
    expect(await now()).toMatchObject({ summary: 'Pays invoices', version: second })
    expect((await now()).edges.map(({ target }) => target)).not.toContain('bank-key')
    const find = async (text: string) =>
      (await catalogue.search(tenantId, { text, limit: 5 })).agents.map(({ name }) => name)
    expect(await find('invoices')).toEqual(['bills'])
    await agents.putLive(tenantId, 'bills', first)
    expect(await find('invoices')).toEqual([])
    await agents.pause(tenantId, 'bills', 'no money')
    expect(
      (await catalogue.search(tenantId, { text: '', narrow: { state: 'paused' }, limit: 5 })).agents,
    ).toMatchObject([{ name: 'bills', because: 'no money' }])
    expect(await scene.agents.registry.catalogue.search('another', { text: '', limit: 5 })).toMatchObject({
      total: 0,
    })
  })

  it('files agents that were published before it was there, and no trials [AGENTS-CATALOGUE-01]', async () => {
    await scene.publish({ name: 'early', steps: [set('a')] })
    await scene.publish({ name: 'try-early', steps: [set('a')] })
    const database = scene.store.host.forSystem('agents').database<{ agent_card: { name: string } }>()
    await database.deleteFrom('agent_card').where('name', '=', 'early').execute()
    expect(await scene.agents.registry.fileMissing()).toBe(1)
    expect(await scene.agents.registry.fileMissing()).toBe(0)
    expect(await scene.agents.registry.catalogue.card(tenantId, 'early')).toMatchObject({ state: 'live' })
  })
})

it('keeps a version from new runs whose tools come from nowhere, until somebody says why not [AGENTS-CHECK-02]', async () => {
  const { agents } = scene.agents
  const { version } = await agents.publish(tenantId, {
    schema: 'heavylift.agent/1',
    name: 'early-bird',
    title: 'Early bird',
    steps: [set('a')],
    tools: [tool('crm', 'write')],
  })
  await expect(agents.putLive(tenantId, 'early-bird', version, 0.5)).rejects.toMatchObject({
    code: 'no-live-version',
  })
  await expect(agents.putLive(tenantId, 'early-bird', version)).rejects.toMatchObject({
    code: 'tool-source-unknown',
    message: expect.stringMatching(/no source of tools "crm".*choose one of: .*mcp/),
  })
  expect((await agents.find(tenantId, 'early-bird')).live_version).toBeNull()
  await agents.putLive(tenantId, 'early-bird', version, 1, 'It is registered tomorrow.')
  expect((await agents.find(tenantId, 'early-bird')).live_version).toBe(version)
})

it('the blast radius goes both ways, through agents that call agents [AGENTS-RADIUS-01]', async () => {
  await scene.publish({ name: 'deep', steps: [set('a')], tools: [tool('mcp:crm', 'write', 'crm-key')] })
  await scene.publish({ name: 'middle', steps: [callOf('deep')], owner: { team: 'one', person: 'Ada' } })
  await scene.publish({
    name: 'top',
    steps: [callOf('middle'), { id: 'say', kind: 'model', model: 'large', prompt: 'x' }],
    owner: { team: 'two', person: 'Ada' },
  })
  await scene.publish({ name: 'aside', steps: [callOf('deep')], tools: [tool('mcp:mail', 'send')] })
  const { registry } = scene.agents
  const top = await registry.blastRadius(tenantId, { kind: 'agent', name: 'top' }, 50)
  expect(top.touches.map(({ kind, name, distance }) => `${distance} ${kind} ${name}`)).toEqual([
    '1 agent middle',
    '1 model large',
    '2 agent deep',
    '3 credential crm-key',
    '3 data mcp:crm',
    '3 tool mcp:crm/write',
  ])
  expect(top.broken).toEqual([])
  expect(top.counts.touches).toMatchObject({ agent: 2, tool: 1 })
  const write = await registry.blastRadius(tenantId, { kind: 'tool', name: 'mcp:crm/write' }, 50)
  expect(write.broken.map(({ name, distance }) => `${distance} ${name}`)).toEqual([
    '1 deep',
    '2 aside',
    '2 middle',
    '3 top',
  ])
  expect(write.counts).toMatchObject({ broken: 4, teams: 2 })
  expect(write.edges).toContainEqual({
    from: { kind: 'agent', name: 'top' },
    to: { kind: 'agent', name: 'middle' },
  })
  const few = await registry.blastRadius(tenantId, { kind: 'tool', name: 'mcp:crm/write' }, 1)
  expect(few.broken).toHaveLength(1)
  expect(few.counts.broken).toBe(4)
})

it('what agents mean is found beside what they say, once they were read in the background [AGENTS-FIND-03]', async () => {
  const { agents } = scene.agents
  for (const [name, summary] of [
    ['garage', 'Repairs automobiles'],
    ...Array.from({ length: 30 }, (_, at) => [`clerk-${at}`, `Files form ${at}`]),
  ] as [string, string][])
    await agents.publish(tenantId, {
      schema: 'heavylift.agent/1',
      name,
      title: name,
      summary,
      steps: [set('only')],
    })
  const about = (text: string): number => (/automobile|car\b/i.test(text) ? 1 : 0)
  const embedder: TextEmbedder & { fails: boolean } = {
    name: 'test-e5',
    fails: false,
    async embed(texts) {
      if (this.fails) throw new Error('The model is away.')
      return texts.map((text) => {
        const angle = 1.2 * about(text) + (text.length % 7) / 40
        return Float32Array.of(Math.cos(angle), Math.sin(angle))
      })
    },
  }
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-registry-'))
  const database = scene.store.host.forSystem('agents').database<RegistryTables>()
  const meanings = new Meanings({
    folder,
    embedder: () => embedder,
    texts: (tenant) => catalogueTexts(database, tenant),
    count: (tenant) => countCards(database, tenant),
    log: silentLogger,
    signal: new AbortController().signal,
  })
  const catalogue = new Catalogue({
    store: scene.store.host.forSystem('agents'),
    clock: systemClock,
    agents,
    meanings,
  })
  const query = { text: 'car', limit: 5 }
  const find = async () => (await catalogue.search(tenantId, query)).agents.map(({ name }) => name)
  try {
    expect(await find()).toEqual([])
    await meanings.settled(tenantId)
    expect(catalogue.meaning(tenantId)).toMatchObject({ state: 'ready', model: 'test-e5' })
    expect(await find()).toEqual(['garage'])
    expect(await catalogue.names(tenantId, query)).toEqual([])
    embedder.fails = true
    expect((await catalogue.search(tenantId, { text: 'forms', limit: 50 })).total).toBe(30)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
