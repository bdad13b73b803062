import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { startTestLive } from '../support/start-test-live.ts'
import type { TestLive } from '../support/start-test-live.ts'

let live: TestLive
beforeAll(async () => {
  live = await startTestLive()
})
afterAll(() => live.stop())

/** A league's own feed: a score is written only where it changes. */
const mapping = {
  name: 'town-league',
  sport: 'nba',
  rowId: { join: [{ from: 'game' }, { from: 'n' }], with: ' ' },
  carry: ['home_score', 'away_score'],
  match: { id: { from: 'game' }, home: { from: 'home' }, away: { from: 'away' } },
  clock: { period: { from: 'q', as: 'number' }, secondsLeft: { from: 'clock', as: 'clock' } },
  events: [
    {
      kind: 'nba-action',
      fields: {
        actionType: { from: 'what', values: { two: '2pt', three: '3pt', board: 'rebound' } },
        side: { from: 'club', as: 'side' },
        isMade: { from: 'in', as: 'boolean', default: null },
        homeScore: { from: 'home_score', as: 'number' },
        awayScore: { from: 'away_score', as: 'number' },
        description: { from: 'words', default: '' },
      },
    },
  ],
}
const header = 'game,home,away,n,q,clock,what,club,in,home_score,away_score,words\n'
/** Thirty rows of a game; every third scores. */
const rowsOf = (game: string): string[] =>
  Array.from({ length: 30 }, (_, n) => {
    const scores = n % 3 === 0
    const clock = `${11 - Math.floor(n / 3)}:${String(59 - n).padStart(2, '0')}`
    return `${game},Town,Vale,${n},1,${clock},${scores ? 'two' : 'board'},${n % 2 === 0 ? 'Town' : 'Vale'},${scores ? 'yes' : ''},${scores ? 2 * (n / 3 + 1) : ''},${scores ? 1 : ''},row ${n} of ${game}\n`
  })

interface Pushed {
  accepted: number
  duplicates: number
  rejected: number
  rejects: { where: string; reason: string }[]
}
const push = (body: string | Uint8Array<ArrayBuffer>, query: object = {}) =>
  live.call('post', '/feed', {
    query: { mapping: 'town-league', ...query },
    body: new Response(body).body,
  }) as Promise<Pushed>

interface Tags {
  tags: { text: string; homeScore: number | null }[]
}
/** What was told of a match: each row's words with the score after it. */
const toldOf = async (match: string, count: number): Promise<string[]> => {
  for (;;) {
    const { tags } = (await live.call('get', '/tags', {
      query: { match, limit: 100, order: 'oldest', source: 'feed' },
    })) as Tags
    const told = tags.flatMap(({ text, homeScore }) => {
      const row = /row \d+/.exec(text)
      return row === null ? [] : [`${row[0]} ${homeScore}`]
    })
    if (told.length >= count) return told
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
const expected = Array.from({ length: 30 }, (_, n) => `row ${n} ${2 * (Math.floor(n / 3) + 1)}`)

test('a mapping is kept and listed; a wrong one is refused by its field [LIVE-MAPPING-05]', async () => {
  await live.call('post', '/mappings', { body: mapping })
  const { mappings } = (await live.call('get', '/mappings')) as {
    mappings: { name: string; isShipped: boolean }[]
  }
  expect(mappings[0]).toMatchObject({ name: 'town-league', isShipped: false })
  expect(mappings.map(({ name }) => name)).toContain('openf1')
  const save = (body: { name: string; sport: string }) => live.call('post', '/mappings', { body })
  await expect(save({ ...mapping, sport: 'chess' })).rejects.toThrow('"sport"')
  await expect(save({ ...mapping, name: 'nba-v3' })).rejects.toThrow('comes with Heavylift')
  await expect(push('', { mapping: 'nobody' })).rejects.toThrow('There is no mapping "nobody"')
})

test('parts of a feed over HTTP, gzipped or not, sent again and across a restart, lose and double nothing [LIVE-MAPPING-06]', async () => {
  const rows = rowsOf('by-http')
  expect(await push(header + rows.slice(0, 10).join(''))).toMatchObject({ accepted: 11, duplicates: 0 })
  // The answer was lost: the sender sends the part again, and then more of it.
  expect(await push(header + rows.slice(5, 10).join(''))).toMatchObject({ accepted: 0, duplicates: 5 })
  await live.restart()
  expect(await push(rows.slice(8, 20).join(''))).toMatchObject({ accepted: 10, duplicates: 2 })
  expect(await push(gzipSync(header + rows.slice(20).join('')))).toMatchObject({ accepted: 10 })
  // A score that is blank after the restart is still the one before it.
  expect(await toldOf('by-http', 30)).toEqual(expected)
})

test('a sender over WebSocket that is cut off goes on from what was acknowledged [LIVE-MAPPING-06]', async () => {
  const rows = rowsOf('by-socket')
  let safe = 0
  for (let visit = 0; safe < rows.length; visit++) {
    const socket = new WebSocket(`${live.sockets}/live/push?mapping=town-league`)
    await new Promise((resolve) => socket.on('open', resolve))
    socket.send(header)
    const from = safe
    let answers = 0
    const gone = new Promise((resolve) => socket.on('close', resolve))
    socket.on('message', () => {
      // The first answer is of the header.
      if (answers++ === 0) return
      safe++
      if (safe - from === 7 || safe === rows.length) socket.terminate()
    })
    for (const row of rows.slice(from)) socket.send(row)
    await gone
    if (visit === 1) await live.restart()
  }
  expect(await toldOf('by-socket', 30)).toEqual(expected)
})

test('what cannot be read is counted with its reason where the health of feeds is shown [LIVE-MAPPING-06]', async () => {
  const [row = ''] = rowsOf('by-mistake')
  const pushed = await push(header + row.replace(',two,', ',five,'))
  expect(pushed).toMatchObject({ accepted: 0, rejected: 1 })
  expect(pushed.rejects[0]?.reason).toBe(
    '"what" is "five", expected one of two, three, board. It is read for "actionType".',
  )
  const { feeds, letters } = (await live.call('get', '/feeds')) as {
    feeds: { title: string; rejected: number }[]
    letters: { where: string; reason: string }[]
  }
  expect(feeds.some(({ rejected }) => rejected > 0)).toBe(true)
  expect(letters[0]).toMatchObject({ reason: expect.stringContaining('"what" is "five"') as string })
})
