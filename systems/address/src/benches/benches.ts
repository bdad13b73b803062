import type { Measure } from '@heavylift/core'
import { parseBenches } from './parse-benches.ts'

export const benches: Measure[] = [...parseBenches]
