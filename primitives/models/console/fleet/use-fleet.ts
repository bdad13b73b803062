import { useState } from 'react'
import { useEvents } from '@heavylift/ui'
import type { LiveState } from '@heavylift/ui'
import { fleetColumns } from '../../src/metering/fleet-columns.ts'
import type { FleetList } from '../../src/metering/fleet.ts'
import { api } from '../api.ts'

/** All replicas with their figures, a row of `fleetColumns` after the other. */
export interface FleetPicture {
  list: FleetList['replicas']
  values: Int32Array
}

/**
 * The fleet as it is now: its list once, and then what changes every second. Null before the first picture, which is whole only with
 * the figures that follow the list.
 */
export function useFleet(): { fleet: FleetPicture | null; live: LiveState } {
  const [listed, setListed] = useState<{ fleet: FleetPicture; isWhole: boolean } | null>(null)
  const live = useEvents(api.events('/fleet/live'), (event) => {
    if (event.event === 'list') {
      const { replicas } = event.data
      const values = new Int32Array(replicas.length * fleetColumns.length)
      setListed({ fleet: { list: replicas, values }, isWhole: false })
      return
    }
    const { changes } = event.data
    setListed((before) =>
      before === null || (before.isWhole && changes.length === 0)
        ? before
        : { fleet: applyChanges(before.fleet, changes), isWhole: true },
    )
  })
  return { fleet: listed?.isWhole === true ? listed.fleet : null, live }
}

/** `changes`: each replica's place in the list, and then its columns. */
export function applyChanges({ list, values }: FleetPicture, changes: readonly number[]): FleetPicture {
  const next = values.slice()
  const width = fleetColumns.length
  for (let at = 0; at < changes.length; at += width + 1) {
    next.set(changes.slice(at + 1, at + 1 + width), (changes[at] ?? 0) * width)
  }
  return { list, values: next }
}
