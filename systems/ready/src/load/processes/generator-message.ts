import type { MeasuredJson } from '../measure.ts'
import type { Generated, Part } from '../generate.ts'
import type { Scenario } from '../scenario.ts'
import type { Target } from '../target.ts'

/** What a generator's process is told first; after it `stop` ends the run at once. */
export interface GeneratorOrder {
  scenario: Scenario
  target: Target
  part: Part
  /** Milliseconds since 1970 at which all parts begin. */
  startAtMs: number
}

export type ToGenerator = { order: GeneratorOrder } | { stop: true }

/** What it says once a second, and at its end with `end`. */
export type FromGenerator =
  | { measured: MeasuredJson; end: Omit<Generated, 'measured'> | null }
  | { problem: string }
