import { describe, expect, it } from 'vitest'
import { parseXml, parseXmlChunks } from '../../../src/world/xml/parse-xml.ts'

describe('parseXml', () => {
  it('keeps names, attributes and places [DRIVE-FILES-01]', () => {
    const root = parseXml('\uFEFF<?xml version="1.0"?>\n<a x="1">\n  <b/>\n</a>', 'a.xml')
    expect(root).toMatchObject({ name: 'a', attributes: { x: '1' }, line: 2, column: 1 })
    expect(root.children).toMatchObject([{ name: 'b', line: 3, column: 3, file: 'a.xml' }])
  })

  it('reads a file in pieces as it reads it whole', async () => {
    const text = '<a><b c="déjà"/><d/></a>'
    async function* pieces() {
      yield* text
    }
    expect(await parseXmlChunks(pieces(), 'a.xml')).toEqual(parseXml(text, 'a.xml'))
  })

  it('says where a file is not XML', () => {
    expect(() => parseXml('<a>\n<b></a>', 'a.xml')).toThrow(/a\.xml:2:\d+: not well-formed XML/)
    expect(() => parseXml('', 'a.xml')).toThrow(/a\.xml/)
  })
})
