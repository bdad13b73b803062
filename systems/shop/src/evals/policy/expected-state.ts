import type { RetailAddress, RetailDatabase, RetailOrder, RetailTask, RetailUser } from './retail-data.ts'

/** What the replay is compared by, in amounts of cents. */
export interface FinalState {
  orders: Record<string, OrderState>
  users: Record<string, UserState>
}

export interface OrderState {
  status: string
  address: string
  items: { item: string; cents: number }[]
  payments: string[]
  cancelReason: string | null
  returned: { items: string[]; to: string } | null
  exchanged: { from: string[]; to: string[]; by: string; cents: number } | null
}

export interface UserState {
  address: string
  balances: Record<string, number>
}

/**
 * The state that a task's gold actions lead to, by the data set's own documentation of its tools: written apart from the
 * store's order policy, straight on the file's rows, so that the two can disagree.
 */
export function expectedState(database: RetailDatabase, task: RetailTask, userId: string): FinalState {
  const users: Record<string, UserState> = {}
  const orders: Record<string, OrderState> = {}
  const user = database.users[userId]
  if (user !== undefined) users[userId] = userState(user)
  for (const order of Object.values(database.orders)) {
    if (order.user_id === userId) orders[order.order_id] = orderState(order)
  }
  for (const { name, arguments: args } of task.actions) {
    const order = orders[String(args['order_id'])]
    const source = database.orders[String(args['order_id'])]
    const balances = users[userId]?.balances ?? {}
    const method = String(args['payment_method_id'])
    if (name === 'modify_user_address' && users[userId] !== undefined) users[userId].address = address(args)
    if (order === undefined || source === undefined) continue
    // The documented tools raise, and change nothing, when the order is not in the state that they name or a gift card
    // does not hold enough; some gold lists hold such a call.
    if (order.status !== (name.includes('delivered') ? 'delivered' : 'pending')) continue
    const productOf = (item: string) => source.items.find(({ item_id }) => item_id === item)?.product_id ?? ''
    const priceOf = (item: string, replacement: string) =>
      cents(database.products[productOf(item)]?.variants[replacement]?.price ?? Number.NaN)
    const oldItems = strings(args['item_ids'])
    const newItems = strings(args['new_item_ids'])
    const differenceOf = () =>
      oldItems.reduce((sum, oldItem, index) => {
        const paid = order.items.find(({ item }) => item === oldItem)?.cents ?? Number.NaN
        return sum + priceOf(oldItem, newItems[index] ?? '') - paid
      }, 0)
    switch (name) {
      case 'cancel_pending_order':
        for (const payment of source.payment_history) {
          order.payments.push(`refund ${cents(payment.amount)} ${payment.payment_method_id}`)
          move(balances, payment.payment_method_id, cents(payment.amount))
        }
        order.status = 'cancelled'
        order.cancelReason = String(args['reason'])
        break
      case 'modify_pending_order_address':
        order.address = address(args)
        break
      case 'modify_pending_order_payment': {
        const first = source.payment_history[0]
        if (first === undefined || !covers(balances, method, cents(first.amount))) break
        order.payments.push(`payment ${cents(first.amount)} ${method}`)
        order.payments.push(`refund ${cents(first.amount)} ${first.payment_method_id}`)
        move(balances, method, -cents(first.amount))
        move(balances, first.payment_method_id, cents(first.amount))
        break
      }
      case 'modify_pending_order_items': {
        const difference = differenceOf()
        if (!covers(balances, method, difference)) break
        oldItems.forEach((oldItem, index) => {
          const newItem = newItems[index] ?? ''
          const line = order.items.find(({ item }) => item === oldItem)
          if (line === undefined) return
          line.cents = priceOf(oldItem, newItem)
          line.item = newItem
        })
        order.payments.push(`${difference > 0 ? 'payment' : 'refund'} ${Math.abs(difference)} ${method}`)
        move(balances, method, -difference)
        order.status = 'pending-items-changed'
        break
      }
      case 'return_delivered_order_items':
        order.status = 'return-requested'
        order.returned = { items: oldItems.toSorted(), to: method }
        break
      case 'exchange_delivered_order_items': {
        const difference = differenceOf()
        if (!covers(balances, method, difference)) break
        order.status = 'exchange-requested'
        order.exchanged = {
          from: oldItems.toSorted(),
          to: newItems.toSorted(),
          by: method,
          cents: difference,
        }
        break
      }
    }
  }
  return { orders, users }
}

export function cents(amount: number): number {
  return Math.round(amount * 100)
}

export function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}

function address(args: Record<string, unknown> | RetailAddress): string {
  const parts = args as Record<string, unknown>
  return ['address1', 'address2', 'city', 'state', 'country', 'zip']
    .map((part) => String(parts[part]))
    .join('|')
}

function userState(user: RetailUser): UserState {
  const balances = Object.values(user.payment_methods).flatMap(({ id, balance }) =>
    balance === undefined ? [] : [[id, cents(balance)] as const],
  )
  return { address: address(user.address), balances: Object.fromEntries(balances) }
}

function orderState(order: RetailOrder): OrderState {
  return {
    status: order.status,
    address: address(order.address),
    items: order.items.map(({ item_id, price }) => ({ item: item_id, cents: cents(price) })),
    payments: order.payment_history.map(
      (payment) => `${payment.transaction_type} ${cents(payment.amount)} ${payment.payment_method_id}`,
    ),
    cancelReason: null,
    returned: null,
    exchanged: null,
  }
}

function covers(balances: Record<string, number>, method: string, amount: number): boolean {
  return (balances[method] ?? Number.POSITIVE_INFINITY) >= amount
}

/** Money to or from a gift card; other methods have no balance here. */
function move(balances: Record<string, number>, method: string, amount: number): void {
  const balance = balances[method]
  if (balance !== undefined) balances[method] = balance + amount
}
