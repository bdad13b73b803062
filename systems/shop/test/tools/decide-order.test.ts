import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Account, Order, OrderAction, OrderStatus } from '../../src/domain/order.ts'
import type { Product } from '../../src/domain/product.ts'
import { decideOrder } from '../../src/tools/orders/decide-order.ts'

const usd = (minor: number) => ({ minor, currency: 'USD' })
const variant = (id: string, color: string, minor: number, stock: number | null = null) => ({
  id,
  options: { color },
  price: usd(minor),
  compareAt: null,
  stock,
  image: null,
})
const lamp: Product = {
  id: 'lamp',
  title: 'Desk lamp',
  brand: null,
  description: '',
  categories: [],
  attributes: {},
  variants: [
    variant('lamp-grey', 'grey', 2000),
    variant('lamp-red', 'red', 2500),
    variant('lamp-gold', 'gold', 9000, 0),
  ],
  images: [],
  url: null,
  services: [],
  rating: null,
}
const products = new Map([[lamp.id, lamp]])
const account: Account = {
  shopperId: 'ann',
  firstName: 'Ann',
  lastName: 'Example',
  email: null,
  address: null,
  paymentMethods: [
    { id: 'card', kind: 'credit-card', label: 'Visa ending 1111', balance: null },
    { id: 'paypal', kind: 'paypal', label: 'PayPal', balance: null },
    { id: 'gift', kind: 'gift-card', label: 'gift card', balance: usd(400) },
  ],
}

function orderOf(status: OrderStatus, paidBy = 'card', units = 2): Order {
  const item = {
    productId: 'lamp',
    variantId: 'lamp-grey',
    title: 'Desk lamp',
    options: { color: 'grey' },
    price: usd(2000),
  }
  return {
    id: 'o1',
    shopperId: 'ann',
    status,
    items: Array.from({ length: units }, () => ({ ...item })),
    address: null,
    payments: [{ kind: 'payment', amount: usd(2000 * units), paymentMethodId: paidBy }],
    fulfilments: [],
    placedAtMs: 0,
    cancelReason: null,
    returned: null,
    exchanged: null,
  }
}

function accepted(order: Order, action: OrderAction) {
  const decision = decideOrder(order, account, action, products)
  if (!decision.ok) throw new Error(decision.reason)
  return decision
}

function refused(order: Order, action: OrderAction): string {
  const decision = decideOrder(order, account, action, products)
  if (decision.ok) throw new Error('was allowed')
  return decision.reason
}

describe('cancelling', () => {
  test('refunds every payment the way it came, a gift card at once', () => {
    const { order, account: after } = accepted(orderOf('pending', 'gift'), {
      action: 'cancel',
      reason: 'no longer needed',
    })
    expect(order.status).toBe('cancelled')
    expect(order.payments.at(-1)).toEqual({ kind: 'refund', amount: usd(4000), paymentMethodId: 'gift' })
    expect(after.paymentMethods.find(({ id }) => id === 'gift')?.balance).toEqual(usd(4400))
  })

  test.each(['processed', 'delivered', 'cancelled', 'pending-items-changed'] as const)(
    'refuses a %s order',
    (status) => {
      expect(refused(orderOf(status), { action: 'cancel', reason: 'no longer needed' })).toContain('pending')
    },
  )

  test('accepts the two reasons of the policy only [SHOP-TOOLS-05]', () => {
    expect(refused(orderOf('pending'), { action: 'cancel', reason: 'changed my mind' })).toContain(
      'ordered by mistake',
    )
  })
})

describe('changing items', () => {
  const swaps = [{ variantId: 'lamp-grey', newVariantId: 'lamp-red' }]

  test('gives each item its own new price and settles the difference', () => {
    const { order } = accepted(orderOf('pending'), {
      action: 'change-items',
      swaps,
      paymentMethodId: 'paypal',
    })
    expect(order.status).toBe('pending-items-changed')
    expect(order.items.map(({ variantId, price }) => [variantId, price.minor])).toEqual([
      ['lamp-red', 2500],
      ['lamp-grey', 2000],
    ])
    expect(order.payments.at(-1)).toEqual({ kind: 'payment', amount: usd(500), paymentMethodId: 'paypal' })
  })

  test('happens once', () => {
    const { order } = accepted(orderOf('pending'), { action: 'change-items', swaps, paymentMethodId: 'card' })
    expect(refused(order, { action: 'change-items', swaps, paymentMethodId: 'card' })).toContain(
      'nothing else',
    )
  })

  test('refuses a gift card that does not hold the difference', () => {
    expect(refused(orderOf('pending'), { action: 'change-items', swaps, paymentMethodId: 'gift' })).toContain(
      'enough',
    )
  })

  test('refuses what is out of stock, the same variant, and more units than there are', () => {
    const change = (newVariantId: string, times = 1): OrderAction => ({
      action: 'change-items',
      swaps: Array.from({ length: times }, () => ({ variantId: 'lamp-grey', newVariantId })),
      paymentMethodId: 'card',
    })
    expect(refused(orderOf('pending'), change('lamp-gold'))).toContain('out of stock')
    expect(refused(orderOf('pending'), change('lamp-grey'))).toContain('already')
    expect(refused(orderOf('pending'), change('lamp-red', 3))).toContain('does not hold')
    expect(refused(orderOf('pending'), change('sofa-red'))).toContain('same product')
  })
})

