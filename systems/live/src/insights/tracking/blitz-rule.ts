import { roundTo } from '@heavylift/core/math'
import type { FeedEvent } from '../../domain/feed-event.ts'
import type { CrossFitted, Predictor } from '../../learn/model.ts'
import { committedModel } from '../../learn/weights-dir.ts'
import { defineRule } from '../../domain/rule.ts'
import type { Rule, Say } from '../../domain/rule.ts'
import { alertImportance, meanOfLooks, reaches } from './alert-looks.ts'
import type { AlertWatch } from './alert-looks.ts'
import { blitzModelName } from './blitz-model.ts'
import { blitzColumns, blitzRows } from './blitz-features.ts'
import { noteRushers } from './labels.ts'
import { addFrame, openPlay, tellDefender } from './play-state.ts'
import type { PlayState } from './play-state.ts'
import { isSet } from './readiness.ts'

/** Nothing is said of a defender below this. */
const leastSaid = 0.3
/** A new word comes when the probability moved this much, and not sooner than this after the last. */
const leastMove = 0.05
const leastGapMs = 200
/** An alert is the mean of so many looks, four seconds of them: who only shows a rush does so for less. */
const looksOfAlert = 20

const kind = 'nfl.blitz'

interface BlitzState {
  play: PlayState | null
  lastLookMs: number
  /** The last looks at each defender, by id, newest last. */
  looks: Record<string, number[]>
  /** What was last said of each defender, by id. */
  said: Record<string, { probability: number; isAlert: boolean; firstAlertMs: number | null }>
  rushed: string[]
}

/**
 * Tells before the snap which linebackers and backs will rush. The snap's own frame brings the last word, which is scored, with
 * the lead that the first alert had over it; the play's end brings the outcome (pass and sack plays only: on a run nobody
 * rushes by the definition).
 */
export function createBlitzRule(model: () => CrossFitted, watch: AlertWatch = {}): Rule<BlitzState> {
  return {
    name: kind,
    version: 1,
    sports: ['nfl'],
    create: () => ({ play: null, lastLookMs: 0, looks: {}, said: {}, rushed: [] }),
    onEvent(event, state, say) {
      if (event.kind === 'nfl-play-start') {
        state.play = openPlay(event)
        state.lastLookMs = 0
        state.looks = {}
        state.said = {}
        state.rushed = []
      } else if (event.kind === 'nfl-frame') onFrame(event, state, say, model, watch)
      else if (event.kind === 'nfl-play' && event.situation.playId === state.play?.situation.playId) {
        if (event.playType === 'pass' || event.playType === 'sack')
          for (const subject of Object.keys(state.said))
            say.outcome({
              kind,
              subject,
              occasion: event.situation.playId,
              happened: state.rushed.includes(subject) ? 1 : 0,
              eventTimeMs: event.clocks.eventTimeMs,
            })
        state.play = null
      }
    },
  }
}

function onFrame(
  event: FeedEvent & { kind: 'nfl-frame' },
  state: BlitzState,
  say: Say,
  model: () => CrossFitted,
  watch: AlertWatch,
): void {
  const { play } = state
  if (play === null || event.playId !== play.situation.playId) return
  const wasSnapped = play.snapMs !== null
  addFrame(play, event)
  if (wasSnapped) {
    const rushed = new Set(state.rushed)
    noteRushers(play, rushed)
    state.rushed = [...rushed]
    return
  }
  const now = event.clocks.eventTimeMs
  const isSnap = play.snapMs !== null
  if (!isSnap && (now - state.lastLookMs < leastGapMs || !isSet(play))) return
  state.lastLookMs = now
  const index = play.frames.length - 1
  const { places, features } = blitzRows(play, index)
  const predictor: Predictor = model().forGroup(event.matchId)
  const floor = model().floorFor(event.matchId)
  const out = new Float64Array(1)
  for (const [row, place] of places.entries()) {
    const player = play.roster[place]
    if (player === undefined) continue
    predictor.predict(features, row * blitzColumns.length, out)
    const probability = out[0] as number
    const { looks, mean } = meanOfLooks(state.looks[player.id], probability, looksOfAlert)
    state.looks[player.id] = looks
    if (mean !== null) watch.onLook?.({ subject: player.id, level: mean, call: 'rush', atMs: now })
    const isAlert = reaches(floor, mean)
    const before = state.said[player.id]
    if (before === undefined && probability < leastSaid) continue
    const isNews =
      before === undefined ||
      isAlert !== before.isAlert ||
      Math.abs(probability - before.probability) >= leastMove
    if (!isSnap && !isNews) continue
    const firstAlertMs = before?.firstAlertMs ?? (isAlert ? now : null)
    state.said[player.id] = { probability, isAlert, firstAlertMs }
    const at = row * blitzColumns.length
    const percent = Math.round(probability * 100)
    const { who, detail } = tellDefender(play, place)
    say.insight({
      kind,
      subject: player.id,
      occasion: play.situation.playId,
      clocks: event.clocks,
      headline: isAlert ? `${who} looks like rushing: ${percent} %` : `${who} may rush: ${percent} %`,
      estimate: { type: 'probability', probability },
      evidence: [
        { label: 'Depth', value: roundTo(features[at] as number, 1), unit: 'yd' },
        { label: 'Beyond the tackle', value: roundTo(features[at + 2] as number, 1), unit: 'yd' },
        { label: 'Speed to the line', value: roundTo(features[at + 5] as number, 1), unit: 'yd/s' },
      ],
      leadTimeMs: isSnap && firstAlertMs !== null ? now - firstAlertMs : null,
      importance: alertImportance(isAlert, probability),
      detail: {
        ...detail,
        lineOfScrimmageX: turnedLine(play),
        isAlert,
      },
      isScored: isSnap,
    })
  }
}

/** x of the line of scrimmage in the feed's own coordinates. */
function turnedLine(play: PlayState): number | null {
  if (play.lineU === null) return null
  return play.isFlipped ? 120 - play.lineU : play.lineU
}

export const blitzRule = defineRule(createBlitzRule(() => committedModel(blitzModelName)))
