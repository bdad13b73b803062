import { expect, test } from 'vitest'
import { nascarPitData } from '../../src/feeds/nascar/pit-data.ts'
import { nflGamecenter } from '../../src/feeds/nfl/gamecenter.ts'
import { leadingJson } from '../../src/feeds/read-source.ts'
import { madeGame } from './nfl/made-gamecenter.ts'
import { readItems } from './read-items.ts'

test('finds where a document ends, whatever its texts hold', () => {
  expect(leadingJson(' {"a":"}]\\"{"} tail')).toEqual({ value: { a: '}]"{' }, rest: ' tail' })
  expect(leadingJson('[1,[2]][3]')).toEqual({ value: [1, [2]], rest: '[3]' })
  expect(leadingJson('{"a":1')).toBeNull()
  expect(leadingJson('{"a"} x')).toBeNull()
  expect(leadingJson('word {}')).toBeNull()
})

test('a file with something behind its JSON is read, with a note on what was left out [LIVE-FEEDS-26]', async () => {
  const game = JSON.stringify(madeGame())
  const whole = await readItems(nflGamecenter, game)
  const followed = await readItems(nflGamecenter, `${game}\n<!-- saved by a proxy -->\n`)
  expect(followed.events).toEqual(whole.events)
  expect(followed.rejects).toEqual([
    ...whole.rejects,
    {
      where: 'after the document',
      reason: '25 characters follow the JSON document; they were left out.',
      raw: '<!-- saved by a proxy -->',
    },
  ])

  const stop = { vehicle_number: '8', lap_count: 4, pit_in_race_time: 10 }
  const pits = await readItems(nascarPitData, `${JSON.stringify([stop], null, 2)}\nHTTP 200 in 12 ms`)
  expect(pits.events).toHaveLength(1)
  expect(pits.rejects.filter(({ where }) => where === 'after the document')).toHaveLength(1)
})
