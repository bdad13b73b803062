import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { airSettings } from '../../air/air-settings.js'
import { createEventParser } from '../../air/event-stream.js'
import { createDeduplicator } from '../../air/feed-client.js'
import { insightOf } from './insight.ts'

const revision = (id: string, number: number) => insightOf({ kind: 'x', id, revision: number })

test('two feeds that tell the same in any interleaving are heard once, each insight in rising revisions [LIVE-AIR-01]', () => {
  const told = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 30 })
  const order = fc.array(fc.boolean(), { minLength: 60, maxLength: 60 })
  fc.assert(
    fc.property(told, order, (ids, choices) => {
      const counts = new Map<number, number>()
      const feed = ids.map((id) => {
        counts.set(id, (counts.get(id) ?? 0) + 1)
        return revision(String(id), counts.get(id) ?? 0)
      })
      const isNew = createDeduplicator()
      const [left, right] = [[...feed], [...feed]]
      const heard: string[] = []
      for (const choice of choices) {
        const next = (choice ? left : right).shift() ?? (choice ? right : left).shift()
        if (next && isNew(next)) heard.push(`${next.id}@${next.revision}`)
      }
      expect(heard).toEqual(feed.map(({ id, revision: number }) => `${id}@${number}`))
    }),
    { seed: 23, numRuns: 200 },
  )
})

test('memory of revisions is bounded, and forgets what was silent for longest', () => {
  const isNew = createDeduplicator(2)
  expect([isNew(revision('a', 1)), isNew(revision('b', 1)), isNew(revision('a', 2))]).toEqual([
    true,
    true,
    true,
  ])
  expect(isNew(revision('c', 1))).toBe(true)
  expect(isNew(revision('a', 2))).toBe(false)
  expect(isNew(revision('b', 1))).toBe(true)
})

describe('server-sent events', () => {
  const stream =
    ': still here\n\nid: 7\nevent: insight\ndata: {"a":1}\n\ndata: two\r\ndata:lines\r\n\r\nid: 8\n\nevent: x\ndata:\r\r'
  const expected = [
    { id: '7', event: 'insight', data: '{"a":1}' },
    { id: '7', event: 'message', data: 'two\nlines' },
    { id: '8', event: 'x', data: '' },
  ]

  test('come out the same however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: stream.length }), { maxLength: 12 }), (cuts) => {
        const parse = createEventParser()
        const places = [0, ...cuts.toSorted((a, b) => a - b), stream.length]
        const parts = places.slice(1).map((end, index) => stream.slice(places[index], end))
        // The last CR waits for a possible LF.
        expect([...parts, '\n'].flatMap((part) => parse(part))).toEqual(expected)
      }),
      { seed: 23, numRuns: 200 },
    )
  })
})

describe('the address of the air page', () => {
  test('names servers by scheme or bare, and falls back to its own', () => {
    const at = (query: string) => airSettings(`http://one.test:8000/live/air/?${query}`)
    expect(at('match=m1&feeds=https://a.test/x,b.test:9')).toMatchObject({
      feeds: ['https://a.test', 'http://b.test:9'],
      layer: null,
      bus: 'program',
    })
    expect(at('match=m1&graphics=burn-bar,momentum&layer=main&bus=preview')).toMatchObject({
      graphics: ['burn-bar', 'momentum'],
      layer: 'main',
      bus: 'preview',
      feeds: ['http://one.test:8000'],
    })
    expect(() => at('layer=main')).toThrow('?match=')
  })
})
