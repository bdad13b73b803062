import { describe, expect, test } from 'vitest'
import type { Delivery, Log, LogEvent, LoggedEvent } from '../../src/log/log.ts'
import { event, events } from './test-events.ts'

/** A place where logs are opened: a folder, or a prefix on servers. */
export interface LogPlace {
  /** Opens the log; what an earlier one stored is there. The earlier one was closed. */
  open(): Promise<Log>
  dispose(): Promise<void>
}

export interface LogContract {
  name: string
  make: () => Promise<LogPlace>
}

export async function readAll(log: Log, topic: string, fromOffset = 1): Promise<LoggedEvent[]> {
  const signal = new AbortController().signal
  const all: LoggedEvent[] = []
  for await (const batch of log.read(topic, { fromOffset, until: 'end', signal })) all.push(...batch)
  return all
}

/** What every backend of `Log` keeps to. */
export function runLogContract({ name, make }: LogContract): void {
  async function withPlace(run: (place: LogPlace) => Promise<void>): Promise<void> {
    const place = await make()
    try {
      await run(place)
    } finally {
      await place.dispose()
    }
  }

  async function withLog(run: (log: Log) => Promise<void>): Promise<void> {
    await withPlace(async (place) => {
      const log = await place.open()
      try {
        await run(log)
      } finally {
        await log.close()
      }
    })
  }

  // Most of the time of a test is spent waiting for the backend.
  describe.concurrent(`log contract: ${name}`, () => {
    test('reads events in the order of their append, as they were [STREAMS-LOG-01]', () =>
      withLog(async (log) => {
        const odd = [
          event(1, {
            id: 'münchen/1 → 2',
            key: 'Spiel 1: "a" = b',
            payload: Buffer.from([0, 255, 13, 10, 0]),
          }),
          event(2, { payload: new Uint8Array(0), schemaVersion: 7, eventTimeMs: 1_700_000_000_123.5 }),
          event(3, { payload: Buffer.alloc(300_000, 'x'), eventTimeMs: -5 }),
        ]
        const before = Date.now()
        const first = await log.append('t', odd)
        const second = await log.append('t', events(4, 2500))
        expect(first.map((a) => a.offset)).toEqual([1, 2, 3])
        expect(second.at(-1)).toEqual({ offset: 2500, duplicate: false })
        const read = await readAll(log, 't')
        expect(read.map((e) => e.offset)).toEqual(Array.from({ length: 2500 }, (_, i) => i + 1))
        expect(read.map(asAppended)).toEqual([...odd, ...events(4, 2500)].map(asAppended))
        expect(read[0]!.appendedAtMs).toBeGreaterThanOrEqual(before - 1000)
        expect(read[0]!.appendedAtMs).toBeLessThanOrEqual(Date.now() + 1000)
      }))

    test('stores an id once, and says where the first one is [STREAMS-LOG-02]', () =>
      withPlace(async (place) => {
        let log = await place.open()
        await log.append('t', events(1, 3))
        expect(await log.append('t', [event(2), event(4), event(4), event(1)])).toEqual([
          { offset: 2, duplicate: true },
          { offset: 4, duplicate: false },
          { offset: 4, duplicate: true },
          { offset: 1, duplicate: true },
        ])
        const raced = await Promise.all(Array.from({ length: 10 }, () => log.append('t', [event(5)])))
        expect(raced.flat().map((a) => a.offset)).toEqual(Array.from({ length: 10 }, () => 5))
        expect(raced.flat().filter((a) => !a.duplicate)).toHaveLength(1)
        await log.close()
        log = await place.open()
        expect(await log.append('t', [event(3), event(6)])).toEqual([
          { offset: 3, duplicate: true },
          { offset: 6, duplicate: false },
        ])
        expect(await log.append('other', [event(3)])).toEqual([{ offset: 1, duplicate: false }])
        expect((await readAll(log, 't')).map((e) => e.id)).toEqual(events(1, 6).map((e) => e.id))
        await log.close()
      }))

    test('hands new events to readers that follow, until they are aborted [STREAMS-LOG-03]', () =>
      withLog(async (log) => {
        const abort = new AbortController()
        const seen: number[] = []
        const reader = (async () => {
          for await (const batch of log.read('t', { fromOffset: 1, until: 'follow', signal: abort.signal })) {
            seen.push(...batch.map((e) => e.offset))
            if (seen.length === 3) await log.append('t', events(4, 5))
            if (seen.length === 5) abort.abort()
          }
        })()
        await log.append('t', [event(1)])
        await log.append('t', events(2, 3))
        await reader
        expect(seen).toEqual([1, 2, 3, 4, 5])
      }))

    test('ends a reader that waits when it is aborted, and when the log is closed', () =>
      withPlace(async (place) => {
        const log = await place.open()
        const abort = new AbortController()
        const never = new AbortController()
        await log.append('t', [event(1)])
        const aborted = log
          .read('t', { fromOffset: 2, until: 'follow', signal: abort.signal })
          [Symbol.asyncIterator]()
        const closed = log
          .read('t', { fromOffset: 2, until: 'follow', signal: never.signal })
          [Symbol.asyncIterator]()
        const ends = [aborted.next(), closed.next()]
        abort.abort()
        expect(await ends[0]).toEqual({ done: true, value: undefined })
        await log.close()
        expect(await ends[1]).toEqual({ done: true, value: undefined })
      }))

    test('reads from any offset in batches of the size asked for [STREAMS-LOG-04]', () =>
      withLog(async (log) => {
        const signal = new AbortController().signal
        for (let from = 1; from < 600; from += 60) await log.append('t', events(from, from + 59))
        for (const fromOffset of [1, 2, 60, 61, 299, 600]) {
          expect((await readAll(log, 't', fromOffset)).map((e) => e.offset)).toEqual(
            Array.from({ length: 601 - fromOffset }, (_, i) => fromOffset + i),
          )
        }
        expect(await readAll(log, 't', 601)).toEqual([])
        expect(await readAll(log, 'empty')).toEqual([])
        const sizes: number[] = []
        for await (const batch of log.read('t', { fromOffset: 101, maxEvents: 70, until: 'end', signal }))
          sizes.push(batch.length)
        expect(Math.max(...sizes)).toBeLessThanOrEqual(70)
        expect(sizes.reduce((a, b) => a + b)).toBe(500)
      }))

    test('knows its topics and their ranges [STREAMS-LOG-04]', () =>
      withPlace(async (place) => {
        let log = await place.open()
        expect(await log.topics()).toEqual([])
        expect(await log.range('live.feed')).toEqual({ first: 1, next: 1 })
        await log.append('live.feed', events(1, 10))
        await log.append('live-feed', [event(1)])
        await log.close()
        log = await place.open()
        expect(await log.range('live.feed')).toEqual({ first: 1, next: 11 })
        expect(await log.topics()).toEqual(['live-feed', 'live.feed'])
        await log.close()
      }))

    test('keeps the order of each caller when many append at once [STREAMS-LOG-01]', () =>
      withLog(async (log) => {
        const callers = Array.from({ length: 8 }, async (_, caller) => {
          const offsets: number[] = []
          for (let n = 0; n < 20; n++) {
            const ids = [`${caller}-${n}-a`, `${caller}-${n}-b`]
            const appended = await log.append(
              't',
              ids.map((id) => event(n, { id, key: String(caller) })),
            )
            offsets.push(...appended.map((a) => a.offset))
          }
          return offsets
        })
        const offsets = await Promise.all(callers)
        for (const own of offsets) expect(own).toEqual([...own].sort((a, b) => a - b))
        expect(new Set(offsets.flat()).size).toBe(320)
        const read = await readAll(log, 't')
        for (let caller = 0; caller < 8; caller++) {
          const ids = read.filter((e) => e.key === String(caller)).map((e) => e.id)
          expect(ids).toEqual(
            Array.from({ length: 20 }, (_, n) => [`${caller}-${n}-a`, `${caller}-${n}-b`]).flat(),
          )
        }
      }))

    test('refuses a bad event before anything of its batch is stored', () =>
      withLog(async (log) => {
        const bad: Partial<LogEvent>[] = [
          { id: '' },
          { id: 'x'.repeat(201) },
          { key: 'line\nbreak' },
          { eventTimeMs: NaN },
          { schemaVersion: 0 },
          { payload: Buffer.alloc(1_000_001) },
        ]
        for (const fields of bad) {
          await expect(log.append('t', [event(1), event(2, fields)])).rejects.toMatchObject({
            code: 'log-event-invalid',
          })
        }
        await expect(log.append('a b', [event(1)])).rejects.toMatchObject({ code: 'log-topic-invalid' })
        await log.append('t', [event(9)])
        expect((await readAll(log, 't')).map((e) => e.id)).toEqual(['event-9'])
      }))

    test('takes no appends after it was closed', () =>
      withPlace(async (place) => {
        const log = await place.open()
        await log.append('t', [event(1)])
        await log.close()
        await log.close()
        await expect(log.append('t', [event(2)])).rejects.toMatchObject({ code: 'log-closed' })
      }))

    test('shares a topic between the members of a group, each event to one of them [STREAMS-GROUP-01]', () =>
      withLog(async (log) => {
        const abort = new AbortController()
        const seen: string[][] = [[], []]
        const { promise: haveBoth, resolve } = Promise.withResolvers<void>()
        let left = 300
        const members = seen.map(async (own) => {
          for await (const delivery of log.consume('t', {
            group: 'g',
            maxInFlight: 10,
            signal: abort.signal,
          })) {
            own.push(delivery.event.id)
            // Neither goes on before each has one: a member that is slow to come is not left without.
            if (seen.every((ids) => ids.length > 0)) resolve()
            await haveBoth
            await delivery.ack()
            if (--left === 0) abort.abort()
          }
        })
        for (let from = 1; from <= 300; from += 50) await log.append('t', events(from, from + 49))
        await Promise.all(members)
        expect(seen.flat().sort()).toEqual(
          events(1, 300)
            .map((e) => e.id)
            .sort(),
        )
      }))

    test('hands an event out again after ackWaitMs and after retry, and never after ack [STREAMS-GROUP-02]', () =>
      withLog(async (log) => {
        await log.append('t', events(1, 3))
        const abort = new AbortController()
        const attempts: [string, number][] = []
        for await (const delivery of log.consume('t', { group: 'g', ackWaitMs: 300, signal: abort.signal })) {
          attempts.push([delivery.event.id, delivery.attempt])
          // 1 is forgotten once, 2 is given back once, 3 is done at once.
          if (delivery.event.id === 'event-2' && delivery.attempt === 1) await delivery.retry()
          else if (delivery.event.id !== 'event-1' || delivery.attempt > 1) await delivery.ack()
          if (attempts.length === 5) abort.abort()
        }
        expect(attempts.sort(([a, i], [b, j]) => a.localeCompare(b) || i - j)).toEqual([
          ['event-1', 1],
          ['event-1', 2],
          ['event-2', 1],
          ['event-2', 2],
          ['event-3', 1],
        ])
      }))

    test('hands out no more than maxInFlight before one is acknowledged [STREAMS-GROUP-02]', () =>
      withLog(async (log) => {
        await log.append('t', events(1, 10))
        const abort = new AbortController()
        const member = log
          .consume('t', { group: 'g', maxInFlight: 2, signal: abort.signal })
          [Symbol.asyncIterator]()
        const held = [await take(member), await take(member)]
        const third = take(member)
        let isThirdHere = false
        void third.then(() => (isThirdHere = true))
        await log.append('t', [event(11)])
        await readAll(log, 't')
        expect(isThirdHere).toBe(false)
        await held[0]!.ack()
        expect((await third).event.id).toBe('event-3')
        abort.abort()
        await member.return?.()
      }))

    test("keeps a group's position when the log is opened again [STREAMS-GROUP-03]", () =>
      withPlace(async (place) => {
        let log = await place.open()
        await log.append('t', events(1, 6))
        let abort = new AbortController()
        let taken = 0
        for await (const delivery of log.consume('t', { group: 'g', ackWaitMs: 500, signal: abort.signal })) {
          // 2 and 6 stay open.
          if (delivery.event.offset !== 2 && delivery.event.offset !== 6) await delivery.ack()
          if (++taken === 6) abort.abort()
        }
        await log.close()
        log = await place.open()
        await log.append('t', [event(7)])
        abort = new AbortController()
        const again: number[] = []
        for await (const delivery of log.consume('t', { group: 'g', ackWaitMs: 500, signal: abort.signal })) {
          again.push(delivery.event.offset)
          await delivery.ack()
          if (again.length === 3) abort.abort()
        }
        expect(again.sort((a, b) => a - b)).toEqual([2, 6, 7])
        abort = new AbortController()
        const other = log.consume('t', { group: 'other', signal: abort.signal })[Symbol.asyncIterator]()
        expect((await take(other)).event.offset).toBe(1)
        abort.abort()
        await other.return?.()
        await log.close()
      }))
  })
}

async function take(member: AsyncIterator<Delivery>): Promise<Delivery> {
  const result = await member.next()
  if (result.done === true) throw new Error('The group handed out nothing more.')
  return result.value
}

function asAppended({ id, key, eventTimeMs, schemaVersion, payload }: LogEvent): unknown {
  return { id, key, eventTimeMs, schemaVersion, payload: Buffer.from(payload).toString('base64') }
}
