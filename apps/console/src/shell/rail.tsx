import { Link, useRouterState } from '@tanstack/react-router'
import { Icon, StateMark, systemIcon } from '@heavylift/ui'
import type { IconName } from '@heavylift/ui'
import type { ReactNode } from 'react'
import {
  currentPage,
  currentSystem,
  listedSystems,
  ownPages,
  pageAddress,
  systemStates,
} from './navigation.ts'
import type { ListedSystem } from './navigation.ts'
import type { RecentPage } from './use-recent-pages.ts'
import styles from './rail.module.css'

/**
 * The way around: systems by name with their state, the pages of the one that is open beneath it, the console's own pages, what was
 * open last. Narrow, it shows icons alone.
 */
export function Rail({
  systems,
  version,
  recent,
  hasLedger = true,
  isNarrow = false,
  onToggle,
}: {
  systems: readonly ListedSystem[]
  version: string | null
  recent: readonly RecentPage[]
  hasLedger?: boolean
  isNarrow?: boolean
  /** Makes it narrow or wide; absent where it is a drawer. */
  onToggle?: () => void
}) {
  const path = useRouterState({ select: (state) => state.location.pathname })
  const listed = listedSystems(systems)
  const open = currentSystem(listed, path)
  const others = recent.filter(({ to }) => to !== path).slice(0, 4)
  const group = (layer: ListedSystem['layer'], label: string) => {
    const shown = listed.filter((system) => system.layer === layer)
    return shown.length === 0 ? null : (
      <ul aria-label={label}>
        {shown.map((system) => (
          <SystemItem key={system.name} system={system} isOpen={system === open} path={path} />
        ))}
      </ul>
    )
  }
  return (
    <nav className={styles['rail']} aria-label="Main" data-narrow={isNarrow || undefined}>
      <div className={styles['head']}>
        <Link to="/" className={styles['brand']}>
          <img src="/favicon.svg" width="22" height="22" alt="" />
          <span className={styles['label']}>Heavylift</span>
        </Link>
        {onToggle ? (
          <button
            type="button"
            className={styles['toggle']}
            aria-label={isNarrow ? 'Widen the navigation' : 'Narrow the navigation'}
            title={isNarrow ? 'Widen the navigation ([)' : 'Narrow the navigation ([)'}
            aria-expanded={!isNarrow}
            onClick={onToggle}
          >
            <Icon name={isNarrow ? 'expand' : 'collapse'} />
          </button>
        ) : null}
      </div>
      <ul>
        <Item to="/" icon="home" title="Home" isActive={path === '/'} />
      </ul>
      {group('system', 'Systems')}
      {group('primitive', 'Beneath the systems')}
      <ul aria-label="Over all systems">
        {ownPages(hasLedger).map(({ to, title, icon }) => (
          <Item
            key={to}
            to={to}
            icon={icon}
            title={title}
            isActive={path === to || path.startsWith(`${to}/`)}
          />
        ))}
      </ul>
      {others.length > 0 && !isNarrow ? (
        <>
          <span className={styles['caption']} id="recent-pages">
            Recent
          </span>
          <ul aria-labelledby="recent-pages">
            {others.map(({ to, title, system }) => (
              <li key={to}>
                <Link
                  to={to as '/'}
                  className={styles['page']}
                  title={system ? `${title}, ${system}` : title}
                >
                  <span className="hl-cut">{title}</span>
                  {system ? <small>{system}</small> : null}
                </Link>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <p className={styles['foot']}>
        {version && !isNarrow ? (
          <>
            <span className="hl-code">{version}</span>
            {' · '}
          </>
        ) : null}
        <a href="/api/heavylift/openapi.json" target="_blank" rel="noreferrer">
          API
        </a>
      </p>
    </nav>
  )
}

function SystemItem({ system, isOpen, path }: { system: ListedSystem; isOpen: boolean; path: string }) {
  const [first] = system.pages
  const here = currentPage(system, path)
  const { mark, word } = systemStates[system.state]
  const isWell = system.state === 'running'
  return (
    <Item
      to={first ? pageAddress(system, first) : `/${system.name}`}
      icon={systemIcon(system.name)}
      title={system.title}
      isOpen={isOpen}
      isActive={isOpen && system.pages.length === 1}
      note={
        // A system that runs needs no word; a dot says it to eyes, and screen readers hear it after the name.
        isWell ? (
          <>
            <span className={styles['dot']} aria-hidden="true" />
            <span className="hl-hidden">, running</span>
          </>
        ) : (
          <StateMark state={mark}>{word}</StateMark>
        )
      }
    >
      {isOpen && system.pages.length > 1 ? (
        <ul className={styles['pages']} aria-label={`Pages of ${system.title}`}>
          {system.pages.map((page) => {
            const to = pageAddress(system, page)
            return (
              <li key={to}>
                <Link
                  to={to as '/'}
                  className={styles['page']}
                  data-active={to === here || undefined}
                  aria-current={to === path ? 'page' : to === here ? 'true' : undefined}
                >
                  <span className="hl-cut">{page.title}</span>
                </Link>
              </li>
            )
          })}
        </ul>
      ) : null}
    </Item>
  )
}

function Item({
  to,
  icon,
  title,
  isActive,
  isOpen = false,
  note,
  children,
}: {
  to: string
  icon: IconName
  title: string
  isActive: boolean
  /** Its pages are shown beneath. */
  isOpen?: boolean
  note?: ReactNode
  children?: ReactNode
}) {
  return (
    <li>
      <Link
        to={to as '/'}
        className={styles['item']}
        title={title}
        data-active={isActive || undefined}
        data-open={isOpen || undefined}
        // The router would call every page of a system the open one.
        aria-current={isActive ? 'page' : undefined}
        activeProps={{}}
      >
        <Icon name={icon} width={18} height={18} />
        <span className={styles['label']}>{title}</span>
        {note ? <span className={styles['note']}>{note}</span> : null}
      </Link>
      {children}
    </li>
  )
}
