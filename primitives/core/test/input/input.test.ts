import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { InvalidInputError } from '../../src/errors.ts'
import { findUnacceptable, parseInput } from '../../src/input/index.ts'

const schema = z.object({
  name: z.string().min(2),
  count: z.coerce.number().int().min(1).max(10),
  kind: z.enum(['a', 'b']).optional(),
  things: z.array(z.object({ at: z.iso.datetime() })).optional(),
})

function messageOf(value: unknown): string {
  try {
    parseInput(schema, value, 'body')
  } catch (error) {
    if (error instanceof InvalidInputError)
      return error.message.replace('The request does not fit this route. ', '')
  }
  return 'taken'
}

test('what no input may hold is found wherever it stands, and nothing else is [CORE-INPUT-01]', () => {
  const bad = fc.constantFrom<unknown>('a\0', '\ud800', 'x\udfff', 1e16, -1e308, Infinity, NaN)
  const place = fc.array(fc.constantFrom('a', 'list', '0'), { maxLength: 5 })
  fc.assert(
    fc.property(bad, place, fc.jsonValue(), (value, path, beside) => {
      const whole = path.reduceRight<unknown>((inner, name) => ({ beside: 1, [name]: inner }), value)
      expect(findUnacceptable(whole)?.path).toEqual(path)
      expect(findUnacceptable({ ['x\0']: beside })?.message).toContain('name')
    }),
  )
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer(), (text, number) => {
      expect(findUnacceptable({ [text]: [text, number, null, true, '🏈'] })).toBeNull()
    }),
  )
})

test('nesting without end is refused without following it', () => {
  let value: unknown = 1
  for (let level = 0; level < 100_000; level++) value = [value]
  expect(findUnacceptable(value)).toEqual({ path: [], message: expect.stringContaining('flatter') })
})

test.each([
  [{ name: 'ab', count: '3' }, 'taken'],
  [{ name: 'a', count: 0 }, 'body name: must have at least 2 characters; body count: must be at least 1.'],
  [{ count: 3 }, 'body name: is missing; it must be a text.'],
  [{ name: 'ab', count: 3, kind: 'c' }, 'body kind: must be one of "a", "b".'],
  [
    { name: 'ab', count: 3, things: [{ at: 'now' }] },
    'body things.0.at: must be a time such as 2026-01-31T12:00:00Z.',
  ],
  [[], 'body (whole): must be an object.'],
  [{ name: 'a\0b', count: 3 }, 'body name: holds a NUL (U+0000), which no text may; leave it out.'],
  // Text that became a number counts as one.
  [{ name: 'ab', count: '99' }, 'body count: must be at most 10.'],
])('%j: %s [CORE-INPUT-01]', (value, message) => {
  expect(messageOf(value)).toBe(message)
})

test('a value of any kind that is missing is said so [CORE-INPUT-01]', () => {
  const open = z.object({ input: z.unknown() })
  expect(() => parseInput(open, {}, 'body')).toThrow('body input: is missing; it must be any value.')
})

test('text that a schema without bounds makes a number of counts as one [CORE-INPUT-01]', () => {
  const open = z.object({ min: z.coerce.number() })
  expect(() => parseInput(open, { min: '1e308' }, 'query')).toThrow('query min: is no number')
  expect(parseInput(open, { min: '5' }, 'query')).toEqual({ min: 5 })
})
