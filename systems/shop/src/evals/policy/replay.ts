import { isDeepStrictEqual } from 'node:util'
import { createIds, silentLogger, systemClock, type MeasureInput } from '@heavylift/core'
import { openStore, type StoreHost } from '@heavylift/store'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { english } from '../../language/lexicon.ts'
import type { OrderAction } from '../../domain/order.ts'
import type { Catalog } from '../../domain/ports.ts'
import type { Proposal } from '../../domain/proposal.ts'
import type { Product } from '../../domain/product.ts'
import { migrations } from '../../migrations/migrations.ts'
import type { CommerceTables } from '../../domain/commerce-tables.ts'
import { OrderBook } from '../../tools/orders/order-book.ts'
import { StoreDesk } from '../../tools/store-desk.ts'
import { expectedState, strings } from './expected-state.ts'
import { forbiddenActions } from './forbidden.ts'
import { readRetailData, type RetailAddress, type RetailDatabase, type RetailTask } from './retail-data.ts'
import { actualState, toAccount, toAddress, toOrder, toProduct } from './retail-store.ts'
import { sampleRetailData } from './sample-retail.ts'

/**
 * Replays every gold action of the tau2-bench retail tasks through the store's tools, on PostgreSQL: each is proposed to
 * the shopper whom the task identifies, accepted, and done in a transaction. `finalStateMatches` counts the tasks after
 * which every order and the account of that shopper equal what the data set's documentation of its tools demands.
 * Then asks for what the policy forbids, on each order: `forbiddenRefusedRate` must be 1.
 *
 * One difference to the benchmark's own tools is on purpose: they give every item of a change the price and options of the
 * last one; here each gets its own.
 */
export async function runPolicyEval({ dataDir, report, signal }: MeasureInput) {
  const { database, tasks } = dataDir === null ? sampleRetailData() : await readRetailData(dataDir)
  const dir = await mkdtemp(join(tmpdir(), 'heavylift-policy-'))
  const host = await openStore({ dataDir: dir, databaseUrl: null, log: silentLogger, clock: systemClock })
  try {
    await host.migrate('shop', migrations)
    const products = new Map(
      Object.values(database.products).map((product) => [product.product_id, toProduct(product)]),
    )
    let matches = 0
    let gold = { asked: 0, done: 0 }
    const forbidden = { asked: 0, refused: 0 }
    const foreign = { asked: 0, refused: 0 }
    for (const [index, task] of tasks.entries()) {
      signal.throwIfAborted()
      const replay = await replayTask(host, database, products, task)
      if (replay.matches) matches++
      gold = { asked: gold.asked + replay.asked, done: gold.done + replay.done }
      add(forbidden, replay.forbidden)
      add(foreign, replay.foreign)
      report({ stage: 'replaying tasks', done: index + 1, total: tasks.length, unit: 'tasks' })
    }
    return {
      n: tasks.length,
      metrics: {
        finalStateMatches: matches,
        finalStateRate: matches / tasks.length,
        goldActions: gold.asked,
        goldActionsDone: gold.done,
        forbiddenActions: forbidden.asked,
        forbiddenRefusedRate: forbidden.asked === 0 ? 1 : forbidden.refused / forbidden.asked,
        othersOrders: foreign.asked,
        othersOrdersRefusedRate: foreign.asked === 0 ? 1 : foreign.refused / foreign.asked,
      },
    }
  } finally {
    await host.close()
    await rm(dir, { recursive: true, force: true })
  }
}

interface Tally {
  asked: number
  refused: number
}

function add(sum: Tally, more: Tally): void {
  sum.asked += more.asked
  sum.refused += more.refused
}

async function replayTask(
  host: StoreHost,
  database: RetailDatabase,
  products: ReadonlyMap<string, Product>,
  task: RetailTask,
) {
  const db = host.forSystem('shop').database<CommerceTables>()
  // Every task starts from the file's state, so each has a tenant of its own.
  const tenantId = `task-${task.id}`
  const desk = new StoreDesk({
    db,
    tenantId,
    catalog: catalogOf(products),
    clock: systemClock,
    ids: createIds(systemClock),
  })
  const book = new OrderBook(db, tenantId)
  const userId = identify(database, task)
  const user = database.users[userId]
  const stranger = Object.values(database.orders).find(({ user_id }) => user_id !== userId)
  if (user === undefined) return { matches: false, asked: 0, done: 0, forbidden: none(), foreign: none() }
  const source = Object.values(database.orders).filter(({ user_id }) => user_id === userId)
  await db
    .insertInto('shopper')
    .values({ tenant_id: tenantId, id: userId, external_id: userId, created_at: new Date(0) })
    .execute()
  await book.saveAccount(toAccount(user))
  for (const order of source) await book.saveOrder(toOrder(order))
  if (stranger !== undefined) await book.saveOrder(toOrder(stranger))

  let asked = 0
  let done = 0
  for (const [index, { name, arguments: args }] of task.actions.entries()) {
    const proposal = toProposal(name, args)
    if (proposal === null) continue
    asked++
    if (await act(desk, userId, `gold:${index}`, proposal)) done++
  }
  const orders = await book.orders(userId, 1000)
  const actual = actualState(await book.account(userId, false), orders)
  const matches = isDeepStrictEqual(actual, expectedState(database, task, userId))

  const forbidden = none()
  for (const order of orders) {
    for (const [index, change] of forbiddenActions(
      order,
      await book.account(userId, false),
      products,
    ).entries()) {
      forbidden.asked++
      const proposal: Proposal = { action: 'order-action', orderId: order.id, change }
      if (!(await act(desk, userId, `forbidden:${order.id}:${index}`, proposal))) forbidden.refused++
    }
  }
  const foreign = none()
  if (stranger !== undefined) {
    foreign.asked++
    const proposal: Proposal = { action: 'cancel-order', orderId: stranger.order_id }
    const seen = await desk.order(userId, stranger.order_id)
    if (!(await act(desk, userId, 'foreign', proposal)) && seen === null) foreign.refused++
  }
  return { matches, asked, done, forbidden, foreign }
}

