import { it } from 'vitest'
import { importThroughKills } from './import-through-kills.ts'

it(
  'finishes every acknowledged import after many kills at random moments, and never shows half of one',
  () => importThroughKills(20, 6),
  1_200_000,
)
