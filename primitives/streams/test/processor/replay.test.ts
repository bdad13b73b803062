import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Appended, LogEvent, LoggedEvent } from '../../src/log/log.ts'
import type { Processor } from '../../src/processor/processor.ts'
import { MemoryStateStore } from '../../src/state/memory-state-store.ts'
import { count } from '../../src/windows/aggregate.ts'
import { createSlidingWindow } from '../../src/windows/sliding-window.ts'
import { MemoryLog } from './memory-log.ts'
import { runToEnd } from './run-through.ts'
import { testCodec, testEvent } from './test-codec.ts'

type Any = Processor<unknown, unknown, unknown>

/** Uses all that a processor can: state, timers set, moved, cleared and past, late events, drops, errors after changes. */
function busy(watermarkPer: 'topic' | 'key'): Any {
  const processor: Processor<number, { sum: number; log: number[] }, unknown> = {
    name: 'busy',
    version: 1,
    input: { topic: 'in', codec: testCodec() },
    output: { topic: 'out', codec: testCodec() },
    allowedLatenessMs: 30,
    maxOutOfOrderMs: 5,
    watermarkPer,
    createState: () => ({ sum: 0, log: [] }),
    onEvent({ key, id, value, eventTimeMs, isLate }, context) {
      const { state } = context
      state.sum += value
      state.log = [...state.log, value].slice(-3)
      context.emit({
        rule: 'event',
        eventTimeMs,
        part: id,
        value: [key, state, isLate, context.watermarkMs],
      })
      if (value % 3 === 0) context.setTimer(`t${value % 2}`, eventTimeMs + value)
      if (value % 5 === 0) context.clearTimer('t0')
      if (value % 7 === 0) context.setTimer('past', eventTimeMs - value)
      if (value % 11 === 0) context.dropState()
      if (value % 13 === 0) throw new Error(`value ${value}`)
    },
    onTimer({ key, name, atMs }, context) {
      context.state.sum += 1000
      context.emit({
        rule: name,
        eventTimeMs: atMs,
        part: `${context.state.sum}`,
        value: [key, context.state],
      })
      if (context.state.sum % 4 === 0) throw new Error('timer')
      if (context.state.sum % 2 === 0) context.setTimer('again', atMs + 7)
    },
  }
  return processor as unknown as Any
}

function windows(watermarkPer: 'topic' | 'key'): Any {
  const processor = createSlidingWindow({
    name: 'sliding',
    version: 1,
    input: { topic: 'in', codec: testCodec<unknown>() },
    output: { topic: 'out', codec: testCodec<never>() },
    aggregate: count(),
    allowedLatenessMs: 30,
    maxOutOfOrderMs: 5,
    watermarkPer,
    sizeMs: 30,
    slideMs: 10,
  })
  return processor as unknown as Any
}

const processors = (['topic', 'key'] as const).flatMap((per) => [busy(per), windows(per)])

/** Times mostly rise, and fall back by up to 60 ms; some payloads cannot be read. */
const events = fc
  .array(
    fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'ä'),
      step: fc.integer({ min: -60, max: 60 }),
      value: fc.integer({ min: 1, max: 40 }),
      isTorn: fc.boolean(),
    }),
    { minLength: 1, maxLength: 120, size: 'max' },
  )
  .map((drafts) => {
    let timeMs = 1_000_000
    return drafts.map(({ key, step, value, isTorn }, i): LogEvent => {
      timeMs += step > 0 ? step / 4 : 0
      const event = testEvent(`e${i}`, key, Math.round(timeMs + Math.min(0, step)), value)
      return isTorn && value > 36 ? { ...event, payload: Buffer.from('{') } : event
    })
  })

function bytesOf(log: MemoryLog): unknown {
  return ['out', 'in.dead'].map((topic) =>
    log
      .events(topic)
      .map(({ id, key, eventTimeMs, payload }) => [id, key, eventTimeMs, Buffer.from(payload).toString()]),
  )
}

/** Dies at the nth append, before or after it has taken effect. */
class MortalLog extends MemoryLog {
  diesAfter = Infinity
  isAppendedFirst = false

  override async append(topic: string, batch: readonly LogEvent[]): Promise<Appended[]> {
    if (topic === 'in') return super.append(topic, batch)
    if (this.diesAfter-- > 0) return super.append(topic, batch)
    if (this.isAppendedFirst) await super.append(topic, batch)
    throw new Error('killed')
  }
}

test('says the same bytes in the same order, whatever the batches, snapshots and deaths in between [STREAMS-PROCESS-01]', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...processors),
      events,
      fc.constantFrom(1, 2, 7, 1000),
      fc.integer({ min: 1, max: 40 }),
      fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.boolean()), { maxLength: 6 }),
      async (processor, all, maxBatchEvents, snapshotEvents, deaths) => {
        const whole = new MemoryLog()
        await whole.append('in', all)
        await runToEnd(processor, whole).done

        const log = new MortalLog()
        const states = new MemoryStateStore()
        await log.append('in', all)
        const options = { states, maxBatchEvents, snapshotEvery: { events: snapshotEvents, ms: Infinity } }
        for (const [diesAfter, isAppendedFirst] of deaths) {
          Object.assign(log, { diesAfter, isAppendedFirst })
          await runToEnd(processor, log, options).done.catch(() => {})
        }
        log.diesAfter = Infinity
        await runToEnd(processor, log, options).done
        expect(bytesOf(log)).toEqual(bytesOf(whole))
      },
    ),
    { seed: 20, numRuns: 400 },
  )
})

/** Hands out batches of its own sizes, with a turn of the event loop before each, so that two readers interleave. */
class UnevenLog extends MemoryLog {
  readonly sizes: number[]

  constructor(sizes: number[]) {
    super()
    this.sizes = sizes
  }

  override async *read(
    topic: string,
    options: Parameters<MemoryLog['read']>[1],
  ): AsyncIterable<LoggedEvent[]> {
    let turn = 0
    for await (const batch of super.read(topic, options)) {
      for (let from = 0; from < batch.length;) {
        const size = this.sizes[turn++ % this.sizes.length]!
        for (let wait = 0; wait < size; wait++) await Promise.resolve()
        yield batch.slice(from, from + size)
        from += size
      }
    }
  }
}

test('two of one definition beside each other say each thing once, in the order of one alone [STREAMS-PROCESS-02]', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...processors),
      events,
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 30 }),
      async (processor, all, sizes, maxBatchEvents) => {
        const alone = new MemoryLog()
        await alone.append('in', all)
        await runToEnd(processor, alone).done

        const log = new UnevenLog(sizes)
        await log.append('in', all)
        const states = new MemoryStateStore()
        const snapshotEvery = { events: 10, ms: Infinity }
        await Promise.all([
          runToEnd(processor, log, { states, snapshotEvery }).done,
          runToEnd(processor, log, { states, snapshotEvery, maxBatchEvents }).done,
        ])
        expect(bytesOf(log)).toEqual(bytesOf(alone))
      },
    ),
    { seed: 21, numRuns: 200 },
  )
})
