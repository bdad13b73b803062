import { expect, test } from 'vitest'
import type { LoggedEvent } from '../../src/log/log.ts'
import { Engine } from '../../src/processor/engine.ts'
import type { Processor } from '../../src/processor/processor.ts'
import { testCodec, testEvent } from './test-codec.ts'

const counting: Processor<number, { seen: number }, unknown> = {
  name: 'p',
  version: 1,
  input: { topic: 'in', codec: testCodec() },
  output: { topic: 'out', codec: testCodec() },
  createState: () => ({ seen: 0 }),
  onEvent({ key, eventTimeMs, value }, context) {
    context.state.seen++
    context.setTimer('t', eventTimeMs + 300)
    if (value === 0) context.dropState()
    context.emit({ rule: 'r', eventTimeMs, part: key, value: context.state.seen })
  },
  onTimer({ key, atMs }, context) {
    context.emit({ rule: 't', eventTimeMs: atMs, part: key, value: context.state.seen })
  },
}

function eventAt(offset: number): LoggedEvent {
  const event = testEvent(`${offset}`, `k${(offset * 7919) % 150}`, offset, offset % 13)
  return { ...event, offset, appendedAtMs: 0 }
}

function apply(engine: Engine<number, { seen: number }, unknown>, from: number, to: number): string[] {
  engine.outputs = []
  for (let offset = from; offset < to; offset++) engine.apply(eventAt(offset))
  return engine.outputs.map(({ id, payload }) => `${id} ${Buffer.from(payload).toString()}`)
}

test('a snapshot written bit by bit holds what was when it began, whatever came meanwhile [STREAMS-STATE-02]', () => {
  const engine = new Engine(counting)
  apply(engine, 1, 500)
  const writer = engine.beginSnapshot(499)
  let offset = 500
  for (let isWhole = false; !isWhole;) {
    isWhole = writer.step(() => true)
    apply(engine, offset, offset + 20)
    offset += 20
  }
  expect(offset).toBeGreaterThan(600)
  engine.endSnapshot(499)

  const straight = new Engine(counting)
  apply(straight, 1, 500)
  const expected = apply(straight, 500, 1500)
  const loaded = new Engine(counting)
  loaded.load(writer.bytes())
  expect(loaded.watermarkMs).toBe(499)
  expect(apply(loaded, 500, 1500)).toEqual(expected)
})

test('refuses a snapshot of another format with advice', () => {
  const engine = new Engine(counting)
  expect(() => engine.load(Buffer.from('{"format":99}\n'))).toThrow('raise the processor’s version')
})
