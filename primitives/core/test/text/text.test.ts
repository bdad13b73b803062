import fc from 'fast-check'
import { expect, onTestFinished, test, vi } from 'vitest'
import { escapeHtml, escapeXml, listInWords, plural, randomId, unescapeHtml } from '../../src/text/index.ts'

test('no text can leave its place in HTML or XML [CORE-TEXT-01]', () => {
  expect(escapeHtml(`<b title="x">Tom & 'Al'</b>`)).toBe(
    '&lt;b title=&quot;x&quot;&gt;Tom &amp; &#39;Al&#39;&lt;/b&gt;',
  )
  expect(escapeXml('a\tb\nc\rd"')).toBe('a&#9;b&#10;c&#13;d&quot;')
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", 'ä', ';', '#39', 'lt', '\n', '\t') }),
      (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/)
        expect(escapeXml(text)).not.toMatch(/[<>"'\n\r\t]|&(?!(?:amp|lt|gt|quot|#39|#9|#10|#13);)/)
        expect(unescapeHtml(escapeHtml(text))).toBe(text)
      },
    ),
  )
})

test('counts and lists read as a person writes them [CORE-TEXT-01]', () => {
  expect([plural(1, 'review'), plural(1212, 'review'), plural(0, 'match', 'matches')]).toEqual([
    '1 review',
    '1,212 reviews',
    '0 matches',
  ])
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map((items) => listInWords(items))).toEqual([
    '',
    'a',
    'a and b',
    'a, b and c',
  ])
  expect(listInWords(['a', 'b'], 'or')).toBe('a or b')
})

test('ids are made on pages that came without TLS too [CORE-TEXT-02]', () => {
  const whole = crypto
  vi.stubGlobal('crypto', {
    getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => whole.getRandomValues(bytes),
  })
  onTestFinished(() => void vi.unstubAllGlobals())
  const ids = Array.from({ length: 1000 }, randomId)
  expect(new Set(ids).size).toBe(1000)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/)
})
