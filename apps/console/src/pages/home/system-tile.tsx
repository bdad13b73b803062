import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useMemo } from 'react'
import type { Tile } from '@heavylift/core'
import { Icon, Skeleton, StateMark, formatCount, formatNumber, systemIcon } from '@heavylift/ui'
import type { ConsoleSystem } from '@heavylift/ui'
import type { SystemInfo } from '../../api.ts'
import { pageAddress, systemStates } from '../../shell/navigation.ts'
import { goalText, meetsGoal } from './attention.ts'
import styles from './home.module.css'

/** One system on one glance: its picture, what it does now, its number against the goal, and where to begin. */
export function SystemTile({
  system,
  own,
  tile,
}: {
  system: SystemInfo
  /** What the console knows of it; absent for a system without pages of its own. */
  own: ConsoleSystem | undefined
  tile: Tile | null
}) {
  const Miniature = useMemo(() => (own?.loadMiniature ? lazy(own.loadMiniature) : null), [own])
  const [first] = system.pages
  const { mark, word } = systemStates[tile?.state ?? system.state]
  return (
    <article className={styles['tile']} aria-label={system.title}>
      <div className={styles['picture']}>
        {Miniature ? (
          <Suspense fallback={<Skeleton lines={3} />}>
            <Miniature picture={tile?.picture} />
          </Suspense>
        ) : null}
      </div>
      <div className={styles['words']}>
        <header>
          <Icon name={systemIcon(system.name)} width={18} height={18} />
          <h2>{first ? <Link to={pageAddress(system, first) as '/'}>{system.title}</Link> : system.title}</h2>
          <StateMark state={mark}>{word}</StateMark>
        </header>
        <p className={styles['headline']} title={`${system.summary} ${tile?.headline ?? ''}`}>
          {tile?.headline ?? system.summary}
        </p>
        {tile ? (
          <Numbers system={system} tile={tile} />
        ) : (
          <Skeleton lines={2} what="Waiting for the figures" />
        )}
        <div className={styles['actions']}>
          {own?.tryIt ? <TryIt {...own.tryIt} /> : null}
          {own?.useYourData ? (
            <Button size="compact-sm" variant="default" component={Link} to={own.useYourData.to}>
              {own.useYourData.label}
            </Button>
          ) : null}
        </div>
      </div>
    </article>
  )
}

function TryIt({ label, ...where }: NonNullable<ConsoleSystem['tryIt']>) {
  return 'to' in where ? (
    <Button size="compact-sm" component={Link} to={where.to}>
      {label}
    </Button>
  ) : (
    <Button size="compact-sm" component="a" href={where.href} target="_blank" rel="noreferrer">
      {label}
    </Button>
  )
}

function Numbers({ system, tile }: { system: SystemInfo; tile: Tile }) {
  const { label, value, unit } = tile.number
  const isMet = meetsGoal(tile.number)
  const goal = goalText(tile.number)
  return (
    <dl className={styles['numbers']}>
      <div>
        <dt title={label}>{label}</dt>
        <dd className={`hl-number ${styles['figure']}`}>
          {value === null ? (
            <small>nothing to measure yet</small>
          ) : (
            <>
              {formatNumber(value)} <small>{unit}</small>
            </>
          )}
        </dd>
        {goal ? (
          <dd className={styles['goal']} title={goal}>
            {isMet === null ? (
              goal
            ) : (
              <StateMark state={isMet ? 'good' : 'warn'}>
                {isMet ? 'met' : 'missed'}, {goal}
              </StateMark>
            )}
          </dd>
        ) : null}
      </div>
      <div>
        <dt>Decisions today</dt>
        <dd className={`hl-number ${styles['figure']}`}>
          <Link
            to="/ledger"
            search={{ system: system.name } as never}
            aria-label={`${formatCount(tile.decisionsToday)} decisions of ${system.title} today, in the ledger`}
          >
            {formatCount(tile.decisionsToday)}
          </Link>
        </dd>
      </div>
    </dl>
  )
}
