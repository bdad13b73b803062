import type { Command } from '@heavylift/core'
import { kindCommands } from './kind-commands.ts'
import { parseCommands } from './parse-commands.ts'

export const commands: Command[] = [...kindCommands, ...parseCommands]
