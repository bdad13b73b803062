import type { FeedEvent } from '../../../domain/feed-event.ts'
import type { Side } from '../../../domain/match.ts'
import { defineRule } from '../../../domain/rule.ts'
import type { Say } from '../../../domain/rule.ts'
import { createNflMomentState, nflMoments } from './nfl-moments.ts'
import type { NflMomentState, NflTold } from './nfl-moments.ts'
import { pathInWords, pathsToWin } from './paths-to-win.ts'
import type { PathsToWin } from './paths-to-win.ts'
import { playsLeft } from './plays-left.ts'
import type { PlaysLeft } from './plays-left.ts'
import { isCountedPlay, rememberPlay } from './plays-left-features.ts'

interface EndOfGameState {
  moments: NflMomentState
  /** Fourth-quarter clock of counted plays in its last two minutes. */
  recent: number[]
  /** Counted plays of the fourth quarter so far. */
  counted: number
  /** Occasions that are scored, with the count when they were said. */
  scored: { occasion: string; counted: number }[]
}

/** Said within these seconds of the end of the fourth quarter, as the model is measured. */
const withinSeconds = 300

/** Says how many plays are left, and what each side needs to win, over the last five minutes. */
export const nflEndOfGameRule = defineRule<EndOfGameState>({
  name: 'nfl.end-of-game',
  version: 1,
  sports: ['nfl'],
  create: () => ({ moments: createNflMomentState(), recent: [], counted: 0, scored: [] }),
  onEvent(event, state, say) {
    const game = event.clocks.game
    if (event.kind === 'match-end' || (game !== null && game.period > 4)) sayCount(event, state, say)
    const told = nflMoments(event, state.moments)
    const playId = event.kind === 'nfl-play' ? event.situation.playId : null
    for (const one of told) if (one.moment.occasion !== playId) sayEnd(one, event.matchId, state, say)
    if (event.kind === 'nfl-play' && game?.period === 4 && isCountedPlay(event.playType)) {
      state.counted += 1
      rememberPlay(state.recent, game.secondsLeft)
    }
    for (const one of told) if (one.moment.occasion === playId) sayEnd(one, event.matchId, state, say)
  },
})

function sayEnd({ moment, after, chance }: NflTold, matchId: string, state: EndOfGameState, say: Say): void {
  if (
    after?.period !== 4 ||
    after.secondsLeft > withinSeconds ||
    after.stage !== 'scrimmage' ||
    after.down === null
  )
    return
  const plays = playsLeft(after, state.recent.length, matchId)
  const lead = after.homeScore - after.awayScore
  const side: Side = lead === 0 ? after.ball : lead > 0 ? 'away' : 'home'
  const own = pathsToWin(after, side, plays.value)
  const other = pathsToWin(after, side === 'home' ? 'away' : 'home', plays.value)
  state.scored.push({ occasion: moment.occasion, counted: state.counted })
  say.insight({
    kind: 'nfl.end-of-game',
    subject: 'match',
    occasion: moment.occasion,
    clocks: moment.clocks,
    headline: headlineOf(own, plays, say),
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
      secondsLeft: after.secondsLeft,
      homeScore: after.homeScore,
      awayScore: after.awayScore,
    },
    isScored: true,
  })
}

function headlineOf(needs: PathsToWin, plays: PlaysLeft, say: Say): string {
  const team = (needs.side === 'home' ? say.match?.home : say.match?.away)?.name ?? `The ${needs.side} side`
  const scores = needs.scoresNeeded === 1 ? '1 score' : `${needs.scoresNeeded} scores`
  const left = Math.max(1, Math.round(plays.value))
  const stops =
    needs.stopsNeeded === 0 ? '' : needs.stopsNeeded === 1 ? ', 1 stop' : `, ${needs.stopsNeeded} stops`
  return `${team}: needs ${scores}, ~${left} ${left === 1 ? 'play' : 'plays'}${stops}.`
}

/** The plays that were left, once the fourth quarter is over. */
function sayCount(event: FeedEvent, state: EndOfGameState, say: Say): void {
  for (const { occasion, counted } of state.scored)
    say.outcome({
      kind: 'nfl.end-of-game',
      subject: 'match',
      occasion,
      happened: state.counted - counted,
      eventTimeMs: event.clocks.eventTimeMs,
    })
  state.scored = []
}
