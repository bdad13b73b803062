/** What a service may do wrong when something it needs does; each is told by what is measured under a fault beside the steady state. */
export const weaknessKinds = {
  'no-timeout': 'A silent dependency is waited for without end.',
  'retry-storm': 'A failing dependency is called several times as often as a well one.',
  'no-breaker': 'A dependency that only fails goes on being called as if it were well.',
  'unbounded-queue': 'More work than can be done is queued instead of being refused.',
  stampede: 'When a cached answer runs out, many requests fetch the same one at once.',
  pool: 'A slow dependency makes slow what does not need it.',
  'no-jitter': 'Clients that failed together try again together.',
  'full-disk': 'Reading fails because nothing can be written.',
  clock: 'A jump of the clock makes requests fail.',
  'single-point': 'One process that dies takes a function with it.',
  'slow-start': 'A process that is new gets requests before it is warm.',
  'cut-stream': 'A stream that broke off looks as if it were whole.',
  'connection-leak': 'Connections to a dependency that failed stay open.',
  duplicate: 'A write is sent again without saying that it is the same.',
  'slow-recovery': 'When the fault is over, requests go on failing.',
  'no-fallback': 'What a function could do without makes it fail.',
} as const

export type WeaknessKind = keyof typeof weaknessKinds

export interface Finding {
  kind: WeaknessKind
  /** The dependency, process, clock or endpoint. */
  at: string
  /** What was measured, in words with figures. */
  evidence: string
  measured: number
  /** What it was in the steady state, or may be. */
  allowed: number
  unit: string
}
