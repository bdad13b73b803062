import { Button, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { Icon } from './icons.tsx'
import styles from './filter-bar.module.css'

/**
 * What a list is narrowed by, in one row that wraps: a `FilterText` first, which takes the room that is left, then selects, then a
 * `TimeRange`. `onClear` takes every filter away and shows only while there is one.
 */
export function FilterBar({
  label = 'Filters',
  isFiltered = false,
  onClear,
  children,
}: {
  label?: string
  isFiltered?: boolean
  onClear?: () => void
  children: ReactNode
}) {
  return (
    <div className={styles['bar']} role="search" aria-label={label}>
      {children}
      {onClear && isFiltered ? (
        <Button
          variant="subtle"
          size="compact-sm"
          className={styles['clear']}
          leftSection={<Icon name="cross" width={14} height={14} />}
          onClick={onClear}
        >
          Clear filters
        </Button>
      ) : null}
    </div>
  )
}

/** A field that narrows a list by text as one types. */
export function FilterText({
  label,
  value,
  onChange,
  placeholder,
}: {
  label: string
  value: string
  onChange: (value: string) => void
  placeholder?: string
}) {
  return (
    <TextInput
      className={styles['text']}
      label={label}
      placeholder={placeholder}
      value={value}
      leftSection={<Icon name="search" width={14} height={14} />}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
