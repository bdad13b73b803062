import type { Money } from './product.ts'

/**
 * Where an order is. `pending` may still be changed or cancelled; `pending-items-changed` may not, since items change
 * once; `processed` is on its way; `delivered` may be returned or exchanged, once; the rest are ends.
 */
export type OrderStatus =
  | 'pending'
  | 'pending-items-changed'
  | 'processed'
  | 'delivered'
  | 'cancelled'
  | 'return-requested'
  | 'exchange-requested'

export interface Address {
  line1: string
  line2: string
  city: string
  region: string
  postalCode: string
  country: string
}

export interface PaymentMethod {
  id: string
  kind: 'gift-card' | 'paypal' | 'credit-card' | 'pay-on-delivery'
  /** As the shopper knows it, e.g. `Visa ending 9212`. */
  label: string
  /** What is left on a gift card; null for every other kind. */
  balance: Money | null
}

export interface Account {
  shopperId: string
  firstName: string
  lastName: string
  email: string | null
  address: Address | null
  paymentMethods: PaymentMethod[]
}

/** One unit. Two of the same are two items, so that one of them can go back. */
export interface OrderItem {
  productId: string
  variantId: string
  title: string
  options: Record<string, string>
  price: Money
}

export interface Payment {
  kind: 'payment' | 'refund'
  amount: Money
  paymentMethodId: string
}

export interface Order {
  id: string
  shopperId: string
  status: OrderStatus
  items: OrderItem[]
  address: Address | null
  payments: Payment[]
  fulfilments: { trackingIds: string[]; variantIds: string[] }[]
  placedAtMs: number
  cancelReason: CancelReason | null
  /** Set by a return: which items, and where the refund goes. */
  returned: { variantIds: string[]; paymentMethodId: string } | null
  /** Set by an exchange. `differenceMinor` above 0 is owed by the shopper, below 0 is owed to them. */
  exchanged: { swaps: ItemSwap[]; paymentMethodId: string; differenceMinor: number } | null
}

export const cancelReasons = ['no longer needed', 'ordered by mistake'] as const
export type CancelReason = (typeof cancelReasons)[number]

export interface ItemSwap {
  variantId: string
  newVariantId: string
}

/** What a shopper may ask for. Whether it is allowed is decided by `decideOrder` and nowhere else. */
export type OrderAction =
  | { action: 'cancel'; reason: string }
  | { action: 'change-address'; address: Address }
  | { action: 'change-payment'; paymentMethodId: string }
  | { action: 'change-items'; swaps: ItemSwap[]; paymentMethodId: string }
  | { action: 'return'; variantIds: string[]; paymentMethodId: string }
  | { action: 'exchange'; swaps: ItemSwap[]; paymentMethodId: string }
