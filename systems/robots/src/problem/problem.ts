import type { Floor } from '../floor/floor.ts'

/** A lifelong problem of the League of Robot Runners: a floor, robots and tasks that come round and round. */
export interface Problem {
  name: string
  rules: Rules
  floor: Floor
  /** State of each robot at the start; all face east. */
  starts: Int32Array
  /** Cells of each task's errands in their order; the file is taken round and round. */
  tasks: Int32Array[]
  /** Tasks that are known and not finished at any time: `revealed × robots`, rounded down. */
  revealed: number
  /** Tasks left out because no robot could finish them, with why. */
  skipped: { line: number; why: string }[]
}

/** The rules of a round. 2024: an action a step. 2026: an action takes `ticks`, robots are delayed, an executor runs between. */
export type Rules = { round: '2024' } | ({ round: '2026' } & TickRules)

export interface TickRules {
  /** Ticks of a step ahead or a turn. */
  ticks: number
  /** Side of the square that a robot keeps for itself, in cells. */
  size: number
  /** Hidden from planners. */
  delays: DelayRules | null
}

export interface DelayRules {
  seed: number
  /** Ticks. */
  least: number
  most: number
  event: 'bernoulli' | 'poisson'
  /** Chance of a robot that moves to be delayed, a tick. */
  probability: number
  duration: 'uniform' | 'gaussian'
  /** Of the normal distribution, as shares of the range from `least` to `most`. */
  meanShare: number
  deviationShare: number
}
