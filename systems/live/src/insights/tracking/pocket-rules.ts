import { roundTo } from '@heavylift/core/math'
import type { FeedEvent } from '../../domain/feed-event.ts'
import type { InsightDraft } from '../../domain/insight.ts'
import type { CrossFitted } from '../../learn/model.ts'
import { committedModel } from '../../learn/weights-dir.ts'
import { defineRule } from '../../domain/rule.ts'
import type { Rule, Say } from '../../domain/rule.ts'
import { alertImportance, meanOfLooks, reaches } from './alert-looks.ts'
import type { AlertWatch } from './alert-looks.ts'
import { pocketAt } from './pocket-features.ts'
import type { Pocket } from './pocket-features.ts'
import { addFrame, fieldPlace, openPlay } from './play-state.ts'
import type { PlayState } from './play-state.ts'
import { pocketHealthRow, pocketModelName, pressureModelName, pressureRow } from './pressure-model.ts'
import { throwModelName } from './throw-model.ts'

const leastGapMs = 200
/** An alert of pressure is the mean of so many looks. */
const looksOfAlert = 3
/** Before this the linemen are still in their stance. */
const firstLookMs = 500
/** When the time left to throw is scored. */
const scoredAtMs = 1000

interface PocketState {
  play: PlayState | null
  lastLookMs: number
  last: number | null
  /** The last looks, newest last. */
  looks: number[]
  isAlert: boolean
  isOver: boolean
  /** When the scored word on the time left was said. */
  scoredMs: number | null
}

type Look = (
  look: { event: FeedEvent & { kind: 'nfl-frame' }; play: PlayState; pocket: Pocket; sinceSnapMs: number },
  state: PocketState,
  say: Say,
) => void

/** Runs a look at the pocket about five times a second from the snap until the ball is thrown, run or lost. */
function pocketRule(
  name: string,
  look: Look,
  onEnd?: (play: PlayState, event: FeedEvent, state: PocketState, say: Say) => void,
): Rule<PocketState> {
  return {
    name,
    version: 1,
    sports: ['nfl'],
    create: () => ({
      play: null,
      lastLookMs: 0,
      last: null,
      looks: [],
      isAlert: false,
      isOver: false,
      scoredMs: null,
    }),
    onEvent(event, state, say) {
      if (event.kind === 'nfl-play-start') {
        state.play = openPlay(event)
        state.lastLookMs = 0
        state.last = null
        state.looks = []
        state.isAlert = false
        state.isOver = false
        state.scoredMs = null
        return
      }
      const { play } = state
      if (play === null) return
      if (event.kind === 'nfl-play') {
        state.play = null
        return
      }
      if (event.kind !== 'nfl-frame' || state.isOver || event.playId !== play.situation.playId) return
      addFrame(play, event)
      if (play.snapMs === null) return
      state.isOver = play.throwMs !== null || play.sackMs !== null || play.runMs !== null
      if (state.isOver) {
        onEnd?.(play, event, state, say)
        return
      }
      const now = event.clocks.eventTimeMs
      const sinceSnapMs = now - play.snapMs
      if (sinceSnapMs < firstLookMs || now - state.lastLookMs < leastGapMs) return
      state.lastLookMs = now
      look({ event, play, pocket: pocketAt(play, play.frames.length - 1), sinceSnapMs }, state, say)
    },
  }
}

/** What every insight on the pocket shares: it is about the quarterback, with the three rushers who are soonest there. */
function draftOf(
  play: PlayState,
  pocket: Pocket,
  event: FeedEvent,
): Pick<InsightDraft, 'subject' | 'occasion' | 'clocks' | 'evidence' | 'detail'> | null {
  const player = play.roster[pocket.quarterback]
  if (player === undefined) return null
  const rushers = pocket.rushers.slice(0, 3).map(({ place, distance, arrival }) => ({
    id: play.roster[place]?.id,
    name: play.roster[place]?.name,
    jersey: play.roster[place]?.jersey,
    ...fieldPlace(play, place),
    distanceYards: roundTo(distance, 1),
    arrivalSeconds: roundTo(arrival, 1),
  }))
  const first = rushers[0]
  return {
    subject: player.id,
    occasion: play.situation.playId,
    clocks: event.clocks,
    evidence:
      first === undefined
        ? []
        : [
            {
              label: 'Nearest in time',
              value: `${first.jersey === null ? '' : `#${first.jersey} `}${first.name}`,
              unit: '',
            },
            { label: 'His distance', value: first.distanceYards, unit: 'yd' },
            { label: 'There in', value: first.arrivalSeconds, unit: 's' },
          ],
    detail: {
      ...fieldPlace(play, pocket.quarterback),
      name: player.name,
      jersey: player.jersey,
      playId: play.situation.playId,
      rushers,
    },
  }
}

