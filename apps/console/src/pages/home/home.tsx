import { useState } from 'react'
import type { Tile } from '@heavylift/core'
import { Empty, Loaded, Page, StaleBanner, useEvents } from '@heavylift/ui'
import { api } from '../../api.ts'
import type { SystemInfo } from '../../api.ts'
import { listedSystems } from '../../shell/navigation.ts'
import { useSystems } from '../../shell/use-systems.ts'
import { consoleSystems } from '../../systems.ts'
import { needsPerson } from './attention.ts'
import { Glance } from './glance.tsx'
import { RecentDecisions } from './recent-decisions.tsx'
import { SystemTile } from './system-tile.tsx'
import styles from './home.module.css'

/** What runs now, what needs a person, and where to begin: one tile a system, fed by one stream. */
export default function Home() {
  const systems = useSystems()
  const [tiles, setTiles] = useState<Record<string, Tile>>({})
  const live = useEvents(api.events('/tiles'), ({ data: { system, tile } }) =>
    setTiles((before) => ({ ...before, [system]: tile as Tile })),
  )

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
            <>
              <Glance
                running={answer.systems.filter(({ state }) => state === 'running').length}
                all={answer.systems.length}
                needs={needsPerson(answer.systems, tiles)}
                first={toTryFirst(answer.systems, tiles)}
              />
              <div
                className={styles['tiles']}
                data-many={answer.systems.filter(isShown).length > 6 || undefined}
              >
                {listedSystems(answer.systems)
                  .filter(isShown)
                  .map((system) => (
                    <SystemTile
                      key={system.name}
                      system={system}
                      own={consoleSystems.find(({ name }) => name === system.name)}
                      tile={tiles[system.name] ?? null}
                    />
                  ))}
              </div>
            </>
          )
        }
      </Loaded>
      {systems.data?.hasLedger === false ? null : <RecentDecisions />}
    </Page>
  )
}

/** The way in of the first system that has decided nothing today. */
function toTryFirst(systems: readonly SystemInfo[], tiles: Readonly<Record<string, Tile>>) {
  const [first] = listedSystems(systems).filter(({ layer }) => layer === 'system')
  if (!first || tiles[first.name]?.decisionsToday !== 0) return null
  return consoleSystems.find(({ name }) => name === first.name)?.tryIt ?? null
}

/** A primitive with a picture of its own is shown like a system; the others only serve. */
function isShown(system: SystemInfo): boolean {
  return (
    system.layer === 'system' ||
    consoleSystems.some(({ name, loadMiniature }) => name === system.name && loadMiniature !== undefined)
  )
}
