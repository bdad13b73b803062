import { test } from 'vitest'
import { runThroughKills } from './run-through-kills.ts'

test('a batch whose gateway is killed again and again is answered whole, and no request is billed twice [MODELS-BATCH-02]', async () => {
  await runThroughKills(400, [10, 25, 60, 100, 101, 150, 220, 300, 390])
}, 600_000)
