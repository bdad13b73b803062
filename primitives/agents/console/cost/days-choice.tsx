import { NativeSelect } from '@mantine/core'
import { useUrlState } from '@heavylift/ui'

const choices = [1, 7, 30, 90, 365]

/** How many days back a page looks; it stands in the address. */
export function useDays(): { days: number; setDays: (days: string) => void } {
  const [state, set] = useUrlState({ days: '30' })
  const days = choices.includes(Number(state.days)) ? Number(state.days) : 30
  return { days, setDays: (next) => set({ days: next }) }
}

export function DaysChoice({ label, days, setDays }: { label: string } & ReturnType<typeof useDays>) {
  return (
    <NativeSelect
      label={label}
      value={String(days)}
      onChange={(event) => setDays(event.currentTarget.value)}
      data={choices.map((each) => ({ value: String(each), label: each === 1 ? 'day' : `${each} days` }))}
    />
  )
}
