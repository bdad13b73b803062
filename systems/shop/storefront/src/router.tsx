import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { Layout } from './layout.tsx'
import { Note } from './parts/states.tsx'

const root = createRootRoute({
  component: Layout,
  notFoundComponent: () => (
    <div className="wrap">
      <Note title="We could not find that page">
        Try the search above, or start again from the home page.
      </Note>
    </div>
  ),
})

function page(path: string, load: () => Promise<{ default: ComponentType }>) {
  return createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load) })
}

const routes = [
  page('/', () => import('./pages/home.tsx')),
  page('/c/$department', () => import('./pages/list.tsx')),
  page('/c/$department/$category', () => import('./pages/list.tsx')),
  page('/search', () => import('./pages/list.tsx')),
  page('/p/$productId', () => import('./pages/product.tsx')),
  page('/basket', () => import('./pages/basket.tsx')),
  page('/checkout', () => import('./pages/checkout.tsx')),
  page('/orders', () => import('./pages/orders.tsx')),
  page('/account', () => import('./pages/account.tsx')),
  page('/memory', () => import('./pages/memory.tsx')),
]

export const router = createRouter({
  routeTree: root.addChildren(routes),
  basepath: '/store',
  defaultPreload: 'intent',
  scrollRestoration: true,
})
