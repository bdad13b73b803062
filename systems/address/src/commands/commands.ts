import type { Command } from '@heavylift/core'
import { parseCommands } from './parse-commands.ts'

export const commands: Command[] = [...parseCommands]
