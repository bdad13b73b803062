import type { ProcessorContext } from '@heavylift/streams'
import { expect, test } from 'vitest'
import type { FeedEvent } from '../../src/domain/feed-event.ts'
import type { InsightDraft } from '../../src/domain/insight.ts'
import type { LiveOutput } from '../../src/domain/live-output.ts'
import { feedCodec, outputCodec } from '../../src/pipeline/codecs.ts'
import { createMatchProcessor } from '../../src/pipeline/match-processor.ts'
import type { MatchState } from '../../src/pipeline/match-state.ts'
import { defineRule } from '../../src/domain/rule.ts'

/** Says after each flag how likely rain is, scores the first word, and learns at the end. */
const rain = defineRule<{ flags: number }>({
  name: 'test.rain',
  version: 2,
  sports: ['race'],
  create: () => ({ flags: 0 }),
  onEvent(event, state, say) {
    if (event.kind === 'race-flag') {
      state.flags++
      say.insight(draft(event.clocks.eventTimeMs, state.flags / 10, state.flags === 1))
      say.tag({
        type: 'flag',
        occasion: `lap-${event.lap}`,
        startMs: event.clocks.eventTimeMs,
        endMs: event.clocks.eventTimeMs,
        game: null,
        actors: [],
        importance: 0.5,
        confidence: 1,
        source: 'feed',
        text: event.flag,
        homeScore: null,
        awayScore: null,
        sourceRef: event.sourceRef,
      })
    }
    if (event.kind === 'match-end')
      say.outcome({ kind: 'test.rain', subject: 'match', occasion: 'race', happened: 1, eventTimeMs: 9 })
  },
})

const never = defineRule<object>({
  name: 'test.never',
  version: 1,
  sports: ['nba'],
  create: () => ({}),
  onEvent() {
    throw new Error('a rule of another sport ran')
  },
})

function draft(eventTimeMs: number, probability: number, isScored: boolean): InsightDraft {
  return {
    kind: 'test.rain',
    subject: 'match',
    occasion: 'race',
    clocks: { eventTimeMs, eventTimeFrom: 'wall', game: null, smpte: null },
    headline: 'Rain',
    estimate: { type: 'probability', probability },
    evidence: [],
    leadTimeMs: null,
    importance: 0.1,
    detail: {},
    isScored,
  }
}

function event(body: object, eventTimeMs: number): FeedEvent {
  return {
    ...body,
    matchId: 'r1',
    clocks: { eventTimeMs, eventTimeFrom: 'wall', game: null, smpte: null },
    sourceRef: `row ${eventTimeMs}`,
  } as FeedEvent
}

const race = event(
  {
    kind: 'match',
    match: { id: 'r1', sport: 'race', title: 'Race', home: null, away: null, homeSpread: null, race: null },
  },
  1,
)
const flag = (at: number, lap: number) =>
  event({ kind: 'race-flag', flag: 'green', lap, elapsedSeconds: 0, comment: null }, at)
const end = event({ kind: 'match-end', homeScore: null, awayScore: null, order: ['7'] }, 9)

const processor = createMatchProcessor({
  rules: [rain, never],
  feed: feedCodec,
  output: outputCodec,
  allowedLatenessMs: 1_000,
})

/** Runs events one by one, through a snapshot after each, and returns what was said with its part and revision. */
function run(events: readonly FeedEvent[], saveBetween: boolean) {
  const said: { part: string; revision: number; value: LiveOutput }[] = []
  let state: MatchState = processor.createState('main/r1')
  events.forEach((value, index) => {
    const context: ProcessorContext<MatchState, LiveOutput> = {
      state,
      watermarkMs: value.clocks.eventTimeMs,
      emit: ({ part, revision, value: output }) =>
        said.push({ part: part ?? '', revision: revision ?? 0, value: output }),
      setTimer: () => {},
      clearTimer: () => {},
      dropState: () => {},
    }
    const { eventTimeMs } = value.clocks
    processor.onEvent(
      { id: String(index), key: 'main/r1', eventTimeMs, offset: index + 1, value, isLate: false },
      context,
    )
    if (saveBetween) {
      const saved: unknown = JSON.parse(JSON.stringify(processor.saveState?.(state)))
      state = processor.loadState?.(saved) ?? state
    }
  })
  return said
}

test('a word on the same occasion is a revision under the same id [LIVE-PIPELINE-01]', () => {
  const insights = run([race, flag(2, 1), flag(3, 2)], false).flatMap(({ value, revision }) =>
    value.type === 'insight' ? [{ insight: value.insight, revision }] : [],
  )
  expect(insights.map(({ revision }) => revision)).toEqual([0, 1])
  expect(insights.map(({ insight }) => insight.revision)).toEqual([0, 1])
  expect(new Set(insights.map(({ insight }) => insight.id)).size).toBe(1)
  expect(insights[0]?.insight).toMatchObject({ matchId: 'r1', sport: 'race', rule: 'test.rain@2' })
})

test('an outcome scores the revision that was meant to be scored, once [LIVE-PIPELINE-02]', () => {
  const scored = run([race, flag(2, 1), flag(3, 2), end, end], false).flatMap(({ value }) =>
    value.type === 'scored' ? [value] : [],
  )
  expect(scored).toMatchObject([
    // What was said to be unlikely came true: that is what calibration counts, and it was not right.
    { kind: 'test.rain', confidence: 0.1, isCorrect: false, cameTrue: true, happened: 1 },
  ])
})

test('race events without a match make one; those of other sports are refused with what to do [LIVE-FEEDS-26]', () => {
  const made = run([flag(2, 1)], false).map(({ value }) => value)
  expect(made[0]).toMatchObject({ type: 'match', match: { id: 'r1', sport: 'race', title: 'r1' } })
  const play = { ...flag(2, 1), kind: 'nba-action' } as unknown as FeedEvent
  expect(() => run([play], false)).toThrow('Nothing is known of match r1 yet')
})

test('runs only rules of its sport', () => {
  expect(run([race, flag(2, 1)], false).map(({ value }) => value.type)).toEqual(['match', 'insight', 'tag'])
})

test('a snapshot after every event changes nothing [LIVE-PIPELINE-01]', () => {
  const events = [race, flag(2, 1), flag(3, 1), flag(4, 2), end]
  expect(run(events, true)).toEqual(run(events, false))
})
