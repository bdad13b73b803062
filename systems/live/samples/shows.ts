import { simulateNbaGame } from './nba/simulate-nba-game.ts'
import { simulateNflGame } from './nfl/simulate-nfl-game.ts'
import { demoRace } from './race/race-options.ts'
import { simulateRace } from './race/simulate-race.ts'
import { simulateSoccerMatch } from './soccer/simulate-soccer-match.ts'
import type { DemoShow } from './demo.ts'

/** What the demo plays: a game of football, a race, a game of basketball, a match of soccer. */
export const demoShows: readonly DemoShow[] = [
  {
    sport: 'nfl',
    prerollMs: 6 * 60_000,
    graphic: 'win-probability',
    play: (seed, startMs) => simulateNflGame({ seed, startMs, timeBetweenPlaysMs: 14_000 }),
  },
  {
    sport: 'race',
    prerollMs: 2 * 60_000,
    graphic: 'burn-bar',
    play: (seed, startMs) => simulateRace(demoRace(String(seed), startMs)),
  },
  {
    sport: 'nba',
    prerollMs: 8 * 60_000,
    graphic: 'win-probability',
    play: (seed, startMs) => simulateNbaGame({ seed, startMs, stoppageScale: 0.3 }),
  },
  {
    sport: 'soccer',
    prerollMs: 25 * 60_000,
    graphic: 'win-probability',
    play: (seed, startMs) => simulateSoccerMatch({ seed, startMs, breakMs: 60_000 }),
  },
]
