import { test } from 'vitest'
import { killAtWork } from './killed-at-work.ts'

test('kill -9 at many moments of its work: nothing acknowledged is lost, and it goes on by itself [CORE-START-12]', () =>
  killAtWork({ startKills: 6, rounds: 8, seed: 2 }))
