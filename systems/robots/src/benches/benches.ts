import type { Measure } from '@heavylift/core'

export const benches: Measure[] = []
