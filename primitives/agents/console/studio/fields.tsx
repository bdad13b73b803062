import { NativeSelect, NumberInput, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { FieldProps } from './field-spec.ts'
import { GroupField, ListOfRecords } from './record-fields.tsx'
import '@mantine/core/styles/Pill.css'
import '@mantine/core/styles/PillsInput.css'

/** One field; `onChange(undefined)` takes it out of the file. */
export function Field({ spec, value, error, onChange }: FieldProps) {
  const shared = { label: spec.label, error, ...(spec.help ? { description: spec.help } : {}) }
  const change = (text: string) => onChange(text === '' && spec.isOptional === true ? undefined : text)
  // Taken out when one leaves it, so that a field that is emptied to be written anew keeps its place in the file.
  const leave = (text: string) => {
    if (text === '' && spec.isOptional === true && value !== undefined) onChange(undefined)
  }
  switch (spec.kind) {
    case 'number':
      return (
        <NumberInput
          {...shared}
          value={typeof value === 'number' ? value : ''}
          min={0}
          onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
        />
      )
    case 'choice':
      return (
        <NativeSelect
          {...shared}
          value={asText(value)}
          data={[
            ...(spec.isOptional === true || value === undefined ? [{ value: '', label: '–' }] : []),
            ...(spec.choices ?? []),
          ]}
          onChange={(event) => change(event.currentTarget.value)}
        />
      )
    case 'list':
      return (
        <TagsInput
          {...shared}
          data={spec.choices?.map((choice) => choice.value) ?? []}
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={(next) => onChange(next.length === 0 && spec.isOptional === true ? undefined : next)}
        />
      )
    case 'group':
      return <GroupField field={Field} spec={spec} value={value} error={error} onChange={onChange} />
    case 'records':
      return <ListOfRecords field={Field} spec={spec} value={value} error={error} onChange={onChange} />
    case 'json':
      return <JsonField spec={spec} value={value} error={error} onChange={onChange} />
    case 'lines':
    case 'code':
      return (
        <Textarea
          {...shared}
          autosize
          minRows={spec.kind === 'code' ? 4 : 2}
          maxRows={16}
          {...(spec.kind === 'code' ? { classNames: { input: 'hl-code' } } : {})}
          spellCheck={spec.kind === 'lines'}
          value={asText(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
          onBlur={(event) => leave(event.currentTarget.value)}
        />
      )
    default:
      return (
        <TextInput
          {...shared}
          {...(spec.kind === 'cel' ? { classNames: { input: 'hl-code' }, spellCheck: false } : {})}
          value={asText(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
          onBlur={(event) => leave(event.currentTarget.value)}
        />
      )
  }
}

/** JSON that is kept once it can be read; a text that is no JSON is a text. */
function JsonField({ spec, value, error, onChange }: FieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? jsonText(value)
  const [fault, setFault] = useState<string | null>(null)
  return (
    <Textarea
      label={spec.label}
      {...(spec.help ? { description: spec.help } : {})}
      error={fault ?? error}
      autosize
      minRows={2}
      maxRows={16}
      spellCheck={false}
      classNames={{ input: 'hl-code' }}
      value={shown}
      onChange={(event) => {
        const text = event.currentTarget.value
        setTyped(text)
        const read = readJson(text)
        setFault(read.fault)
        if (read.fault === null)
          onChange(text.trim() === '' && spec.isOptional === true ? undefined : read.value)
      }}
      onBlur={() => {
        if (fault === null) setTyped(null)
      }}
    />
  )
}

/** A text stands as it is unless it would read as something else. */
export function jsonText(value: unknown): string {
  if (value === undefined) return ''
  if (typeof value !== 'string') return JSON.stringify(value, null, 2)
  return readJson(value).value === value ? value : JSON.stringify(value)
}

export function readJson(text: string): { value: unknown; fault: string | null } {
  const trimmed = text.trim()
  if (!/^(?:[[{"]|-?\d|true$|false$|null$)/.test(trimmed)) return { value: text, fault: null }
  try {
    return { value: JSON.parse(trimmed), fault: null }
  } catch (error) {
    // `$${x} EUR` or `3 days` are texts; what begins as a list, an object or a quoted text is meant as JSON.
    if (!/^[[{"]/.test(trimmed)) return { value: text, fault: null }
    return {
      value: undefined,
      fault: `Not JSON yet: ${error instanceof Error ? error.message : String(error)}`,
    }
  }
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value
  return value === undefined || value === null ? '' : JSON.stringify(value)
}