function none(): Tally {
  return { asked: 0, refused: 0 }
}

/** Proposes and accepts. False when the store refused. */
async function act(desk: StoreDesk, shopperId: string, key: string, proposal: Proposal): Promise<boolean> {
  const proposed = await desk.propose(shopperId, { key, conversationId: null, proposal })
  if (!proposed.ok) return false
  const outcome = await desk.answer(shopperId, proposed.confirmation.confirmationId, {
    accept: true,
    idempotencyKey: `accept:${key}`,
  })
  return outcome.state === 'accepted'
}

/** The shopper whom the task's look-ups identify: by email, by name and postal code, or as the owner of its orders. */
function identify(database: RetailDatabase, task: RetailTask): string {
  for (const { name, arguments: args } of task.actions) {
    const found = Object.values(database.users).find((user) =>
      name === 'find_user_id_by_email'
        ? user.email === args['email']
        : name === 'find_user_id_by_name_zip'
          ? user.name.first_name === args['first_name'] &&
            user.name.last_name === args['last_name'] &&
            user.address.zip === args['zip']
          : user.user_id === args['user_id'],
    )
    if (found !== undefined) return found.user_id
  }
  for (const { arguments: args } of task.actions) {
    const owner = database.orders[String(args['order_id'])]?.user_id
    if (owner !== undefined) return owner
  }
  // A task that changes nothing names nobody: any shopper's things must stay as they are.
  return Object.keys(database.users)[0] ?? ''
}

/** The store's proposal for a gold action; null for reads, arithmetic and hand-overs, which change nothing. */
function toProposal(name: string, args: Record<string, unknown>): Proposal | null {
  if (name === 'modify_user_address') return { action: 'change-address', address: toAddress(addressOf(args)) }
  const change = toOrderAction(name, args)
  return change === null ? null : { action: 'order-action', orderId: String(args['order_id']), change }
}

function toOrderAction(name: string, args: Record<string, unknown>): OrderAction | null {
  const paymentMethodId = String(args['payment_method_id'])
  const newItems = strings(args['new_item_ids'])
  const swaps = strings(args['item_ids']).map((variantId, index) => ({
    variantId,
    newVariantId: newItems[index] ?? '',
  }))
  switch (name) {
    case 'cancel_pending_order':
      return { action: 'cancel', reason: String(args['reason']) }
    case 'modify_pending_order_address':
      return { action: 'change-address', address: toAddress(addressOf(args)) }
    case 'modify_pending_order_payment':
      return { action: 'change-payment', paymentMethodId }
    case 'modify_pending_order_items':
      return { action: 'change-items', swaps, paymentMethodId }
    case 'return_delivered_order_items':
      return { action: 'return', variantIds: strings(args['item_ids']), paymentMethodId }
    case 'exchange_delivered_order_items':
      return { action: 'exchange', swaps, paymentMethodId }
    default:
      return null
  }
}

function addressOf(args: Record<string, unknown>): RetailAddress {
  const part = (name: string) => {
    const value = args[name]
    return typeof value === 'string' ? value : ''
  }
  return {
    address1: part('address1'),
    address2: part('address2'),
    city: part('city'),
    state: part('state'),
    country: part('country'),
    zip: part('zip'),
  }
}

/** The data set's products; it has no reviews, questions or price history. */
function catalogOf(products: ReadonlyMap<string, Product>): Catalog {
  return {
    product: async (id) => products.get(id) ?? null,
    products: async (ids) => ids.flatMap((id) => products.get(id) ?? []),
    reviews: async () => ({ reviews: [], total: 0 }),
    questions: async () => [],
    categories: () => Promise.resolve([]),
    priceHistory: async () => [],
    lexicon: () => Promise.resolve(english),
    vocabulary: async () => ({
      facets: new Map(),
      brands: new Map(),
      categories: new Map(),
      currency: 'USD',
    }),
    size: async () => ({ products: products.size, reviews: 0 }),
  }
}
