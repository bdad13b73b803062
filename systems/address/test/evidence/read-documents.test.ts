import { expect, test } from 'vitest'
import { observeDocument } from '../../src/evidence/read-document.ts'
import { bucketOf } from '../../src/kind/hashed-features.ts'
import { observeRecord } from '../../src/evidence/read-record.ts'
import { observePage } from '../../src/evidence/read-page.ts'
import { adapterFor } from '../../src/evidence/site-adapters.ts'

const quotes = async (name: string, content: string) =>
  (await observeDocument(name, content)).flatMap(({ statements }) => statements.map(({ quote }) => quote))

test('reads what a reader of a page can see [ADDRESS-KIND-06]', async () => {
  const page = `<html><head><title>Parcel 7</title></head><body><!-- vacant --><script>let a = 'bank'</script>
    <div style="display: none">hidden lot</div><p hidden>hidden too</p>
    <table><tr><th>Use:</th><td>Single family</td></tr></table><dl><dt>Units</dt><dd>1</dd></dl><p>Near the lake.</p></body></html>`
  expect(await quotes('a.html', page)).toEqual([
    'Parcel 7',
    'Use: Single family',
    'Units: 1',
    'Near the lake.',
  ])
  expect(await quotes('b.html', 'Just a line of text')).toEqual(['Just a line of text'])
  expect(await quotes('c.html', '')).toEqual([])
})

test('reads the parts of a known site alone', () => {
  const adapters = [{ host: 'assessor.example.gov', read: ['.use'] }]
  const adapter = adapterFor(adapters, 'https://www.assessor.example.gov/parcel/1')
  const page = '<html><body><p>A bank sponsors this page.</p><p class="use">Duplex</p></body></html>'
  expect(observePage('p.html', page, adapter).statements.map(({ quote }) => quote)).toEqual(['Duplex'])
  expect(adapterFor(adapters, 'https://example.org')).toBeNull()
})

test('reads mails with their date, in any encoding [ADDRESS-KIND-06]', async () => {
  const mail = [
    'From: a@example.org',
    'Date: Tue, 03 Mar 2026 10:00:00 -0500',
    'Subject: =?utf-8?Q?My_caf=C3=A9?=',
    'MIME-Version: 1.0',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    '<p>We are open Mon-Fri 9am to 5pm.</p><p>Ring the bell at the =\nback door.</p>',
  ].join('\r\n')
  const [seen] = await observeDocument('m.eml', mail)
  expect(seen).toMatchObject({
    source: 'email',
    dateMs: Date.UTC(2026, 2, 3, 15),
    hours: 'Mo-Fr 09:00-17:00',
    instructions: ['Ring the bell at the back door.'],
  })
  expect(seen?.statements[0]?.quote).toBe('My café')
})

test('a record tells whether its owner gets mail there, how large a lot is however it is measured, and what is not told [ADDRESS-KIND-06]', () => {
  const say = (record: Record<string, string>, feature: string) =>
    observeRecord('roll', record, { address: '41 N Kenneth Rd, Easton MA' }).some(({ statements }) =>
      statements.some(({ features }) => features.includes(bucketOf(feature))),
    )
  expect(say({ OWN_ADDR: '41 KENNETH RD' }, 'o mail here')).toBe(true)
  expect(say({ 'Mailing Address': '14 Kenneth Rd' }, 'o mail elsewhere')).toBe(true)
  expect(say({ ADDRESS_LINE1: 'P.O. Box 41' }, 'o mail box')).toBe(true)
  expect(observeRecord('roll', { OWNER_CITY: 'Easton' }).flatMap(({ statements }) => statements)).toEqual([])
  for (const lot of [{ LOT_SIZE: '0.28' }, { CALC_ACRES: '0.28' }, { 'Land Area': '12,197' }])
    expect(say(lot, 'r landArea 2^13'), JSON.stringify(lot)).toBe(true)
  expect(say({ YEAR_BUILT: '', LOT_SIZE: '1' }, 'r yearBuilt none')).toBe(true)
  expect(say({ LOT_SIZE: '1' }, 'r yearBuilt none')).toBe(false)
})

test('reads records by what their fields are called, deliveries as such [ADDRESS-KIND-06]', async () => {
  const seen = await observeDocument(
    'x.json',
    '{"deliveries":[{"deliveredAt":"2026-01-05","note":"Left at apt 4B","geo":"POINT (1 2)"},{"attempts":2}]}',
  )
  expect(seen.map(({ source }) => source)).toEqual(['delivery', 'delivery'])
  expect(seen[0]).toMatchObject({ dateMs: Date.UTC(2026, 0, 5), unit: '4B' })
  const record = await observeDocument(
    'roll.json',
    '{"LAND USE":"Vacant lot","Year Built":0,"owner":{"name":"Kim, Ruth"},"pin":"12-34"}',
  )
  expect(record.map(({ source }) => source)).toEqual(['record', 'figures', 'name'])
})

test.each(['{broken', '[]', '42', '\u0000\u0001', '<<<>>>', `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`])(
  'takes whatever a file holds: %j [ADDRESS-KIND-06]',
  async (content) => {
    for (const name of ['a.json', 'a.html', 'a.eml', 'a.txt', 'noending'])
      await expect(observeDocument(name, content.slice(0, 5000))).resolves.toBeDefined()
  },
)
