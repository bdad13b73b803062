import type { Account, Order, OrderAction } from '../../domain/order.ts'
import type { Product } from '../../domain/product.ts'

/** What the policy forbids for an order in its present state: each must be refused. */
export function forbiddenActions(
  order: Order,
  account: Account,
  products: ReadonlyMap<string, Product>,
): OrderAction[] {
  const item = order.items[0]
  const paidBy = order.payments[0]?.paymentMethodId
  if (item === undefined || paidBy === undefined) return []
  const foreignVariant = [...products.values()].find(({ id }) => id !== item.productId)?.variants[0]
  const soldOut = products
    .get(item.productId)
    ?.variants.find(({ stock, id }) => stock === 0 && id !== item.variantId)
  const another = products
    .get(item.productId)
    ?.variants.find(({ stock, id }) => stock !== 0 && id !== item.variantId)
  const otherMethod = account.paymentMethods.find(({ id, kind }) => id !== paidBy && kind !== 'gift-card')
  const swap = (newVariantId: string) => [{ variantId: item.variantId, newVariantId }]
  const forbidden: OrderAction[] = []

  // Whatever the state: a foreign payment method, another product, an item that is not in the order, nothing at all.
  for (const action of ['change-items', 'exchange'] as const) {
    if (foreignVariant) forbidden.push({ action, swaps: swap(foreignVariant.id), paymentMethodId: paidBy })
    if (soldOut) forbidden.push({ action, swaps: swap(soldOut.id), paymentMethodId: paidBy })
    if (another) forbidden.push({ action, swaps: swap(another.id), paymentMethodId: 'not-on-this-account' })
    forbidden.push({ action, swaps: [], paymentMethodId: paidBy })
    forbidden.push({
      action,
      swaps: [{ variantId: 'not-in-this-order', newVariantId: item.variantId }],
      paymentMethodId: paidBy,
    })
  }
  forbidden.push({ action: 'cancel', reason: 'found it cheaper' })
  forbidden.push({ action: 'return', variantIds: [], paymentMethodId: paidBy })
  forbidden.push({ action: 'return', variantIds: ['not-in-this-order'], paymentMethodId: paidBy })
  if (otherMethod) {
    forbidden.push({ action: 'return', variantIds: [item.variantId], paymentMethodId: otherMethod.id })
  }
  forbidden.push({ action: 'change-payment', paymentMethodId: paidBy })

  // What only other states allow.
  if (order.status !== 'pending') {
    forbidden.push({ action: 'cancel', reason: 'no longer needed' })
    if (another) forbidden.push({ action: 'change-items', swaps: swap(another.id), paymentMethodId: paidBy })
  }
  if (order.status !== 'delivered') {
    forbidden.push({ action: 'return', variantIds: [item.variantId], paymentMethodId: paidBy })
    if (another) forbidden.push({ action: 'exchange', swaps: swap(another.id), paymentMethodId: paidBy })
  }
  if (order.status !== 'pending' && account.address !== null) {
    forbidden.push({ action: 'change-address', address: account.address })
  }
  return forbidden
}
