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

  it('writes out the texts that a document type gives names to, and none that are made of others [DRIVE-FILES-08]', () => {
    const type = `<!DOCTYPE a [<!-- <!ENTITY old "no"> --> <!ENTITY town 'Ystad'><!ENTITY twice "&town;&town;">]>`
    expect(parseXml(`${type}<a b="to &town;">&town;</a>`, 'a.xml')).toMatchObject({
      attributes: { b: 'to Ystad' },
      text: 'Ystad',
    })
    for (const name of ['twice', 'old', 'none'])
      expect(() => parseXml(`${type}<a b="&${name};"/>`, 'a.xml')).toThrow(/undefined entity/)
  })

  it('says where a file is not XML', () => {
    expect(() => parseXml('<a>\n<b></a>', 'a.xml')).toThrow(/a\.xml:2:\d+: not well-formed XML/)
    expect(() => parseXml('', 'a.xml')).toThrow(/a\.xml/)
  })

  it('refuses what is nested too deeply before the rest is read, and says where [DRIVE-FILES-04]', async () => {
    const nested = (depth: number) => '<a>\n'.repeat(depth) + '</a>'.repeat(depth)
    expect(parseXml(nested(200), 'a.xml').name).toBe('a')
    expect(() => parseXml(nested(201), 'a.xml')).toThrow('a.xml:201: <a> is nested deeper than 200 elements')
    let taken = 0
    async function* pieces() {
      for (; taken < 1000; taken++) yield '<a>'.repeat(1000)
    }
    await expect(parseXmlChunks(pieces(), 'a.xml')).rejects.toMatchObject({ code: 'drive-file-invalid' })
    expect(taken).toBe(0)
  })

  it('refuses a file without end [DRIVE-FILES-04]', async () => {
    let taken = 0
    async function* pieces() {
      yield '<a><!--'
      // Nothing of a comment is kept, so that only the count can end it.
      for (const chunk = 'x'.repeat(8 * 1024 * 1024); ; taken++) yield chunk
    }
    await expect(parseXmlChunks(pieces(), 'a.xml')).rejects.toThrow('a.xml: is larger than the 256 million')
    expect(taken).toBeLessThan(64)
  })
})
