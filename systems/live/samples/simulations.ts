import { InvalidInputError } from '@heavylift/core'
import type { Sport } from '../src/domain/match.ts'
import { simulateNbaGame } from './nba/simulate-nba-game.ts'
import { simulateNflGame } from './nfl/simulate-nfl-game.ts'
import { simulateSoccerMatch } from './soccer/simulate-soccer-match.ts'
import { simulateRace } from './race/simulate-race.ts'
import type { SimulatedFeed } from './simulated-feed.ts'

interface SimulateOptions {
  seed: number
  /** Wall clock at the start, milliseconds since the epoch. */
  startMs: number
}

export const simulations: Readonly<Record<Sport, (options: SimulateOptions) => SimulatedFeed<unknown>>> = {
  nfl: simulateNflGame,
  nba: simulateNbaGame,
  soccer: simulateSoccerMatch,
  race: ({ seed, startMs }) => simulateRace({ seed: String(seed), startMs }),
}

/** Throws an `InvalidInputError` (`sport-unknown`) that lists the sports. */
export function simulationOf(sport: string): (options: SimulateOptions) => SimulatedFeed<unknown> {
  const known = Object.entries(simulations).find(([name]) => name === sport)
  if (known) return known[1]
  throw new InvalidInputError({
    code: 'sport-unknown',
    message: `There is no simulation of "${sport}". Choose one of ${Object.keys(simulations).join(', ')}.`,
  })
}
