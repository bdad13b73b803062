import type { Command } from '@heavylift/core'
import { runCommand } from './run.ts'
import { searchCommand } from './search.ts'
import { viewCommand } from './view.ts'

export const commands: Command[] = [runCommand, viewCommand, searchCommand]
