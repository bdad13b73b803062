import { randomId } from '@heavylift/core/text'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { store } from '../api.ts'
import { money } from '../money.ts'
import { Bones, Note, Ready } from '../parts/states.tsx'
import { currentCustomer } from '../session.ts'

export default function Checkout() {
  const client = useQueryClient()
  const cart = useQuery({ queryKey: ['cart'], queryFn: store.cart })
  // One key for this visit to the page: pressing twice, or again after a lost answer, orders once.
  const [idempotencyKey] = useState(() => `checkout-${randomId()}`)
  const order = useMutation({
    mutationFn: () => store.order(idempotencyKey),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['cart'] })
      await client.invalidateQueries({ queryKey: ['orders'] })
    },
  })
  const customer = currentCustomer()

  if (order.data) {
    return (
      <div className="wrap narrow">
        <Note
          title="Thank you, it is ordered"
          action={
            <Link to="/orders" className="button primary">
              See your orders
            </Link>
          }
        >
          Order {order.data.orderId}. This is a demo: nothing is charged and nothing is shipped.
        </Note>
      </div>
    )
  }
  return (
    <div className="wrap narrow">
      <h1>Check out</h1>
      <Ready of={cart} skeleton={<Bones count={3} kind="line" />}>
        {(answer) =>
          answer.items.length === 0 ? (
            <Note
              title="Your basket is empty"
              action={
                <Link to="/" className="button primary">
                  Look around
                </Link>
              }
            />
          ) : (
            <div className="checkout">
              <section>
                <h2>Deliver to</h2>
                <p>
                  {customer ? customer.name : 'Guest'}
                  <br />
                  12 Harbour Lane, Springfield
                </p>
                <h2>Pay with</h2>
                <p>Demo card ending 4242. Nothing is charged.</p>
              </section>
              <section className="summary">
                <h2>Your order</h2>
                <ul>
                  {answer.items.map((item) => (
                    <li key={item.variantId}>
                      <span>
                        {item.quantity} × {item.title}
                      </span>
                      <span>{money({ ...item.unitPrice, minor: item.unitPrice.minor * item.quantity })}</span>
                    </li>
                  ))}
                </ul>
                <p className="total">
                  <span>Total</span> <strong>{money(answer.total)}</strong>
                </p>
                <button
                  type="button"
                  className="button primary wide"
                  disabled={order.isPending}
                  onClick={() => order.mutate()}
                >
                  Order now
                </button>
                {order.isError ? (
                  <p className="warn" role="alert">
                    {order.error.message}
                  </p>
                ) : null}
              </section>
            </div>
          )
        }
      </Ready>
    </div>
  )
}
