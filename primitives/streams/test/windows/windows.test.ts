import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { count, sum } from '../../src/windows/aggregate.ts'
import { createSlidingWindow, createTumblingWindow } from '../../src/windows/sliding-window.ts'
import type { WindowOutput } from '../../src/windows/window-output.ts'
import { runThrough } from '../processor/run-through.ts'
import { testCodec, testEvent } from '../processor/test-codec.ts'

type Row = [key: string, startMs: number, endMs: number, revision: number, value: number]

const base = {
  name: 'w',
  version: 1,
  input: { topic: 'in', codec: testCodec<number>() },
  output: { topic: 'out', codec: testCodec<WindowOutput<number>>() },
}

function rowsOf(said: WindowOutput<number>[]): Row[] {
  return said.map(({ key, startMs, endMs, revision, value }) => [key, startMs, endMs, revision, value])
}

function eventsAt(...times: [key: string, timeMs: number, value?: number][]) {
  return times.map(([key, timeMs, value = 1], i) => testEvent(`${i}`, key, timeMs, value))
}

describe('windows', () => {
  test('a tumbling window sums what fell into it, and a late event corrects it [STREAMS-WINDOW-01]', async () => {
    const { said } = await runThrough(
      createTumblingWindow({
        ...base,
        sizeMs: 10,
        allowedLatenessMs: 20,
        aggregate: sum((value: number) => value),
      }),
      eventsAt(
        ['a', 1, 5],
        ['b', 2, 1],
        ['a', 9, 6],
        ['a', 25, 1],
        ['a', 8, 100],
        ['a', 4, 1000],
        ['a', 40, 1],
      ),
    )
    expect(rowsOf(said)).toEqual([
      ['a', 0, 10, 0, 11],
      ['b', 0, 10, 0, 1],
      ['a', 0, 10, 1, 111],
      ['a', 20, 30, 0, 1],
    ])
  })

  test('a sliding window counts an event in each window that covers it', async () => {
    const { said } = await runThrough(
      createSlidingWindow({ ...base, sizeMs: 30, slideMs: 10, aggregate: count() }),
      eventsAt(['a', 5], ['a', 15], ['a', 16], ['b', 100]),
    )
    expect(rowsOf(said)).toEqual([
      ['a', -20, 10, 0, 1],
      ['a', -10, 20, 0, 3],
      ['a', 0, 30, 0, 3],
      ['a', 10, 40, 0, 2],
    ])
  })

  test('aggregates are of any kind: initial value, add, merge, result', async () => {
    const fastest = {
      init: (): number[] => [],
      add: (acc: number[], value: number) => [...acc, value].sort((a, b) => b - a).slice(0, 2),
      merge: (a: number[], b: number[]) => [...a, ...b].sort((x, y) => y - x).slice(0, 2),
      result: (acc: number[]) => acc[1] ?? 0,
    }
    const { said } = await runThrough(
      createSlidingWindow({ ...base, sizeMs: 20, slideMs: 10, aggregate: fastest }),
      eventsAt(['a', 1, 7], ['a', 12, 9], ['a', 13, 8], ['a', 50, 0]),
    )
    expect(said.map(({ value }) => value)).toEqual([0, 8, 8])
  })

  test('refuses sizes that make no windows', () => {
    expect(() => createSlidingWindow({ ...base, sizeMs: 25, slideMs: 10, aggregate: count() })).toThrow(
      'multiple',
    )
    expect(() => createTumblingWindow({ ...base, sizeMs: 0, aggregate: count() })).toThrow('cannot slide')
  })
})

interface Draft {
  key: string
  timeMs: number
}

const drafts = fc
  .array(
    fc.record({
      key: fc.constantFrom('a', 'b'),
      step: fc.integer({ min: 0, max: 12 }),
      back: fc.integer({ min: 0, max: 60 }),
    }),
    { minLength: 1, maxLength: 60, size: 'max' },
  )
  .map((steps) => {
    let timeMs = 1000
    return steps.map(({ key, step, back }): Draft => {
      timeMs += step
      return { key, timeMs: back > 40 ? timeMs - back + 20 : timeMs }
    })
  })

const latenessMs = 20
const outOfOrderMs = 3

/** Feeds the events that a processor accepts to a model that keeps all of them and forgets nothing. */
function modelled(
  all: Draft[],
  advance: (fromMs: number, toMs: number) => void,
  add: (event: Draft, watermarkMs: number, isLate: boolean) => void,
): void {
  let watermarkMs = -Infinity
  for (const event of all) {
    if (event.timeMs < watermarkMs - latenessMs) continue
    const isLate = event.timeMs < watermarkMs
    const next = Math.max(watermarkMs, event.timeMs - outOfOrderMs)
    if (next > watermarkMs) advance(watermarkMs, next)
    watermarkMs = next
    add(event, watermarkMs, isLate)
  }
}

test('sliding windows say what a model says that keeps every event [STREAMS-WINDOW-02]', async () => {
  await fc.assert(
    fc.asyncProperty(drafts, fc.constantFrom(10, 20, 40), async (all, sizeMs) => {
      const slideMs = 10
      const held: Draft[] = []
      const revisions = new Map<string, number>()
      const expected: Row[] = []
      const rowOf = (key: string, endMs: number): Row | null => {
        const inside = held.filter((e) => e.key === key && e.timeMs >= endMs - sizeMs && e.timeMs < endMs)
        if (inside.length === 0) return null
        const name = `${key} ${endMs}`
        const revision = (revisions.get(name) ?? -1) + 1
        revisions.set(name, revision)
        return [key, endMs - sizeMs, endMs, revision, inside.length]
      }
      modelled(
        all,
        (fromMs, toMs) => {
          const start = Math.max(fromMs, 0)
          for (let endMs = Math.floor(start / slideMs + 1) * slideMs; endMs <= toMs; endMs += slideMs) {
            for (const key of ['a', 'b']) {
              const row = rowOf(key, endMs)
              if (row) expected.push(row)
            }
          }
        },
        (event, watermarkMs, isLate) => {
          held.push(event)
          if (!isLate) return
          const first = Math.floor(event.timeMs / slideMs + 1) * slideMs
          for (
            let endMs = first;
            endMs <= Math.min(watermarkMs, first + sizeMs - slideMs);
            endMs += slideMs
          ) {
            expected.push(rowOf(event.key, endMs)!)
          }
        },
      )
      const { said } = await runThrough(
        createSlidingWindow({
          ...base,
          sizeMs,
          slideMs,
          allowedLatenessMs: latenessMs,
          maxOutOfOrderMs: outOfOrderMs,
          aggregate: count(),
        }),
        eventsAt(...all.map(({ key, timeMs }): [string, number] => [key, timeMs])),
        { maxBatchEvents: 5, snapshotEvery: { events: 5 } },
      )
      expect(rowsOf(said)).toEqual(expected)
    }),
    { seed: 22, numRuns: 200 },
  )
})
