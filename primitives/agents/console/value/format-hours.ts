import { formatNumber } from '@heavylift/ui'

/** Working time in hours, saved or (below 0) lost: `4 min` below an hour, else `2.5 h`. Days are not said, since a working day is no 24 hours. */
export function formatHours(hours: number): string {
  return Math.abs(hours) < 1
    ? `${formatNumber(Math.round(hours * 600) / 10)} min`
    : `${formatNumber(hours)} h`
}