describe('returning and exchanging', () => {
  test('sends a refund to the original method or a gift card, nowhere else', () => {
    const back = (paymentMethodId: string): OrderAction => ({
      action: 'return',
      variantIds: ['lamp-grey'],
      paymentMethodId,
    })
    expect(accepted(orderOf('delivered'), back('card')).order.status).toBe('return-requested')
    expect(accepted(orderOf('delivered'), back('gift')).order.returned?.paymentMethodId).toBe('gift')
    expect(refused(orderOf('delivered'), back('paypal'))).toContain('original payment method')
    expect(refused(orderOf('pending'), back('card'))).toContain('delivered')
  })

  test('an exchange notes the difference and moves no money yet', () => {
    const swaps = [
      { variantId: 'lamp-grey', newVariantId: 'lamp-red' },
      { variantId: 'lamp-grey', newVariantId: 'lamp-red' },
    ]
    const { order, account: after } = accepted(orderOf('delivered'), {
      action: 'exchange',
      swaps,
      paymentMethodId: 'card',
    })
    expect(order.exchanged?.differenceMinor).toBe(1000)
    expect(order.payments).toHaveLength(1)
    expect(after).toEqual(account)
  })
})

test('another customer’s order is refused whatever is asked', () => {
  const foreign = { ...orderOf('pending'), shopperId: 'bob' }
  expect(refused(foreign, { action: 'cancel', reason: 'no longer needed' })).toContain('another customer')
})

describe('whatever is asked, in whatever order', () => {
  const method = fc.constantFrom('card', 'paypal', 'gift', 'stolen')
  const variantId = fc.constantFrom('lamp-grey', 'lamp-red', 'lamp-gold', 'sofa')
  const swaps = fc.array(fc.record({ variantId, newVariantId: variantId }), { maxLength: 3 })
  const action: fc.Arbitrary<OrderAction> = fc.oneof(
    fc.record({
      action: fc.constant('cancel' as const),
      reason: fc.constantFrom('no longer needed', 'ordered by mistake', 'x'),
    }),
    fc.record({ action: fc.constant('change-payment' as const), paymentMethodId: method }),
    fc.record({ action: fc.constant('change-items' as const), swaps, paymentMethodId: method }),
    fc.record({
      action: fc.constant('return' as const),
      variantIds: fc.array(variantId, { maxLength: 3 }),
      paymentMethodId: method,
    }),
    fc.record({ action: fc.constant('exchange' as const), swaps, paymentMethodId: method }),
  )
  const status = fc.constantFrom<OrderStatus>('pending', 'processed', 'delivered', 'cancelled')

  test('no gift card goes below zero, ends stay ends, and a refusal changes nothing', () => {
    fc.assert(
      fc.property(
        status,
        fc.constantFrom('card', 'gift'),
        fc.array(action, { maxLength: 6 }),
        (from, paidBy, actions) => {
          let state: { order: Order; account: Account } = { order: orderOf(from, paidBy), account }
          for (const next of actions) {
            const before = structuredClone(state)
            const decision = decideOrder(state.order, state.account, next, products)
            expect(state).toEqual(before)
            if (!decision.ok) continue
            expect(['pending', 'delivered']).toContain(state.order.status)
            state = { order: decision.order, account: decision.account }
            const balance = state.account.paymentMethods.find(({ id }) => id === 'gift')?.balance?.minor ?? -1
            expect(balance).toBeGreaterThanOrEqual(0)
          }
        },
      ),
    )
  })

  test('money is kept: what the order has paid is what its items cost, until it is cancelled [SHOP-TOOLS-05]', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 6 }), (actions) => {
        let order = orderOf('pending')
        let owner = account
        for (const next of actions) {
          const decision = decideOrder(order, owner, next, products)
          if (decision.ok) ({ order, account: owner } = decision)
        }
        const paid = order.payments.reduce(
          (sum, { kind, amount }) => sum + (kind === 'payment' ? amount.minor : -amount.minor),
          0,
        )
        const worth = order.items.reduce((sum, { price }) => sum + price.minor, 0)
        expect(paid).toBe(order.status === 'cancelled' ? 0 : worth)
      }),
    )
  })
})
