import type { Command } from '@heavylift/core'
import { extractCommands } from './extract-commands.ts'
import { planCommands } from './plan-commands.ts'
import { specCommands } from './spec-commands.ts'

export const commands: Command[] = [...extractCommands, ...specCommands, ...planCommands]
