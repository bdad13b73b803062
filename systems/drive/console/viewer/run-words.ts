import type { RunOutcome, RunResult } from '../../src/clearance/run/run-result.ts'
import type { Recording } from '../../src/clearance/recordings/recording.ts'

/** How a run ended, in one sentence. */
export function outcomeWords(recording: Recording, result: RunResult | undefined): string {
  const endS = recording.frames.at(-1)?.timeS ?? 0
  const ended = endings[endingOf(recording)]
  const distance = result ? `, ${result.metrics.progressM.toFixed(0)} m along its route` : ''
  return `${ended} after ${endS.toFixed(1)} s${distance}.`
}

/** `struck`: nothing failed but that another drove into it. */
export function endingOf({ failures }: Recording): RunOutcome {
  if (failures.length === 0) return 'passed'
  return failures.every(({ fault }) => fault === 'other') ? 'struck' : 'failed'
}

const endings: Record<RunOutcome, string> = {
  passed: 'Passed',
  failed: 'Failed',
  struck: 'Struck by another',
}

/** `a=1,b=2` to values by name; parts that are no pair are left out. */
export function parametersOf(set: string): Record<string, number> {
  const values: Record<string, number> = {}
  for (const part of set.split(',')) {
    const at = part.indexOf('=')
    const value = Number(part.slice(at + 1))
    if (at > 0 && part.slice(at + 1).trim() !== '' && Number.isFinite(value))
      values[part.slice(0, at)] = value
  }
  return values
}

/** The other way; what equals its default is left out. */
export function setOf(
  values: Readonly<Record<string, number>>,
  parameters: readonly { name: string; default: number }[],
): string {
  return parameters
    .filter(({ name, default: usual }) => values[name] !== undefined && values[name] !== usual)
    .map(({ name }) => `${name}=${values[name]}`)
    .join(',')
}
