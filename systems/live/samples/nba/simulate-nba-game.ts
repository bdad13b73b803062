import { createRandom } from '@heavylift/core'
import type { FeedEvent } from '../../src/domain/feed-event.ts'
import type { Match } from '../../src/domain/match.ts'
import { pickClubs } from '../clubs.ts'
import type { SimulatedFeed } from '../simulated-feed.ts'
import { inventNbaTeam } from './nba-roster.ts'
import { withCourtFrames } from './court-frames.ts'
import { NbaGameRun } from './nba-game-run.ts'
import type { NbaGameOptions, NbaTruth } from './nba-options.ts'

/** A whole game of basketball: play-by-play in the words of the CDN feed, and players and ball at 5 Hz. */
export function simulateNbaGame(options: NbaGameOptions): SimulatedFeed<NbaTruth> {
  const [someHome, someAway] = pickClubs('nba', createRandom(`nba-clubs/${options.seed}`))
  const makeTeams = () => {
    const random = createRandom(`nba-teams/${options.seed}`)
    return {
      home: inventNbaTeam(random, 'home', options.home ?? someHome),
      away: inventNbaTeam(random, 'away', options.away ?? someAway),
    }
  }
  const { home, away } = makeTeams()
  const homeEdge = home.attack + home.defence - away.attack - away.defence + 2.5
  const match: Match = {
    id: options.matchId ?? `sim-nba-${options.seed}`,
    sport: 'nba',
    title: `${away.team.name} at ${home.team.name}`,
    home: home.team,
    away: away.team,
    homeSpread: Math.round(2 * homeEdge) / 2,
    race: null,
  }
  const truth: NbaTruth = { homeEdge, winner: null, isOver: false }
  return {
    match,
    truth,
    [Symbol.iterator](): Iterator<FeedEvent> {
      const teams = makeTeams()
      const actions = new NbaGameRun(options, teams, match, truth).play()
      return options.withTracking === false ? actions : withCourtFrames(actions, teams, options.seed)
    },
  }
}
