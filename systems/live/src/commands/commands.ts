import type { Command } from '@heavylift/core'
import { trainCommand } from './train.ts'

export const commands: Command[] = [trainCommand]
