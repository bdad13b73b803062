import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { Empty, ErrorState, Page } from '@heavylift/ui'
import { pageAddress } from './shell/navigation.ts'
import { Shell } from './shell/shell.tsx'
import { consoleSystems } from './systems.ts'

const root = createRootRoute({
  component: Shell,
  notFoundComponent: () => (
    <Page title="Nothing is here">
      <Empty title="This address names no page">
        Choose one on the left, or press / to search. If a link brought you here, what it named may have been
        removed.
      </Empty>
    </Page>
  ),
})

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/home/home.tsx')),
})
const ledger = createRoute({
  getParentRoute: () => root,
  path: '/ledger',
  component: lazyRouteComponent(() => import('./pages/ledger/ledger.tsx')),
})
const decision = createRoute({
  getParentRoute: () => root,
  path: '/ledger/decisions/$decisionId',
  component: lazyRouteComponent(() => import('./pages/ledger/decision.tsx')),
})
const experiments = createRoute({
  getParentRoute: () => root,
  path: '/experiments',
  component: lazyRouteComponent(() => import('./pages/ledger/experiments.tsx')),
})
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('./pages/settings/settings.tsx')),
})
const ofSystems = consoleSystems.flatMap((system) =>
  system.routes.map((page) =>
    createRoute({
      getParentRoute: () => root,
      path: pageAddress(system, page),
      component: lazyRouteComponent(page.load),
    }),
  ),
)

/** A system without a page at its own name opens its first one there. */
const firstPages = consoleSystems.flatMap((system) => {
  const [first] = system.routes
  if (!first || system.routes.some(({ path }) => path === '/')) return []
  const to = pageAddress(system, first)
  return createRoute({
    getParentRoute: () => root,
    path: `/${system.name}`,
    beforeLoad: () => {
      throw redirect({ to: to as '/', replace: true })
    },
  })
})

export const router = createRouter({
  routeTree: root.addChildren([home, ledger, decision, experiments, settings, ...firstPages, ...ofSystems]),
  defaultPreload: 'intent',
  defaultPendingMs: 300,
  defaultErrorComponent: ({ error, reset }) => (
    <Page title="This page broke">
      <ErrorState error={error} retry={reset} />
    </Page>
  ),
})
