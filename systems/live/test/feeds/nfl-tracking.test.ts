import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FeedEvent, NflFrame } from '../../src/domain/feed-event.ts'
import type { FeedReject } from '../../src/feeds/feed-format.ts'
import { nflTracking } from '../../src/feeds/nfl-tracking.ts'
import { bowlText, ngsText, start } from './tracking-text.ts'
import type { MadePlay } from './tracking-text.ts'

const pass: MadePlay = {
  gameId: '2030090100',
  playId: '55',
  frames: 20,
  events: [
    { tenths: 5, event: 'line_set' },
    { tenths: 12, event: 'ball_snap' },
    { tenths: 18, event: 'pass_forward' },
  ],
  playType: 'play_type_pass',
}

async function read(
  text: string,
  chunkBytes = 4096,
): Promise<{ events: FeedEvent[]; rejects: FeedReject[] }> {
  const bytes = new TextEncoder().encode(text)
  async function* source(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes)
  }
  const events: FeedEvent[] = []
  const rejects: FeedReject[] = []
  const options = { name: 'made.tsv', matchId: null, signal: new AbortController().signal }
  for await (const item of nflTracking.parse(source(), options))
    if ('event' in item) events.push(item.event)
    else rejects.push(item.reject)
  return { events, rejects }
}

function framesOf(events: readonly FeedEvent[]): (NflFrame & FeedEvent)[] {
  return events.filter((event) => event.kind === 'nfl-frame')
}

test('tells match, start, frames in time order and the play, with players put together by time [LIVE-TRACKING-01]', async () => {
  const { events, rejects } = await read(ngsText(pass))
  expect(rejects).toEqual([])
  expect(events.map((event) => event.kind)).toEqual([
    'match',
    'nfl-play-start',
    ...Array.from({ length: 20 }, () => 'nfl-frame'),
    'nfl-play',
  ])
  const frames = framesOf(events)
  expect(frames.map((frame) => frame.clocks.eventTimeMs)).toEqual(
    Array.from({ length: 20 }, (_, index) => start + index * 100),
  )
  // The corner is first seen 0.3 s into the play, and stands in that frame although his own count begins at 0.
  expect(frames.map((frame) => frame.players.length).slice(0, 5)).toEqual([3, 3, 3, 4, 4])
  const corner = frames[12]?.players.find((player) => player.position === 'CB')
  expect(corner).toEqual({
    id: '903',
    name: 'Di Corner',
    jersey: 13,
    side: 'away',
    position: 'CB',
    positionGroup: 'DB',
    x: 57.12,
    y: 8,
    speed: 0.1,
    orientation: 90.5,
    direction: 270,
  })
  expect(frames[12]?.event).toBe('ball_snap')
  expect(frames[12]?.ball).toEqual({ x: 50.12, y: 26, speed: 0.1 })
  expect(events[1]).toMatchObject({
    matchId: '2030090100',
    direction: 'right',
    lineOfScrimmageX: 50,
    situation: { playId: '55', possession: 'home', down: 3, yardsToGo: 5, yardsToGoal: 60, homeScore: 7 },
    clocks: { eventTimeFrom: 'wall', game: { period: 2, secondsLeft: 72 } },
  })
  expect(events.at(-1)).toMatchObject({
    kind: 'nfl-play',
    playType: 'pass',
    yardsGained: null,
    description: '(1:12) A.Quick pass short.',
  })
})

test('reads the Big Data Bowl layout: the side behind the ball at the snap is the offence [LIVE-TRACKING-02]', async () => {
  const { events, rejects } = await read(bowlText('2030090101', '7', 15, 6))
  expect(rejects).toEqual([])
  expect(events[0]).toMatchObject({ match: { title: 'VIS at HOM', home: { id: 'HOM' } } })
  expect(events[1]).toMatchObject({ situation: { possession: 'home', down: null, yardsToGoal: null } })
  expect(framesOf(events)).toHaveLength(15)
  expect(framesOf(events)[6]).toMatchObject({ event: 'ball_snap', ball: { x: 50 } })
  expect(framesOf(events)[0]?.players[0]).toMatchObject({ name: 'Ada Quick', jersey: 10, orientation: 90 })
})

