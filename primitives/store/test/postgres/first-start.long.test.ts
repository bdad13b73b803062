import { test } from 'vitest'
import { startThroughKills } from './start-through-kills.ts'

test('a kill at any moment of the first start leaves a folder that starts [STORE-POSTGRES-03]', () =>
  startThroughKills(Array.from({ length: 40 }, (_, i) => 50 * (i + 1))))
