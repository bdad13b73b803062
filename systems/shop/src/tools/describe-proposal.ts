import type { Address, Order, OrderAction } from '../domain/order.ts'
import type { Proposal } from '../domain/proposal.ts'
import type { Money, Product, Variant } from '../domain/product.ts'
import { viewCart } from './cart.ts'
import { formatMoney } from '../domain/money.ts'
import { decideOrder } from './orders/decide-order.ts'
import type { ProposalWorld } from './proposal-world.ts'
import { Refusal } from './refusal.ts'

/**
 * Says exactly what a proposal would do, and the most that it can cost. Pure.
 *
 * @throws Refusal when it is not possible or policy forbids it
 */
export function describeProposal(
  proposal: Proposal,
  world: ProposalWorld,
): { summary: string; ceiling: Money | null } {
  switch (proposal.action) {
    case 'add-to-cart': {
      const { product, variant } = findVariant(proposal, world.products)
      requireStock(product, variant, proposal.quantity)
      const ceiling = times(variant.price, proposal.quantity)
      return {
        summary: `Add ${count(proposal.quantity, product, variant)} to your basket for ${formatMoney(ceiling)}.`,
        ceiling,
      }
    }
    case 'place-order': {
      const cart = viewCart(world.cart, world.products, world.currency)
      if (cart.items.length === 0) throw new Refusal('The basket is empty.')
      const units = cart.items.reduce((sum, { quantity }) => sum + quantity, 0)
      const method = world.account.paymentMethods[0]
      return {
        summary: `Order ${units === 1 ? 'the item' : `the ${units} items`} in your basket for ${formatMoney(cart.total)}, paid by ${method?.label ?? 'your first payment method'}.`,
        ceiling: cart.total,
      }
    }
    case 'auto-buy': {
      const { product, variant } = findVariant(proposal, world.products)
      requireSameCurrency(proposal.ceiling, variant)
      const ceiling = times(proposal.ceiling, proposal.quantity)
      return {
        summary: `Buy ${count(proposal.quantity, product, variant)} once, when the price is ${formatMoney(proposal.ceiling)} or less (${formatMoney(variant.price)} now). At most ${formatMoney(ceiling)} in all.`,
        ceiling,
      }
    }
    case 'price-alert': {
      const { product, variant } = findVariant(proposal, world.products)
      if (proposal.target !== null) requireSameCurrency(proposal.target, variant)
      const when =
        proposal.target === null
          ? `drops below ${formatMoney(variant.price)}`
          : `is ${formatMoney(proposal.target)} or less`
      return { summary: `Tell you when ${count(1, product, variant)} ${when}.`, ceiling: null }
    }
    case 'return-items':
    case 'cancel-order':
    case 'order-action': {
      const order = requireOrder(world)
      const change = orderActionOf(proposal, order)
      const decision = decideOrder(order, world.account, change, world.products)
      if (!decision.ok) throw new Refusal(decision.reason, decision.section)
      const owed = Math.max(0, owedMinor(order, decision.order))
      return {
        summary: describeOrderAction(order, change, decision.order),
        ceiling: { minor: owed, currency: order.items[0]?.price.currency ?? world.currency },
      }
    }
    case 'change-address':
      return { summary: `Set your address to ${formatAddress(proposal.address)}.`, ceiling: null }
    case 'forget-memory':
      return {
        summary:
          proposal.memoryIds === null
            ? 'Forget everything I remember about you.'
            : `Forget ${proposal.memoryIds.length === 1 ? 'this memory' : `these ${proposal.memoryIds.length} memories`}.`,
        ceiling: null,
      }
  }
}

/** The exact order action behind a proposal in words. @throws Refusal when a title is not in the order */
export function orderActionOf(proposal: Extract<Proposal, { orderId: string }>, order: Order): OrderAction {
  if (proposal.action === 'order-action') return proposal.change
  if (proposal.action === 'cancel-order') {
    return { action: 'cancel', reason: proposal.reason ?? 'no longer needed' }
  }
  const { titles } = proposal
  const items = order.items.filter(({ title }) => titles === null || titles.includes(title))
  const missing = titles?.find((title) => !order.items.some((item) => item.title === title))
  if (missing !== undefined) throw new Refusal(`The order does not hold ${missing}.`, 'returns')
  return {
    action: 'return',
    variantIds: items.map(({ variantId }) => variantId),
    paymentMethodId: proposal.paymentMethodId ?? order.payments[0]?.paymentMethodId ?? '',
  }
}

