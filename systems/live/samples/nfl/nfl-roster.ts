import type { Random } from '@heavylift/core'
import { clamp } from '@heavylift/core/math'
import type { Side, Team } from '../../src/domain/match.ts'
import { inventNames } from '../people.ts'

export interface NflPlayer {
  id: string
  name: string
  jersey: number
  side: Side
  position: string
  positionGroup: string
}

type RoleKey =
  | 'qb'
  | 'rb'
  | 'fb'
  | 'te'
  | 'wr'
  | 'ol'
  | 'de'
  | 'dt'
  | 'olb'
  | 'ilb'
  | 'cb'
  | 'fs'
  | 'ss'
  | 'k'
  | 'p'
  | 'ls'

/** A team's players by role, best first, and how its defence likes to play. */
export interface NflTeamSheet {
  side: Side
  team: Team
  roles: Record<RoleKey, NflPlayer[]>
  base: '4-3' | '3-4'
  /** Share of dropbacks on which five or more rush. */
  blitzShare: number
  /** Share of dropbacks in man coverage. */
  manShare: number
  /** Strength of offence and defence, about −1..1; 0 is the league's middle. */
  offence: number
  defence: number
}

/** [role, positions of its players, position group, lowest jersey number]. Linemen stand from left to right. */
const squad: readonly (readonly [RoleKey, readonly string[], string, number])[] = [
  ['qb', ['QB'], 'QB', 3],
  ['rb', ['RB', 'RB'], 'RB', 22],
  ['fb', ['FB'], 'RB', 44],
  ['te', ['TE', 'TE'], 'TE', 82],
  ['wr', ['WR', 'WR', 'WR', 'WR'], 'WR', 11],
  ['ol', ['T', 'G', 'C', 'G', 'T'], 'OL', 64],
  ['de', ['DE', 'DE'], 'DL', 91],
  ['dt', ['DT', 'DT'], 'DL', 96],
  ['olb', ['OLB', 'OLB'], 'LB', 51],
  ['ilb', ['MLB', 'ILB'], 'LB', 55],
  ['cb', ['CB', 'CB', 'CB', 'CB'], 'DB', 24],
  ['fs', ['FS'], 'DB', 31],
  ['ss', ['SS'], 'DB', 35],
  ['k', ['K'], 'SPEC', 7],
  ['p', ['P'], 'SPEC', 5],
  ['ls', ['LS'], 'SPEC', 47],
]

export function inventNflTeam(random: Random, side: Side, team: Team): NflTeamSheet {
  const names = inventNames(random, 40)
  const roles = {} as Record<RoleKey, NflPlayer[]>
  for (const [role, positions, positionGroup, jersey] of squad) {
    roles[role] = positions.map((position, index) => ({
      id: `${team.id}-${jersey + index}`,
      name: names.pop() ?? '',
      jersey: jersey + index,
      side,
      position,
      positionGroup,
    }))
  }
  return {
    side,
    team,
    roles,
    base: random.chance(0.5) ? '4-3' : '3-4',
    blitzShare: 0.2 + 0.14 * random.next(),
    manShare: 0.25 + 0.2 * random.next(),
    offence: clampedNormal(random),
    defence: clampedNormal(random),
  }
}

function clampedNormal(random: Random): number {
  return clamp(0.5 * random.normal(), -1, 1)
}

/** The players of one role, counted from the best; throws when the squad has too few. */
export function take(team: NflTeamSheet, role: RoleKey, count: number): NflPlayer[] {
  const players = team.roles[role].slice(0, count)
  if (players.length < count) throw new RangeError(`${team.team.name} has no ${count} players for ${role}.`)
  return players
}
