import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCsvReader } from '../../src/rows/csv.ts'

const cuts = fc.array(fc.nat({ max: 40 }), { maxLength: 20 })
const cell = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('', '"', 'a"b', ',', '\n', '\r\n', 'a;b', '__proto__', '\uD800'),
)
const quote = (text: string) => `"${text.replaceAll('"', '""')}"`

describe('CSV of any content', () => {
  it('reads back what was written as CSV, wherever the text is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { maxLength: 8 }),
        cuts,
        (rows, at) => {
          const reader = createCsvReader()
          const text = `a,b\n${rows.map((row) => row.map(quote).join(',')).join('\r\n')}\n`
          const out = []
          let from = 0
          for (const cut of at) {
            out.push(...reader.push(text.slice(from, from + cut)))
            from += cut
          }
          out.push(...reader.push(text.slice(from)), ...reader.end())
          const cells = out.map((row) => ('fields' in row ? [row.fields['a'], row.fields['b']] : null))
          expect(cells).toEqual(rows)
        },
      ),
      { seed: 20_261_124 },
    )
  })
})
