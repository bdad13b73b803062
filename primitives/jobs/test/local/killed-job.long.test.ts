import { test } from 'vitest'
import { computeThroughKills } from './compute-through-kills.ts'

// Each round has other moments.
test.each(Array.from({ length: 50 }, (_, round) => round))(
  'a job whose process is killed three times ends in the same bytes, round %i [JOBS-KILL-02]',
  (round) => computeThroughKills(`kills ${round}`),
)
