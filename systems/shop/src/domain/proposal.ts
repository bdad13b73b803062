import type { Address, OrderAction } from './order.ts'
import type { Money } from './product.ts'

/** A side effect that a shopper may be asked to confirm. */
export type Proposal =
  | { action: 'add-to-cart'; productId: string; variantId: string; quantity: number }
  | { action: 'place-order' }
  | { action: 'auto-buy'; productId: string; variantId: string; quantity: number; ceiling: Money }
  /** `target` null: any drop below today's price. */
  | { action: 'price-alert'; productId: string; variantId: string; target: Money | null }
  /** `titles` null: everything in the order. `paymentMethodId` null: refund the way it was paid. */
  | { action: 'return-items'; orderId: string; titles: string[] | null; paymentMethodId?: string | null }
  | { action: 'cancel-order'; orderId: string; reason?: string }
  /** Changes, returns and exchanges by exact ids, decided by the store's policy. */
  | { action: 'order-action'; orderId: string; change: OrderAction }
  | { action: 'change-address'; address: Address }
  /** `memoryIds` null: all of it. */
  | { action: 'forget-memory'; memoryIds: string[] | null }
