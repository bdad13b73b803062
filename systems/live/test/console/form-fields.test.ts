import { expect, test } from 'vitest'
import { draftOf, formFields, readDraft } from '../../console/control/form-fields.ts'
import { listGraphics } from '../../src/graphics/list-graphics.ts'

test('every graphic’s example goes through its form and comes out the same [LIVE-CONTROL-04]', async () => {
  for (const { manifest } of await listGraphics()) {
    const fields = formFields(manifest.schema)
    const example = manifest.schema.examples[0] ?? {}
    const { data, problems } = readDraft(fields, draftOf(fields, example))
    expect(problems).toEqual({})
    expect(data).toMatchObject(example)
  }
})

const fields = formFields({
  type: 'object',
  properties: {
    last: { type: 'string' },
    line: { type: 'array', title: 'Line', order: 3 },
    side: {
      type: 'string',
      enum: ['', 'man'],
      gddType: 'select',
      gddOptions: { labels: { man: 'Man' } },
      order: 2,
    },
    colour: { type: 'string', gddType: 'color-rrggbb', order: 1.5 },
    plays: { type: 'integer', order: 1 },
  },
})

test('fields come in the schema’s order, with the control that their GDD type asks for [LIVE-CONTROL-04]', () => {
  expect(fields.map(({ name, control }) => [name, control])).toEqual([
    ['plays', 'number'],
    ['colour', 'colour'],
    ['side', 'select'],
    ['line', 'json'],
    ['last', 'text'],
  ])
  expect(fields[2]?.options).toEqual([
    { value: '', label: '' },
    { value: 'man', label: 'Man' },
  ])
})

test('says what is wrong with a field, and leaves an empty number or colour out', () => {
  const { data, problems } = readDraft(fields, {
    plays: 'many',
    line: '[1',
    side: 'man',
    colour: '',
    last: 'x',
  })
  expect(Object.keys(problems)).toEqual(['plays', 'line'])
  expect(data).toEqual({ side: 'man', last: 'x' })
  expect(readDraft(fields, { colour: '#0B6E4F', line: '[]' }).data['colour']).toBe('#0b6e4f')
  expect(readDraft(fields, { plays: ' ', line: '[]' }).data).not.toHaveProperty('plays')
})
