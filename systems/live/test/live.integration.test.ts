import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { FeedEvent } from '../src/domain/feed-event.ts'
import { simulateNbaGame } from '../samples/nba/simulate-nba-game.ts'
import { simulateNflGame } from '../samples/nfl/simulate-nfl-game.ts'
import { startTestLive } from './support/start-test-live.ts'
import type { TestLive } from './support/start-test-live.ts'

let live: TestLive
beforeAll(async () => {
  live = await startTestLive()
})
afterAll(() => live.stop())

const startMs = Date.UTC(2026, 5, 1, 18)
const basketball = [...simulateNbaGame({ seed: 3, startMs, withTracking: false })]
const matchId = basketball[0]!.matchId

function lines(events: readonly FeedEvent[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('')
}

function push(text: string, query: object = {}) {
  return live.call('post', '/feed', {
    query: { format: 'heavylift-jsonl', ...query },
    body: new Response(text).body,
  }) as Promise<{ accepted: number; duplicates: number; rejected: number; rejects: { where: string }[] }>
}

interface Told {
  insights: { insight: { id: string; kind: string }; outcome: { isCorrect: boolean } | null }[]
}

const insightsOf = (match: string, query: object = {}) =>
  live.call('get', '/matches/:matchId/insights', {
    params: { matchId: match },
    query: { limit: 1_000, ...query },
  }) as Promise<Told>

async function until<T>(read: () => Promise<T>, isThere: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await read()
    if (isThere(value)) return value
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

interface Calibration {
  kinds: { kind: string; scored: number }[]
}

interface Listed {
  matches: { match: { id: string }; status: string; homeScore: number; awayScore: number }[]
}
const matchOf = async (match: string) => {
  const { matches } = (await live.call('get', '/matches')) as Listed
  return matches.find((each) => each.match.id === match)
}

test('a pushed feed ends up as insights, tags and scored outcomes, and again nothing counts twice [LIVE-HOST-01]', async () => {
  const first = await push(lines(basketball))
  expect(first).toMatchObject({ accepted: basketball.length, duplicates: 0, rejected: 0 })
  const match = await until(
    () => matchOf(matchId),
    (found) => found?.status === 'ended',
  )
  const end = basketball.at(-1)
  expect(end).toMatchObject({ kind: 'match-end', homeScore: match?.homeScore, awayScore: match?.awayScore })
  // The tables follow the log a moment later; the calibration is there once both say the same.
  const scoredOf = async () => {
    const { insights } = await insightsOf(matchId, { kind: 'nba.win-probability' })
    const { kinds } = (await live.call('get', '/calibration', { query: { days: 3_650 } })) as Calibration
    return {
      insights: insights.length,
      outcomes: insights.filter(({ outcome }) => outcome !== null).length,
      inLedger: kinds.find(({ kind }) => kind === 'nba.win-probability')?.scored ?? 0,
    }
  }
  const told = await until(scoredOf, ({ outcomes, inLedger }) => outcomes >= 40 && outcomes === inLedger)
  expect(told.insights).toBeGreaterThan(told.outcomes)

  const again = await push(lines(basketball))
  expect(again).toMatchObject({ accepted: 0, duplicates: basketball.length })
})

test('what cannot be read is kept with its row, and the rows around it count [LIVE-HOST-02]', async () => {
  const text = `${lines(basketball.slice(0, 3))}{"kind":"nonsense"}\n${lines(basketball.slice(3, 6))}`
  const pushed = await push(text, { match: 'broken' })
  expect(pushed).toMatchObject({ accepted: 6, rejected: 1 })
  expect(pushed.rejects[0]?.where).toContain('4')
})

test('a client comes back to the stream where it was, after a restart of the server too [LIVE-HOST-03]', async () => {
  const path = '/matches/:matchId/insights/stream'
  const all = await live.read(path, { matchId }, 40, '0')
  await live.restart()
  const rest = await live.read(path, { matchId }, 20, all[19]?.id)
  expect(rest).toEqual(all.slice(20))
})

test('a restart says nothing anew [LIVE-HOST-03]', async () => {
  const before = await insightsOf(matchId)
  await live.restart()
  // An event that comes after everything before has been looked at again.
  await push(lines(basketball.slice(0, 1)), { match: 'after-restart' })
  await until(
    () => matchOf('after-restart'),
    (found) => found !== undefined,
  )
  expect(await insightsOf(matchId)).toEqual(before)
})

test('a feed over WebSocket is acknowledged part by part, and its insights come over WebSocket [LIVE-HOST-04]', async () => {
  const sender = new WebSocket(`${live.sockets}/live/push?format=heavylift-jsonl&match=by-socket`)
  await new Promise((resolve) => sender.on('open', resolve))
  const half = basketball.slice(0, 200)
  const acknowledged = new Promise<void>((resolve) =>
    sender.on('message', (data: Buffer) => {
      if ((JSON.parse(data.toString()) as { accepted: number }).accepted === half.length) resolve()
    }),
  )
  for (const event of half) sender.send(JSON.stringify(event))
  await acknowledged
  sender.close()
  await until(
    () => matchOf('by-socket'),
    (found) => found !== undefined,
  )
  const overlay = new WebSocket(`${live.sockets}/live/ws?match=by-socket&after=0`)
  const messages: { type: string; cursor: number }[] = []
  await new Promise<void>((resolve) =>
    overlay.on('message', (data: Buffer) => {
      messages.push(JSON.parse(data.toString()) as { type: string; cursor: number })
      if (messages.filter(({ type }) => type === 'insight').length === 5) resolve()
    }),
  )
  overlay.close()
  expect(messages[0]?.type).toBe('match')
  expect(messages.map(({ cursor }) => cursor)).toEqual(
    messages.map(({ cursor }) => cursor).toSorted((a, b) => a - b),
  )
})

test('a WebSocket that answers no ping is ended, one that answers stays, a feed that says nothing is asked to come again [LIVE-HOST-06]', async () => {
  const own = await startTestLive({ socketPingMs: 100, socketIdleMs: 400 })
  try {
    await own.call('post', '/feed', {
      query: { format: 'heavylift-jsonl', match: 'pinged' },
      body: new Response(lines(basketball.slice(0, 5))).body,
    })
    await until(
      () => own.call('get', '/matches') as Promise<Listed>,
      ({ matches }) => matches.length > 0,
    )
    const closings: Record<string, number> = {}
    const open = async (name: string, path: string, autoPong: boolean) => {
      const client = new WebSocket(`${own.sockets}${path}`, { autoPong })
      client.on('close', (code) => (closings[name] = code))
      await new Promise((resolve) => client.on('open', resolve))
      return client
    }
    await open('deaf', '/live/ws?match=pinged', false)
    const listening = await open('listening', '/live/ws?match=pinged', true)
    await open('silent', '/live/push?format=heavylift-jsonl&match=other', true)
    await until(
      async () => closings,
      (codes) => codes['deaf'] !== undefined && codes['silent'] !== undefined,
    )
    expect(closings).toEqual({ deaf: 1006, silent: 1000 })
    listening.close()
  } finally {
    await own.stop()
  }
})

test('another tenant sees neither match nor insights', async () => {
  expect(await live.call('get', '/matches', { tenantId: 'other' })).toEqual({ matches: [] })
  await expect(
    live.call('get', '/matches/:matchId/insights', { params: { matchId }, tenantId: 'other' }),
  ).rejects.toThrow('There is no match')
})

test('the same game in parts of any size says the same [LIVE-HOST-05]', async () => {
  const game = [...simulateNflGame({ seed: 5, startMs, withTracking: true })].slice(0, 1_500)
  await push(lines(game), { match: 'whole' })
  for (let at = 0; at < game.length; at += 97) await push(lines(game.slice(at, at + 97)), { match: 'parts' })
  const told = async (match: string) => {
    const events = await live.read('/matches/:matchId/insights/stream', { matchId: match }, 200, '0')
    return events.map(({ event, data }) =>
      JSON.stringify([event, data])
        .replaceAll(match, 'game')
        .replaceAll(/(ins|tag)_[0-9a-f]{32}/g, ''),
    )
  }
  await until(
    () => matchOf('parts'),
    (found) => found !== undefined,
  )
  expect(await told('parts')).toEqual(await told('whole'))
})

test('a deleted match is gone', async () => {
  await live.call('delete', '/matches/:matchId', { params: { matchId: 'broken' } })
  expect(await matchOf('broken')).toBeUndefined()
})

test('feed health counts what was refused and late, with an alarm that says why [LIVE-HOST-09]', async () => {
  const events = basketball.slice(0, 3)
  const ahead = {
    ...basketball[3]!,
    clocks: { ...basketball[3]!.clocks, eventTimeMs: Date.now() + 86_400_000 },
  }
  await push(`${lines([...events, ahead])}{"kind":"nonsense"}\n`, { match: 'unwell' })
  interface Health {
    feeds: { match: string; accepted: number; rejected: number; alarm: string | null }[]
    letters: { match: string; kind: string; reason: string }[]
  }
  const { feeds, letters } = await until(
    () => live.call('get', '/feeds') as Promise<Health>,
    (health) => health.feeds.some(({ match, rejected }) => match === 'unwell' && rejected === 2),
  )
  const unwell = feeds.find(({ match }) => match === 'unwell')
  expect(unwell).toMatchObject({ accepted: 3, rejected: 2 })
  expect(unwell?.alarm).toContain('2 events of the last ten minutes')
  expect(feeds[0]?.alarm).not.toBeNull()
  expect(letters.map(({ reason }) => reason).join()).toContain("ahead of this server's clock")
})

test('a recording of years ago is calibrated by when it was said, and right is the same everywhere [LIVE-HOST-10]', async () => {
  const old = [...simulateNbaGame({ seed: 9, startMs: Date.UTC(2016, 1, 1), withTracking: false })]
  await push(lines(old), { match: 'old' })
  interface Scored {
    insights: {
      insight: { estimate: { type: string; probability: number } }
      outcome: { isCorrect: boolean; happened: number } | null
    }[]
  }
  const before = (await live.call('get', '/calibration', { query: { days: 1 } })) as Calibration
  const { insights } = await until(
    // A match is there once its first event was taken in.
    () =>
      insightsOf('old', { kind: 'nba.win-probability' }).catch(() => ({
        insights: [],
      })) as unknown as Promise<Scored>,
    (told) => told.insights.filter(({ outcome }) => outcome !== null).length >= 40,
  )
  for (const { insight, outcome } of insights)
    if (outcome !== null)
      expect(outcome.isCorrect).toBe(insight.estimate.probability >= 0.5 === (outcome.happened === 1))
  expect(before.kinds.find(({ kind }) => kind === 'nba.win-probability')?.scored).toBeGreaterThan(0)
})
