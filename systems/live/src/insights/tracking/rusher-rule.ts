import { roundTo } from '@heavylift/core/math'
import type { FeedEvent } from '../../domain/feed-event.ts'
import { defineRule } from '../../domain/rule.ts'
import type { Rule, Say } from '../../domain/rule.ts'
import type { CrossFitted } from '../../learn/model.ts'
import { committedModel } from '../../learn/weights-dir.ts'
import { alertImportance, meanOfLooks, reaches } from './alert-looks.ts'
import type { AlertWatch } from './alert-looks.ts'
import { addFrame, openPlay, tellDefender } from './play-state.ts'
import type { PlayState } from './play-state.ts'
import { arrivalFromMs, arrivalUntilMs, noteArrivals } from './rusher-arrivals.ts'
import { rusherColumns, rusherRows } from './rusher-features.ts'
import { rusherModelName, scoredRusherMs } from './rusher-model.ts'

const kind = 'nfl.rusher'
const leastGapMs = 200
/** Nothing is said of a rusher below this, and again only when it moved so much. */
const leastSaid = 0.1
const leastMove = 0.05
/** An alert is the mean of so many looks. */
const looksOfAlert = 3

interface RusherState {
  play: PlayState | null
  lastLookMs: number
  /** The last looks at each rusher, by id, newest last. */
  looks: Record<string, number[]>
  said: Record<string, { probability: number; isAlert: boolean }>
  /** Who was said at the instant that is scored. */
  scored: string[]
  isScoredSaid: boolean
  crossed: string[]
  arrived: Record<string, number>
}

const fresh = (play: PlayState | null): RusherState => ({
  play,
  lastLookMs: 0,
  looks: {},
  said: {},
  scored: [],
  isScoredSaid: false,
  crossed: [],
  arrived: {},
})

/**
 * Who of the rushers gets to the passer, as the play runs: the chance that he arrives before throw or sack. The word at 1.5 s is
 * scored by the tracking itself.
 */
export function createRusherRule(model: () => CrossFitted, watch: AlertWatch = {}): Rule<RusherState> {
  return {
    name: kind,
    version: 1,
    sports: ['nfl'],
    create: () => fresh(null),
    onEvent(event, state, say) {
      if (event.kind === 'nfl-play-start') Object.assign(state, fresh(openPlay(event)))
      else if (event.kind === 'nfl-frame') onFrame(event, state, say, model, watch)
      else if (event.kind === 'nfl-play') Object.assign(state, fresh(null))
    },
  }
}

function onFrame(
  event: FeedEvent & { kind: 'nfl-frame' },
  state: RusherState,
  say: Say,
  model: () => CrossFitted,
  watch: AlertWatch,
): void {
  const { play } = state
  if (play === null || event.playId !== play.situation.playId) return
  addFrame(play, event)
  if (play.snapMs === null) return
  const crossed = new Set(state.crossed)
  const arrived = new Map(Object.entries(state.arrived))
  noteArrivals(play, crossed, arrived)
  state.crossed = [...crossed]
  state.arrived = Object.fromEntries(arrived)
  const now = event.clocks.eventTimeMs
  const sinceMs = now - play.snapMs
  const isRun = play.runMs !== null
  if (isRun || play.throwMs !== null || play.sackMs !== null || sinceMs > arrivalUntilMs) {
    // On a run nobody rushes the passer.
    if (!isRun)
      for (const subject of state.scored)
        say.outcome({
          kind,
          subject,
          occasion: play.situation.playId,
          happened: arrived.has(subject) ? 1 : 0,
          eventTimeMs: now,
        })
    Object.assign(state, fresh(null))
    return
  }
  const isScored = !state.isScoredSaid && sinceMs >= scoredRusherMs
  if (sinceMs < arrivalFromMs || (!isScored && now - state.lastLookMs < leastGapMs)) return
  state.lastLookMs = now
  state.isScoredSaid ||= isScored
  const { places, features } = rusherRows(play, play.frames.length - 1)
  const predictor = model().forGroup(event.matchId)
  const floor = model().floorFor(event.matchId)
  const out = new Float64Array(1)
  for (const [row, place] of places.entries()) {
    const player = play.roster[place]!
    if (arrived.has(player.id)) continue
    const at = row * rusherColumns.length
    predictor.predict(features, at, out)
    const probability = out[0]!
    const { looks, mean } = meanOfLooks(state.looks[player.id], probability, looksOfAlert)
    state.looks[player.id] = looks
    if (mean !== null) watch.onLook?.({ subject: player.id, level: mean, call: 'arrives', atMs: now })
    const isAlert = reaches(floor, mean)
    const before = state.said[player.id]
    const isNews =
      before === undefined
        ? probability >= leastSaid
        : isAlert !== before.isAlert || Math.abs(probability - before.probability) >= leastMove
    if (!isNews && !(isScored && before !== undefined)) continue
    state.said[player.id] = { probability, isAlert }
    if (isScored) state.scored.push(player.id)
    const column = (name: (typeof rusherColumns)[number]) => features[at + rusherColumns.indexOf(name)]!
    const { who, detail } = tellDefender(play, place)
    say.insight({
      kind,
      subject: player.id,
      occasion: play.situation.playId,
      clocks: event.clocks,
      headline: `${who} gets to the passer: ${Math.round(100 * probability)} %`,
      estimate: { type: 'probability', probability },
      evidence: [
        { label: 'To the passer', value: roundTo(column('distance'), 1), unit: 'yd' },
        { label: 'Closing', value: roundTo(column('closing'), 1), unit: 'yd/s' },
        { label: 'Nearest blocker', value: roundTo(column('blockerGap'), 1), unit: 'yd' },
        { label: 'Past him by', value: roundTo(column('beaten'), 1), unit: 'yd' },
      ],
      leadTimeMs: Math.round(1000 * column('arrival')),
      importance: alertImportance(isAlert, probability),
      detail: {
        ...detail,
        isAlert,
        distanceYards: roundTo(column('distance'), 1),
        arrivalSeconds: roundTo(column('arrival'), 1),
      },
      isScored,
    })
  }
}

export const rusherRule = defineRule(createRusherRule(() => committedModel(rusherModelName)))
