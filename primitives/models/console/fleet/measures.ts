import { format } from '@heavylift/ui'
import type { Measure } from './fleet-groups.ts'

/** What a cell's colour can say: its name, and a value in words. */
export const measures: Record<Measure, { name: string; words: (value: number) => string }> = {
  inFlight: { name: 'Calls in flight', words: (value) => format.formatCount(value) },
  engineWaiting: { name: 'Waiting in the engine', words: (value) => format.formatCount(value) },
  kvPercent: { name: 'Memory for keys and values', words: (value) => format.formatPercent(value / 100) },
  ttftMs: { name: 'First token, p50', words: (value) => format.formatDuration(value) },
  failedPercent: { name: 'Failed or cut', words: (value) => format.formatPercent(value / 100) },
  tokensPerSecond: { name: 'Tokens a second', words: (value) => format.formatCount(value) },
}

/** Dash where nothing is known. */
export function inWords(measure: Measure, value: number): string {
  return value < 0 ? '–' : measures[measure].words(value)
}
