import { expect, test } from 'vitest'
import { createAutoDirector } from '../../air/auto-director.js'

const places = [
  { id: 'win', region: 'lower', holdMs: 10_000 },
  { id: 'moment', region: 'lower', holdMs: 5_000 },
  { id: 'pocket', region: 'corner', holdMs: 2_000 },
]
const director = () => createAutoDirector(places, { minImportance: 0.5 })
const take = (id: string) => ({ type: 'take', id })
const clear = (id: string) => ({ type: 'clear', id })

test('an important insight takes its graphic on, and it goes when its time is up [LIVE-AIR-02]', () => {
  const auto = director()
  expect(auto.hear('win', 0.4, 0)).toEqual([])
  expect(auto.hear('win', 0.6, 0)).toEqual([take('win')])
  expect(auto.hear('win', 0.6, 4_000)).toEqual([])
  expect(auto.tick(13_999)).toEqual([])
  expect(auto.tick(14_000)).toEqual([clear('win')])
  expect(auto.tick(20_000)).toEqual([])
})

test('of one region only one stands: the weightier at once, an equal one after a while [LIVE-AIR-02]', () => {
  const auto = director()
  auto.hear('win', 0.6, 0)
  expect(auto.hear('moment', 0.5, 5_000)).toEqual([])
  expect(auto.hear('moment', 0.6, 1_000)).toEqual([])
  expect(auto.hear('moment', 0.6, 3_000)).toEqual([clear('win'), take('moment')])
  expect(auto.hear('win', 0.9, 3_100)).toEqual([clear('moment'), take('win')])
  expect(auto.hear('pocket', 0.5, 3_200)).toEqual([take('pocket')])
  expect(auto.clear()).toEqual([clear('win'), clear('pocket')])
})

test('what has come to an end goes off at once, whatever time it has left [LIVE-WIN-06]', () => {
  const director = createAutoDirector([{ id: 'end', region: 'lower', holdMs: 60_000 }], {
    minImportance: 0.2,
  })
  expect(director.hear('end', 0.9, 0)).toEqual([{ type: 'take', id: 'end' }])
  expect(director.drop('end')).toEqual([{ type: 'clear', id: 'end' }])
  expect(director.drop('end')).toEqual([])
})
