import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createIds, RawResponse, silentLogger, systemClock } from '@heavylift/core'
import type { RouteInput } from '@heavylift/core'
import { createTestStore } from '@heavylift/store/testing'
import type { TestStore } from '@heavylift/store/testing'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrations } from '../../src/migrations/migrations.ts'
import { mcpRoutes } from '../../src/routes/mcp.ts'
import { Shoppers } from '../../src/shoppers/shoppers.ts'
import { StoreDesk } from '../../src/tools/store-desk.ts'
import type { CommerceTables } from '../../src/domain/commerce-tables.ts'
import { bolt, kettle, memoryCatalog, memorySearch, swift } from '../assistant/fixture.ts'

/** A catalog whose database may be away. */
const catalog = {
  failing: false,
  read() {
    const whole = memoryCatalog([swift, bolt, kettle])
    const product: typeof whole.product = async (id) => {
      if (catalog.failing) throw new Error('relation "product" does not exist at character 15')
      return whole.product(id)
    }
    return { ...whole, product }
  },
}
const caller = { tenantId: 'main', scope: 'storefront', keyId: 'k' } as const
let store: TestStore
let http: Server
let shoppers: Shoppers
let address: URL

beforeAll(async () => {
  store = await createTestStore({ migrations: { shop: migrations } })
  const db = store.host.forSystem('shop').database<CommerceTables>()
  const ids = createIds(systemClock)
  const products = [swift, bolt, kettle]
  shoppers = new Shoppers({ db, clock: systemClock, ids })
  const routes = mcpRoutes({
    catalog: () => catalog.read(),
    search: () => memorySearch(products),
    desk: (tenantId) => new StoreDesk({ db, tenantId, catalog: catalog.read(), clock: systemClock, ids }),
    shoppers,
    log: silentLogger,
  })
  http = createServer((request, response) => {
    void (async () => {
      let text = ''
      for await (const chunk of request) text += String(chunk)
      const found = routes.find((candidate) => candidate.method === request.method?.toLowerCase())
      const input: RouteInput<unknown, unknown, unknown> = {
        params: {},
        query: {},
        body: text ? (JSON.parse(text) as unknown) : null,
        headers: new Headers(request.headers as Record<string, string>),
        caller,
        signal: new AbortController().signal,
        lastEventId: null,
      }
      const result = await found?.handle(input)
      if (!(result instanceof RawResponse)) throw new Error('The route answers raw responses.')
      response.writeHead(result.status, result.headers).end(result.body)
    })().catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  address = new URL(`http://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`)
})
afterAll(async () => {
  await new Promise((resolve) => http.close(resolve))
  await store.close()
})

async function connect(token?: string): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' })
  const headers = token === undefined ? {} : { 'x-heavylift-shopper': token }
  // The SDK's own transport type predates exact optional properties.
  await client.connect(new StreamableHTTPClientTransport(address, { requestInit: { headers } }) as never)
  return client
}

interface ToolAnswer {
  isError?: boolean
  content: { text: string }[]
  structuredContent?: Record<string, unknown>
}
const call = async (client: Client, name: string, args: Record<string, unknown>) =>
  (await client.callTool({ name, arguments: args })) as unknown as ToolAnswer

describe('the MCP server, by the SDK’s client', () => {
  test('lists its tools and says which only read', async () => {
    const client = await connect()
    const { tools } = await client.listTools()
    expect(tools.map((tool) => [tool.name, tool.annotations?.readOnlyHint])).toEqual([
      ['search_products', true],
      ['get_product', true],
      ['compare_products', true],
      ['get_cart', true],
      ['add_to_cart', false],
    ])
    await client.close()
  })

  test('searches in plain language and enforces the price', async () => {
    const client = await connect()
    const found = await call(client, 'search_products', { query: 'football boots', maxPrice: 45 })
    expect(found.structuredContent).toMatchObject({
      total: 1,
      products: [{ productId: 'bolt', price: '$39.00' }],
      relaxed: [],
    })
    await client.close()
  })

  test('gives a product with counted reviews, and compares two', async () => {
    const client = await connect()
    const product = await call(client, 'get_product', { productId: 'swift' })
    expect(product.structuredContent).toMatchObject({
      product: { title: swift.title },
      reviews: {
        total: 5,
        aspects: expect.arrayContaining([
          expect.objectContaining({ aspect: 'wet grip', mentions: 3, positive: 2, negative: 1 }),
        ]),
      },
    })
    const table = await call(client, 'compare_products', { productIds: ['swift', 'bolt'] })
    expect(table.structuredContent).toMatchObject({
      rows: expect.arrayContaining([
        expect.objectContaining({ label: 'Price', values: ['$49.99', '$39.00'] }),
      ]),
    })
    await client.close()
  })

  test('answers a wrong id, wrong arguments and an unknown shopper with what to do', async () => {
    const client = await connect()
    expect(await call(client, 'get_product', { productId: 'nope' })).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining('search_products') }],
    })
    expect(await call(client, 'get_cart', {})).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining('x-heavylift-shopper') }],
    })
    expect(await call(client, 'compare_products', { productIds: ['swift'] })).toMatchObject({ isError: true })
    await client.close()
  })

  test('asks for confirmation and leaves the cart as it is', async () => {
    const { token } = await shoppers.issue(caller, null)
    const client = await connect(token)
    const asked = await call(client, 'add_to_cart', { productId: 'bolt', variantId: 'bolt-v1', quantity: 2 })
    expect(asked.structuredContent).toMatchObject({
      status: 'waits-for-confirmation',
      confirmation: { action: 'add-to-cart' },
    })
    expect((await call(client, 'get_cart', {})).structuredContent).toMatchObject({ items: [] })
    await client.close()
  })

  test('says of a call that fails what to do, in our own words only [SHOP-MCP-02]', async () => {
    const client = await connect()
    const refused = await call(client, 'search_products', { query: '', limit: 0, sort: 'cheap' })
    expect(refused).toMatchObject({ isError: true })
    expect(refused.content[0]?.text).toBe(
      'The request does not fit the tool search_products. arguments query: must have at least 1 characters; arguments sort: must be one of "relevance", "price-ascending", "price-descending", "rating", "reviews", "newest"; arguments limit: must be at least 1.',
    )
    const dark = await call(client, 'search_products', { query: 'boots\0' })
    expect(dark.content[0]?.text).toContain('holds a NUL')
    catalog.failing = true
    const failed = await call(client, 'get_product', { productId: 'swift' })
    catalog.failing = false
    expect(failed.content[0]?.text).toBe(
      'Something went wrong on our side; the server’s log says what. Call the tool again.',
    )
    expect((await call(client, 'drop_tables', {})).content[0]?.text).toContain('There are search_products,')
    const answered = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 3 } }),
    })
    expect(await answered.json()).toMatchObject({
      error: { code: -32_602, message: expect.stringContaining('The params do not fit') },
    })
    await client.close()
  })
})
