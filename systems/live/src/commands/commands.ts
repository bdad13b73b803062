import type { Command } from '@heavylift/core'
import { checkCommand } from './check.ts'
import { graphicsCommand } from './graphics.ts'
import { simulateCommand } from './simulate.ts'
import { processorCommand } from './processor.ts'
import { recapCommand } from './recap.ts'
import { replayCommand } from './replay.ts'
import { trainCommand } from './train.ts'
import { videoCommand } from './video.ts'

export const commands: Command[] = [
  checkCommand,
  graphicsCommand,
  processorCommand,
  recapCommand,
  replayCommand,
  simulateCommand,
  trainCommand,
  videoCommand,
]
