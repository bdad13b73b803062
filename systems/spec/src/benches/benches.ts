import type { Measure } from '@heavylift/core'
import { cold, edit } from './cold.ts'

export const benches: Measure[] = [cold, edit]
