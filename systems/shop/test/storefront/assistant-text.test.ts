import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readText } from '../../storefront/assistant/rich-text.ts'
import { safeUrl } from '../../storefront/assistant/dom.ts'
import { staircase } from '../../storefront/assistant/view-price-history.ts'

describe('readText', () => {
  it('finds paragraphs, list items, strong words and citations', () => {
    expect(readText('Best is **Falcon** [1].\n\n- light [2]\n- dry')).toEqual([
      {
        kind: 'paragraph',
        pieces: [
          { kind: 'text', text: 'Best is ' },
          { kind: 'strong', text: 'Falcon' },
          { kind: 'text', text: ' ' },
          { kind: 'citation', number: 1 },
          { kind: 'text', text: '.' },
        ],
      },
      {
        kind: 'item',
        pieces: [
          { kind: 'text', text: 'light ' },
          { kind: 'citation', number: 2 },
        ],
      },
      { kind: 'item', pieces: [{ kind: 'text', text: 'dry' }] },
    ])
  })

  it('keeps markup as text [SHOP-STOREFRONT-01]', () => {
    expect(readText('<img src=x onerror=alert(1)>')).toEqual([
      { kind: 'paragraph', pieces: [{ kind: 'text', text: '<img src=x onerror=alert(1)>' }] },
    ])
  })

  it('loses no letter of plain text', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z ]{0,40}$/), (text) => {
        const said = readText(text)
          .flatMap((block) => block.pieces)
          .map((piece) => (piece.kind === 'citation' ? '' : piece.text))
          .join('')
        expect(said).toBe(text.trim())
      }),
    )
  })
})

describe('safeUrl', () => {
  it('keeps web addresses and paths, and refuses what could run [SHOP-STOREFRONT-01]', () => {
    const base = 'https://store.example/p/1'
    expect(safeUrl('/images/a.svg', base)).toBe('https://store.example/images/a.svg')
    expect(safeUrl('https://cdn.example/a.png', base)).toBe('https://cdn.example/a.png')
    for (const bad of [
      'javascript:alert(1)',
      ' JaVaScRiPt:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'file:///etc/passwd',
    ]) {
      expect(safeUrl(bad, base)).toBeNull()
    }
  })
})

describe('staircase', () => {
  it('holds each price until the next and runs to now', () => {
    const points = [
      { atMs: 0, minor: 100 },
      { atMs: 50, minor: 200 },
    ]
    expect(staircase(points, 100, 100, 10)).toBe('M0 10.0H50.0V0.0H100')
  })

  it('draws one price as a flat line', () => {
    expect(staircase([{ atMs: 0, minor: 100 }], 100, 100, 10)).toBe('M0 10.0H100')
  })
})
