import type { Command } from '@heavylift/core'
import { specCommands } from './spec-commands.ts'

export const commands: Command[] = [...specCommands]
