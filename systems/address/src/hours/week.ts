/** Open spans of a week: for each day from Monday, `[from, to]` in minutes since midnight; `to` beyond 1,440 is the next day. */
export type Week = [number, number][][]

export const dayCodes = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const

export function emptyWeek(): Week {
  return dayCodes.map(() => [])
}

/**
 * The week in the syntax of `opening_hours` (OpenStreetMap wiki, Key:opening_hours): equal days that follow each other are one
 * rule, `24/7` where it is always open, days without a span are left out. Null where nothing is open.
 */
export function formatWeek(week: Week): string | null {
  const days = week.map(formatDay)
  if (days.every((day) => day === '')) return null
  if (days.every((day) => day === '00:00-24:00')) return '24/7'
  const rules: string[] = []
  for (let first = 0; first < 7;) {
    let last = first
    while (last < 6 && days[last + 1] === days[first]) last++
    if (days[first] !== '')
      rules.push(`${dayCodes[first]}${last > first ? `-${dayCodes[last]}` : ''} ${days[first]}`)
    first = last + 1
  }
  return rules.join('; ')
}

function formatDay(spans: readonly [number, number][]): string {
  return [...spans]
    .sort((a, b) => a[0] - b[0])
    .map(([from, to]) => `${formatTime(from)}-${formatTime(to)}`)
    .join(',')
}

function formatTime(minutes: number): string {
  const inDay = minutes > 1440 ? minutes - 1440 : minutes
  return `${String(Math.floor(inDay / 60)).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`
}
