import type { Money, Product, Variant } from '../../domain/product.ts'
import { cancelReasons } from '../../domain/order.ts'
import type {
  Account,
  CancelReason,
  ItemSwap,
  Order,
  OrderAction,
  OrderItem,
  Payment,
  PaymentMethod,
} from '../../domain/order.ts'

/** The new state, or why policy forbids it: `reason` is a sentence for the shopper, `section` the policy it rests on. */
export type OrderDecision =
  | { ok: true; order: Order; account: Account }
  | { ok: false; reason: string; section: PolicySectionName }

export type PolicySectionName = 'cancel' | 'change' | 'returns' | 'exchanges' | 'payment' | 'privacy'

class Refused extends Error {
  readonly section: PolicySectionName
  constructor(section: PolicySectionName, reason: string) {
    super(reason)
    this.section = section
  }
}

/**
 * Applies one action to an order by the store's policy. Pure: the caller's values are left as they were.
 *
 * @param products the products that the order's items belong to, for swaps
 */
export function decideOrder(
  order: Order,
  account: Account,
  action: OrderAction,
  products: ReadonlyMap<string, Product>,
): OrderDecision {
  try {
    if (order.shopperId !== account.shopperId) {
      throw new Refused('privacy', 'That order belongs to another customer.')
    }
    const state = { order: structuredClone(order), account: structuredClone(account) }
    apply(state, action, products)
    return { ok: true, ...state }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, reason: error.message, section: error.section }
    throw error
  }
}

interface State {
  order: Order
  account: Account
}

function apply(state: State, action: OrderAction, products: ReadonlyMap<string, Product>): void {
  switch (action.action) {
    case 'cancel':
      return cancel(state, action.reason)
    case 'change-address':
      requirePending(state.order)
      state.order.address = action.address
      return
    case 'change-payment':
      return changePayment(state, action.paymentMethodId)
    case 'change-items':
      return changeItems(state, action.swaps, action.paymentMethodId, products)
    case 'return':
      return returnItems(state, action.variantIds, action.paymentMethodId)
    case 'exchange':
      return exchange(state, action.swaps, action.paymentMethodId, products)
  }
}

/** pending → cancelled; what each payment method has paid, less what it got back, returns to it. */
function cancel({ order, account }: State, reason: string): void {
  if (order.status !== 'pending') {
    throw new Refused('cancel', `Only a pending order can be cancelled; this one is ${words(order.status)}.`)
  }
  if (!isCancelReason(reason)) {
    throw new Refused('cancel', `An order can be cancelled because it is ${cancelReasons.join(' or was ')}.`)
  }
  const refunds = refundsOf(order.payments)
  for (const refund of refunds) credit(account, refund)
  order.payments.push(...refunds)
  order.status = 'cancelled'
  order.cancelReason = reason
}

/** pending → pending: the order is paid anew in one payment, and the first payment goes back. */
function changePayment({ order, account }: State, paymentMethodId: string): void {
  requirePending(order)
  const [original, ...others] = order.payments
  if (original === undefined || others.length > 0 || original.kind !== 'payment') {
    throw new Refused('payment', 'The payment of this order was changed before and cannot change again.')
  }
  const method = paymentMethod(account, paymentMethodId)
  if (method.id === original.paymentMethodId) {
    throw new Refused(
      'payment',
      `The order is already paid by ${method.label}; choose another payment method.`,
    )
  }
  const payment: Payment = { kind: 'payment', amount: original.amount, paymentMethodId: method.id }
  const refund = reverse(original)
  debit(method, payment.amount.minor)
  credit(account, refund)
  order.payments.push(payment, refund)
}

/** pending → pending-items-changed: other variants of the same products, at today's prices; once. */
function changeItems(
  { order, account }: State,
  swaps: ItemSwap[],
  paymentMethodId: string,
  products: ReadonlyMap<string, Product>,
): void {
  requirePending(order)
  const changed = resolveSwaps(order, swaps, products, 'change')
  const method = paymentMethod(account, paymentMethodId)
  const difference = changed.reduce(
    (sum, { item, variant }) => sum + variant.price.minor - item.price.minor,
    0,
  )
  if (difference > 0) debit(method, difference)
  const settlement: Payment = {
    kind: difference > 0 ? 'payment' : 'refund',
    amount: { minor: Math.abs(difference), currency: currencyOf(order) },
    paymentMethodId: method.id,
  }
  if (settlement.kind === 'refund') credit(account, settlement)
  order.payments.push(settlement)
  for (const { item, variant } of changed) {
    item.variantId = variant.id
    item.price = variant.price
    item.options = { ...variant.options }
  }
  order.status = 'pending-items-changed'
}

/** delivered → return-requested; the refund goes to the original payment method or to a gift card. */
function returnItems({ order, account }: State, variantIds: string[], paymentMethodId: string): void {
  requireDelivered(order, 'returns', 'returned')
  takeItems(order, variantIds, 'returns')
  const method = paymentMethod(account, paymentMethodId)
  if (method.kind !== 'gift-card' && method.id !== order.payments[0]?.paymentMethodId) {
    throw new Refused('returns', 'A refund goes to the original payment method or to a gift card.')
  }
  order.returned = { variantIds: [...variantIds], paymentMethodId: method.id }
  order.status = 'return-requested'
}

