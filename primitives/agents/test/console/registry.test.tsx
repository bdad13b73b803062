// @vitest-environment happy-dom
import { fakeServer, renderPage, routesFrom } from '@heavylift/ui/testing'
import { expect, test } from 'vitest'
import { placeRadius } from '../../console/registry/radius-layout.ts'
import { OutcomesPanel } from '../../console/registry/outcomes.tsx'
import AgentCard from '../../console/registry/agent-card.tsx'
import Registry from '../../console/registry/registry.tsx'
import { routeGroups } from '../../src/routes/route-groups.ts'

const agent = {
  name: 'bills',
  version: 1,
  state: 'live' as const,
  title: 'Bills',
  summary: 'Pays bills',
  jobs: ['Read the bill'],
  tags: [],
  team: 'money',
  owner: 'Ada',
  standIn: null,
  reviewOn: null,
  successor: null,
  because: null,
  liveVersion: 1,
  canaryVersion: null,
  found: null,
  edges: [{ kind: 'tool' as const, target: 'mcp:bank/pay' }],
  filedMs: 0,
}
const noFacets = { state: [], owner: [], tool: [], data: [], model: [], credential: [], agent: [] }

const alarm = {
  atMs: 2_000,
  since: { atMs: 1_000, version: 2 },
  before: { mean: 0.02, count: 400 },
  after: { mean: 0.3, count: 40 },
  did: 'told' as const,
}

function registryServer() {
  const server = fakeServer('/api/agents', routesFrom(routeGroups))
  const asked: unknown[] = []
  server.answer('get', '/registry', ({ query }) => {
    asked.push(query)
    return { total: 1, agents: [agent], facets: { ...noFacets, team: [{ value: 'money', count: 1 }] } }
  })
  server.answer('get', '/registry/duties', {
    drifted: [{ agent: 'bills', measure: 'failed', alarm }],
    handovers: [],
    overdue: [{ agent: 'bills', owner: 'Ada', reviewOn: '2026-01-01' }],
  })
  server.answer('get', '/stops', { stops: [] })
  return { server, asked }
}

test('agents are looked for by words and facets, and what needs somebody is told [AGENTS-CONSOLE-04]', async () => {
  const { server, asked } = registryServer()
  const page = await renderPage(Registry, {
    path: '/agents/registry',
    at: '/agents/registry?text=pay',
    servers: [server],
  })
  await page.findByText('Pays bills')
  await page.findByText(/by 2026-01-01/)
  await page.findByText(/more runs fail/)
  await page.user.selectOptions(page.getByLabelText('Team'), 'money')
  await expect.poll(() => asked.at(-1)).toMatchObject({ text: 'pay', team: 'money' })
  expect(server.problems).toEqual([])
})

test('the card draws the blast radius, and stops the agent once somebody has said why [AGENTS-CONSOLE-04]', async () => {
  const { server } = registryServer()
  let stopped: unknown = null
  server.answer('get', '/registry/agents/:name', { agent })
  server.answer('get', '/registry/blast-radius', {
    of: { kind: 'agent', name: 'bills' },
    touches: [{ kind: 'tool', name: 'mcp:bank/pay', distance: 1 }],
    broken: [{ kind: 'agent', name: 'month-end', distance: 1 }],
    edges: [
      { from: { kind: 'agent', name: 'bills' }, to: { kind: 'tool', name: 'mcp:bank/pay' } },
      { from: { kind: 'agent', name: 'month-end' }, to: { kind: 'agent', name: 'bills' } },
    ],
    counts: { touches: { tool: 1, data: 0, agent: 0, credential: 0, model: 0 }, broken: 1, teams: 1 },
  })
  server.answer('get', '/agents/:name', {
    agent: { name: 'bills', liveVersion: 1, canary: null, pausedBecause: null, changedMs: 0 },
    versions: [],
  })
  server.answer('get', '/tools/changes', { changes: [] })
  server.answer('get', '/registry/agents/:name/drift', { watched: [] })
  server.answer('get', '/cost', {
    days: 30,
    rows: [],
    total: { runs: 0, failed: 0, costMicros: 0, tokens: 0, medianMs: null },
  })
  server.answer('post', '/stops', ({ body }) => {
    stopped = body
    return { id: 'stop-1', stopped: 1 }
  })
  const page = await renderPage(AgentCard, {
    path: '/agents/registry/$name',
    at: '/agents/registry/bills',
    servers: [server],
  })
  await page.findByRole('link', { name: 'tool mcp:bank/pay' })
  await page.findByRole('link', { name: 'agent month-end' })
  await page.user.click(page.getByRole('button', { name: 'Stop this agent' }))
  await page.user.type(await page.findByLabelText('Why'), 'Wrong sums.')
  await page.user.click(page.getAllByRole('button', { name: 'Stop this agent' }).at(-1)!)
  await expect
    .poll(() => stopped)
    .toEqual({ targets: [{ kind: 'agent', name: 'bills' }], because: 'Wrong sums.' })
  expect(server.problems).toEqual([])
})

test('what became worse of an agent is said with how it was before, and watched anew once somebody says why [AGENTS-DRIFT-02]', async () => {
  const { server } = registryServer()
  let accepted: unknown = null
  const watched = [
    { measure: 'failed' as const, count: 440, mean: 0.05, evidence: 512, limit: 400, alarm, accepted: null },
    {
      measure: 'cost' as const,
      count: 440,
      mean: 1_500,
      evidence: 0.2,
      limit: 400,
      alarm: null,
      accepted: null,
    },
  ]
  server.answer('get', '/registry/agents/:name/drift', { watched })
  server.answer('post', '/registry/agents/:name/drift/accept', ({ body }) => {
    accepted = body
    return { watched: watched.map((each) => ({ ...each, alarm: null })) }
  })
  const page = await renderPage(() => <OutcomesPanel name="bills" />, { servers: [server] })
  await page.findByText('More runs fail than before')
  await page.findByText(/30 % of 40 runs since .* \(version 2\), 2.0 % of 400 before/)
  await page.user.type(page.getByLabelText('Why it is as it should be'), 'Mended.')
  await page.user.click(page.getByRole('button', { name: 'Watch anew from here' }))
  await expect.poll(() => accepted).toEqual({ measure: 'failed', because: 'Mended.' })
  expect(server.problems).toEqual([])
})

test('columns of a blast radius hold so many rows, and say how many more there are', () => {
  const of = { kind: 'tool' as const, name: 't' }
  const broken = Array.from({ length: 40 }, (_, at) => ({
    kind: 'agent' as const,
    name: `a${at}`,
    distance: at < 30 ? 1 : 7,
  }))
  const placed = placeRadius({
    of,
    touches: [],
    broken,
    edges: broken.map((from) => ({ from, to: of })),
    counts: { touches: {}, broken: 40, teams: 1 },
  })
  expect(placed.heads.map(({ text }) => text)).toEqual([
    'Breaks, 3 or more steps away',
    'Breaks, 1 step away',
    'Looked at',
  ])
  expect(placed.more).toMatchObject([{ count: 16 }])
  expect(placed.nodes).toHaveLength(10 + 14 + 1)
  expect(placed.lines.every(({ from, to }) => from.x < to.x)).toBe(true)
  for (const { y } of placed.nodes) expect(y).toBeGreaterThanOrEqual(0)
})
