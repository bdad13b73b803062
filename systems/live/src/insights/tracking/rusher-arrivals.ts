import { formationAt } from './formation.ts'
import type { PlayState } from './play-state.ts'
import { approach } from './rusher-features.ts'

/** Between these times after the snap a rusher can arrive; a throw or sack before the end ends it. */
export const arrivalFromMs = 500
export const arrivalUntilMs = 4000
const withinYards = 1.5
const nearYards = 2
const nearClosing = 3

/**
 * Notes who arrives at the passer as the newest frame shows it: a defender who has crossed the line comes within 1.5 yd of the
 * passer, or closes under 2.0 yd at 3 yd/s and more, after 0.5 s and before throw, sack or 4.0 s. Call with every frame after
 * the snap; `crossed` and `arrived` (id to milliseconds after the snap) belong to the play.
 */
export function noteArrivals(play: PlayState, crossed: Set<string>, arrived: Map<string, number>): void {
  const now = play.times.at(-1)
  if (now === undefined || play.snapMs === null || play.throwMs !== null) return
  const sinceMs = now - play.snapMs
  if (sinceMs < 0 || sinceMs > arrivalUntilMs || (play.sackMs !== null && now > play.sackMs)) return
  const formation = formationAt(play, play.frames.length - 1, { withPairs: false })
  for (const place of formation.defenders)
    if (formation.depth[place]! <= 0) crossed.add(play.roster[place]!.id)
  if (sinceMs < arrivalFromMs || formation.quarterback < 0) return
  for (const place of formation.defenders) {
    const { id } = play.roster[place]!
    if (!crossed.has(id) || arrived.has(id)) continue
    const { distance, closing } = approach(formation, place, formation.quarterback)
    if (distance <= withinYards || (distance < nearYards && closing >= nearClosing)) arrived.set(id, sinceMs)
  }
}
