import { expect, test } from 'vitest'
import { z } from 'zod'
import { createJsonCodec } from '../../src/index.ts'

const codec = createJsonCodec({
  name: 'lap',
  version: 3,
  schema: z.object({ car: z.string(), lapMs: z.number() }),
  upgrade: {
    1: (old) => ({ ...(old as object), seconds: Number((old as { time: string }).time) }),
    2: (old) => ({ car: (old as { car: string }).car, lapMs: (old as { seconds: number }).seconds * 1000 }),
  },
})
const bytes = (value: unknown) => Buffer.from(JSON.stringify(value))

test('reads what it wrote', () => {
  const lap = { car: '№ 24', lapMs: 48_250.5 }
  expect(codec.decode(codec.encode(lap), 3)).toEqual(lap)
})

test('brings older versions up to date, step by step [STREAMS-CODEC-01]', () => {
  expect(codec.decode(bytes({ car: '24', time: '48.5' }), 1)).toEqual({ car: '24', lapMs: 48_500 })
  expect(codec.decode(bytes({ car: '24', seconds: 50 }), 2)).toEqual({ car: '24', lapMs: 50_000 })
})

test('asks for an update where the version is newer than it knows [STREAMS-CODEC-01]', () => {
  expect(() => codec.decode(bytes({}), 4)).toThrow(
    expect.objectContaining({
      code: 'payload-too-new',
      message: expect.stringContaining('Update the program'),
    }),
  )
})

test.each([
  ['JSON', Buffer.from('{"car"')],
  ['UTF-8', Buffer.from([0x22, 0xff, 0x22])],
  ['the schema', bytes({ car: 24, lapMs: 1 })],
])('says what is wrong with a payload that is not %s', (_, payload) => {
  expect(() => codec.decode(payload, 3)).toThrow(
    expect.objectContaining({
      code: 'payload-invalid',
      message: expect.stringContaining('a lap of version 3'),
    }),
  )
})

test('is not made where an upgrade is missing', () => {
  expect(() =>
    createJsonCodec({ name: 'lap', version: 3, schema: z.string(), upgrade: { 1: String } }),
  ).toThrow(/upgrade\[2\]/)
})