/**
 * The chance of pressure as the play runs, and who gets there first. It foretells what charting calls pressure, which no tracking
 * feed says, so it is not scored here.
 */
export function createPressureRule(model: () => CrossFitted, watch: AlertWatch = {}): Rule<PocketState> {
  return pocketRule('nfl.pressure', ({ event, play, pocket }, state, say) => {
    const draft = draftOf(play, pocket, event)
    if (draft === null) return
    const out = new Float64Array(1)
    model().forGroup(event.matchId).predict(pressureRow(pocket.features), 0, out)
    const probability = out[0] as number
    const { looks, mean } = meanOfLooks(state.looks, probability, looksOfAlert)
    state.looks = looks
    const atMs = event.clocks.eventTimeMs
    if (mean !== null) watch.onLook?.({ subject: draft.subject, level: mean, call: 'pressure', atMs })
    const isAlert = reaches(model().floorFor(event.matchId), mean)
    if (state.last !== null && isAlert === state.isAlert && Math.abs(probability - state.last) < 0.05) return
    state.last = probability
    state.isAlert = isAlert
    const first = play.roster[pocket.rushers[0]?.place ?? -1]
    const who =
      first === undefined ? '' : `, ${first.jersey === null ? '' : `#${first.jersey} `}${first.name} first`
    say.insight({
      ...draft,
      detail: { ...draft.detail, name: first?.name ?? '', isAlert },
      kind: 'nfl.pressure',
      headline: `Pressure: ${Math.round(probability * 100)} %${who}`,
      estimate: { type: 'probability', probability },
      leadTimeMs: pocket.rushers[0] === undefined ? null : Math.round(pocket.rushers[0].arrival * 1000),
      importance: alertImportance(isAlert, probability),
      isScored: false,
    })
  })
}

export interface PocketModels {
  pocket: CrossFitted
  throwTime: CrossFitted
}

/** The pocket's health from 100 to 0, and the time left to throw with its 80 % interval, which is scored once, 1 s after the snap. */
export function createPocketRule(models: () => PocketModels): Rule<PocketState> {
  return pocketRule(
    'nfl.pocket',
    ({ event, play, pocket, sinceSnapMs }, state, say) => {
      const draft = draftOf(play, pocket, event)
      if (draft === null) return
      const out = new Float64Array(3)
      models().pocket.forGroup(event.matchId).predict(pocketHealthRow(pocket.features), 0, out)
      const health = Math.round((1 - (out[0] as number)) * 100)
      const isScored = state.scoredMs === null && sinceSnapMs >= scoredAtMs
      if (!isScored && state.last !== null && Math.abs(health - state.last) < 3) return
      state.last = health
      const importance = (1 - health / 100) * 0.7
      models().throwTime.forGroup(event.matchId).predict(pocket.features, 0, out)
      const [low, value, high] = Array.from(out).toSorted((a, b) => a - b) as [number, number, number]
      if (isScored) state.scoredMs = event.clocks.eventTimeMs
      say.insight({
        ...draft,
        detail: { ...draft.detail, secondsLeft: roundTo(value, 1) },
        kind: 'nfl.pocket',
        headline: `Pocket health ${health}`,
        estimate: { type: 'score', value: health, low: 0, high: 100 },
        leadTimeMs: null,
        importance,
        isScored: false,
      })
      say.insight({
        ...draft,
        kind: 'nfl.throw-time',
        headline: `About ${roundTo(value, 1)} s left to throw`,
        estimate: { type: 'interval', value, low: Math.max(0, low), high, level: 0.8, unit: 's' },
        leadTimeMs: Math.round(value * 1000),
        importance: importance / 2,
        isScored,
      })
    },
    (play, event, state, say) => {
      if (state.scoredMs === null || play.runMs !== null) return
      const quarterback = play.roster[pocketAt(play, play.frames.length - 1).quarterback]
      if (quarterback === undefined) return
      say.outcome({
        kind: 'nfl.throw-time',
        subject: quarterback.id,
        occasion: play.situation.playId,
        happened: (event.clocks.eventTimeMs - state.scoredMs) / 1000,
        eventTimeMs: event.clocks.eventTimeMs,
      })
    },
  )
}

export const pressureRule = defineRule(createPressureRule(() => committedModel(pressureModelName)))
export const pocketHealthRule = defineRule(
  createPocketRule(() => ({
    pocket: committedModel(pocketModelName),
    throwTime: committedModel(throwModelName),
  })),
)