/** delivered → exchange-requested; the difference is settled when the goods come back. */
function exchange(
  { order, account }: State,
  swaps: ItemSwap[],
  paymentMethodId: string,
  products: ReadonlyMap<string, Product>,
): void {
  requireDelivered(order, 'exchanges', 'exchanged')
  const changed = resolveSwaps(order, swaps, products, 'exchanges')
  const method = paymentMethod(account, paymentMethodId)
  const differenceMinor = changed.reduce(
    (sum, { item, variant }) => sum + variant.price.minor - item.price.minor,
    0,
  )
  requireBalance(method, differenceMinor)
  order.exchanged = { swaps: structuredClone(swaps), paymentMethodId: method.id, differenceMinor }
  order.status = 'exchange-requested'
}

function requirePending(order: Order): void {
  if (order.status === 'pending') return
  if (order.status === 'pending-items-changed') {
    throw new Refused(
      'change',
      'The items of this order were changed; after that nothing else of it can change.',
    )
  }
  throw new Refused('change', `Only a pending order can be changed; this one is ${words(order.status)}.`)
}

function requireDelivered(order: Order, section: PolicySectionName, done: string): void {
  if (order.status !== 'delivered') {
    throw new Refused(section, `Only a delivered order can be ${done}; this one is ${words(order.status)}.`)
  }
}

/** The items that the ids name, each used once; a repeated id needs as many items. */
function takeItems(order: Order, variantIds: readonly string[], section: PolicySectionName): OrderItem[] {
  if (variantIds.length === 0) throw new Refused(section, 'Name at least one item of the order.')
  const left = [...order.items]
  return variantIds.map((variantId) => {
    const index = left.findIndex((item) => item.variantId === variantId)
    const [item] = index < 0 ? [] : left.splice(index, 1)
    if (item === undefined)
      throw new Refused(section, `The order does not hold (that many of) item ${variantId}.`)
    return item
  })
}

function resolveSwaps(
  order: Order,
  swaps: readonly ItemSwap[],
  products: ReadonlyMap<string, Product>,
  section: PolicySectionName,
): { item: OrderItem; variant: Variant }[] {
  const items = takeItems(
    order,
    swaps.map(({ variantId }) => variantId),
    section,
  )
  return items.map((item, index) => {
    const newVariantId = swaps[index]?.newVariantId
    const variant = products.get(item.productId)?.variants.find(({ id }) => id === newVariantId)
    if (variant === undefined) {
      throw new Refused(section, `${item.title} can only be swapped for another option of the same product.`)
    }
    if (variant.stock === 0) {
      throw new Refused(section, `${item.title} in ${describe(variant.options)} is out of stock.`)
    }
    if (section === 'change' && variant.id === item.variantId) {
      throw new Refused(section, `${item.title} already is in ${describe(variant.options)}.`)
    }
    return { item, variant }
  })
}

function paymentMethod(account: Account, id: string): PaymentMethod {
  const method = account.paymentMethods.find((candidate) => candidate.id === id)
  if (method === undefined) throw new Refused('payment', 'That payment method is not on this account.')
  return method
}

function requireBalance(method: PaymentMethod, minor: number): void {
  if (method.balance !== null && method.balance.minor < minor) {
    throw new Refused('payment', `${method.label} does not hold enough for this.`)
  }
}

function debit(method: PaymentMethod, minor: number): void {
  requireBalance(method, minor)
  if (method.balance !== null) method.balance = { ...method.balance, minor: method.balance.minor - minor }
}

/** Money back on a gift card is there at once; other methods are refunded outside. */
function credit(account: Account, refund: Payment): void {
  const method = account.paymentMethods.find(({ id }) => id === refund.paymentMethodId)
  if (method?.balance)
    method.balance = { ...method.balance, minor: method.balance.minor + refund.amount.minor }
}

/** One refund for each payment method that has paid more than it got back. */
function refundsOf(payments: readonly Payment[]): Payment[] {
  const nets = new Map<string, Payment>()
  for (const { kind, amount, paymentMethodId } of payments) {
    const net = nets.get(paymentMethodId)?.amount.minor ?? 0
    const minor = net + (kind === 'payment' ? amount.minor : -amount.minor)
    nets.set(paymentMethodId, { kind: 'refund', amount: { ...amount, minor }, paymentMethodId })
  }
  return [...nets.values()].filter(({ amount }) => amount.minor > 0)
}

function reverse(payment: Payment): Payment {
  return { kind: 'refund', amount: payment.amount, paymentMethodId: payment.paymentMethodId }
}

function currencyOf(order: Order): Money['currency'] {
  return order.items[0]?.price.currency ?? order.payments[0]?.amount.currency ?? 'USD'
}

function isCancelReason(reason: string): reason is CancelReason {
  return (cancelReasons as readonly string[]).includes(reason)
}

function words(status: Order['status']): string {
  return status.replaceAll('-', ' ')
}

function describe(options: Record<string, string>): string {
  return Object.values(options).join(', ') || 'this version'
}
