import type { Random } from '@heavylift/core'
import { clamp } from '@heavylift/core/math'
import type { Side, Team } from '../../src/domain/match.ts'
import { inventNames, shortName } from '../people.ts'

export interface SoccerPlayer {
  id: string
  /** `D. Lindqvist`, as the feed has it. */
  name: string
  position: 'goalkeeper' | 'defender' | 'midfielder' | 'forward'
  cautions: number
}

export interface SoccerTeamSheet {
  side: Side
  team: Team
  onPitch: SoccerPlayer[]
  bench: SoccerPlayer[]
  /** Goals a match above the league's middle. */
  strength: number
}

const positions: readonly SoccerPlayer['position'][] = [
  'goalkeeper',
  ...Array<'defender'>(4).fill('defender'),
  ...Array<'midfielder'>(4).fill('midfielder'),
  ...Array<'forward'>(2).fill('forward'),
]
const benchPositions = ['defender', 'midfielder', 'midfielder', 'forward', 'forward'] as const

/** Eleven players and five on the bench. */
export function inventSoccerTeam(random: Random, side: Side, team: Team): SoccerTeamSheet {
  const names = inventNames(random, positions.length + benchPositions.length)
  const players = [...positions, ...benchPositions].map((position, index): SoccerPlayer => ({
    id: `${team.id}-${index + 1}`,
    name: shortName(names[index] ?? ''),
    position,
    cautions: 0,
  }))
  return {
    side,
    team,
    onPitch: players.slice(0, positions.length),
    bench: players.slice(positions.length),
    strength: clamp(0.45 * random.normal(), -1, 1),
  }
}
