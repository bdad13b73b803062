import type { SystemInfo } from '../api.ts'

/** What navigation needs to know of a system. */
export type ListedSystem = Pick<SystemInfo, 'name' | 'title' | 'layer' | 'state' | 'pages'>

/** Address of a system's page; its index (`/`) is at the system's own name, without a slash at the end. */
export function pageAddress(system: { name: string }, page: { path: string }): string {
  return page.path === '/' ? `/${system.name}` : `/${system.name}${page.path}`
}

const pagesOfTheLedger = [
  { to: '/ledger', title: 'Ledger', icon: 'ledger', detail: 'Decisions, evidence, latency, cost' },
  {
    to: '/experiments',
    title: 'Experiments',
    icon: 'experiments',
    detail: 'Conversion by arm, uplift',
  },
] as const
const settingsPage = {
  to: '/settings',
  title: 'Keys and settings',
  icon: 'key',
  detail: 'API keys, configuration',
} as const

/** Pages that the console has of itself, in the order of the rail. Without a database there is no ledger. */
export function ownPages(hasLedger: boolean) {
  return [...(hasLedger ? pagesOfTheLedger : []), settingsPage]
}

/** The system whose page is open, or null on a page of the console itself. */
export function currentSystem<S extends ListedSystem>(systems: readonly S[], path: string): S | null {
  return systems.find(({ name }) => path === `/${name}` || path.startsWith(`/${name}/`)) ?? null
}

/** Address of the page of the rail that `path` is or lies below: the longest that fits. Null when none does. */
export function currentPage(system: ListedSystem, path: string): string | null {
  const [fitting] = system.pages
    .map((page) => pageAddress(system, page))
    .filter((to) => path === to || path.startsWith(`${to}/`))
    .toSorted((a, b) => b.length - a.length)
  return fitting ?? null
}

/** Systems that have pages, those of the product before those that serve them. */
export function listedSystems<S extends ListedSystem>(systems: readonly S[]): S[] {
  return systems
    .filter(({ pages }) => pages.length > 0)
    .toSorted((a, b) => Number(a.layer === 'primitive') - Number(b.layer === 'primitive'))
}

/** State of a system as the rail and Home say it. */
export const systemStates = {
  running: { mark: 'good', word: 'Running' },
  starting: { mark: 'busy', word: 'Starting' },
  degraded: { mark: 'warn', word: 'Degraded' },
  failed: { mark: 'bad', word: 'Failed' },
  stopped: { mark: 'bad', word: 'Stopped' },
} as const
