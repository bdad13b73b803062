import type { WeaknessKind } from '../../game-day/weakness.ts'

/** What is planted in the demo shop, and where it shows. Written before any detector ran against it. */
export const planted: readonly { kind: WeaknessKind; at: string }[] = [
  { kind: 'no-timeout', at: 'payments' },
  { kind: 'retry-storm', at: 'stock' },
  // What is called five times without end is not left alone either.
  { kind: 'no-breaker', at: 'stock' },
  { kind: 'no-breaker', at: 'reviews' },
  { kind: 'unbounded-queue', at: 'report' },
  { kind: 'stampede', at: 'prices' },
  // One pool for both: each starves the other.
  { kind: 'pool', at: 'profiles' },
  { kind: 'pool', at: 'settings' },
  { kind: 'no-jitter', at: 'quotes' },
  { kind: 'full-disk', at: 'shop' },
  { kind: 'clock', at: 'shop clock' },
  { kind: 'single-point', at: 'inventory-1' },
  { kind: 'slow-start', at: 'search-1' },
  { kind: 'slow-start', at: 'search-2' },
  { kind: 'cut-stream', at: 'answers' },
]

export const dependencyNames = [
  'payments',
  'stock',
  'reviews',
  'prices',
  'profiles',
  'settings',
  'quotes',
  'answers',
] as const
