import { stride } from './play-state.ts'
import type { PlayState } from './play-state.ts'

/** A rush starts this far beyond the ball's snap spot on the offence's side, within this time of the snap. */
const rushYards = 0.5
const rushMs = 3000

/**
 * Marks who rushed as the newest frame shows it: a defender at least 0.5 yards past the ball's snap spot on the offence's
 * side, within 3.0 s of the snap and before a throw or sack. Call with every frame of the play; `rushed` gathers ids.
 */
export function noteRushers(play: PlayState, rushed: Set<string>): void {
  const now = play.times.at(-1)
  const frame = play.frames.at(-1)
  if (now === undefined || frame === undefined || play.snapMs === null || play.snapSpot === null) return
  const endMs = Math.min(play.snapMs + rushMs, play.throwMs ?? Infinity, play.sackMs ?? Infinity)
  if (now > endMs) return
  for (const [place, player] of play.roster.entries())
    if (!player.isOffence && (frame[place * stride] as number) <= play.snapSpot[0] - rushYards)
      rushed.add(player.id)
}
