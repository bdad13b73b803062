import type { Random } from '@heavylift/core'
import { clamp } from '@heavylift/core/math'
import type { Side, Team } from '../../src/domain/match.ts'
import { inventNames, shortName } from '../people.ts'

export interface NbaPlayer {
  id: string
  /** `D. Lindqvist`, as the feed has it. */
  name: string
  jersey: number
  side: Side
  position: 'G' | 'F' | 'C'
  /** Share of his team's shots while on court, before normalising. */
  usage: number
  /** Added to the chance of a make. */
  touch: number
  /** Share of his shots from behind the arc. */
  threeShare: number
  fouls: number
  /** Seconds on court since he last came on or went off. */
  shiftSeconds: number
}

export interface NbaTeamSheet {
  side: Side
  team: Team
  players: NbaPlayer[]
  onCourt: NbaPlayer[]
  /** Points per hundred possessions above the league's middle, in attack and in defence. */
  attack: number
  defence: number
}

const positions = ['G', 'G', 'F', 'F', 'C', 'G', 'F', 'F', 'C', 'G'] as const
const usages = [26, 21, 20, 18, 15, 17, 15, 14, 13, 12]
const jerseys = [1, 3, 8, 12, 21, 5, 14, 23, 33, 9]

/** Ten players, the first five of whom start. */
export function inventNbaTeam(random: Random, side: Side, team: Team): NbaTeamSheet {
  const names = inventNames(random, positions.length)
  const players = positions.map((position, index): NbaPlayer => {
    const jersey = jerseys[index] ?? 40 + index
    return {
      id: `${team.id}-${jersey}`,
      name: shortName(names[index] ?? ''),
      jersey,
      side,
      position,
      usage: (usages[index] ?? 12) * (0.85 + 0.3 * random.next()),
      touch: 0.03 * clamp(random.normal(), -1.5, 1.5),
      threeShare: position === 'G' ? 0.45 : position === 'F' ? 0.4 : 0.12,
      fouls: 0,
      shiftSeconds: 0,
    }
  })
  const rating = () => clamp(3 * random.normal(), -6, 6)
  return { side, team, players, onCourt: players.slice(0, 5), attack: rating(), defence: rating() }
}
