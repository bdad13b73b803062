import type { Answer, Ask } from './grants.ts'

/** Where processes on one database keep what they hold of their limits. */
export interface LimitStore {
  /**
   * Says in one transaction what this process holds, renews its lease and answers its asks, in their order. Rejects when the
   * database does not answer; whether it then counted is not known, so the next exchange says all of it again.
   * `sequence` rises with each exchange: one that comes after a later one changes nothing.
   */
  exchange(lease: Lease, asks: readonly Ask[]): Promise<Exchanged>
  /** Gives everything back at the end of the process. */
  leave(holder: string): Promise<void>
}

export interface Lease {
  /** This process, and no earlier or later one. */
  holder: string
  sequence: number
  leaseMs: number
  /** Which day and month it is. */
  nowMs: number
}

export interface Exchanged {
  /** The lease before had ended: what was held free is void. */
  isLapsed: boolean
  /** Living processes, this one among them. */
  holders: number
  answers: Answer[]
}
