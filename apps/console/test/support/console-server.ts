import { routeGroups } from '@heavylift/server/routes'
import { fakeServer, routesFrom } from '@heavylift/ui/testing'
import type { DecisionRow, SystemInfo } from '../../src/api.ts'

/** The server's own routes, answered by samples and by what a test says; three systems run. */
export function consoleServer() {
  const server = fakeServer('/api/heavylift', routesFrom(routeGroups))
  server.answer('get', '/systems', {
    version: '1.0.0',
    tenant: 'main',
    scope: 'admin',
    hasLedger: true,
    systems,
  })
  return server
}

const system = (name: string, title: string, pages: [path: string, title: string][]): SystemInfo => ({
  name,
  title,
  summary: `${title} does something.`,
  layer: 'system',
  state: 'running',
  pages: pages.map(([path, pageTitle]) => ({ path, title: pageTitle })),
})

export const systems: SystemInfo[] = [
  { ...system('models', 'Models', [['/', 'Overview']]), layer: 'primitive' },
  system('shop', 'Shop', [
    ['/catalog', 'Catalog'],
    ['/import', 'Import'],
  ]),
  {
    ...system('live', 'Live', [
      ['/', 'Director'],
      ['/insights', 'Insights'],
    ]),
    state: 'failed',
  },
]

export function decisionRow(change: Partial<DecisionRow> = {}): DecisionRow {
  const id = change.id ?? 'dec_1'
  return {
    id,
    system: 'shop',
    kind: 'answer',
    subjectId: 'shopper-1',
    inputRef: 'conversation/1',
    inputHash: 'abc123',
    output: { intent: 'search', products: ['a', 'b'] },
    confidence: 0.8,
    costMicros: 1200,
    durationMs: 84,
    version: 'shop@1',
    atMs: Date.parse('2026-05-04T10:00:00Z'),
    recordedAtMs: Date.parse('2026-05-04T12:00:00Z'),
    outcomes: [],
    page: `/ledger/decisions/${id}`,
    ...change,
  }
}
