import { createRandom } from '@heavylift/core'
import type { FeedEvent } from '../../src/domain/feed-event.ts'
import { createSoccerGame } from '../../src/feeds/soccer/soccer-game.ts'
import { pickClubs } from '../clubs.ts'
import type { SimulatedFeed } from '../simulated-feed.ts'
import { SoccerMatchRun } from './soccer-match-run.ts'
import type { SoccerMatchOptions, SoccerTruth } from './soccer-options.ts'
import { inventSoccerTeam } from './soccer-roster.ts'

/** A whole match of soccer, action by action: passes, shots, set pieces, cards, substitutions, added time; extra time and a shoot-out in a cup. */
export function simulateSoccerMatch(options: SoccerMatchOptions): SimulatedFeed<SoccerTruth> {
  const [home, away] = pickClubs('soccer', createRandom(`soccer-clubs/${options.seed}`))
  const makeTeams = () => {
    const random = createRandom(`soccer-teams/${options.seed}`)
    return {
      home: inventSoccerTeam(random, 'home', home),
      away: inventSoccerTeam(random, 'away', away),
    }
  }
  const teams = makeTeams()
  const facts = {
    matchId: options.matchId ?? `sim-soccer-${options.seed}`,
    home,
    away,
    competition: options.isCup === true ? 'Harbor Cup' : 'Coastal League',
    startMs: options.startMs,
    sourceRef: 'sim#1',
  }
  const truth: SoccerTruth = {
    homeEdge: 0.35 + teams.home.strength - teams.away.strength,
    winner: null,
    isOver: false,
  }
  const opening = createSoccerGame(facts).open()
  if (opening.kind !== 'match') throw new TypeError('A match opens with its match event.')
  return {
    match: opening.match,
    truth,
    [Symbol.iterator](): Iterator<FeedEvent> {
      return new SoccerMatchRun(options, makeTeams(), createSoccerGame(facts), truth).play()
    },
  }
}
