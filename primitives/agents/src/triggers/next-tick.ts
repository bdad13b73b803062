import { InvalidInputError } from '@heavylift/core'
import { Cron } from 'croner'

/**
 * The next moment of a cron expression after one, in milliseconds; null where none comes any more. Five fields, or six with seconds first.
 * @throws InvalidInputError `cron-wrong`
 */
export function nextTick(cron: string, timezone: string, afterMs: number): number | null {
  try {
    return new Cron(cron, { timezone, paused: true }).nextRun(new Date(afterMs))?.getTime() ?? null
  } catch (cause) {
    throw new InvalidInputError({
      code: 'cron-wrong',
      message: `"${cron}" in ${timezone} is no schedule: ${cause instanceof Error ? cause.message : String(cause)} Write minute, hour, day, month and weekday, such as "30 8 * * 1-5", and a time zone such as "Europe/Berlin".`,
      cause,
    })
  }
}
