import { createRandom } from '@heavylift/core/math'
import { weekMs } from './deployment.ts'
import type { Deployment } from './deployment.ts'
import { measureVelocity } from './velocity.ts'

export interface Placebo {
  dates: number
  faster: number
  slower: number
}

/**
 * An A/A test: dates at random in a history in which nobody adopted anything, the others as controls, and how often the verdict
 * is faster or slower all the same. Deployments are in order of time; no dates where the history is too short.
 */
export function placeboOf(
  name: string,
  groups: ReadonlyMap<string, readonly Deployment[]>,
  datesEach: number,
): Placebo {
  const rows = groups.get(name) ?? []
  const random = createRandom(`placebo-${name}`)
  const [first, last] = [rows[0]?.atMs ?? 0, rows.at(-1)?.atMs ?? 0]
  const controls = [...groups].flatMap(([other, all]) => (other === name ? [] : all))
  const found = { dates: 0, faster: 0, slower: 0 }
  for (let tried = 0; tried < datesEach * 5 && found.dates < datesEach; tried++) {
    const low = first + 12 * weekMs
    const date = low + random.next() * (last - 8 * weekMs - low)
    const until = Math.min(last, date + random.int(8, 26) * weekMs + 1)
    if (date < low) break
    const { verdict } = measureVelocity(rows, controls, date, until, `${name}-${tried}`)
    if (verdict === 'too little') continue
    found.dates++
    if (verdict === 'faster') found.faster++
    if (verdict === 'slower') found.slower++
  }
  return found
}
