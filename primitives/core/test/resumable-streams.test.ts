import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ResumableStreams } from '../src/resumable-streams.ts'
import type { ServerEvent } from '../src/route.ts'

afterEach(() => {
  vi.useRealTimers()
})

/** Counts up to `last`, and counts how many were asked for. */
function counter(last: number) {
  const state = { asked: 0, ended: false, aborted: false }
  const source = (signal: AbortSignal) =>
    (async function* (): AsyncGenerator<ServerEvent> {
      signal.addEventListener('abort', () => {
        state.aborted = true
      })
      try {
        while (state.asked < last) yield { data: ++state.asked }
      } finally {
        state.ended = true
      }
    })()
  return { state, source }
}

async function take(events: AsyncIterable<ServerEvent> | null, count: number): Promise<unknown[]> {
  const taken: unknown[] = []
  if (!events) return ['no stream']
  if (count === 0) return taken
  for await (const event of events) {
    taken.push(event.data)
    if (taken.length === count) break
  }
  return taken
}

const settle = async (): Promise<void> => {
  for (let i = 0; i < 200; i++) await Promise.resolve()
}

describe('a resumable stream', () => {
  it('gives a reader that was cut off exactly the rest [CORE-STREAM-01]', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60 }),
        fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 10 }),
        async (last, cuts, maxAhead) => {
          const streams = new ResumableStreams({ maxAhead })
          const all: unknown[] = []
          let events: AsyncIterable<ServerEvent> | null = streams.start('a', counter(last).source)
          for (const cut of cuts) {
            all.push(...(await take(events, cut)))
            // The connection broke while the last one was on its way or after it: the client names what it has.
            events = streams.resume('a', String(all.length))
          }
          all.push(...(await take(events, Number.POSITIVE_INFINITY)))
          expect(all).toEqual(Array.from({ length: last }, (_, i) => i + 1))
          streams.close()
        },
      ),
    )
  })

  it('can be read by two at once and from the start', async () => {
    const streams = new ResumableStreams()
    const one = streams.start('a', counter(5).source)
    const two = streams.resume('a', null)
    expect(await Promise.all([take(one, 9), take(two, 9)])).toEqual([
      [1, 2, 3, 4, 5],
      [1, 2, 3, 4, 5],
    ])
  })

  it('holds the source back while a reader is slow [CORE-STREAM-02]', async () => {
    const streams = new ResumableStreams({ maxAhead: 3 })
    const { state, source } = counter(1_000)
    const iterator = streams.start('a', source)[Symbol.asyncIterator]()
    await iterator.next()
    await settle()
    expect(state.asked).toBeLessThanOrEqual(4)
    await iterator.next()
    await settle()
    expect(state.asked).toBeLessThanOrEqual(5)
    streams.close()
  })

  it('goes on without a reader until the buffer is full, and loses nothing by it', async () => {
    const streams = new ResumableStreams({ maxEvents: 10, maxAhead: 3 })
    const { state, source } = counter(30)
    expect(await take(streams.start('a', source), 2)).toEqual([1, 2])
    await settle()
    expect(state.asked).toBeGreaterThan(9)
    expect(state.asked).toBeLessThan(15)
    const rest = await take(streams.resume('a', '2'), 99)
    expect(rest).toEqual(Array.from({ length: 28 }, (_, i) => i + 3))
  })

  it('keeps no more than it may, and says so to a reader that comes from before [CORE-STREAM-02]', async () => {
    const streams = new ResumableStreams({ maxEvents: 10 })
    expect(await take(streams.start('a', counter(100).source), 100)).toHaveLength(100)
    expect(() => streams.resume('a', '3')).toThrowError(expect.objectContaining({ code: 'stream-gap' }))
    expect(await take(streams.resume('a', '95'), 9)).toEqual([96, 97, 98, 99, 100])
  })

  it('is ended when nobody reads it for long, and forgotten later', async () => {
    vi.useFakeTimers()
    const streams = new ResumableStreams({ unreadMs: 1_000, keepMs: 2_000, maxEvents: 5 })
    const { state, source } = counter(1_000)
    await take(streams.start('a', source), 1)
    await vi.advanceTimersByTimeAsync(999)
    expect(state.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(2)
    expect([state.aborted, state.ended, streams.isRunning('a')]).toEqual([true, true, false])
    expect(await take(streams.resume('a', '1'), 2)).toEqual([2, 3])
    await vi.advanceTimersByTimeAsync(2_000)
    expect(streams.resume('a', '1')).toBeNull()
  })

  it('passes the failure of its source to every reader, also a late one', async () => {
    const streams = new ResumableStreams()
    const failing = async function* (): AsyncGenerator<ServerEvent> {
      yield { data: 1 }
      throw new Error('no model')
    }
    const first = streams.start('a', failing)
    await expect(take(first, 9)).rejects.toThrow('no model')
    await expect(take(streams.resume('a', '1'), 9)).rejects.toThrow('no model')
  })

  it('ends for its readers when it is aborted', async () => {
    const streams = new ResumableStreams()
    const events = streams.start('a', async function* (signal) {
      yield { data: 1 }
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve)
      })
    })
    const all = take(events, 9)
    await settle()
    streams.abort('a')
    expect(await all).toEqual([1])
  })

  it('runs once for an id at a time', async () => {
    const streams = new ResumableStreams({ maxEvents: 3 })
    streams.start('a', counter(1_000).source)
    expect(() => streams.start('a', counter(1).source)).toThrowError(
      expect.objectContaining({ code: 'stream-running', status: 409 }),
    )
    streams.abort('a')
    expect(await take(streams.start('a', counter(2).source), 9)).toEqual([1, 2])
  })

  it('makes room by forgetting ended streams, never running ones', async () => {
    const streams = new ResumableStreams({ maxStreams: 2, maxEvents: 1 })
    await take(streams.start('done', counter(1).source), 9)
    await settle()
    streams.start('b', counter(99).source)
    streams.start('c', counter(99).source)
    expect(streams.resume('done', null)).toBeNull()
    expect(() => streams.start('d', counter(1).source)).toThrowError(expect.objectContaining({ status: 503 }))
    streams.close()
  })

  it.each(['x', '-1', '1.5', '7'])('refuses the last event id %s', async (lastEventId) => {
    const streams = new ResumableStreams()
    await take(streams.start('a', counter(5).source), 9)
    expect(() => streams.resume('a', lastEventId)).toThrowError(expect.objectContaining({ status: 400 }))
  })
})
