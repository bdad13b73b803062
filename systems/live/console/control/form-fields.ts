import type { DataField, DataSchema } from '../../src/graphics/graphics-schemas.ts'

export interface FormField {
  name: string
  title: string
  control: 'text' | 'lines' | 'number' | 'switch' | 'select' | 'colour' | 'json'
  options: { value: string; label: string }[]
}

/** A form's fields from a graphic's data schema, in its own order. Lists and objects are edited as JSON. */
export function formFields(schema: DataSchema): FormField[] {
  return Object.entries(schema.properties)
    .toSorted(([, a], [, b]) => (a.order ?? Infinity) - (b.order ?? Infinity))
    .map(([name, field]) => ({
      name,
      title: field.title ?? name,
      control: controlOf(field),
      options: (field.enum ?? []).map((value) => ({
        value,
        label: field.gddOptions?.labels?.[value] ?? value,
      })),
    }))
}

function controlOf(field: DataField): FormField['control'] {
  if (field.type === 'array' || field.type === 'object') return 'json'
  if (field.type === 'boolean') return 'switch'
  if (field.enum !== undefined) return 'select'
  // A GDD type is a path from the general to the special, `multi-line/…`.
  const [kind] = (field.gddType ?? '').split('/')
  if (kind === 'color-rrggbb') return 'colour'
  if (kind === 'multi-line') return 'lines'
  return field.type === 'string' ? 'text' : 'number'
}

/** Text of every field, as the form holds it while it is typed in. */
export type Draft = Record<string, string>

export function draftOf(fields: FormField[], data: Record<string, unknown>): Draft {
  return Object.fromEntries(
    fields.map(({ name, control }) => {
      const value = data[name]
      if (value === undefined || value === null) return [name, control === 'json' ? '[]' : '']
      return [
        name,
        typeof value === 'string' ? value : JSON.stringify(value, null, control === 'json' ? 1 : 0),
      ]
    }),
  )
}

/** The data that a draft means, and what is wrong with it by field. An empty number or colour is left out. */
export function readDraft(
  fields: FormField[],
  draft: Draft,
): { data: Record<string, unknown>; problems: Record<string, string> } {
  const data: Record<string, unknown> = {}
  const problems: Record<string, string> = {}
  for (const { name, control } of fields) {
    const text = draft[name] ?? ''
    if (control === 'number') {
      if (text.trim() === '') continue
      if (Number.isFinite(Number(text))) data[name] = Number(text)
      else problems[name] = 'A number is needed here.'
    } else if (control === 'colour') {
      if (text !== '') data[name] = text.toLowerCase()
    } else if (control === 'json') {
      try {
        data[name] = JSON.parse(text) as unknown
      } catch (error) {
        problems[name] = `Not JSON: ${error instanceof Error ? error.message : String(error)}`
      }
    } else data[name] = control === 'switch' ? text === 'true' : text
  }
  return { data, problems }
}
