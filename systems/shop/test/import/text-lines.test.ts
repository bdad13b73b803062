import fc from 'fast-check'
import { expect, test } from 'vitest'
import { textLines } from '../../src/import/text-lines.ts'

test.each([
  [
    'headings, paragraphs and items',
    '<h2>Benefits</h2>\n<ul><li>Firms\n skin</li><li><p>Smells of <b>peel</b></p></li><li></li></ul><p>Made in Lund.</p>',
    'Benefits:\n• Firms skin\n• Smells of peel\nMade in Lund.',
  ],
  [
    'a line in bold alone as a heading, and one that has its colon',
    '<p><b><span>Ingredients</span></b><br>Water, salt &amp; oil</p><p><strong>Care:</strong></p><p>Wash cold</p>',
    'Ingredients:\nWater, salt & oil\nCare:\nWash cold',
  ],
  [
    'a label in bold, and a sentence in bold, as they stand',
    '<p><b>Material:</b> wool</p><p><b>Our whole range is made by hand here.</b></p><p>Soft.</p>',
    'Material: wool\nOur whole range is made by hand here.\nSoft.',
  ],
  [
    'lines of plain text, wrapped ones joined',
    'A mug.\r\n.: 11 oz\nwith a lid\n\n.: black',
    'A mug.\n.: 11 oz with a lid\n.: black',
  ],
  ['escaped markup', '&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two &amp;amp; three&lt;/p&gt;', 'One\nTwo & three'],
  [
    'what a page does not show',
    '<p>A</p><script>evil()</script><!-- x --><style>p{}</style><p>B</p>',
    'A\nB',
  ],
  ['nothing', '<p> </p><br>', ''],
])('keeps %s [SHOP-IMPORT-18]', (_, html, lines) => {
  expect(textLines(html)).toBe(lines)
})

test('no tag, control character or empty line is left of anything [SHOP-IMPORT-18]', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom(
          '<li>',
          '</li>',
          '<b>',
          '</b>',
          '<h3>',
          '<br>',
          '<p',
          '>',
          '&lt;i&gt;',
          '\u0002',
          '\u0003',
          '\n',
          '• ',
          'Word',
          '12 cm',
          '.',
        ),
      ),
      (parts) => {
        const text = textLines(parts.join(''))
        expect(text).not.toMatch(/<(?:li|b|h3|br|i)>/)
        // oxlint-disable-next-line no-control-regex -- control characters are what must be gone
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]|\n\n|^\n|\n$/)
      },
    ),
  )
})
