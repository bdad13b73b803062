import { it } from 'vitest'
import { importThroughKills } from './import-through-kills.ts'

it(
  'finishes every acknowledged import after many kills at random moments, and never shows half of one [SHOP-IMPORT-06]',
  () => importThroughKills(20, 6),
  1_200_000,
)
