import type { RetailDatabase, RetailOrder, RetailTask } from './retail-data.ts'

/**
 * A small store in the data set's format, made here: twelve customers with three orders each, and one task for every kind of
 * action, so that the eval runs without files.
 */
export function sampleRetailData(): { database: RetailDatabase; tasks: RetailTask[] } {
  const products = Object.fromEntries(['Desk lamp', 'Rain jacket', 'Notebook', 'Kettle'].map(makeProduct))
  const database: RetailDatabase = { products, users: {}, orders: {} }
  const tasks: RetailTask[] = []
  for (let customer = 0; customer < 12; customer++) {
    const userId = `customer_${customer}`
    const card = `credit_card_${customer}`
    const gift = `gift_card_${customer}`
    database.users[userId] = {
      user_id: userId,
      name: { first_name: 'Customer', last_name: `Number${customer}` },
      address: makeAddress(customer),
      email: `customer${customer}@example.com`,
      payment_methods: {
        [card]: { source: 'credit_card', id: card },
        [gift]: { source: 'gift_card', id: gift, balance: 40 + customer },
      },
    }
    const [pending, delivered, processed] = (['pending', 'delivered', 'processed'] as const).map(
      (status, index) =>
        makeOrder(database, userId, status, customer + index, customer % 2 === 0 ? card : gift),
    )
    if (pending === undefined || delivered === undefined || processed === undefined) continue
    tasks.push({
      id: String(customer),
      actions: [
        { name: 'find_user_id_by_email', arguments: { email: `customer${customer}@example.com` } },
        ...(goldActions[customer % goldActions.length]?.(pending, delivered, card, gift) ?? []),
      ],
    })
  }
  return { database, tasks }
}

type Gold = (
  pending: RetailOrder,
  delivered: RetailOrder,
  card: string,
  gift: string,
) => RetailTask['actions']

const goldActions: Gold[] = [
  (pending) => [
    { name: 'cancel_pending_order', arguments: { order_id: pending.order_id, reason: 'ordered by mistake' } },
  ],
  (pending, _delivered, card) => [
    {
      name: 'modify_pending_order_items',
      arguments: {
        order_id: pending.order_id,
        item_ids: pending.items.map(({ item_id }) => item_id),
        new_item_ids: pending.items.map(({ item_id }) => otherVariant(item_id)),
        payment_method_id: card,
      },
    },
  ],
  (pending, _delivered, _card, gift) => [
    {
      name: 'modify_pending_order_payment',
      arguments: { order_id: pending.order_id, payment_method_id: gift },
    },
  ],
  (pending) => [
    { name: 'modify_pending_order_address', arguments: { order_id: pending.order_id, ...makeAddress(99) } },
    { name: 'modify_user_address', arguments: { user_id: pending.user_id, ...makeAddress(99) } },
  ],
  (_pending, delivered, _card, gift) => [
    {
      name: 'return_delivered_order_items',
      arguments: {
        order_id: delivered.order_id,
        item_ids: delivered.items.slice(0, 1).map(({ item_id }) => item_id),
        payment_method_id: gift,
      },
    },
  ],
  (_pending, delivered, card) => [
    {
      name: 'exchange_delivered_order_items',
      arguments: {
        order_id: delivered.order_id,
        item_ids: delivered.items.map(({ item_id }) => item_id),
        new_item_ids: delivered.items.map(({ item_id }) => otherVariant(item_id)),
        payment_method_id: card,
      },
    },
  ],
]

/** Three variants a product, the last out of stock: ids are `<product>-<0..2>`. */
function makeProduct(name: string, index: number): [string, RetailDatabase['products'][string]] {
  const id = `product_${index}`
  const variants = ['grey', 'blue', 'green'].map((color, variant) => ({
    item_id: `${id}-${variant}`,
    options: { color },
    available: variant < 2,
    price: 12.5 + index * 3 + variant * 1.25,
  }))
  return [
    id,
    { name, product_id: id, variants: Object.fromEntries(variants.map((item) => [item.item_id, item])) },
  ]
}

function otherVariant(itemId: string): string {
  return itemId.endsWith('-0') ? itemId.replace(/-0$/, '-1') : itemId.replace(/-1$/, '-0')
}

function makeOrder(
  database: RetailDatabase,
  userId: string,
  status: RetailOrder['status'],
  seed: number,
  paidBy: string,
): RetailOrder {
  const products = Object.values(database.products)
  const items = [seed, seed + 1].flatMap((pick) => {
    const product = products[pick % products.length]
    const variant = product && Object.values(product.variants)[pick % 2]
    if (product === undefined || variant === undefined) return []
    const { item_id, price, options } = variant
    return [{ name: product.name, product_id: product.product_id, item_id, price, options }]
  })
  const order: RetailOrder = {
    order_id: `#${userId}-${status}`,
    user_id: userId,
    address: makeAddress(seed),
    items,
    status,
    fulfillments: [],
    payment_history: [
      {
        transaction_type: 'payment',
        amount: items.reduce((sum, { price }) => sum + price, 0),
        payment_method_id: paidBy,
      },
    ],
  }
  database.orders[order.order_id] = order
  return order
}

function makeAddress(seed: number) {
  return {
    address1: `${seed + 1} Harbour Street`,
    address2: '',
    city: 'Riverton',
    state: 'WA',
    country: 'USA',
    zip: String(98000 + seed),
  }
}
