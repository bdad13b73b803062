import { test } from 'vitest'
import { migrateThroughKills } from './migrate-through-kills.ts'

test('a migration that is killed goes on where it was, and no step runs twice or by half [STORE-MIGRATE-05]', () =>
  migrateThroughKills(3))
