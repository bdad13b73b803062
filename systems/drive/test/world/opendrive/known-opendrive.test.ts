import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { knownOpenDrive } from '../../../src/world/opendrive/known-opendrive.ts'
import { parseXml } from '../../../src/world/xml/parse-xml.ts'

/** Names of all elements and attributes that the schemas of OpenDRIVE 1.4, 1.5, 1.6, 1.7 and 1.8 hold between them, by parent and element. */
const schemas = readFileSync(join(import.meta.dirname, '../../support/opendrive-elements.txt'), 'utf8')

const check = (inside: string) => knownOpenDrive.check(parseXml(`<OpenDRIVE>${inside}</OpenDRIVE>`, 'a.xodr'))

describe('knownOpenDrive', () => {
  it('has every element and attribute of the schemas of 1.4 to 1.8 in one of three classes [DRIVE-FORMATS-01]', () => {
    const rows = new Map<string, Map<string, string>>()
    for (const row of knownOpenDrive.rows()) {
      const names = rows.get(row.element) ?? new Map<string, string>()
      rows.set(row.element, names.set(row.name, row.class))
    }
    const missing: string[] = []
    let seen = 0
    const visit = (parent: string, element: string) => {
      const names = rows.get(`${parent}/${element}`) ?? rows.get(element)
      const line = schemas
        .split('\n')
        .find((found) => found.startsWith(`${parent === '' ? '' : `${parent}/`}${element}: `))
      for (const name of line?.split(': ')[1]?.split(' ').filter(Boolean) ?? []) {
        seen++
        const kind = names?.get(name)
        if (kind === undefined) missing.push(`${parent}/${element}/${name}`)
        if (kind === 'used' && !name.startsWith('@')) visit(element, name)
      }
    }
    visit('', 'OpenDRIVE')
    expect(missing).toEqual([])
    expect(seen).toBeGreaterThan(250)
  })

  it('gives a reason for all that is not used', () => {
    const bare = knownOpenDrive.rows().filter((row) => row.class !== 'used' && row.reason === '')
    expect(bare).toEqual([])
  })

  it('counts what has no effect, refuses what would have one, and notes what no version knows [DRIVE-FORMATS-01]', () => {
    const { ignored, refused, unknown } = check(
      '<road speed="3"><railroad/><lanes><laneSection s="0" singleSide="true"/></lanes><tramway/></road>',
    )
    expect(Object.fromEntries(ignored)).toEqual({ 'road/railroad': 1 })
    expect(refused.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^a\.xodr:1:\d+: <laneSection> is not supported with singleSide="true": .*give both sides/,
      ),
    ])
    expect(unknown.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^a\.xodr:1:\d+: <road> has the attribute speed, which is not part of OpenDRIVE 1\.4–1\.8/,
      ),
      expect.stringMatching(/^a\.xodr:1:\d+: <tramway> is not part of OpenDRIVE 1\.4–1\.8 inside <road>/),
    ])
  })
})
