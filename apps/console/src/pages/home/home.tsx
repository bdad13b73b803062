import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useState } from 'react'
import type { Tile } from '@heavylift/core'
import {
  Empty,
  Loaded,
  Page,
  Skeleton,
  StaleBanner,
  StateMark,
  formatCount,
  formatNumber,
  useLive,
} from '@heavylift/ui'
import type { ConsoleSystem, StateName } from '@heavylift/ui'
import type { SystemInfo, TileEvent } from '../../shapes.ts'
import { pageAddress } from '../../shell/page-address.ts'
import { useSystems } from '../../shell/use-systems.ts'
import { consoleSystems } from '../../systems.ts'
import { RecentDecisions } from './recent-decisions.tsx'
import './home.css'

const health: Record<Tile['state'], { state: StateName; word: string }> = {
  running: { state: 'good', word: 'Running' },
  starting: { state: 'busy', word: 'Starting' },
  degraded: { state: 'warn', word: 'Degraded' },
  stopped: { state: 'bad', word: 'Stopped' },
}

/** What runs now: one tile a system, fed by one stream. */
export default function Home() {
  const systems = useSystems()
  const [tiles, setTiles] = useState<Record<string, Tile>>({})
  const live = useLive('/api/heavylift/tiles', (event) => {
    if (event.event !== 'tile' && event.event !== 'message') return
    const { system, tile } = JSON.parse(event.data) as TileEvent
    setTiles((before) => ({ ...before, [system]: tile }))
  })

  return (
    <Page
      title="What runs now"
      lead="Each system takes signals in, decides with evidence, and the ledger says whether it helped."
    >
      {live.state === 'offline' ? <StaleBanner sinceMs={live.lastAtMs} /> : null}
      <Loaded of={systems} what="Asking the server which systems it runs">
        {(answer) =>
          answer.systems.length === 0 ? (
            <Empty title="No system runs">
              Every system is switched off in the configuration. Switch one on and start the server again.
            </Empty>
          ) : (
            <div className="home-tiles">
              {answer.systems
                .filter((system) => system.layer === 'system' || hasPicture(system))
                .map((system) => (
                  <SystemTile key={system.name} system={system} tile={tiles[system.name] ?? null} />
                ))}
            </div>
          )
        }
      </Loaded>
      <RecentDecisions />
    </Page>
  )
}

/** A primitive with a picture of its own is shown like a system; the others only serve. */
function hasPicture(system: SystemInfo): boolean {
  return consoleSystems.some(({ name, loadMiniature }) => name === system.name && loadMiniature !== undefined)
}

function SystemTile({ system, tile }: { system: SystemInfo; tile: Tile | null }) {
  const own = consoleSystems.find((each) => each.name === system.name)
  const Miniature = useMemo(() => (own?.loadMiniature ? lazy(own.loadMiniature) : null), [own])
  const first = system.pages[0]
  return (
    <article className="home-tile" aria-label={system.title}>
      <div className="home-tile-picture">
        {Miniature ? (
          <Suspense fallback={<Skeleton lines={4} />}>
            <Miniature picture={tile?.picture} />
          </Suspense>
        ) : null}
      </div>
      <div className="home-tile-words">
        <header>
          <h2>{first ? <Link to={pageAddress(system, first)}>{system.title}</Link> : system.title}</h2>
          {tile ? <StateMark state={health[tile.state].state}>{health[tile.state].word}</StateMark> : null}
        </header>
        <p className="hl-dim">{system.summary}</p>
        {tile ? <TileNumbers tile={tile} /> : <Skeleton lines={2} what="Waiting for the first figures" />}
        <div className="home-tile-actions">
          {own?.tryIt ? <TryIt {...own.tryIt} /> : null}
          {own?.useYourData ? (
            <Button variant="default" component={Link} to={own.useYourData.to}>
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
    <Button component={Link} to={where.to}>
      {label}
    </Button>
  ) : (
    <Button component="a" href={where.href} target="_blank" rel="noreferrer">
      {label}
    </Button>
  )
}

function TileNumbers({ tile }: { tile: Tile }) {
  const { label, value, unit, goal } = tile.number
  const isMet =
    value === null
      ? null
      : (goal?.atLeast === undefined || value >= goal.atLeast) &&
        (goal?.atMost === undefined || value <= goal.atMost)
  const goalText =
    goal?.atLeast !== undefined
      ? `goal: at least ${formatNumber(goal.atLeast)} ${unit}`
      : goal?.atMost !== undefined
        ? `goal: at most ${formatNumber(goal.atMost)} ${unit}`
        : null
  return (
    <>
      <p className="home-headline">{tile.headline}</p>
      <dl className="home-numbers">
        <div>
          <dt>{label}</dt>
          <dd>
            <span className="hl-number">{formatNumber(value)}</span> <small>{unit}</small>
          </dd>
          {goalText ? (
            <dd className="hl-fine">
              {isMet === null ? (
                goalText
              ) : (
                <StateMark state={isMet ? 'good' : 'warn'}>
                  {isMet ? 'met' : 'missed'}, {goalText}
                </StateMark>
              )}
            </dd>
          ) : null}
        </div>
        <div>
          <dt>Decisions today</dt>
          <dd>
            <Link to="/ledger" className="hl-number">
              {formatCount(tile.decisionsToday)}
            </Link>
          </dd>
          <dd className="hl-fine">each with its evidence in the ledger</dd>
        </div>
      </dl>
    </>
  )
}
