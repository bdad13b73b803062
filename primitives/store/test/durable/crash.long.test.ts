import { afterEach, beforeEach, test } from 'vitest'
import { openCrashScene, type CrashScene } from './crash-scene.ts'
import { runThroughKills } from './run-through-kills.ts'

let scene: CrashScene

beforeEach(async () => void (scene = await openCrashScene()))
afterEach(() => scene.close())

test('kills at many moments: recorded steps never run again, the rest run on, and every run ends [STORE-DURABLE-06]', () =>
  runThroughKills(scene, 30, 60))
