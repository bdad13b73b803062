import { Link, useRouterState } from '@tanstack/react-router'
import type { SystemsAnswer } from '../shapes.ts'
import { pageAddress } from './page-address.ts'

/** Left navigation: what runs, by name. Systems and their pages come from the server. */
export function Rail({ systems, isOpen }: { systems: SystemsAnswer | null; isOpen: boolean }) {
  const path = useRouterState({ select: (state) => state.location.pathname })
  const item = (to: string, title: string, isIndex = to === '/') => (
    <li key={to}>
      <Link
        to={to}
        data-active={path === to || (!isIndex && path.startsWith(`${to}/`))}
        aria-current={path === to ? 'page' : undefined}
      >
        {title}
      </Link>
    </li>
  )
  return (
    <nav className="hl-rail" data-open={isOpen} aria-label="Main">
      <Link to="/" className="hl-brand">
        <img src="/favicon.svg" width="22" height="22" alt="" />
        Heavylift
      </Link>
      <ul>{item('/', 'Home')}</ul>
      {systems?.systems
        .filter((system) => system.pages.length > 0)
        .map((system) => (
          <div key={system.name}>
            <h2>{system.title}</h2>
            <ul>
              {system.pages.map((page) => item(pageAddress(system, page), page.title, page.path === '/'))}
            </ul>
          </div>
        ))}
      <h2>Operations</h2>
      <ul>
        {item('/ledger', 'Ledger')}
        {item('/experiments', 'Experiments')}
        {item('/settings', 'Keys and settings')}
      </ul>
      <p className="hl-rail-foot">
        {systems ? <span className="hl-code">{systems.version}</span> : null}
        {systems ? ' · ' : null}
        <a href="/api/heavylift/openapi.json" target="_blank" rel="noreferrer">
          API
        </a>
      </p>
    </nav>
  )
}
