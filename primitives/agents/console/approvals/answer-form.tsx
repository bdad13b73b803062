import '@mantine/core/styles/Pill.css'
import '@mantine/core/styles/PillsInput.css'
import { Checkbox, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core'
import { isRecord } from '../../src/files/change.ts'

type Fields = Record<string, unknown>

/** Fields of a flat JSON Schema, as tools ask for them: texts, numbers, yes or no, one or several of a list. */
export function AnswerForm({
  schema,
  value,
  onChange,
}: {
  schema: Fields
  value: Fields
  onChange: (value: Fields) => void
}) {
  const properties = isRecord(schema['properties']) ? schema['properties'] : {}
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  return (
    <div className="hl-stack">
      {Object.entries(properties).map(([name, given]) => {
        const field = isRecord(given) ? given : {}
        const set = (next: unknown): void => {
          const { [name]: _before, ...rest } = value
          onChange(next === undefined || next === '' ? rest : { ...rest, [name]: next })
        }
        const common = {
          label: typeof field['title'] === 'string' ? field['title'] : name,
          description: typeof field['description'] === 'string' ? field['description'] : undefined,
          required: required.includes(name),
        }
        const now = value[name]
        const items = isRecord(field['items']) ? choicesOf(field['items']) : []
        const choices = choicesOf(field)
        if (items.length > 0)
          return (
            <MultiSelect
              key={name}
              {...common}
              data={items}
              value={Array.isArray(now) ? now.map(String) : []}
              onChange={set}
            />
          )
        if (choices.length > 0)
          return (
            <Select
              key={name}
              {...common}
              data={choices}
              value={typeof now === 'string' ? now : null}
              onChange={(next) => set(next ?? undefined)}
            />
          )
        if (field['type'] === 'boolean')
          return (
            <Checkbox
              key={name}
              label={common.label}
              description={common.description}
              checked={now === true}
              onChange={(event) => set(event.currentTarget.checked)}
            />
          )
        if (field['type'] === 'number' || field['type'] === 'integer')
          return (
            <NumberInput
              key={name}
              {...common}
              allowDecimal={field['type'] === 'number'}
              value={typeof now === 'number' ? now : ''}
              onChange={(next) => set(typeof next === 'number' ? next : undefined)}
            />
          )
        return (
          <TextInput
            key={name}
            {...common}
            value={typeof now === 'string' ? now : ''}
            onChange={(event) => set(event.currentTarget.value)}
          />
        )
      })}
    </div>
  )
}

/** What a form is filled with at first. */
export function defaultsOf(schema: Fields): Fields {
  const properties = isRecord(schema['properties']) ? schema['properties'] : {}
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, field]) => {
      if (!isRecord(field)) return []
      if (field['default'] !== undefined) return [[name, field['default']]]
      return field['type'] === 'boolean' ? [[name, false]] : []
    }),
  )
}

/** The values of a list of choices, with titles where the schema has them. */
function choicesOf(field: Fields): { value: string; label: string }[] {
  const titled = field['oneOf'] ?? field['anyOf']
  if (Array.isArray(titled))
    return titled.filter(isRecord).flatMap((each) => {
      const value = each['const']
      if (typeof value !== 'string') return []
      return [{ value, label: typeof each['title'] === 'string' ? each['title'] : value }]
    })
  if (!Array.isArray(field['enum'])) return []
  const names = Array.isArray(field['enumNames']) ? field['enumNames'].map(String) : []
  return field['enum'].map((value, at) => ({ value: String(value), label: names[at] ?? String(value) }))
}
