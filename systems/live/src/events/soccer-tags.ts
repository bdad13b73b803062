import type { FeedEvent, SoccerAction, SoccerShot } from '../domain/feed-event.ts'
import type { Match, Side } from '../domain/match.ts'
import { otherSide } from '../domain/match.ts'
import type { TagActor } from '../domain/tag.ts'
import { createScoreState, nameOf, scoreMoments } from './score-tags.ts'
import type { ScoreState } from './score-tags.ts'
import type { Moment } from './tagger.ts'

export interface SoccerTagState {
  score: ScoreState
  /** The largest lead that each side had. */
  mostLed: Record<Side, number>
}

export const createSoccerTagState = (): SoccerTagState => ({
  score: createScoreState(),
  mostLed: { home: 0, away: 0 },
})

/** A side that was this far behind and is level again came back. */
const comebackFrom = 2

const chances: Readonly<Record<Exclude<SoccerShot['outcome'], 'goal'>, string>> = {
  saved: 'chance.saved',
  blocked: 'chance.blocked',
  post: 'chance.post',
  'off-target': 'chance.wide',
}

const actionTypes: Readonly<Partial<Record<SoccerAction['type'], string>>> = {
  'own-goal': 'score.goal.own',
  save: 'defence.save',
  foul: 'foul.personal',
  offside: 'offside',
  substitution: 'substitution.in',
  corner: 'set-piece.corner',
  'free-kick': 'set-piece.free-kick',
  'throw-in': 'set-piece.throw-in',
  'goal-kick': 'set-piece.goal-kick',
  'added-time': 'period.added-time',
  var: 'review',
  'period-start': 'period.start',
  'period-end': 'period.end',
}

function shotType({ outcome, situation }: SoccerShot, isShootOut: boolean): string {
  if (isShootOut) return outcome === 'goal' ? 'shoot-out.scored' : 'shoot-out.missed'
  if (outcome !== 'goal') return situation === 'penalty' ? 'miss.penalty' : chances[outcome]
  if (situation === 'penalty') return 'score.goal.penalty'
  return situation === 'open-play' ? 'score.goal.open-play' : 'score.goal.set-piece'
}

/** The type that stands for an action; null for passes, touches and duels, of which a match has a thousand: the feed keeps them, nobody looks for them. */
export function soccerActionType(action: SoccerAction, period: number): string | null {
  if (action.shot) return shotType(action.shot, period > 4)
  if (action.card) return `card.${action.card}`
  return actionTypes[action.type] ?? null
}

function actorsOf({ playerId, playerName, side, otherPlayers, type, shot }: SoccerAction): TagActor[] {
  const role = shot?.outcome === 'goal' ? 'scorer' : type
  const actor = playerId === null ? [] : [{ id: playerId, name: playerName ?? playerId, role, side }]
  return [...actor, ...otherPlayers]
}

/** Home first, as soccer has it: `Rovers 2–1 Albion`. */
const standing = (match: Match | null, { homeScore, awayScore }: SoccerAction): string =>
  `${nameOf(match, 'home')} ${homeScore}–${awayScore} ${nameOf(match, 'away')}`

function goalText(action: SoccerAction, side: Side, match: Match | null): string {
  const { type, playerName, shot } = action
  const team = nameOf(match, side)
  const who = playerName === null ? team : `${playerName} (${team})`
  if (type === 'own-goal') return `Own goal by ${who}: ${standing(match, action)}.`
  const how =
    shot?.situation === 'penalty'
      ? ' from the penalty spot'
      : shot?.bodyPart === 'head'
        ? ' with the head'
        : ''
  return `Goal by ${who}${how}: ${standing(match, action)}.`
}

/** Moments of an action, with what the score makes of a goal: level, ahead, come back. */
export function soccerMoments(
  action: SoccerAction & FeedEvent,
  state: SoccerTagState,
  match: Match | null,
): Moment[] {
  const { side, homeScore, awayScore, description } = action
  const period = action.clocks.game?.period ?? 1
  const type = soccerActionType(action, period)
  const common = { occasion: action.actionId, actors: actorsOf(action), homeScore, awayScore }
  const moments: Moment[] = []
  if (type !== null) {
    const isGoal = type.startsWith('score.') && side !== null
    const text = isGoal ? goalText(action, side, match) : description || type
    moments.push({ ...common, type, text, source: 'feed' })
  }
  const found = scoreMoments(state.score, action, match, false)
  for (const one of found) moments.push({ ...common, ...one, source: 'detected' })
  moments.push(
    ...comebacks(action, state, match).map((text): Moment => ({
      ...common,
      type: 'comeback',
      text,
      source: 'detected',
    })),
  )
  return moments
}

/** A side that was two or more behind is level. */
function comebacks(
  { homeScore, awayScore }: SoccerAction,
  state: SoccerTagState,
  match: Match | null,
): string[] {
  const leads: Record<Side, number> = { home: homeScore - awayScore, away: awayScore - homeScore }
  return (['home', 'away'] as const).flatMap((side) => {
    const behind = state.mostLed[otherSide(side)]
    state.mostLed[side] = Math.max(state.mostLed[side], leads[side])
    if (leads[side] !== 0 || behind < comebackFrom) return []
    // Told once: a second one has to begin from another such lead.
    state.mostLed[otherSide(side)] = 0
    return [`${nameOf(match, side)} come back from ${behind} goals behind to ${homeScore}–${awayScore}.`]
  })
}
