import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { Icon } from '@heavylift/ui'
import { Rail } from './rail.tsx'
import { ThemeToggle } from './theme-toggle.tsx'
import { useSystems } from './use-systems.ts'
import './shell.css'

const CommandPalette = lazy(() => import('./command-palette.tsx'))

/** True when a key press is meant for a field, not for a shortcut. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  )
}

/** The frame of every page: rail, top bar, content. */
export function Shell() {
  const systems = useSystems()
  const [isRailOpen, setIsRailOpen] = useState(false)
  const [isSearching, setIsSearching] = useState(false)
  const path = useRouterState({ select: (state) => state.location.pathname })

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isCommand = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k'
      if (isCommand || (event.key === '/' && !isTyping(event.target))) {
        event.preventDefault()
        setIsSearching(true)
      }
      if (event.key === 'Escape') setIsRailOpen(false)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])

  useEffect(() => {
    setIsRailOpen(false)
    document.querySelector('#content')?.scrollTo(0, 0)
  }, [path])

  return (
    <div className="hl-shell">
      <a className="hl-skip" href="#content">
        Skip to content
      </a>
      <Rail systems={systems.data ?? null} isOpen={isRailOpen} />
      <button
        type="button"
        className="hl-veil"
        aria-label="Close navigation"
        onClick={() => setIsRailOpen(false)}
      />
      <header className="hl-topbar">
        <button
          type="button"
          className="hl-icon-button hl-menu-button"
          aria-label="Open navigation"
          aria-expanded={isRailOpen}
          onClick={() => setIsRailOpen(true)}
        >
          <Icon name="menu" />
        </button>
        <button type="button" className="hl-search-button" onClick={() => setIsSearching(true)}>
          <Icon name="search" />
          <span>Search pages and everything in them</span>
          <kbd className="hl-key">/</kbd>
        </button>
        <div className="hl-topbar-end">
          {systems.data ? (
            <span className="hl-tenant">
              Tenant <span className="hl-code">{systems.data.tenant}</span>
            </span>
          ) : null}
          <Link to="/settings" className="hl-icon-button" aria-label="Keys and settings">
            <Icon name="key" />
          </Link>
          <ThemeToggle />
        </div>
      </header>
      <main className="hl-content" id="content" tabIndex={-1}>
        <Outlet />
      </main>
      {isSearching ? (
        <Suspense fallback={null}>
          <CommandPalette systems={systems.data ?? null} onClose={() => setIsSearching(false)} />
        </Suspense>
      ) : null}
    </div>
  )
}
