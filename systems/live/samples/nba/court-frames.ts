import { createRandom } from '@heavylift/core'
import { roundTo } from '@heavylift/core/math'
import type { FeedEvent, NbaAction } from '../../src/domain/feed-event.ts'
import type { Side } from '../../src/domain/match.ts'
import { CourtScene } from './court-scene.ts'
import type { NbaTeamSheet } from './nba-roster.ts'
import { court } from './nba-shot.ts'

const stepMs = 200
/** Of a long stoppage only the beginning and the end are shown. */
const afterStopMs = 2000
const beforePlayMs = 4000

/** Adds frames of players and ball at 5 Hz between the actions of a game; the actions stay as they are. */
export function* withCourtFrames(
  events: Iterable<FeedEvent>,
  teams: Record<Side, NbaTeamSheet>,
  seed: number,
): Generator<FeedEvent> {
  const scene = new CourtScene(createRandom(`nba-court/${seed}`), teams)
  let before: FeedEvent | null = null
  let offence: Side = 'home'
  let outId = ''
  for (const event of events) {
    if (before) yield* framesBetween(scene, before, event, offence)
    yield event
    before = event
    if (event.kind !== 'nba-action') continue
    offence = event.possession ?? offence
    if (event.actionType === 'substitution' && event.side) {
      if (event.subType === 'out') outId = event.playerId ?? ''
      else {
        const into = teams[event.side].players.find((player) => player.id === event.playerId)
        if (into) scene.substitute(event.side, outId, into)
      }
    } else if (event.playerId && ['rebound', 'steal', 'jumpball'].includes(event.actionType))
      scene.give(event.playerId)
  }
}

function* framesBetween(
  scene: CourtScene,
  from: FeedEvent,
  to: FeedEvent,
  offence: Side,
): Generator<FeedEvent> {
  const [fromMs, toMs] = [from.clocks.eventTimeMs, to.clocks.eventTimeMs]
  const [was, will] = [from.clocks.game, to.clocks.game]
  if (!was || !will || toMs - fromMs < stepMs) return
  const next: NbaAction | null = to.kind === 'nba-action' ? to : null
  const side =
    next && ['2pt', '3pt', 'freethrow'].includes(next.actionType) ? (next.side ?? offence) : offence
  const isRight = (side === 'home') === was.period <= 2
  const basketX = isRight ? court.length - court.basketFromBaseline : court.basketFromBaseline
  // The clock runs in the last part of the time between two actions.
  const runs = will.period === was.period ? Math.max(0, was.secondsLeft - will.secondsLeft) : 0
  const firstMs = Math.ceil((fromMs + 1) / stepMs) * stepMs
  for (let atMs = firstMs, index = 1; atMs < toMs; atMs += stepMs, index++) {
    const leftMs = toMs - atMs
    const isPlaying = leftMs <= Math.max(beforePlayMs, runs * 1000)
    if (!isPlaying && atMs - fromMs > afterStopMs) continue
    scene.step(side, basketX, next, leftMs / 1000)
    const secondsLeft =
      will.period === was.period
        ? Math.round(10 * (will.secondsLeft + Math.min(runs, leftMs / 1000))) / 10
        : was.secondsLeft
    yield {
      kind: 'nba-frame',
      players: scene.actors().map(({ player, x, y }) => ({
        id: player.id,
        name: player.name,
        jersey: player.jersey,
        side: player.side,
        x: roundTo(x, 1),
        y: roundTo(y, 1),
      })),
      ball: { x: roundTo(scene.ball.x, 1), y: roundTo(scene.ball.y, 1), z: roundTo(scene.ball.z, 1) },
      matchId: from.matchId,
      clocks: {
        eventTimeMs: atMs,
        eventTimeFrom: 'wall',
        game: { period: was.period, secondsLeft },
        smpte: null,
      },
      sourceRef: `${from.sourceRef}/${index}`,
    }
  }
}
