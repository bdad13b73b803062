import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EventCounter } from '../../src/load/event-counter.ts'

const stream =
  ': a comment\n\ndata: one\n\nevent: x\r\ndata: two\r\ndata: more\r\n\r\nretry: 5\n\ndatabase: no field\n\ndata\n\ndata:[DONE]\r\r'

test('counts events with data however the stream is cut [READY-LOAD-09]', () => {
  const bytes = Buffer.from(stream)
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: bytes.length })), (cuts) => {
      const counter = new EventCounter()
      const ends = [...cuts, bytes.length].toSorted((a, b) => a - b)
      let from = 0
      let count = 0
      for (const end of ends) {
        count += counter.push(bytes.subarray(from, end))
        from = end
      }
      expect(count).toBe(4)
    }),
  )
})
