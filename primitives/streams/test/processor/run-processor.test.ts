import { HeavyliftError } from '@heavylift/core'
import { describe, expect, test } from 'vitest'
import type { Log } from '../../src/log/log.ts'
import { outputId } from '../../src/processor/output-id.ts'
import type { Processor } from '../../src/processor/processor.ts'
import { runProcessor } from '../../src/processor/run-processor.ts'
import { MemoryStateStore } from '../../src/state/memory-state-store.ts'
import { MemoryLog } from './memory-log.ts'
import { runThrough, runToEnd } from './run-through.ts'
import { jsonOf, testCodec, testEvent } from './test-codec.ts'

interface Said {
  key: string
  text: string
}

type Handlers<State> = Partial<Processor<string, State, Said>> &
  Pick<Processor<string, State, Said>, 'createState' | 'onEvent'>

function processorOf<State>(handlers: Handlers<State>): Processor<string, State, Said> {
  return {
    name: 'p',
    version: 1,
    input: { topic: 'in', codec: testCodec() },
    output: { topic: 'out', codec: testCodec() },
    ...handlers,
  }
}

/** Says what it was handed, in order. */
const echo = processorOf<{ seen: number }>({
  allowedLatenessMs: 10,
  createState: () => ({ seen: 0 }),
  onEvent({ key, value, eventTimeMs, isLate }, context) {
    context.state.seen++
    const text = `${value} ${context.state.seen}${isLate ? ' late' : ''}`
    context.emit({ rule: 'echo', eventTimeMs, part: value, value: { key, text } })
  },
})

