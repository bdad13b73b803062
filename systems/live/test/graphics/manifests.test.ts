import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { listGraphics } from '../../src/graphics/list-graphics.ts'
import { manifestSchema } from './manifest-schema.ts'

const graphics = await listGraphics()
const isManifest = new Ajv2020({ allErrors: true, strict: false }).compile(manifestSchema)

describe.each(graphics)('$id', ({ manifest }) => {
  test('has a manifest as OGraf asks for [LIVE-GRAPHICS-01]', () => {
    isManifest(manifest)
    expect(isManifest.errors ?? []).toEqual([])
  })

  test('has an example that its own schema accepts, with a title for every field [LIVE-GRAPHICS-01]', () => {
    // GDD's words beside those of JSON Schema.
    const ajv = new Ajv2020({ allErrors: true, keywords: ['gddType', 'gddOptions', 'order'] })
    const isData = ajv.compile(manifest.schema)
    isData(manifest.schema.examples[0])
    expect(isData.errors ?? []).toEqual([])
    const untitled = Object.entries(manifest.schema.properties).filter(([, field]) => !field.title)
    expect(untitled.map(([name]) => name)).toEqual([])
  })
})

test('the check refuses what OGraf forbids', () => {
  const good = { ...graphics[0]?.manifest, supportsRealTime: true, supportsNonRealTime: true }
  const select = { type: 'object', properties: { a: { type: 'boolean', gddType: 'select' } } }
  for (const bad of [
    { id: 'a/b' },
    { colour: 'red' },
    { schema: { type: ['string', 'null'] } },
    { schema: select },
  ]) {
    expect(isManifest({ ...good, ...bad })).toBe(false)
  }
})
