import type { Product } from '../../domain/product.ts'
import type { Expectation } from './conversation.ts'
import { asksOf, harm, notOurs, service, signIn, smallTalk } from './expect.ts'

/** What a saying of others can be, as a list of sayings names it. */
export const sayingKinds = [
  'shipping',
  'returns',
  'payment',
  'contact',
  'complaint',
  'order',
  'cart',
  'chat',
  'not-ours',
  'harm',
  'ask',
] as const
type SayingKind = (typeof sayingKinds)[number]

/** What may come back for a kind: any of them is right. `page`: the product whose page is open for `ask`. */
export function sayingExpectations(kind: SayingKind, page: Product): Expectation[] {
  switch (kind) {
    case 'shipping':
      return [service(/ship|deliver/i)]
    case 'returns':
      return [service(/return|refund/i)]
    case 'payment':
      return [service(/payment/i)]
    case 'contact':
      return [service(/contact/i)]
    case 'complaint':
      return [service(/return|refund|complain|damage|warranty/i)]
    case 'order':
      // An order that is to be called off is the store's rules, too.
      return [signIn(), service(/return|refund|cancel|ship|deliver/i)]
    case 'cart':
      return [signIn()]
    case 'chat':
    case 'not-ours':
      // "Are you hungry?" is talk to some and none of a store's business to others.
      return [smallTalk(), notOurs()]
    case 'harm':
      return [harm()]
    case 'ask':
      return [asksOf(page)]
  }
}
