import type { ReactNode } from 'react'

/** A field of a step's form: how one value is shown and edited. */
export interface FieldSpec {
  name: string
  label: string
  help?: string
  /** `group` is a value with fields, `records` a list of these. */
  kind: 'text' | 'lines' | 'cel' | 'code' | 'json' | 'number' | 'choice' | 'list' | 'group' | 'records'
  /** Of a group, or of each of a list; what they are may hang on what is chosen in it. */
  fields?: readonly FieldSpec[] | ((of: Readonly<Record<string, unknown>>) => readonly FieldSpec[])
  /** What one of a list is called. */
  one?: string
  /** What one of a list begins with, beside its id. */
  fresh?: (kind: string) => Record<string, unknown>
  /** One of a list in a few words. */
  tell?: (of: Readonly<Record<string, unknown>>) => string
  choices?: { value: string; label: string }[]
  /** Left out of the file where it is empty. */
  isOptional?: boolean
}

/** `onChange(undefined)` takes the value out of the file. */
export interface FieldProps {
  spec: FieldSpec
  value: unknown
  error?: string | undefined
  onChange: (value: unknown) => void
}

/** Shows a value by its spec; a value with fields is given it for these. */
export type FieldComponent = (props: FieldProps) => ReactNode
