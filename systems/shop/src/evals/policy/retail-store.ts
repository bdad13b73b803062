import type { Account, Order, PaymentMethod } from '../../domain/order.ts'
import type { Money, Product } from '../../domain/product.ts'
import { cents, type FinalState } from './expected-state.ts'
import type { RetailAddress, RetailDatabase, RetailOrder, RetailUser } from './retail-data.ts'

/** The data set's rows as the store's own types. Its prices are US dollars. */
export function toProduct(product: RetailDatabase['products'][string]): Product {
  return {
    id: product.product_id,
    title: product.name,
    brand: null,
    description: '',
    categories: [],
    attributes: {},
    variants: Object.values(product.variants).map((variant) => ({
      id: variant.item_id,
      options: variant.options,
      price: dollars(variant.price),
      compareAt: null,
      // The set says whether, not how many.
      stock: variant.available ? null : 0,
      image: null,
    })),
    images: [],
    url: null,
    services: [],
    rating: null,
  }
}

export function toAccount(user: RetailUser): Account {
  return {
    shopperId: user.user_id,
    firstName: user.name.first_name,
    lastName: user.name.last_name,
    email: user.email,
    address: toAddress(user.address),
    paymentMethods: Object.values(user.payment_methods).map((method): PaymentMethod => ({
      id: method.id,
      kind: kinds[method.source],
      label: method.source.replace('_', ' '),
      balance: method.balance === undefined ? null : dollars(method.balance),
    })),
  }
}

const kinds = { credit_card: 'credit-card', paypal: 'paypal', gift_card: 'gift-card' } as const

export function toOrder(order: RetailOrder): Order {
  return {
    id: order.order_id,
    shopperId: order.user_id,
    status: order.status,
    items: order.items.map((item) => ({
      productId: item.product_id,
      variantId: item.item_id,
      title: item.name,
      options: item.options,
      price: dollars(item.price),
    })),
    address: toAddress(order.address),
    payments: order.payment_history.map((payment) => ({
      kind: payment.transaction_type,
      amount: dollars(payment.amount),
      paymentMethodId: payment.payment_method_id,
    })),
    fulfilments: order.fulfillments.map(({ tracking_id, item_ids }) => ({
      trackingIds: tracking_id,
      variantIds: item_ids,
    })),
    placedAtMs: 0,
    cancelReason: null,
    returned: null,
    exchanged: null,
  }
}

export function toAddress(address: RetailAddress): NonNullable<Account['address']> {
  return {
    line1: address.address1,
    line2: address.address2,
    city: address.city,
    region: address.state,
    postalCode: address.zip,
    country: address.country,
  }
}

/** What the store holds after the replay, in the shape that it is compared by. */
export function actualState(account: Account, orders: readonly Order[]): FinalState {
  return {
    users: {
      [account.shopperId]: {
        address: flat(account.address),
        balances: Object.fromEntries(
          account.paymentMethods.flatMap(({ id, balance }) =>
            balance === null ? [] : [[id, balance.minor]],
          ),
        ),
      },
    },
    orders: Object.fromEntries(
      orders.map((order) => [
        order.id,
        {
          status: order.status,
          address: flat(order.address),
          items: order.items.map(({ variantId, price }) => ({ item: variantId, cents: price.minor })),
          payments: order.payments.map(
            ({ kind, amount, paymentMethodId }) => `${kind} ${amount.minor} ${paymentMethodId}`,
          ),
          cancelReason: order.cancelReason,
          returned: order.returned && {
            items: order.returned.variantIds.toSorted(),
            to: order.returned.paymentMethodId,
          },
          exchanged: order.exchanged && {
            from: order.exchanged.swaps.map(({ variantId }) => variantId).toSorted(),
            to: order.exchanged.swaps.map(({ newVariantId }) => newVariantId).toSorted(),
            by: order.exchanged.paymentMethodId,
            cents: order.exchanged.differenceMinor,
          },
        },
      ]),
    ),
  }
}

function flat(address: Account['address']): string {
  if (address === null) return ''
  const { line1, line2, city, region, country, postalCode } = address
  return [line1, line2, city, region, country, postalCode].join('|')
}

function dollars(amount: number): Money {
  return { minor: cents(amount), currency: 'USD' }
}
