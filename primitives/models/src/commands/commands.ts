import type { Command } from '@heavylift/core'
import { listCommand } from './list.ts'
import { pullCommand } from './pull.ts'
import { removeCommand } from './remove.ts'

/** Subcommands of `heavylift models`. */
export const modelCommands: Command[] = [pullCommand, listCommand, removeCommand]
