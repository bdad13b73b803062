import type { Command } from '@heavylift/core'
import { checkCommand } from './check.ts'
import { graphicsCommand } from './graphics.ts'
import { simulateCommand } from './simulate.ts'
import { processorCommand } from './processor.ts'
import { replayCommand } from './replay.ts'
import { trainCommand } from './train.ts'

export const commands: Command[] = [
  checkCommand,
  graphicsCommand,
  processorCommand,
  replayCommand,
  simulateCommand,
  trainCommand,
]
