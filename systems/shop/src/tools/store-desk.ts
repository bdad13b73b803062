import { createHash } from 'node:crypto'
import { ConflictError, NotFoundError, type Clock, type Ids } from '@heavylift/core'
import type { Kysely } from 'kysely'
import type { CartView, ConfirmationRequest, OrderView } from '../domain/answer.ts'
import type { Catalog, PolicySection, ProposalRequest, ProposalResult, StoreTools } from '../domain/ports.ts'
import { cartLines, setCartLine, viewCart } from './cart.ts'
import type { CommerceTables } from '../domain/commerce-tables.ts'
import type { ConfirmationOutcome } from '../domain/confirmation-outcome.ts'
import { OrderBook, shipOrder } from './orders/order-book.ts'
import { viewOrder } from './orders/order-view.ts'
import { performProposal } from './perform-proposal.ts'
import { searchPolicies } from './policies.ts'
import { describeProposal } from './describe-proposal.ts'
import { loadWorld } from './proposal-world.ts'
import { Refusal } from './refusal.ts'

const confirmationLifeMs = 15 * 60 * 1000

export interface StoreDeskDependencies {
  db: Kysely<CommerceTables>
  tenantId: string
  catalog: Catalog
  clock: Clock
  ids: Ids
}

/**
 * A tenant's store as the assistant and the storefront use it. `propose` only records; `answer` acts, exactly once,
 * in one transaction.
 */
export class StoreDesk implements StoreTools {
  readonly #deps: StoreDeskDependencies

  constructor(dependencies: StoreDeskDependencies) {
    this.#deps = dependencies
  }

  async cart(shopperId: string): Promise<CartView> {
    const { db, tenantId, catalog } = this.#deps
    const lines = await cartLines(db, tenantId, shopperId)
    const products = await catalog.products([...new Set(lines.map(({ productId }) => productId))])
    const currency = products[0]?.variants[0]?.price.currency ?? (await catalog.vocabulary()).currency
    return viewCart(lines, new Map(products.map((product) => [product.id, product])), currency)
  }

  /**
   * The shopper's own hand on their basket: needs no confirmation.
   *
   * @throws NotFoundError when the product has no such variant
   */
  async setCartQuantity(
    shopperId: string,
    productId: string,
    variantId: string,
    quantity: number,
  ): Promise<CartView> {
    const { db, tenantId, catalog, clock } = this.#deps
    const product = await catalog.product(productId)
    if (quantity > 0 && !product?.variants.some(({ id }) => id === variantId)) {
      throw new NotFoundError({
        code: 'variant-not-found',
        message: `Product ${productId} has no variant ${variantId}; read the product for those it has.`,
      })
    }
    await setCartLine(db, tenantId, shopperId, { productId, variantId, quantity }, clock.nowMs())
    return this.cart(shopperId)
  }

  async orders(shopperId: string, page: { limit: number }): Promise<OrderView[]> {
    const orders = await this.#book().orders(shopperId, page.limit)
    return orders.map(viewOrder)
  }

  async order(shopperId: string, orderId: string): Promise<OrderView | null> {
    const order = await this.#book().order(orderId, false)
    return order?.shopperId === shopperId ? viewOrder(order) : null
  }

  /**
   * What the warehouse reports of an order. The same report again changes nothing.
   *
   * @throws NotFoundError when there is no such order
   * @throws ConflictError when the order's state does not lead there
   */
  async ship(
    orderId: string,
    status: 'processed' | 'delivered',
    trackingIds: readonly string[],
  ): Promise<OrderView> {
    const { db, tenantId } = this.#deps
    return db.transaction().execute(async (transaction) => {
      const book = new OrderBook(transaction, tenantId)
      const order = await book.order(orderId, true)
      if (order === null) {
        throw new NotFoundError({ code: 'order-not-found', message: `There is no order ${orderId}.` })
      }
      try {
        const shipped = shipOrder(order, status, trackingIds)
        await book.saveOrder(shipped)
        return viewOrder(shipped)
      } catch (error) {
        if (error instanceof Refusal) throw orderRefused(error)
        throw error
      }
    })
  }

