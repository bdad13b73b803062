import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ToolCallReader } from '../src/grammar/tool-call-reader.ts'
import { StopMatcher } from '../src/server/stop-matcher.ts'
import { TokenTextDecoder } from '../src/server/text-decoder.ts'

/** Cuts a text into pieces at the given places. */
function pieces(text: string, cuts: number[]): string[] {
  const places = [0, ...cuts.map((cut) => cut % (text.length + 1)), text.length].toSorted((a, b) => a - b)
  return places.slice(1).map((end, index) => text.slice(places[index], end))
}

const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 30 })

test('stop sequences end the text where they begin, however it is cut', () =>
  fc.assert(
    fc.property(
      letters,
      fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 }), {
        maxLength: 3,
      }),
      fc.array(fc.nat(), { maxLength: 8 }),
      (text, stops, cuts) => {
        const matcher = new StopMatcher(stops)
        let given = ''
        for (const piece of pieces(text, cuts)) given += matcher.push(piece)
        given += matcher.end()
        const ends = stops.map((stop) => text.indexOf(stop)).filter((at) => at >= 0)
        // Of overlapping ones the first that is whole ends the text; it is never later than the earliest alone.
        const whole = ends.length === 0 ? text : text.slice(0, Math.min(...ends))
        expect(matcher.isStopped).toBe(ends.length > 0)
        expect(given.startsWith(whole) || whole.startsWith(given)).toBe(true)
        expect(stops.some((stop) => given.includes(stop))).toBe(false)
        if (ends.length === 0) expect(given).toBe(text)
      },
    ),
  ))

test('characters whose bytes are spread over tokens come whole', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (text) => {
      // A text may hold the very mark that stands for bytes that are no character.
      fc.pre(!text.includes('\uFFFD'))
      const bytes = [...Buffer.from(text)]
      const decoder = new TokenTextDecoder((tokens) => Buffer.from([...tokens]).toString('utf8'))
      const given = bytes.map((byte) => decoder.push(byte))
      expect(given.join('') + decoder.end()).toBe(text)
      expect(given.every((piece) => !piece.includes('\uFFFD'))).toBe(true)
    }),
  ))

test('a tool call is read back, however it is cut', () =>
  fc.assert(
    fc.property(fc.json({ maxDepth: 2 }), fc.array(fc.nat(), { maxLength: 12 }), (json, cuts) => {
      const given = JSON.stringify({ value: JSON.parse(json) as unknown, tail: '}</tool_call>' })
      const text = `<tool_call>{"name": "find", "arguments": ${given}}</tool_call>`
      const reader = new ToolCallReader()
      const read = [...pieces(text, cuts).flatMap((piece) => reader.push(piece)), ...reader.end()]
      expect(read[0]).toEqual({ kind: 'call', name: 'find' })
      expect(
        read
          .slice(1)
          .map((piece) => (piece.kind === 'arguments' ? piece.text : '?'))
          .join(''),
      ).toBe(given)
    }),
  ))

test('text that is no call comes as text, however it is cut', () =>
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.constantFrom('<', '<tool', '<tool_call>{"na', '<b>bold</b>')),
      fc.array(fc.nat(), { maxLength: 8 }),
      (text, cuts) => {
        const reader = new ToolCallReader()
        const read = [...pieces(text, cuts).flatMap((piece) => reader.push(piece)), ...reader.end()]
        expect(read.map((piece) => (piece.kind === 'text' ? piece.text : '?')).join('')).toBe(text)
      },
    ),
  ))
