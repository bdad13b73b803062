import type { OrderView } from '../../domain/answer.ts'
import type { Order } from '../../domain/order.ts'

/** An order as the shopper sees it, with what policy allows now. */
export function viewOrder(order: Order): OrderView {
  const pending = order.status === 'pending'
  const delivered = order.status === 'delivered'
  const status = order.status.replaceAll('-', ' ')
  const grouped = new Map<
    string,
    { title: string; quantity: number; price: Order['items'][number]['price'] }
  >()
  for (const item of order.items) {
    const line = grouped.get(item.variantId)
    if (line === undefined) grouped.set(item.variantId, { title: item.title, quantity: 1, price: item.price })
    else line.quantity++
  }
  return {
    orderId: order.id,
    status,
    placedAtMs: order.placedAtMs,
    items: [...grouped.values()],
    tracking: order.fulfilments.flatMap(({ trackingIds }) => trackingIds)[0] ?? null,
    actions: [
      {
        action: 'cancel',
        allowed: pending,
        reason: pending ? 'Still pending.' : `Only a pending order can be cancelled; this one is ${status}.`,
      },
      {
        action: 'return',
        allowed: delivered,
        reason: delivered ? 'Delivered.' : `Only a delivered order can be returned; this one is ${status}.`,
      },
    ],
  }
}
