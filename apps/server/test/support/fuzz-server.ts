import { silentLogger } from '@heavylift/core'
import type { Logger } from '@heavylift/core'
import type { AnySystem } from '../../src/services.ts'
import { installedSystems } from '../../src/systems.ts'
import { fuzzRoutes } from './fuzz-routes.ts'
import type { FuzzCaller, FuzzReport } from './fuzz-routes.ts'
import { openingEvent, prepareSystems, smallSamples } from './prepare-systems.ts'
import { startTestServer } from './start-test-server.ts'
import type { TestServer } from './start-test-server.ts'
import { testToken } from './test-token.ts'
import { caller as callerOf, gatherIds } from './walk-routes.ts'
import type { Call } from './walk-routes.ts'

/** A feed of live, a line each: what opens a match, and a play of it. */
const liveFeed = [
  openingEvent('fuzz', 'Home against Away'),
  {
    kind: 'match-end',
    matchId: 'fuzz',
    clocks: {
      eventTimeMs: 1_700_000_100_000,
      eventTimeFrom: 'wall',
      game: { period: 4, secondsLeft: 0 },
      smpte: '10:00:00:00',
    },
    sourceRef: '2',
    homeScore: 21,
    awayScore: 20,
    order: null,
  },
]

const shopFeed = [
  {
    id: 'fuzz-1',
    title: 'Boots',
    price: '10.00',
    category: 'Boots',
    brand: 'Swift',
    image_link: 'https://cdn.example/a.jpg',
    description: 'Good boots.',
    stock: 3,
  },
  { id: 'fuzz-2', title: 'Ball', price: 5, category: ['Sport', 'Balls'], variants: [{ id: 'v', price: 3 }] },
]
const shopCsv = ['id,title,price,category', 'fuzz-3,Hat,3.50,Hats', 'fuzz-4,Hat,1e308,Hats\0']

export interface WholeServer extends TestServer {
  /** What requests failed on, by their ids: the answers do not say it. */
  defects: ReadonlyMap<string, unknown>
}

/** The whole product, and `others`, on a port of its own with small samples. */
export async function startWholeServer(others: readonly AnySystem[] = []): Promise<WholeServer> {
  const systems = await Promise.all(installedSystems.map((system) => system.load()))
  const defects = new Map<string, unknown>()
  const running = await startTestServer(
    [...systems, ...others],
    { requireKeys: true, rateLimit: { perIp: { burst: 1_000_000 }, perKey: { burst: 1_000_000 } } },
    { systemConfig: smallSamples, loadSamples: { report() {} }, log: defectsTo(defects) },
  )
  return { ...running, defects }
}

/** Every route of the server fuzzed as everybody who may come in. */
export async function fuzzServer(
  { server, keys, defects }: WholeServer,
  options: { seed: number; requestsPerRoute: number },
): Promise<FuzzReport> {
  const { address } = server
  // Notes fail on purpose.
  const parts = server.parts.filter(({ name }) => name !== 'notes')
  const plain = callerOf(address)
  const make = (tenantId: string, scope: 'admin' | 'operator' | 'storefront', origin?: string) =>
    keys.create({
      tenantId,
      scope,
      name: 'fuzz',
      kind: origin === undefined ? 'secret' : 'publishable',
      allowedOrigins: origin === undefined ? [] : [origin],
    })
  const bearer = (name: string, key: string, more = {}): FuzzCaller => ({
    name,
    headers: { authorization: `Bearer ${key}`, ...more },
  })
  const admin = (await make('main', 'admin')).key
  const asAdmin: Call = (method, path, more) => plain(method, path, { key: admin, ...more })
  const origin = 'https://store.example'
  const callers = [
    bearer('administrator', admin),
    bearer('installation', testToken),
    bearer('administrator for another tenant', admin, { 'x-heavylift-tenant': 'other' }),
    bearer('administrator of another tenant', (await make('other', 'admin')).key),
    bearer('operator', (await make('main', 'operator')).key),
    bearer('operator of another tenant', (await make('other', 'operator')).key),
    bearer('storefront', (await make('main', 'storefront')).key),
    bearer('page', (await make('main', 'storefront', origin)).key, { origin }),
    bearer('wrong key', `hl_sk_000000000000_${'x'.repeat(43)}`),
    bearer('no key of ours', '\xe9 é'),
    { name: 'nobody', headers: {} },
  ]
  const partHeaders: Record<string, Record<string, string>> = {}
  const ids: Record<string, Record<string, string>> = {}
  for (const part of parts) {
    partHeaders[part.name] = (await prepareSystems[part.name]?.(asAdmin)) ?? {}
    ids[part.name] = await gatherIds(part, asAdmin, partHeaders[part.name] ?? {})
  }
  // One that may be lost.
  ids['heavylift']!['keyId'] = (await make('main', 'storefront')).record.id
  const report = await fuzzRoutes({
    address,
    parts,
    callers,
    partHeaders,
    ids,
    bodies: {
      'POST /api/live/feed': [liveFeed],
      'POST /api/shop/imports': [shopFeed, shopCsv],
      'POST /api/shop/mcp': await mcpBodies(asAdmin),
    },
    ...options,
    atMost: {
      'POST /api/shop/signing-keys/rotate': 1,
      'POST /api/jobs/sample': 1,
      'GET /openapi.json': 2,
    },
    afterwards: {
      'POST /api/jobs/jobs/:jobId/resume': async () =>
        void (await asAdmin('POST', `/api/jobs/jobs/${ids['jobs']?.['jobId']}/cancel`)),
      'POST /api/drive/clearances': async () =>
        void (await asAdmin('DELETE', '/api/drive/clearances/running')),
    },
  })
  return { ...report, failures: report.failures.map((line) => withDefect(line, defects)) }
}

function defectsTo(defects: Map<string, unknown>): Logger {
  const error = (fields: { requestId?: unknown; error?: unknown }): void => {
    if (typeof fields.requestId === 'string') defects.set(fields.requestId, fields.error)
  }
  const log: Logger = { ...silentLogger, error, child: () => log }
  return log
}

function withDefect(line: string, defects: ReadonlyMap<string, unknown>): string {
  const error = defects.get(/^\S+ \S+ (\S+):/.exec(line)?.[1] ?? '')
  return error === undefined
    ? line
    : `${line}\n  ${error instanceof Error ? error.stack : JSON.stringify(error)}`
}

/** A call of each tool that the shop lists, and what comes before calls. */
async function mcpBodies(call: Call): Promise<unknown[]> {
  const message = (method: string, params: unknown) => ({ jsonrpc: '2.0', id: 1, method, params })
  const product = (
    (await call('GET', '/api/shop/products?limit=1')).json as {
      products: { id: string; variants: { id: string }[] }[]
    }
  ).products[0]
  const productId = product?.id
  return [
    message('initialize', {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 'x', version: '1' },
    }),
    message('tools/list', {}),
    message('ping', {}),
    ...[
      [
        'search_products',
        { query: 'red boots', minPrice: 1, maxPrice: 100, sort: 'rating', limit: 5, offset: 0 },
      ],
      ['get_product', { productId }],
      ['compare_products', { productIds: [productId, productId] }],
      ['get_cart', {}],
      ['add_to_cart', { productId, variantId: product?.variants[0]?.id, quantity: 1 }],
    ].map(([name, args]) => message('tools/call', { name, arguments: args })),
  ]
}