test('tells the match once for many plays, and a returning play is rejected', async () => {
  const text = ngsText(pass, { ...pass, playId: '56' }, pass)
  const { events, rejects } = await read(text)
  expect(events.filter((event) => event.kind === 'match')).toHaveLength(1)
  expect(events.filter((event) => event.kind === 'nfl-play')).toHaveLength(2)
  expect(rejects).toHaveLength(1)
  expect(rejects[0]).toMatchObject({
    where: 'rows 196 to 292',
    reason: expect.stringContaining('came before') as string,
  })
})

test('rejects a wrong row by its number and keeps the play', async () => {
  const lines = ngsText(pass).split('\n')
  lines[3] = lines[3]?.replace('\t26\t', '\twide\t') ?? ''
  lines[4] = 'cut'
  const { events, rejects } = await read(lines.join('\n'))
  expect(rejects.map(({ where }) => where)).toEqual(['row 4', 'row 5'])
  expect(rejects[0]?.reason).toContain('x and y')
  expect(rejects[1]?.reason).toContain('gameId and playId')
  expect(events.filter((event) => event.kind === 'nfl-play')).toHaveLength(1)
})

test('of two events at one instant the snap goes first', async () => {
  const shifted = { ...pass, events: [{ tenths: 12, event: 'shift' }] }
  const rows = ngsText(shifted).trimEnd().split('\n')
  const twice = rows
    .filter((row) => row.includes('\tshift\t'))
    .map((row) => row.replace('\tshift\t', '\tball_snap\t'))
  const { events } = await read([...rows, ...twice].join('\n'))
  expect(framesOf(events)[12]?.event).toBe('ball_snap')
})

test('recognises both layouts by their header, and nothing else', () => {
  const head = (text: string): Uint8Array => new TextEncoder().encode(text.slice(0, 3000))
  expect(nflTracking.recognise('a', head(ngsText(pass)))).toBeGreaterThan(0.9)
  expect(nflTracking.recognise('a', head(bowlText('1', '2', 3, 1)))).toBeGreaterThan(0.9)
  expect(nflTracking.recognise('tracking.tsv', head('play_id,posteam,desc\n1,A,b'))).toBe(0)
  expect(nflTracking.recognise('x', new Uint8Array([0, 255, 10, 3]))).toBe(0)
})

test('a file without the columns is refused with their names', async () => {
  await expect(read('gameId,playId,time\n1,2,3\n')).rejects.toMatchObject({
    code: 'tracking-columns-missing',
    message: expect.stringContaining('displayname') as string,
  })
})

test('broken bytes lose rows, never the feed, and frames stay in time order [LIVE-TRACKING-01]', async () => {
  const clean = ngsText(pass, { ...pass, playId: '56', playType: 'play_type_rush' })
  const header = clean.indexOf('\n') + 1
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.tuple(
          fc.integer({ min: header, max: clean.length - 1 }),
          fc.constantFrom('\t', '\n', 'x', '"', '\0', 'é'),
        ),
        {
          maxLength: 8,
        },
      ),
      fc.integer({ min: 1, max: 5000 }),
      async (edits, chunkBytes) => {
        const characters = clean.split('')
        for (const [at, character] of edits) characters[at] = character
        const { events, rejects } = await read(characters.join(''), chunkBytes)
        for (const { where, reason } of rejects) {
          expect(where).toMatch(/^rows? \d+/)
          expect(reason).not.toBe('')
        }
        if (edits.length === 0) expect(rejects).toEqual([])
        const last = new Map<string, number>()
        for (const frame of framesOf(events)) {
          const key = `${frame.matchId} ${frame.playId}`
          expect(frame.clocks.eventTimeMs).toBeGreaterThan(last.get(key) ?? 0)
          last.set(key, frame.clocks.eventTimeMs)
        }
      },
    ),
    { seed: 20_300_901, numRuns: 60 },
  )
})
