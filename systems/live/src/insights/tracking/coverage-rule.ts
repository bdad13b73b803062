import type { FeedEvent } from '../../domain/feed-event.ts'
import type { CrossFitted } from '../../learn/model.ts'
import { committedModel } from '../../learn/weights-dir.ts'
import { defineRule } from '../../domain/rule.ts'
import type { Rule, Say } from '../../domain/rule.ts'
import { alertImportance, meanOfLooks, reaches } from './alert-looks.ts'
import type { AlertWatch } from './alert-looks.ts'
import { coverageAfterRow, coverageRow } from './coverage-features.ts'
import {
  coverageAfterModelName,
  coverageEndMs,
  coverageModelName,
  coverageOutputs,
  schemeProbabilities,
} from './coverage-model.ts'
import { addFrame, openPlay } from './play-state.ts'
import type { PlayState } from './play-state.ts'
import { isSet } from './readiness.ts'

const leastMove = 0.05
const leastGapMs = 300
/** The picture after the snap means little before this. */
const firstLookMs = 1000
/** An alert is the mean of so many looks, before the snap and after it each. */
const looksOfAlert = 3

interface CoverageState {
  play: PlayState | null
  lastLookMs: number
  /** The last looks of this side of the snap: the chance of man. */
  looks: number[]
  said: { man: number; isAlert: boolean } | null
  isAfter: boolean
  isOver: boolean
}

export interface CoverageModels {
  before: CrossFitted
  after: CrossFitted
}

/** Man or zone, then the scheme, before the snap and until 3 s after it or the throw. Unscored: no tracking feed tells the coverage. */
export function createCoverageRule(
  models: () => CoverageModels,
  watch: AlertWatch = {},
): Rule<CoverageState> {
  return {
    name: 'nfl.coverage',
    version: 1,
    sports: ['nfl'],
    create: () => ({ play: null, lastLookMs: 0, looks: [], said: null, isAfter: false, isOver: false }),
    onEvent(event, state, say) {
      if (event.kind === 'nfl-play-start') {
        state.play = openPlay(event)
        state.lastLookMs = 0
        state.looks = []
        state.said = null
        state.isAfter = false
        state.isOver = false
      } else if (event.kind === 'nfl-play') state.play = null
      else if (event.kind === 'nfl-frame') onFrame(event, state, say, models, watch)
    },
  }
}

function onFrame(
  event: FeedEvent & { kind: 'nfl-frame' },
  state: CoverageState,
  say: Say,
  models: () => CoverageModels,
  watch: AlertWatch,
): void {
  const { play } = state
  if (play === null || state.isOver || event.playId !== play.situation.playId) return
  addFrame(play, event)
  const now = event.clocks.eventTimeMs
  const index = play.frames.length - 1
  const sinceSnapMs = play.snapMs === null ? null : now - play.snapMs
  state.isOver =
    play.throwMs !== null ||
    play.sackMs !== null ||
    play.runMs !== null ||
    (sinceSnapMs !== null && sinceSnapMs >= coverageEndMs)
  if (sinceSnapMs === null ? !isSet(play) : sinceSnapMs < firstLookMs) return
  if (!state.isOver && now - state.lastLookMs < leastGapMs) return
  state.lastLookMs = now
  const prediction = new Float64Array(coverageOutputs)
  if (sinceSnapMs === null)
    models().before.forGroup(event.matchId).predict(coverageRow(play, index), 0, prediction)
  else {
    const snapIndex = play.times.findIndex((time) => time === play.snapMs)
    if (snapIndex < 0) return
    const row = coverageAfterRow(play, snapIndex, index)
    models().after.forGroup(event.matchId).predict(row, 0, prediction)
  }
  const man = prediction[0] as number
  const isAfter = sinceSnapMs !== null
  // What is known after the snap is another look at it.
  const { looks, mean } = meanOfLooks(isAfter === state.isAfter ? state.looks : [], man, looksOfAlert)
  state.looks = looks
  state.isAfter = isAfter
  const isMan = man >= 0.5
  // A single look that says the contrary of those before it is no alert.
  const level = mean === null || isMan !== mean >= 0.5 ? null : Math.max(mean, 1 - mean)
  if (level !== null) watch.onLook?.({ subject: 'coverage', level, call: isMan ? 'man' : 'zone', atMs: now })
  const isAlert = reaches(models()[isAfter ? 'after' : 'before'].floorFor(event.matchId), level)
  const { said } = state
  if (said !== null && !state.isOver && said.isAlert === isAlert && Math.abs(man - said.man) < leastMove)
    return
  state.said = { man, isAlert }
  const schemes = schemeProbabilities(prediction).toSorted((a, b) => b.probability - a.probability)
  const side = play.situation.possession === 'home' ? 'away' : 'home'
  // The likeliest of all can be one of man where zone is likelier as a whole; the two must not contradict each other.
  const best = schemes.find(({ coverage }) => coverage === (isMan ? 'man' : 'zone'))
  const sure = Math.max(man, 1 - man)
  say.insight({
    kind: 'nfl.coverage',
    subject: say.match?.[side]?.id ?? side,
    occasion: play.situation.playId,
    clocks: event.clocks,
    headline: `${isMan ? 'Man' : 'Zone'} coverage: ${Math.round(sure * 100)} %, most likely ${schemeWord(best?.name ?? '')}`,
    estimate: {
      type: 'classes',
      classes: [
        { name: 'man', probability: man },
        { name: 'zone', probability: 1 - man },
      ],
    },
    evidence: [{ label: 'After the snap', value: Math.max(0, (sinceSnapMs ?? 0) / 1000), unit: 's' }],
    leadTimeMs: null,
    importance: alertImportance(isAlert, sure),
    detail: {
      playId: play.situation.playId,
      side,
      phase: sinceSnapMs === null ? 'before' : 'after',
      schemes,
      isAlert,
    },
    isScored: false,
  })
}

/** `COVER_3` as people say it. */
function schemeWord(scheme: string): string {
  if (scheme === '2_MAN') return 'Cover 2 man'
  return scheme === 'PREVENT' ? 'prevent' : scheme.replace('COVER_', 'Cover ')
}

export const coverageRule = defineRule(
  createCoverageRule(() => ({
    before: committedModel(coverageModelName),
    after: committedModel(coverageAfterModelName),
  })),
)