describe('a processor', () => {
  test('keeps a state for each key and emits ids that depend on what is said alone', async () => {
    const { log, said } = await runThrough(echo, [
      testEvent('1', 'a', 100, 'x'),
      testEvent('2', 'b', 100, 'y'),
      testEvent('3', 'a', 101, 'z'),
    ])
    expect(said).toEqual([
      { key: 'a', text: 'x 1' },
      { key: 'b', text: 'y 1' },
      { key: 'a', text: 'z 2' },
    ])
    expect(log.events('out')[0]).toMatchObject({
      id: outputId('p', 'echo', 'a', 100, 'x', 0),
      key: 'a',
      eventTimeMs: 100,
    })
    // The first 128 bits of SHA-256 over `["p","echo","a",100,"x",0]`: a change would say everything anew.
    expect(outputId('p', 'echo', 'a', 100, 'x', 0)).toBe('8db6959bf1e148e2cf993a65c7bc8e59')
  })

  test('hands a late event on as late, and sends one that is too late to the dead letters [STREAMS-PROCESS-03]', async () => {
    const { said, dead, handle } = await runThrough(echo, [
      testEvent('1', 'a', 100, 'now'),
      testEvent('2', 'a', 90, 'late'),
      testEvent('3', 'b', 89, 'too late'),
      testEvent('4', 'a', 100, 'again'),
    ])
    expect(said.map(({ text }) => text)).toEqual(['now 1', 'late 2 late', 'again 3'])
    expect(dead).toMatchObject([{ kind: 'too-late', where: 'p', id: '3', offset: 3 }])
    expect(handle).toMatchObject({ lateEvents: 2, deadLetters: 1, events: 4, position: 4, watermarkMs: 100 })
  })

  test('lets an event be out of order by as much as was said', async () => {
    const { said } = await runThrough({ ...echo, maxOutOfOrderMs: 50, allowedLatenessMs: 0 }, [
      testEvent('1', 'a', 100, 'x'),
      testEvent('2', 'a', 50, 'y'),
    ])
    expect(said.map(({ text }) => text)).toEqual(['x 1', 'y 2'])
  })

  test('gives each key a time of its own where asked for', async () => {
    const { said, dead, handle } = await runThrough({ ...echo, watermarkPer: 'key' }, [
      testEvent('1', 'today', 5000, 'x'),
      testEvent('2', 'old', 100, 'y'),
      testEvent('3', 'old', 95, 'z'),
      testEvent('4', 'today', 4000, 'w'),
    ])
    expect(said.map(({ text }) => text)).toEqual(['x 1', 'y 1', 'z 2 late'])
    expect(dead).toMatchObject([{ id: '4' }])
    expect(handle.watermarkMs).toBe(5000)
  })

  test('fires timers by time, then key, then name, before the event that moved the watermark there', async () => {
    const { said } = await runThrough(
      processorOf({
        createState: () => ({}),
        onEvent({ key, value, eventTimeMs }, context) {
          context.emit({ rule: 'event', eventTimeMs, value: { key, text: value } })
          if (value !== 'set') return
          context.setTimer('z', 20)
          context.setTimer('y', 20)
          context.setTimer('moved', 15)
          context.setTimer('moved', 30)
          context.setTimer('cleared', 16)
          context.clearTimer('cleared')
        },
        onTimer({ key, name, atMs }, context) {
          context.emit({
            rule: name,
            eventTimeMs: atMs,
            value: { key, text: `${name}@${atMs}<=${context.watermarkMs}` },
          })
        },
      }),
      [testEvent('1', 'b', 10, 'set'), testEvent('2', 'a', 11, 'set'), testEvent('3', 'c', 30, 'go')],
    )
    expect(said.slice(2).map(({ key, text }) => `${key} ${text}`)).toEqual([
      'a y@20<=30',
      'a z@20<=30',
      'b y@20<=30',
      'b z@20<=30',
      'a moved@30<=30',
      'b moved@30<=30',
      'c go',
    ])
  })

  test('fires a timer that is set into the past right after the event, and refuses one that would never end', async () => {
    const { said, dead } = await runThrough(
      processorOf({
        createState: () => ({}),
        onEvent: (_event, context) => context.setTimer('past', 1),
        onTimer({ key, name, atMs }, context) {
          context.emit({ rule: name, eventTimeMs: atMs, value: { key, text: name } })
          if (name === 'past') context.setTimer('next', 2)
          else context.setTimer('same', atMs)
        },
      }),
      [testEvent('1', 'a', 10, 'x')],
    )
    expect(said.map(({ text }) => text)).toEqual(['past'])
    expect(dead).toMatchObject([
      { kind: 'timer-failed', code: 'timer-not-later', timer: { name: 'next', atMs: 2 } },
    ])
  })

  test('forgets a key when told to', async () => {
    const { said } = await runThrough(
      processorOf<{ seen: number }>({
        ...echo,
        onEvent(event, context) {
          echo.onEvent(event, context)
          context.setTimer('never', event.eventTimeMs + 1)
          if (event.value === 'end') context.dropState()
        },
        onTimer: ({ key, atMs }, context) =>
          context.emit({ rule: 'timer', eventTimeMs: atMs, value: { key, text: 'timer' } }),
      }),
      [
        testEvent('1', 'a', 1, 'x'),
        testEvent('2', 'a', 2, 'end'),
        testEvent('3', 'b', 9, 'y'),
        testEvent('4', 'a', 9, 'z'),
      ],
    )
    expect(said.map(({ key, text }) => `${key} ${text}`)).toEqual([
      'a x 1',
      'a timer',
      'a end 2',
      'b y 1',
      'a z 1',
    ])
  })

  test('undoes all that a failed event did and goes on, however many fail [STREAMS-PROCESS-04]', async () => {
    const spoiled = processorOf<{ seen: string[] }>({
      createState: () => ({ seen: [] }),
      onEvent({ key, value, eventTimeMs }, context) {
        context.state.seen.push(value)
        context.emit({ rule: 'r', eventTimeMs, value: { key, text: context.state.seen.join('') } })
        context.setTimer('t', eventTimeMs + 1)
        if (value === '!') throw new Error('no such value')
      },
      onTimer: ({ atMs }, context) => {
        context.state.seen.push(`(${atMs})`)
      },
    })
    const events = 'a!b!!c'.split('').map((value, i) => testEvent(`${i}`, 'k', 10 * i, value))
    const { said, dead } = await runThrough(spoiled, [
      ...events,
      { ...testEvent('bad', 'k', 70, ''), payload: Buffer.from('{') },
    ])
    expect(said.map(({ text }) => text)).toEqual(['a', 'a(1)b', 'a(1)b(21)c'])
    expect(dead).toMatchObject([
      { kind: 'event-failed', id: '1', reason: 'no such value', payloadBase64: 'IiEi' },
      { kind: 'event-failed', id: '3' },
      { kind: 'event-failed', id: '4' },
      { kind: 'undecodable', id: 'bad', code: 'payload-invalid' },
    ])
  })

  test('takes two outputs of one event with the same id for a mistake', async () => {
    const { said, dead } = await runThrough(
      processorOf({
        createState: () => ({}),
        onEvent({ key, eventTimeMs }, context) {
          for (const text of ['1', '2']) context.emit({ rule: 'r', eventTimeMs, value: { key, text } })
        },
      }),
      [testEvent('1', 'a', 1, 'x')],
    )
    expect(said).toEqual([])
    expect(dead).toMatchObject([{ code: 'output-twice' }])
  })

  test('tries an append again while the log is away, and stops when the log refuses', async () => {
    const log = new MemoryLog()
    await log.append('in', [testEvent('1', 'a', 1, 'x')])
    let failures = 2
    const away = overlay(log, async (topic, events) => {
      if (failures-- > 0) throw new HeavyliftError({ code: 'gone', message: 'away', isRetryable: true })
      return log.append(topic, events)
    })
    await runToEnd(echo, away).done
    expect(log.events('out')).toHaveLength(1)
    const refusing = overlay(log, async () => {
      throw new HeavyliftError({ code: 'full', message: 'no room' })
    })
    await expect(runToEnd(echo, refusing).done).rejects.toThrow('no room')
  })

  test('takes a snapshot of the last events of a topic that has gone quiet', async () => {
    const log = new MemoryLog()
    const states = new MemoryStateStore()
    const signal = new AbortController().signal
    const handle = runProcessor({ processor: echo, log, states, signal, snapshotEvery: { ms: 20 } })
    await log.append('in', [testEvent('1', 'a', 1, 'x')])
    await handle.drain()
    await expect.poll(async () => (await states.load('p', 1))?.offset, { timeout: 5000 }).toBe(1)
    await handle.stop()
  })

  test('follows the topic, drains, and begins at its last snapshot when started again', async () => {
    const log = new MemoryLog()
    const states = new MemoryStateStore()
    const signal = new AbortController().signal
    const first = runProcessor({ processor: echo, log, states, signal })
    await log.append('in', [testEvent('1', 'a', 1, 'x')])
    await first.drain()
    expect(log.events('out')).toHaveLength(1)
    await first.stop()
    await log.append('in', [testEvent('2', 'a', 2, 'y')])
    await expect(first.drain()).rejects.toMatchObject({ code: 'processor-stopped' })
    const second = runProcessor({ processor: echo, log, states, signal })
    await second.drain()
    expect(second).toMatchObject({ events: 1, position: 2, lagEvents: 0 })
    expect(jsonOf(log.events('out')[1]!)).toEqual({ key: 'a', text: 'y 2' })
    await second.stop()
    const raised = runProcessor({ processor: { ...echo, version: 2 }, log, states, signal })
    await raised.drain()
    expect(raised.events).toBe(2)
    expect(log.events('out')).toHaveLength(2)
    await raised.stop()
  })
})

/** The log, with another way to append. */
function overlay(log: MemoryLog, append: Log['append']): Log {
  return {
    append,
    read: (topic, options) => log.read(topic, options),
    range: (topic) => log.range(topic),
    consume: () => log.consume(),
    topics: () => log.topics(),
    close: () => log.close(),
  }
}
