import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useNavigate, useParams, useRouterState } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { store } from './api.ts'
import './assistant.ts'
import { StoreIcon } from './parts/icons.tsx'
import { currentCustomer, device } from './session.ts'

/** Header, page, footer, and the assistant, which stays while pages change. */
export function Layout() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const info = useQuery({ queryKey: ['store'], queryFn: store.info, staleTime: 60_000 })
  const { productId } = useParams({ strict: false }) as { productId?: string }

  const name = info.data?.name
  useEffect(() => {
    if (name !== undefined) document.title = name
  }, [name])

  useEffect(() => {
    const onProduct = (event: Event) => {
      const { detail } = event as CustomEvent<{ productId: string; variantId: string | null }>
      event.preventDefault()
      void navigate({
        to: '/p/$productId',
        params: { productId: detail.productId },
        search: (detail.variantId ? { variant: detail.variantId } : {}) as never,
      })
    }
    const onConfirmed = () => {
      void client.invalidateQueries({ queryKey: ['cart'] })
      void client.invalidateQueries({ queryKey: ['orders'] })
      void client.invalidateQueries({ queryKey: ['memory'] })
    }
    addEventListener('heavylift-product', onProduct)
    addEventListener('heavylift-confirmed', onConfirmed)
    return () => {
      removeEventListener('heavylift-product', onProduct)
      removeEventListener('heavylift-confirmed', onConfirmed)
    }
  }, [client, navigate])

  return (
    <>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <Header />
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
      <footer className="foot">
        <div className="wrap">
          <p>
            <strong>{info.data?.name}</strong>
            {info.data?.isSample === false
              ? ' is shown here as a demo: nothing is charged, nothing is shipped.'
              : ' is a demo store: its products, reviews and pictures are generated, nothing is charged, nothing is shipped.'}
          </p>
          <nav aria-label="Footer">
            <Link to="/orders">Orders</Link>
            <Link to="/memory">What we remember</Link>
            <a href="/">Operator console</a>
          </nav>
        </div>
      </footer>
      {info.isPending ? null : (
        <heavylift-assistant
          product-id={productId}
          product-href="/store/p/{id}"
          cart-href="/store/basket"
          starters={info.data?.starters.join('|') ?? ''}
          device={device}
        />
      )}
    </>
  )
}

function Header() {
  const departments = useQuery({ queryKey: ['departments'], queryFn: store.departments, staleTime: 300_000 })
  const cart = useQuery({ queryKey: ['cart'], queryFn: store.cart })
  const path = useRouterState({ select: (state) => state.location.pathname })
  const info = useQuery({ queryKey: ['store'], queryFn: store.info, staleTime: 60_000 })
  const customer = currentCustomer()
  const count = cart.data?.items.reduce((sum, item) => sum + item.quantity, 0) ?? 0
  return (
    <header className="head">
      <div className="wrap head-row">
        <Link to="/" className="logo">
          {info.data?.name ?? '\u00a0'}
        </Link>
        <SearchBox key={path} />
        <nav className="head-actions" aria-label="Your shop">
          <Link to="/account">
            <StoreIcon name="person" />
            <span>{customer ? customer.name.split(' ')[0] : 'Sign in'}</span>
          </Link>
          <Link to="/basket" aria-label={`Basket, ${count} ${count === 1 ? 'item' : 'items'}`}>
            <StoreIcon name="basket" />
            <span>Basket</span>
            {count > 0 ? <b className="count">{count}</b> : null}
          </Link>
        </nav>
      </div>
      <nav className="departments" aria-label="Departments">
        <ul className="wrap">
          {departments.data?.departments.map((department) => (
            <li key={department.name}>
              <Link
                to="/c/$department"
                params={{ department: department.name }}
                activeProps={{ 'data-active': true }}
              >
                {department.name}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  )
}

function SearchBox() {
  const navigate = useNavigate()
  const [text, setText] = useState(() => new URLSearchParams(location.search).get('q') ?? '')
  return (
    <form
      className="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') void navigate({ to: '/search', search: { q: text.trim() } as never })
      }}
    >
      <input
        type="search"
        name="q"
        aria-label="Search products"
        placeholder="Search products"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" aria-label="Search">
        <StoreIcon name="search" />
      </button>
    </form>
  )
}
