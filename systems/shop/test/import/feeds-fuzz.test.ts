import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { feedFormats } from '../../src/import/feed-row.ts'
import type { FeedEvent } from '../../src/import/feed-row.ts'
import { createFeed, createSurvey } from '../../src/import/read-feed.ts'
import type { FeedOptions } from '../../src/import/feed-row.ts'
import { plainText } from '../../src/import/clean-text.ts'
import { parsePrice } from '../../src/import/price-text.ts'

const options: FeedOptions = { format: null, content: 'products', mapping: {}, currency: 'USD' }

/** Rows that the events account for. */
function rowsOf(events: FeedEvent[]): number {
  return events.reduce((sum, event) => {
    if (event.kind === 'product') return sum + event.item.rows
    return (
      sum +
      (event.kind === 'reject' || event.kind === 'hidden'
        ? event.rows
        : event.kind === 'review' || event.kind === 'question'
          ? 1
          : 0)
    )
  }, 0)
}

function run(format: (typeof feedFormats)[number], text: string, cuts: number[], content = options.content) {
  const survey = createSurvey(format, options)
  survey.push(text)
  const feed = createFeed(format, { ...options, content }, survey.end())
  const events: FeedEvent[] = []
  let at = 0
  for (const cut of cuts) {
    events.push(...feed.push(text.slice(at, at + cut)))
    at += cut
  }
  events.push(...feed.push(text.slice(at)), ...feed.end())
  return events
}

const cuts = fc.array(fc.nat({ max: 40 }), { maxLength: 20 })
const cell = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    '',
    '9.99',
    '-1',
    '"',
    'a"b',
    '<b>x</b>',
    ',',
    '\n',
    '\r\n',
    'a;b',
    '1.299,00 €',
    '__proto__',
    '\uD800',
  ),
)
const quote = (text: string) => `"${text.replaceAll('"', '""')}"`

describe('feeds of any content', () => {
  it('accounts for every CSV row [SHOP-IMPORT-02]', () => {
    const table = fc.array(fc.tuple(cell, cell, cell, cell), { maxLength: 12 })
    fc.assert(
      fc.property(table, cuts, (rows, at) => {
        const body = rows.map((row) => row.map(quote).join(',')).join('\n')
        const events = run('csv', `id,title,price,note\n${body}`, at)
        expect(rowsOf(events)).toBe(rows.length)
      }),
    )
  })

  it('accounts for every JSON line [SHOP-IMPORT-02]', () => {
    const line = fc.oneof(
      fc.json({ maxDepth: 3 }),
      fc
        .record(
          { id: cell, title: cell, price: fc.oneof(cell, fc.double()), variants: fc.anything() },
          { requiredKeys: [] },
        )
        .map((row) => JSON.stringify(row)),
      fc.constantFrom('{', 'null', '{"product":{}}', '{"product":{"id":"1","variants":[]}}'),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 10 }), cuts, (lines, at) => {
        // One line alone is a document, which may hold a list or a map of products.
        fc.pre(lines.length !== 1)
        expect(rowsOf(run('jsonl', lines.join('\n'), at))).toBe(lines.length)
      }),
      // A line that is never closed does not swallow the next.
      { examples: [[['{', '""'], []]] },
    )
  })

  it('never throws, and reads the same however the file is cut', () => {
    const noise = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc
        .array(
          fc.constantFrom(
            '<item>',
            '</item>',
            '<g:id>1</g:id>',
            '<title>',
            '&x;',
            '&#0;',
            '<!DOCTYPE a [',
            ']>',
            '<![CDATA[',
            '"',
            ',',
            '\n',
            '{"id":',
            'id,title,price',
            'Handle,Title,Variant Price\n',
            'x',
          ),
          { maxLength: 40 },
        )
        .map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(noise, fc.constantFrom(...feedFormats), cuts, (text, format, at) => {
        const whole = run(format, text, [], null)
        const cut = run(format, text, at, null)
        expect(rowsOf(cut)).toBe(rowsOf(whole))
      }),
      { numRuns: 400 },
    )
  })

  it('leaves neither tags nor control characters in a text [SHOP-IMPORT-07]', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
        // oxlint-disable-next-line no-control-regex -- these are what must be gone
        expect(plainText(text)).not.toMatch(/[\u0000-\u001f]|<[a-z][^<>]*>/i)
      }),
    )
  })

  it('reads back any price it could have written', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99_999_999 }),
        fc.constantFrom('en-US', 'de-DE', 'fr-FR', 'de-CH'),
        (minor, locale) => {
          const text = (minor / 100).toLocaleString(locale, { style: 'currency', currency: 'EUR' })
          expect(parsePrice(text, 'EUR')).toEqual({ ok: true, money: { minor, currency: 'EUR' } })
        },
      ),
    )
  })
})
