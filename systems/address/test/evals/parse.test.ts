import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runParseEval } from '../../src/evals/parse/parse.ts'
import { readLabelledXml } from '../../src/parse/learn/usaddress-xml.ts'

const here = { report: () => undefined, signal: new AbortController().signal }
const right =
  '<AddressString><AddressNumber>77</AddressNumber> <StreetName>Blue</StreetName> <StreetNamePostType>Street,</StreetNamePostType> <PlaceName>Austin,</PlaceName> <StateName>TX</StateName> <ZipCode>78701</ZipCode></AddressString>'
const wrong =
  '<AddressString>\n<Recipient>12</Recipient>\n  <PlaceName>Oak</PlaceName> <StreetNamePostType>Street,</StreetNamePostType> <PlaceName>Reno,</PlaceName> <StateName>NV</StateName></AddressString>'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'address-parse-'))
  writeFileSync(join(folder, 'a.xml'), `<AddressCollection>${right}${right}</AddressCollection>`)
  writeFileSync(join(folder, 'b.xml'), `<AddressCollection>${right}${wrong}</AddressCollection>`)
})
afterAll(() => rmSync(folder, { recursive: true }))

test('scores files of labelled XML, each by itself, and names the worst [ADDRESS-EVAL-01]', async () => {
  const { n, metrics, sources, worst } = await runParseEval({
    dataDir: folder,
    options: { python: join(folder, 'none') },
    ...here,
  })
  expect(n).toBe(4)
  expect(metrics).toMatchObject({
    fullRate: 0.75,
    coarseFullRate: 0.75,
    tokenAccuracy: (6 * 3 + 3) / (6 * 3 + 5),
  })
  expect(sources).toMatchObject({ 'a.xml': { fullRate: 1 }, 'b.xml': { fullRate: 0.5 } })
  expect(worst).toMatchObject({ coarseFullRate: { source: 'b.xml', value: 0.5 } })
})

test('scores the same texts at each noise, and refuses another [ADDRESS-EVAL-01]', async () => {
  const at = (noise: string) =>
    runParseEval({ dataDir: folder, options: { noise, python: join(folder, 'none') }, ...here })
  expect((await at('both')).metrics).toEqual((await at('both')).metrics)
  await expect(at('loud')).rejects.toThrow(/none, bare, typo, both/)
})

test('says where labelled XML is broken', () => {
  expect(() => readLabelledXml('<AddressCollection>\n<AddressString>', 'x.xml')).toThrow(/x\.xml.*2/s)
  expect(() =>
    readLabelledXml(
      '<AddressCollection><AddressString><Town>A</Town></AddressString></AddressCollection>',
      'x.xml',
    ),
  ).toThrow(/x\.xml:1: <Town> is no label/)
})
