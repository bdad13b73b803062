import type { CartView } from './answer.ts'

/** What became of a confirmation. The same answer again returns the same outcome. */
export interface ConfirmationOutcome {
  /** `refused`: accepted, but not possible any more (price above the ceiling, out of stock, order moved on). */
  state: 'accepted' | 'declined' | 'refused'
  /** One sentence for the shopper. */
  message: string
  cart: CartView | null
  orderId: string | null
  watchId: string | null
}
