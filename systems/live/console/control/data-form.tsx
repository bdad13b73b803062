import { ColorInput, NativeSelect, Switch, Textarea, TextInput } from '@mantine/core'
import type { Draft, FormField } from './form-fields.ts'
import styles from './control.module.css'

/** Fields of a graphic's data. What is wrong with a field stands below it. */
export function DataForm({
  fields,
  draft,
  problems,
  onChange,
}: {
  fields: FormField[]
  draft: Draft
  problems: Record<string, string>
  onChange: (name: string, text: string) => void
}) {
  return (
    <div className={styles['control-form']}>
      {fields.map((field) => {
        const shared = {
          label: field.title,
          value: draft[field.name] ?? '',
          error: problems[field.name],
        }
        const set = (text: string) => onChange(field.name, text)
        const key = field.name
        switch (field.control) {
          case 'select':
            return (
              <NativeSelect
                key={key}
                {...shared}
                data={field.options}
                onChange={(event) => set(event.currentTarget.value)}
              />
            )
          case 'switch':
            return (
              <Switch
                key={key}
                label={field.title}
                checked={draft[field.name] === 'true'}
                onChange={(event) => set(String(event.currentTarget.checked))}
              />
            )
          case 'colour':
            return <ColorInput key={key} {...shared} format="hex" onChange={set} />
          case 'json':
          case 'lines':
            return (
              <Textarea
                key={key}
                {...shared}
                className={field.control === 'json' ? styles['control-json'] : ''}
                autosize
                minRows={2}
                maxRows={field.control === 'json' ? 12 : 4}
                onChange={(event) => set(event.currentTarget.value)}
              />
            )
          default:
            return (
              <TextInput
                key={key}
                {...shared}
                inputMode={field.control === 'number' ? 'decimal' : 'text'}
                onChange={(event) => set(event.currentTarget.value)}
              />
            )
        }
      })}
    </div>
  )
}
