import type { Command } from '@heavylift/core'
import { clearCommand } from './clear.ts'
import { mineCommand } from './mine.ts'
import { recordCommand } from './record.ts'
import { replayCommand } from './replay.ts'
import { runCommand } from './run.ts'
import { searchCommand } from './search.ts'
import { trainCommand } from './train.ts'
import { viewCommand } from './view.ts'

export const commands: Command[] = [
  runCommand,
  clearCommand,
  replayCommand,
  viewCommand,
  searchCommand,
  recordCommand,
  mineCommand,
  trainCommand,
]
