import type { FeedEvent, NbaAction } from '../domain/feed-event.ts'
import type { Match, Side } from '../domain/match.ts'
import type { TagActor } from '../domain/tag.ts'
import { createScoreState, nameOf, scoreMoments } from './score-tags.ts'
import type { ScoreState } from './score-tags.ts'
import type { Moment } from './tagger.ts'

export interface NbaTagState {
  score: ScoreState
  possession: Side | null
}

export const createNbaTagState = (): NbaTagState => ({ score: createScoreState(), possession: null })

/** The type that stands for the action itself. */
export function nbaActionType(
  action: Pick<NbaAction, 'actionType' | 'subType' | 'isMade' | 'otherPlayers'>,
): string {
  const { actionType, subType, isMade } = action
  switch (actionType) {
    case '2pt':
      return `${isMade === true ? 'score.basket.two' : 'miss.basket.two'}${/dunk/i.test(subType) ? '.dunk' : ''}`
    case '3pt':
      return isMade === true ? 'score.basket.three' : 'miss.basket.three'
    case 'freethrow':
      return isMade === true ? 'score.free-throw' : 'miss.free-throw'
    case 'rebound':
      return subType === 'offensive' ? 'possession.rebound.offensive' : 'possession.rebound.defensive'
    case 'turnover':
      return action.otherPlayers.some((player) => player.role === 'stealer')
        ? 'turnover.steal'
        : 'turnover.ball'
    case 'steal':
      return 'defence.steal'
    case 'block':
      return 'defence.block'
    case 'foul':
      return subType === 'offensive' || subType === 'technical' ? `foul.${subType}` : 'foul.personal'
    case 'violation':
      return 'foul.violation'
    case 'ejection':
      return 'foul.ejection'
    case 'substitution':
      return subType === 'in' ? 'substitution.in' : 'substitution.out'
    case 'timeout':
      return 'timeout'
    case 'jumpball':
      return 'possession.jump-ball'
    case 'period':
      return subType === 'start' ? 'period.start' : 'period.end'
    case 'game':
      return 'match.end'
    case 'instantreplay':
      return 'review'
    default:
      return 'stoppage'
  }
}

/** The league's own measure of clutch time: last five minutes or overtime, within five points before the shot. */
function isClutch(action: NbaAction & FeedEvent): boolean {
  const { game } = action.clocks
  if (!game || game.period < 4 || game.secondsLeft > 300) return false
  const lead = Math.abs(action.homeScore - action.awayScore)
  const margin =
    action.side === 'home' ? action.homeScore - action.awayScore : action.awayScore - action.homeScore
  // A clutch shot ties, takes or holds the lead in the last minute, or changes it earlier.
  const before = Math.abs(margin - action.points)
  return before <= 5 && lead <= 8 && (game.secondsLeft <= 60 || (margin >= 0 && margin - action.points <= 0))
}

function actorsOf(action: NbaAction): TagActor[] {
  const actors: TagActor[] = []
  if (action.playerId !== null)
    actors.push({
      id: action.playerId,
      name: action.playerName ?? action.playerId,
      role: action.actionType,
      side: action.side,
    })
  for (const { id, name, role, side } of action.otherPlayers) actors.push({ id, name, role, side })
  return actors
}

/** Every moment that an action holds. The end of the game is told by the match's own end. */
export function nbaMoments(action: NbaAction & FeedEvent, state: NbaTagState, match: Match | null): Moment[] {
  const common = {
    occasion: action.actionId,
    actors: actorsOf(action),
    homeScore: action.homeScore,
    awayScore: action.awayScore,
  }
  const type = nbaActionType(action)
  const moments: Moment[] = []
  if (type !== 'match.end')
    moments.push({ ...common, type, text: action.description || type, source: 'feed' })
  const detect = (type: string, text: string) => moments.push({ ...common, type, text, source: 'detected' })
  const isBasket = action.isMade === true && (action.actionType === '2pt' || action.actionType === '3pt')
  if (isBasket && action.side && isClutch(action))
    detect(
      'clutch.shot',
      `${action.playerName ?? nameOf(match, action.side)} scores ${action.points} in the clutch.`,
    )
  for (const { type: found, text } of scoreMoments(state.score, action, match, true)) detect(found, text)
  if (action.possession !== null && action.possession !== state.possession) {
    const hadBall = state.possession
    state.possession = action.possession
    if (hadBall !== null) detect('possession.change', `${nameOf(match, action.possession)} have the ball.`)
  }
  return moments
}
