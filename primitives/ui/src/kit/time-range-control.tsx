import { NativeSelect, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { chooseTime, chosenTime, fromField, timeRanges, toField } from './time-range.ts'
import type { ChosenTime, TimeRangeName } from './time-range.ts'
import { useUrlState } from './url-state.ts'

export interface UsedTimeRange extends ChosenTime {
  choices: readonly (TimeRangeName | 'any' | 'custom')[]
  choose: (choice: string) => void
  setEnds: (ends: { from?: string; to?: string }) => void
}

/**
 * The time that a page looks at, kept in its URL (`?range=7d`, `?from=…&to=…`). `initial` is what a URL without one means.
 * A page that shows what happens now offers stretches alone; `any` and `custom` are for lists.
 */
export function useTimeRange(
  initial: TimeRangeName | 'any',
  choices: readonly (TimeRangeName | 'any' | 'custom')[] = ['1h', '24h', '7d', '30d', 'any', 'custom'],
): UsedTimeRange {
  const [state, set] = useUrlState({ range: initial as string, from: '', to: '' })
  const { range, from, to } = state
  // Anew only when the choice changes: a range that moved with every render would ask the server with every render.
  const chosen = useMemo(() => chosenTime({ range, from, to }, Date.now()), [range, from, to])
  return {
    ...chosen,
    choices,
    choose: (choice) => set(chooseTime(choice, Date.now())),
    setEnds: (ends) => set(ends),
  }
}

/** The one control for a range of time; the same words and the same URL on every page. */
export function TimeRange({
  of,
  label = 'Time',
  isCompact = false,
}: {
  of: UsedTimeRange
  label?: string
  /** Low and without a label to see, for a page's actions. */
  isCompact?: boolean
}) {
  const names = { any: 'Any time', custom: 'From … to' }
  return (
    <>
      <NativeSelect
        {...(isCompact ? { 'aria-label': label, size: 'xs' } : { label })}
        value={of.name}
        onChange={(event) => of.choose(event.currentTarget.value)}
        data={of.choices.map((choice) => ({
          value: choice,
          label: choice === 'any' || choice === 'custom' ? names[choice] : `Last ${timeRanges[choice].label}`,
        }))}
      />
      {of.name === 'custom' ? (
        <>
          <TextInput
            type="datetime-local"
            label="From"
            value={toField(of.fromMs)}
            onChange={(event) => of.setEnds({ from: fromField(event.currentTarget.value) })}
          />
          <TextInput
            type="datetime-local"
            label="To"
            value={toField(of.toMs)}
            onChange={(event) => of.setEnds({ to: fromField(event.currentTarget.value) })}
          />
        </>
      ) : null}
    </>
  )
}