export function requireOrder(world: ProposalWorld): Order {
  if (world.order === null) throw new Refusal('There is no such order on this account.', 'privacy')
  return world.order
}

/** @throws Refusal when the product or variant is not sold */
export function findVariant(
  at: { productId: string; variantId: string },
  products: ReadonlyMap<string, Product>,
): { product: Product; variant: Variant } {
  const product = products.get(at.productId)
  const variant = product?.variants.find(({ id }) => id === at.variantId)
  if (product === undefined || variant === undefined) throw new Refusal('That product is not sold here.')
  return { product, variant }
}

export function requireStock(product: Product, variant: Variant, quantity: number): void {
  if (variant.stock !== null && variant.stock < quantity) {
    throw new Refusal(
      `${product.title} is ${variant.stock === 0 ? 'out of stock' : `down to ${variant.stock}`}.`,
    )
  }
}

export function times(price: Money, quantity: number): Money {
  return { ...price, minor: price.minor * quantity }
}

function requireSameCurrency(money: Money, variant: Variant): void {
  if (money.currency !== variant.price.currency) {
    throw new Refusal(`It is sold in ${variant.price.currency}, not in ${money.currency}.`)
  }
}

/** What the shopper owes after the change, beyond what they paid before. */
function owedMinor(before: Order, after: Order): number {
  if (after.status === 'exchange-requested') return after.exchanged?.differenceMinor ?? 0
  return after.payments
    .slice(before.payments.length)
    .reduce((sum, { kind, amount }) => sum + (kind === 'payment' ? amount.minor : 0), 0)
}

function describeOrderAction(order: Order, change: OrderAction, after: Order): string {
  const currency = order.items[0]?.price.currency ?? 'USD'
  const money = (minor: number) => formatMoney({ minor, currency })
  switch (change.action) {
    case 'cancel':
      return `Cancel order ${order.id} (${change.reason}) and refund ${money(
        after.payments.slice(order.payments.length).reduce((sum, { amount }) => sum + amount.minor, 0),
      )} the way it was paid.`
    case 'change-address':
      return `Send order ${order.id} to ${formatAddress(change.address)}.`
    case 'change-payment':
      return `Pay order ${order.id} (${money(order.payments[0]?.amount.minor ?? 0)}) another way and refund the first payment.`
    case 'change-items':
    case 'exchange': {
      const difference =
        change.action === 'exchange'
          ? (after.exchanged?.differenceMinor ?? 0)
          : after.items.reduce((sum, { price }) => sum + price.minor, 0) -
            order.items.reduce((sum, { price }) => sum + price.minor, 0)
      const settlement =
        difference === 0
          ? 'at no cost'
          : difference > 0
            ? `for ${money(difference)} more`
            : `with ${money(-difference)} back`
      const verb = change.action === 'exchange' ? 'Exchange' : 'Change'
      return `${verb} ${change.swaps.length === 1 ? '1 item' : `${change.swaps.length} items`} of order ${order.id} ${settlement}. This can be done once.`
    }
    case 'return': {
      const refund = change.variantIds.reduce(
        (sum, id) => sum + (order.items.find(({ variantId }) => variantId === id)?.price.minor ?? 0),
        0,
      )
      return `Return ${change.variantIds.length === 1 ? '1 item' : `${change.variantIds.length} items`} of order ${order.id} for a refund of ${money(refund)}. This can be done once.`
    }
  }
}

function count(quantity: number, product: Product, variant: Variant): string {
  const options = Object.values(variant.options).join(', ')
  return `${quantity === 1 ? '' : `${quantity} × `}${product.title}${options === '' ? '' : ` (${options})`}`
}

function formatAddress(address: Address): string {
  return [
    address.line1,
    address.line2,
    address.city,
    `${address.region} ${address.postalCode}`.trim(),
    address.country,
  ]
    .filter((part) => part !== '')
    .join(', ')
}
