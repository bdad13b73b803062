import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Insight } from '../src/domain/insight.ts'
import type { Tag } from '../src/domain/tag.ts'
import type { Recap } from '../src/recap/select-recap.ts'
import { madeStatsbomb } from './feeds/soccer/made-soccer.ts'
import { startTestLive } from './support/start-test-live.ts'
import type { TestLive } from './support/start-test-live.ts'

let live: TestLive
beforeAll(async () => {
  live = await startTestLive()
})
afterAll(() => live.stop())

const matchId = 'made-match'
const call = <T>(path: string, query: object = {}) =>
  live.call('get', path, { params: { matchId }, query }) as Promise<T>

test('a soccer file that is pushed ends up as results, expected goals, moments, summary and a recap with each goal [LIVE-SOCCER-11]', async () => {
  const { text, events } = madeStatsbomb(5)
  const end = events.at(-1)
  if (end?.kind !== 'match-end') throw new Error('A simulation ends.')
  const goals = events.flatMap((event) =>
    event.kind === 'soccer-action' && event.shot?.outcome === 'goal' ? [event.playerName ?? ''] : [],
  )
  expect(goals.length).toBeGreaterThan(1)
  const body = new Response(new Uint8Array(gzipSync(text))).body
  const counts = await live.call('post', '/feed', {
    query: { format: 'soccer-statsbomb', match: matchId },
    body,
  })
  expect(counts).toMatchObject({ rejected: 0, duplicates: 0, matches: [matchId] })

  await vi.waitFor(
    async () => {
      const { matches } = (await live.call('get', '/matches')) as { matches: object[] }
      expect(matches).toMatchObject([
        { status: 'ended', homeScore: end.homeScore, awayScore: end.awayScore, match: { sport: 'soccer' } },
      ])
      const { tags } = await call<{ tags: Tag[] }>('/tags', { type: 'match.end' })
      expect(tags).toHaveLength(1)
    },
    { timeout: 30_000, interval: 50 },
  )
  const told = async (kind: string) =>
    (
      await call<{ insights: { insight: Insight; outcome: object | null }[] }>('/matches/:matchId/insights', {
        kind,
        limit: 1000,
      })
    ).insights
  const [newest] = await told('soccer.win-probability')
  expect(newest?.insight.estimate).toMatchObject({ type: 'classes' })
  // Outcomes are written one by one behind the insights.
  await vi.waitFor(
    async () => {
      const shots = await told('soccer.xg')
      expect(shots.length).toBeGreaterThan(5)
      expect(shots.filter(({ outcome }) => outcome === null)).toEqual([])
    },
    { timeout: 30_000, interval: 50 },
  )

  const { tags } = await call<{ tags: Tag[] }>('/tags', { type: 'score.goal', limit: 50 })
  expect(tags.map(({ actors }) => actors[0]?.name ?? '').toSorted()).toEqual(goals.toSorted())
  const { sentences } = await call<{ sentences: { text: string }[] }>('/matches/:matchId/summary')
  const said = sentences.map(({ text }) => text).join(' ')
  for (const name of goals) expect(said).toContain(name)

  const recap = await call<Recap>('/matches/:matchId/recap')
  for (const { startMs, endMs } of tags)
    expect(
      recap.cuts.some((cut) => cut.startMs <= startMs + 1_000 && cut.endMs >= endMs - 1_000),
      'a goal is shown from its build-up on',
    ).toBe(true)
  expect(Math.abs(recap.durationMs - 120_000)).toBeLessThanOrEqual(2_000)
})
