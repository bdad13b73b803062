import { test } from 'vitest'
import { runThroughKills } from './run-through-kills.ts'

test('a batch whose gateway is killed is answered whole, and no request is billed twice [MODELS-BATCH-02]', async () => {
  await runThroughKills(40, [15])
}, 120_000)
