import type { FeedEvent } from '../../../domain/feed-event.ts'
import type { Side } from '../../../domain/match.ts'
import { defineRule } from '../../../domain/rule.ts'
import type { Say } from '../../../domain/rule.ts'
import { createEndFollower, followEnd } from './follow-end.ts'
import type { EndFollower, KnownEnd } from './follow-end.ts'
import { pathInWords, pathsToWin } from './paths-to-win.ts'
import type { PathsToWin } from './paths-to-win.ts'
import { playsLeft } from './plays-left.ts'
import type { PlaysLeft } from './plays-left.ts'
import { canRunOut } from './run-off.ts'
import { winProbability } from './win-probability.ts'

interface EndOfGameState {
  follower: EndFollower
  /** Occasions that wait for the count of their period, with the count when they were said. */
  scored: { occasion: string; counted: number }[]
  period: number
  /** Something of the end is on screen. */
  isShown: boolean
  /** The final score as it was said; null before. */
  final: string | null
}

/** Said within these seconds of the end of the fourth quarter, as the model is measured, and in overtime. */
export const withinSeconds = 300

/** Says how many plays are left, and what the side behind needs, over the last five minutes and overtime; takes it back at the end. */
export const nflEndOfGameRule = defineRule<EndOfGameState>({
  name: 'nfl.end-of-game',
  version: 2,
  sports: ['nfl'],
  create: () => ({ follower: createEndFollower(), scored: [], period: 4, isShown: false, final: null }),
  onEvent(event, state, say) {
    const period = event.clocks.game?.period ?? state.period
    if (event.kind === 'match-end' || period > Math.max(4, state.period)) sayCount(event, state, say)
    state.period = period
    if (event.kind === 'match-end') return sayOver(event, event, state, say)
    const known = followEnd(event, state.follower)
    if (known !== null && (period > 4 || known.state.secondsLeft <= withinSeconds))
      return sayEnd(known, event, state, say)
    if (event.kind === 'nfl-play' && event.playType === 'period_end' && period >= 4) {
      const { homeScoreAfter: homeScore, awayScoreAfter: awayScore } = event
      if (homeScore !== awayScore) sayOver(event, { homeScore, awayScore }, state, say)
    }
  },
})

function sayEnd(known: KnownEnd, { clocks, matchId }: FeedEvent, state: EndOfGameState, say: Say): void {
  const { state: game, occasion } = known
  const plays = playsLeft(known, matchId)
  const chance = winProbability(game, matchId)
  const lead = game.homeScore - game.awayScore
  const side: Side = lead === 0 ? game.ball : lead > 0 ? 'away' : 'home'
  const own = pathsToWin(game, side, plays.value)
  const other = pathsToWin(game, side === 'home' ? 'away' : 'home', plays.value)
  if (!known.isAgain) state.scored.push({ occasion, counted: state.follower.counted })
  state.isShown = true
  say.insight({
    kind: 'nfl.end-of-game',
    subject: 'match',
    occasion,
    clocks,
    headline: headlineOf(known, own, plays, say),
    estimate: { type: 'interval', ...plays, level: 0.8, unit: 'plays' },
    evidence: own.paths.map((path) => ({
      label: pathInWords(path),
      value: Math.round(100 * path.probability),
      unit: '%',
    })),
    leadTimeMs: null,
    importance: Math.min(1, 4 * chance * (1 - chance)),
    detail: {
      side,
      scoresNeeded: own.scoresNeeded,
      stopsNeeded: own.stopsNeeded,
      winProbability: side === 'home' ? chance : 1 - chance,
      paths: own.paths,
      otherPaths: other.paths,
      drives: own.drives,
      secondsLeft: known.nextSnapSeconds,
      homeScore: game.homeScore,
      awayScore: game.awayScore,
      isOver: false,
    },
    isScored: !known.isAgain,
  })
}

function headlineOf(known: KnownEnd, needs: PathsToWin, plays: PlaysLeft, say: Say): string {
  const { state, nextSnapSeconds } = known
  const team = (needs.side === 'home' ? say.match?.home : say.match?.away)?.name ?? `The ${needs.side} side`
  const left = Math.round(plays.value)
  const count = left < 1 ? 'time for one play at most' : `~${left} ${left === 1 ? 'play' : 'plays'}`
  if (state.homeScore === state.awayScore) return `Level, ${team} have the ball: ${count}.`
  const scores = needs.scoresNeeded === 1 ? '1 score' : `${needs.scoresNeeded} scores`
  return `${team}: needs ${[scores, ...ballNeeded(known, needs, nextSnapSeconds), count].join(', ')}.`
}

/** What the side behind needs to get the ball: nothing, an onside kick, a takeaway, or stops. */
function ballNeeded({ state }: KnownEnd, { side, stopsNeeded }: PathsToWin, secondsLeft: number): string[] {
  if (state.ball !== side && canRunOut(state, secondsLeft))
    return [state.stage === 'kickoff' ? 'onside kick' : 'a takeaway']
  return stopsNeeded === 0 ? [] : [stopsNeeded === 1 ? '1 stop' : `${stopsNeeded} stops`]
}

/** Takes the needs off the screen: the game is over, and nobody needs anything. */
function sayOver(
  { clocks }: FeedEvent,
  { homeScore, awayScore }: { homeScore: number | null; awayScore: number | null },
  state: EndOfGameState,
  say: Say,
): void {
  const final = `${awayScore}:${homeScore}`
  // The feed's own result can be another than its plays add up to.
  if (!state.isShown && (state.final === null || state.final === final)) return
  state.isShown = false
  state.final = final
  const name = (side: Side) => say.match?.[side]?.name ?? `The ${side} side`
  say.insight({
    kind: 'nfl.end-of-game',
    subject: 'match',
    occasion: 'end',
    clocks,
    headline: `Final: ${name('away')} ${awayScore ?? '–'}, ${name('home')} ${homeScore ?? '–'}.`,
    estimate: { type: 'interval', value: 0, low: 0, high: 0, level: 0.8, unit: 'plays' },
    evidence: [],
    leadTimeMs: null,
    importance: 0,
    detail: { side: null, secondsLeft: 0, homeScore, awayScore, isOver: true },
    isScored: false,
  })
}

/** The plays that were left, once the quarter or overtime is over. */
function sayCount(event: FeedEvent, state: EndOfGameState, say: Say): void {
  for (const { occasion, counted } of state.scored)
    say.outcome({
      kind: 'nfl.end-of-game',
      subject: 'match',
      occasion,
      happened: state.follower.counted - counted,
      eventTimeMs: event.clocks.eventTimeMs,
    })
  state.scored = []
}
