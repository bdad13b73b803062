import type { Command } from '@heavylift/core'
import { cancelCommand } from './cancel.ts'
import { listCommand } from './list.ts'
import { nodesCommand } from './nodes.ts'
import { resumeCommand } from './resume.ts'
import { sampleCommand } from './sample.ts'
import { showCommand } from './show.ts'

/** Subcommands of `heavylift jobs`. They read the folder of ledgers, so they need no server. */
export const jobCommands: Command[] = [
  listCommand,
  showCommand,
  cancelCommand,
  resumeCommand,
  nodesCommand,
  sampleCommand,
]
