import type { Site, Value } from '../resolve/values.ts'

/** What middleware makes of an error that what it hands on to gave it. */
export interface Caught {
  answers: { status: number; site: Site; body: Value | null; statusAt?: readonly Site[] }[]
  /** Whether it hands the error on to what is around it, and other errors that it hands on. */
  isPassed: boolean
  others: Value[]
}