  policies(text: string, page: { limit: number }): Promise<PolicySection[]> {
    return searchPolicies(this.#deps.db, this.#deps.tenantId, text, page.limit)
  }

  async propose(shopperId: string, request: ProposalRequest): Promise<ProposalResult> {
    const { db, tenantId, clock, ids } = this.#deps
    const nowMs = clock.nowMs()
    let described
    try {
      const world = await loadWorld(this.#deps, shopperId, request.proposal)
      described = describeProposal(request.proposal, world)
    } catch (error) {
      if (error instanceof Refusal) return { ok: false, reason: error.message, section: error.section }
      throw error
    }
    await db
      .insertInto('confirmation')
      .values({
        tenant_id: tenantId,
        id: ids.next('confirm'),
        shopper_id: shopperId,
        request_key: request.key,
        conversation_id: request.conversationId,
        proposal: JSON.stringify(request.proposal),
        summary: described.summary,
        ceiling: described.ceiling === null ? null : JSON.stringify(described.ceiling),
        state: 'waiting',
        answer_key: null,
        result: null,
        created_at: new Date(nowMs),
        expires_at: new Date(nowMs + confirmationLifeMs),
      })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'shopper_id', 'request_key']).doNothing())
      .execute()
    const row = await db
      .selectFrom('confirmation')
      .where('tenant_id', '=', tenantId)
      .where('shopper_id', '=', shopperId)
      .where('request_key', '=', request.key)
      .selectAll()
      .executeTakeFirstOrThrow()
    const confirmation: ConfirmationRequest = {
      confirmationId: row.id,
      action: row.proposal.action,
      summary: row.summary,
      ceiling: row.ceiling,
      expiresAtMs: row.expires_at.getTime(),
    }
    return { ok: true, confirmation }
  }

  /**
   * The shopper's word on a confirmation. The same `idempotencyKey` again returns the first outcome.
   *
   * @throws NotFoundError when this shopper has no such confirmation
   * @throws ConflictError when it was answered before (with another key) or has expired
   */
  async answer(
    shopperId: string,
    confirmationId: string,
    reply: { accept: boolean; idempotencyKey: string },
  ): Promise<ConfirmationOutcome> {
    const { db, tenantId, clock } = this.#deps
    const found = await this.#confirmation(db, shopperId, confirmationId)
    if (found === undefined) throw confirmationNotFound(confirmationId)
    if (found.state === 'waiting' && found.expires_at.getTime() <= clock.nowMs()) throw confirmationExpired()
    // Read before the transaction, so that it never holds one connection while it waits for another.
    const world =
      reply.accept && found.state === 'waiting' ? await this.#worldOrRefusal(shopperId, found.proposal) : null

    return db.transaction().execute(async (transaction) => {
      const row = await this.#confirmation(transaction, shopperId, confirmationId, true)
      if (row === undefined) throw confirmationNotFound(confirmationId)
      if (row.state !== 'waiting') {
        if (row.answer_key === reply.idempotencyKey && row.result !== null) return row.result
        throw new ConflictError({
          code: 'confirmation-answered',
          message: `This was ${row.state} before. Ask the assistant again for a new confirmation.`,
        })
      }
      const outcome =
        world === null
          ? declined
          : world instanceof Refusal
            ? refusedOutcome(world)
            : await this.#perform(transaction, shopperId, row, world)
      await transaction
        .updateTable('confirmation')
        .set({ state: outcome.state, answer_key: reply.idempotencyKey, result: JSON.stringify(outcome) })
        .where('tenant_id', '=', tenantId)
        .where('id', '=', confirmationId)
        .execute()
      return outcome
    })
  }

  /**
   * Checkout: the whole cart as one order. The same `idempotencyKey` again returns the same order.
   *
   * @throws ConflictError when it cannot be ordered; the message says why
   */
  async placeOrder(shopperId: string, idempotencyKey: string): Promise<OrderView> {
    const orderId = orderIdOf(this.#deps.tenantId, shopperId, idempotencyKey)
    const existing = await this.order(shopperId, orderId)
    if (existing !== null) return existing
    const proposal = { action: 'place-order' } as const
    try {
      const world = await this.#worldOrRefusal(shopperId, proposal)
      if (world instanceof Refusal) throw world
      const { ceiling } = describeProposal(proposal, world)
      await this.#deps.db
        .transaction()
        .execute((transaction) =>
          performProposal(transaction, this.#deps, shopperId, { proposal, ceiling, orderId }, world),
        )
    } catch (error) {
      if (error instanceof Refusal) {
        // A twin of this request may have placed the order and emptied the cart in between.
        const placed = await this.order(shopperId, orderId)
        if (placed !== null) return placed
        throw orderRefused(error)
      }
      throw error
    }
    const placed = await this.order(shopperId, orderId)
    if (placed === null)
      throw new NotFoundError({ code: 'order-not-found', message: 'The order was not placed.' })
    return placed
  }

  async #perform(
    transaction: Kysely<CommerceTables>,
    shopperId: string,
    row: { id: string; proposal: ProposalRequest['proposal']; ceiling: ConfirmationRequest['ceiling'] },
    world: Awaited<ReturnType<typeof loadWorld>>,
  ): Promise<ConfirmationOutcome> {
    try {
      const orderId = orderIdOf(this.#deps.tenantId, shopperId, row.id)
      return await performProposal(
        transaction,
        this.#deps,
        shopperId,
        { proposal: row.proposal, ceiling: row.ceiling, orderId },
        world,
      )
    } catch (error) {
      // Every refusal is thrown before the first write, so the transaction may go on to record it.
      if (error instanceof Refusal) return refusedOutcome(error)
      throw error
    }
  }

  async #worldOrRefusal(shopperId: string, proposal: ProposalRequest['proposal']) {
    try {
      return await loadWorld(this.#deps, shopperId, proposal)
    } catch (error) {
      if (error instanceof Refusal) return error
      throw error
    }
  }

  #confirmation(db: Kysely<CommerceTables>, shopperId: string, id: string, lock = false) {
    let query = db
      .selectFrom('confirmation')
      .where('tenant_id', '=', this.#deps.tenantId)
      .where('shopper_id', '=', shopperId)
      .where('id', '=', id)
      .selectAll()
    if (lock) query = query.forUpdate()
    return query.executeTakeFirst()
  }

  #book(): OrderBook {
    return new OrderBook(this.#deps.db, this.#deps.tenantId)
  }
}

const declined: ConfirmationOutcome = {
  state: 'declined',
  message: 'Nothing was done.',
  cart: null,
  orderId: null,
  watchId: null,
}

function refusedOutcome(refusal: Refusal): ConfirmationOutcome {
  return { ...declined, state: 'refused', message: `${refusal.message} Nothing was done.` }
}

/** The same request always names the same order, whichever process handles it. */
function orderIdOf(tenantId: string, shopperId: string, key: string): string {
  const hash = createHash('sha256').update([tenantId, shopperId, key].join('\u0000')).digest('hex')
  return `order_${hash.slice(0, 24)}`
}

function confirmationNotFound(id: string): NotFoundError {
  return new NotFoundError({
    code: 'confirmation-not-found',
    message: `There is no confirmation ${id} for this shopper.`,
  })
}

function confirmationExpired(): ConflictError {
  return new ConflictError({
    code: 'confirmation-expired',
    message: 'This confirmation has expired. Ask the assistant again.',
  })
}

function orderRefused(refusal: Refusal): ConflictError {
  return new ConflictError({ code: 'order-refused', message: refusal.message })
}
