import type { Command } from '@heavylift/core'
import { runCommand } from './run.ts'

export const commands: Command[] = [runCommand]
