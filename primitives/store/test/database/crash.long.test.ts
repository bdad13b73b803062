import { test } from 'vitest'
import { migrateThroughKills } from './migrate-through-kills.ts'

test('a migration that is killed at every step goes on where it was [STORE-MIGRATE-05]', () =>
  migrateThroughKills(40))
