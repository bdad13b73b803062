import { test } from 'vitest'
import { killAtWork } from './killed-at-work.ts'

test('kill -9 while it starts first, makes keys, takes a match and a feed and clears a version: nothing acknowledged is lost, and it goes on by itself [CORE-START-12]', () =>
  killAtWork({ startKills: 1, rounds: 1, seed: 1 }))
