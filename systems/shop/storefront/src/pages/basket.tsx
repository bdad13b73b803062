import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { CartView } from '../../../src/domain/answer.ts'
import { store } from '../api.ts'
import { money } from '../money.ts'
import { Picture } from '../parts/product-card.tsx'
import { Bones, Note, Ready } from '../parts/states.tsx'

export default function Basket() {
  const cart = useQuery({ queryKey: ['cart'], queryFn: store.cart })
  return (
    <div className="wrap narrow">
      <h1>Your basket</h1>
      <Ready of={cart} skeleton={<Bones count={3} kind="line" />}>
        {(answer) =>
          answer.items.length === 0 ? (
            <Note
              title="Nothing in it yet"
              action={
                <Link to="/" className="button primary">
                  Look around
                </Link>
              }
            >
              What you add, or let the assistant add, waits here.
            </Note>
          ) : (
            <>
              <ul className="basket">
                {answer.items.map((item) => (
                  <Item key={item.variantId} item={item} />
                ))}
              </ul>
              <div className="total">
                <span>
                  Total <strong>{money(answer.total)}</strong>
                </span>
                <Link to="/checkout" className="button primary wide">
                  Check out
                </Link>
              </div>
            </>
          )
        }
      </Ready>
    </div>
  )
}

function Item({ item }: { item: CartView['items'][number] }) {
  const client = useQueryClient()
  const set = useMutation({
    mutationFn: (quantity: number) => store.setQuantity(item.productId, item.variantId, quantity),
    onSuccess: (cart) => client.setQueryData(['cart'], cart),
  })
  return (
    <li>
      <Picture src={item.image} />
      <div>
        <Link to="/p/$productId" params={{ productId: item.productId }}>
          {item.title}
        </Link>
        <p className="dim">{Object.values(item.options).join(', ')}</p>
        <p className="basket-actions">
          <label>
            <span className="hidden">Quantity of {item.title}</span>
            <select
              value={item.quantity}
              disabled={set.isPending}
              onChange={(event) => set.mutate(Number(event.currentTarget.value))}
            >
              {Array.from({ length: Math.max(10, item.quantity) }, (_, index) => (
                <option key={index}>{index + 1}</option>
              ))}
            </select>
          </label>
          <button type="button" className="link" disabled={set.isPending} onClick={() => set.mutate(0)}>
            Remove<span className="hidden"> {item.title}</span>
          </button>
        </p>
        {set.isError ? <p className="warn">{set.error.message}</p> : null}
      </div>
      <strong>{money({ ...item.unitPrice, minor: item.unitPrice.minor * item.quantity })}</strong>
    </li>
  )
}
