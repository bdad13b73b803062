import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { askAssistant } from '../assistant.ts'
import { store } from '../api.ts'
import { money } from '../money.ts'
import { Bones, Note, Ready } from '../parts/states.tsx'

export default function Orders() {
  const orders = useQuery({ queryKey: ['orders'], queryFn: store.orders })
  const day = new Intl.DateTimeFormat('en', { dateStyle: 'long' })
  return (
    <div className="wrap narrow">
      <h1>Your orders</h1>
      <Ready of={orders} skeleton={<Bones count={3} kind="line" />}>
        {(answer) =>
          answer.orders.length === 0 ? (
            <Note
              title="No orders yet"
              action={
                <Link to="/" className="button primary">
                  Look around
                </Link>
              }
            />
          ) : (
            <ul className="orders">
              {answer.orders.map((order) => (
                <li key={order.orderId}>
                  <header>
                    <strong>{day.format(order.placedAtMs)}</strong>
                    <span className="tag">{order.status.replaceAll('-', ' ')}</span>
                    <span className="dim">{order.orderId}</span>
                  </header>
                  <ul>
                    {order.items.map((item) => (
                      <li key={item.title}>
                        <span>
                          {item.quantity} × {item.title}
                        </span>
                        <span>{money(item.price)}</span>
                      </li>
                    ))}
                  </ul>
                  <footer>
                    {order.actions
                      .filter((action) => action.allowed)
                      .map((action) => (
                        <button
                          key={action.action}
                          type="button"
                          className="button"
                          onClick={() => askAssistant(`I want to ${action.action} order ${order.orderId}`)}
                        >
                          {action.action.charAt(0).toUpperCase() +
                            action.action.slice(1).replaceAll('-', ' ')}
                        </button>
                      ))}
                  </footer>
                </li>
              ))}
            </ul>
          )
        }
      </Ready>
    </div>
  )
}
