import type { Tile } from '@heavylift/core'
import { formatNumber } from '@heavylift/ui'
import type { StateName } from '@heavylift/ui'
import type { SystemInfo } from '../../api.ts'
import { pageAddress } from '../../shell/navigation.ts'

export interface Attention {
  key: string
  state: StateName
  text: string
  /** Where a person looks into it. */
  to: string
}

/** Whether the number of a tile meets its goal; null without a number or a goal. */
export function meetsGoal({ value, goal }: Tile['number']): boolean | null {
  if (value === null || !goal || (goal.atLeast === undefined && goal.atMost === undefined)) return null
  return (
    (goal.atLeast === undefined || value >= goal.atLeast) &&
    (goal.atMost === undefined || value <= goal.atMost)
  )
}

/** `goal: at most 1,000 ms`; null without a goal. */
export function goalText({ goal, unit }: Tile['number']): string | null {
  if (goal?.atLeast !== undefined) return `goal: at least ${amount(goal.atLeast, unit)}`
  return goal?.atMost === undefined ? null : `goal: at most ${amount(goal.atMost, unit)}`
}

/** With its unit, where it has one. */
const amount = (value: number | null, unit: string): string => `${formatNumber(value)} ${unit}`.trim()

/** What needs a person, the worst first: systems that do not run, then what they say themselves and where they miss their goal. */
export function needsPerson(
  systems: readonly SystemInfo[],
  tiles: Readonly<Record<string, Tile>>,
): Attention[] {
  const found = systems.flatMap((system): Attention[] => {
    const [first] = system.pages
    const to = first ? pageAddress(system, first) : '/settings'
    const tile = tiles[system.name]
    const item = (state: StateName, text: string) => [
      { key: system.name, state, text: `${system.title}: ${text}`, to },
    ]
    if (system.state === 'failed' || system.state === 'stopped') {
      return item('bad', tile?.headline ?? 'does not run')
    }
    if (!tile) return []
    const own = (tile.needs ?? []).map((need, index) => ({
      key: `${system.name} ${index}`,
      state: 'warn' as StateName,
      text: `${system.title}: ${need.text}`,
      to: need.to,
    }))
    if (tile.state === 'degraded') return [...item('warn', tile.headline), ...own]
    if (meetsGoal(tile.number) === false) {
      const { label, value, unit } = tile.number
      own.push(...item('warn', `${label} ${amount(value, unit)}, ${goalText(tile.number) ?? ''}`))
    }
    return own
  })
  return found.toSorted((a, b) => Number(b.state === 'bad') - Number(a.state === 'bad'))
}
