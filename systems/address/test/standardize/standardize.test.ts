import { createRandom } from '@heavylift/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAddress, standardize } from '../../src/index.ts'
import { writeOut } from '../../src/domain/labelled-address.ts'
import { toGoogle, toSmarty } from '../../src/standardize/output-fields.ts'
import { runStandardizeEval } from '../../src/evals/parse/standardize.ts'
import { makeAddress } from '../../samples/make-addresses.ts'

const of = (text: string) => standardize(parseAddress(text))

test.each([
  [
    '123 North Main Street, Apartment 4B, Springfield, Illinois 62701',
    ['123 N MAIN ST APT 4B', 'SPRINGFIELD IL 62701'],
  ],
  [
    'Acme Corp, Attn: Jane Doe, 350 Fifth Avenue, 2nd Floor, Suite 21, New York NY 101180001',
    ['ATTN JANE DOE', 'ACME CORP', '350 FIFTH AVE FL 2 STE 21', 'NEW YORK NY 10118-0001'],
  ],
  ['P.O. Drawer 12, Kokomo, IN 46904 USA', ['PO BOX 12', 'KOKOMO IN 46904']],
  ['R.F.D. #03 Box 98-D, Sweetwater TN 37874', ['RR 3 BOX 98-D', 'SWEETWATER TN 37874']],
  ['Star Rte 068 Box 23A Hamilton MT 59840', ['HC 68 BOX 23A', 'HAMILTON MT 59840']],
  [
    '45 U.S. Hwy. No. 52 East, Bldg. C, Ste #100, Dallas Texas',
    ['45 US HIGHWAY 52 E BLDG C STE 100', 'DALLAS TX'],
  ],
  ['Gen Delivery, Tampa 33602', ['GENERAL DELIVERY', 'TAMPA FL 33602']],
  [
    'Urb. Las Gladiolas, 150 Calle A, San Juan PR 00926',
    ['URB LAS GLADIOLAS', '150 CALLE A', 'SAN JUAN PR 00926'],
  ],
  ['10 Main Avneue PMB 234, Sprnigfield MO 65801', ['10 MAIN AVE PMB 234', 'SPRINGFIELD MO 65801']],
  ['Main St. & N. Elm Ave., Dayton OH', ['MAIN ST AND N ELM AVE', 'DAYTON OH']],
  [
    '4417 Brooks St NE, PO Box 2890, Washington DC 20019',
    ['4417 BROOKS ST NE', 'PO BOX 2890', 'WASHINGTON DC 20019'],
  ],
  ['Psc 4 Box 3, APO, AE 09021', ['PSC 4 BOX 3', 'APO AE 09021']],
  ['Suite 5, 12 Oak Ln', ['12 OAK LN STE 5']],
  ['123 Main St Lower Level', ['123 MAIN ST LOWR']],
  ['233 S Wacker Dr Lobby, Chicago 60606', ['233 S WACKER DR LBBY', 'CHICAGO IL 60606']],
])('writes %s as the postal standard does [ADDRESS-STANDARD-01]', (text, lines) => {
  expect(of(text).lines).toEqual(lines)
})

test('says of each change what stood where, what is there now, and by which rule [ADDRESS-STANDARD-02]', () => {
  const text = '10 North Main Avneue, Sprnigfield 65801'
  const { changes } = of(text)
  expect(changes.map(({ text: from, to, rule }) => [from, to, rule])).toEqual([
    ['North', 'N', 'directional'],
    ['Main', 'MAIN', 'capitals'],
    ['Avneue,', 'AVE', 'suffix-slip'],
    ['Sprnigfield', 'SPRINGFIELD', 'city-of-zip'],
    ['', 'MO', 'state-of-zip'],
  ])
  for (const change of changes) {
    expect(text.slice(change.start, change.end)).toBe(change.text)
    expect(change.explanation).toMatch(/\(.*\d.*\)|\(B\)/)
  }
})

test('explains every letter that is not in the input as it was [ADDRESS-STANDARD-02]', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const { text } = writeOut(makeAddress(createRandom(seed)))
      const parsed = parseAddress(text)
      const { changes, lines } = standardize(parsed)
      const unchanged = parsed.tokens.filter(
        ({ start, end }) => !changes.some((change) => change.start <= start && end <= change.end),
      )
      const written = lines.join(' ')
      for (const token of unchanged) expect(written).toContain(token.text)
    }),
  )
})

test('standardises what is standard already to the same [ADDRESS-STANDARD-01]', () => {
  const random = createRandom('twice')
  let [same, n] = [0, 0]
  for (let at = 0; at < 300; at++) {
    const { lines } = of(writeOut(makeAddress(random)).text)
    n++
    if (of(lines.join('\n')).lines.join('\n') === lines.join('\n')) same++
  }
  expect(same / n).toBeGreaterThan(0.95)
})

test('names fields as Smarty and Google do [ADDRESS-STANDARD-03]', () => {
  const address = of('123 N Main St Apt 4, Springfield IL 62701-1234')
  expect(toSmarty(address)).toEqual({
    delivery_line_1: '123 N MAIN ST APT 4',
    last_line: 'SPRINGFIELD IL 62701-1234',
    components: {
      primary_number: '123',
      street_name: 'MAIN',
      street_predirection: 'N',
      street_suffix: 'ST',
      secondary_designator: 'APT',
      secondary_number: '4',
      city_name: 'SPRINGFIELD',
      state_abbreviation: 'IL',
      zipcode: '62701',
      plus4_code: '1234',
    },
  })
  expect(toGoogle(address).address_components).toMatchObject({
    street_number: '123',
    route: 'N MAIN ST',
    subpremise: '4',
    locality: 'SPRINGFIELD',
    administrative_area_level_1: 'IL',
    postal_code: '62701',
    postal_code_suffix: '1234',
  })
  expect(toSmarty(of('HC 68 Box 23A, Hamilton MT')).components).toMatchObject({
    street_name: 'HC 68 BOX',
    primary_number: '23A',
  })
})

test('writes its own list exactly [ADDRESS-STANDARD-01]', async () => {
  const { n, metrics } = await runStandardizeEval({
    dataDir: null,
    report: () => undefined,
    signal: new AbortController().signal,
  })
  expect(n).toBe(40)
  expect(metrics).toEqual({ numberExact: 1, streetExact: 1, streetVerbatim: 1 })
})
