import type { Change, OutcomeKind } from './change-test.ts'

/** What is watched of an agent, and what a value of it is. Amounts are millionths of a US dollar. */
export const measures = {
  failed: 'share',
  refused: 'share',
  rework: 'share',
  cost: 'amount',
} as const satisfies Record<string, OutcomeKind>
export type Measure = keyof typeof measures

/** That something became worse. `did`: what was done about it by itself. */
export interface Alarm extends Change {
  atMs: number
  did: 'told' | 'paused' | 'rolled-back' | 'canary-ended'
}

export interface Accepted {
  by: string
  because: string
  atMs: number
}
