import { useMediaQuery } from '@mantine/hooks'
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { Icon, useShortcut } from '@heavylift/ui'
import { listenForShortcuts, PlaceContext } from '@heavylift/ui/shell'
import { useKept } from './kept.ts'
import { currentSystem, listedSystems, pageAddress } from './navigation.ts'
import { Rail } from './rail.tsx'
import { ThemeToggle } from './theme-toggle.tsx'
import { useRecentPages } from './use-recent-pages.ts'
import { useSystems } from './use-systems.ts'
import styles from './shell.module.css'

// Dialogs come with the first one that is opened.
const CommandPalette = lazy(() => import('./command-palette.tsx'))
const RailDrawer = lazy(() => import('./rail-drawer.tsx'))
const ShortcutSheet = lazy(() => import('./shortcut-sheet.tsx'))

/** The frame of every page: rail, top bar, content. */
export function Shell() {
  const { data } = useSystems()
  const systems = data?.systems ?? []
  const recent = useRecentPages()
  const [isNarrow, setIsNarrow] = useKept('rail', false)
  const [isDrawerOpen, setIsDrawerOpen] = useState(false)
  const [isSearching, setIsSearching] = useState(false)
  const [isSheetOpen, setIsSheetOpen] = useState(false)
  const isPhone = useMediaQuery('(max-width: 900px)', false, { getInitialValueInEffect: false })
  const path = useRouterState({ select: (state) => state.location.pathname })
  const navigate = useNavigate()

  useEffect(listenForShortcuts, [])
  useShortcut('/', 'Search', () => setIsSearching(true))
  useShortcut('?', 'Show the keys', () => setIsSheetOpen(true))
  useShortcut('[', isNarrow ? 'Widen the navigation' : 'Narrow the navigation', () => setIsNarrow(!isNarrow))
  useShortcut('g h', 'Go to Home', () => void navigate({ to: '/' }))
  useShortcut('g l', 'Go to the ledger', () => void navigate({ to: '/ledger' }))
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      setIsSearching(true)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])

  useEffect(() => {
    setIsDrawerOpen(false)
    document.querySelector('#content')?.scrollTo(0, 0)
  }, [path])

  const hasLedger = data?.hasLedger ?? true
  const rail = { systems, version: data?.version ?? null, recent, hasLedger }
  return (
    <div className={styles['shell']} data-narrow={isNarrow || undefined}>
      <a className={styles['skip']} href="#content">
        Skip to content
      </a>
      {listedSystems(systems).map((system, index) => (
        <SystemKey key={system.name} system={system} index={index} />
      ))}
      {isPhone ? (
        isDrawerOpen ? (
          <Suspense fallback={null}>
            <RailDrawer onClose={() => setIsDrawerOpen(false)}>
              <Rail {...rail} />
            </RailDrawer>
          </Suspense>
        ) : null
      ) : (
        <div className={styles['rail']}>
          <Rail {...rail} isNarrow={isNarrow} onToggle={() => setIsNarrow(!isNarrow)} />
        </div>
      )}
      <header className={styles['topbar']}>
        {isPhone ? (
          <button
            type="button"
            className={styles['iconButton']}
            aria-label="Open navigation"
            aria-expanded={isDrawerOpen}
            onClick={() => setIsDrawerOpen(true)}
          >
            <Icon name="menu" />
          </button>
        ) : null}
        <button type="button" className={styles['search']} onClick={() => setIsSearching(true)}>
          <Icon name="search" />
          <span>Search pages and everything in them</span>
          <kbd className={styles['key']}>/</kbd>
        </button>
        <div className={styles['end']}>
          {data ? (
            <span className={styles['tenant']}>
              Tenant <span className="hl-code">{data.tenant}</span>
            </span>
          ) : null}
          <button
            type="button"
            className={`${styles['iconButton']} ${styles['wideOnly']}`}
            aria-label="Show the keys"
            title="Show the keys (?)"
            onClick={() => setIsSheetOpen(true)}
          >
            <Icon name="keyboard" />
          </button>
          <Link
            to="/settings"
            className={styles['iconButton']}
            aria-label="Keys and settings"
            title="Keys and settings"
          >
            <Icon name="key" />
          </Link>
          <ThemeToggle />
        </div>
      </header>
      <main className={styles['content']} id="content" tabIndex={-1}>
        <PlaceContext value={currentSystem(systems, path)?.title ?? null}>
          <Outlet />
        </PlaceContext>
      </main>
      {isSearching ? (
        <Suspense fallback={null}>
          <CommandPalette
            systems={systems}
            recent={recent}
            hasLedger={hasLedger}
            onClose={() => setIsSearching(false)}
          />
        </Suspense>
      ) : null}
      {isSheetOpen ? (
        <Suspense fallback={null}>
          <ShortcutSheet onClose={() => setIsSheetOpen(false)} />
        </Suspense>
      ) : null}
    </div>
  )
}

/** `g 1` to `g 9` lead to the systems in the order of the rail. */
function SystemKey({
  system,
  index,
}: {
  system: { name: string; title: string; pages: { path: string }[] }
  index: number
}) {
  const navigate = useNavigate()
  const [first] = system.pages
  useShortcut(
    index < 9 ? `g ${index + 1}` : '',
    `Go to ${system.title}`,
    () => first && void navigate({ to: pageAddress(system, first) as '/' }),
  )
  return null
}
