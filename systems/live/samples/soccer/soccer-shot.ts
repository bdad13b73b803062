import type { Random } from '@heavylift/core'
import { logistic } from '@heavylift/core/math'
import type { SoccerShot } from '../../src/domain/feed-event.ts'
import { pitch } from '../../src/feeds/soccer/pitch.ts'

/** Shares of what becomes of shots that are no goal, about those of top leagues. */
const misses: readonly (readonly [SoccerShot['outcome'], number])[] = [
  ['saved', 0.29],
  ['blocked', 0.27],
  ['post', 0.02],
  ['off-target', 0.42],
]

/** What becomes of a shot, by a formula of its own: the model of expected goals is not asked, so it can be wrong about it. */
export function drawShot(
  random: Random,
  place: { x: number; y: number },
  { isHeader, isPenalty, edge }: { isHeader: boolean; isPenalty: boolean; edge: number },
): { outcome: SoccerShot['outcome']; chance: number } {
  const distance = Math.hypot(pitch.length - place.x, place.y - pitch.width / 2)
  const chance = isPenalty
    ? 0.77
    : logistic(-0.1 - 0.15 * distance - (isHeader ? 0.9 : 0) + Math.log(edge) / 2)
  if (random.chance(chance)) return { outcome: 'goal', chance }
  let draw = random.next()
  for (const [outcome, share] of misses) {
    if (draw < share) return { outcome, chance }
    draw -= share
  }
  return { outcome: 'off-target', chance }
}
