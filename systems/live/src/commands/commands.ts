import type { Command } from '@heavylift/core'
import { graphicsCommand } from './graphics.ts'
import { trainCommand } from './train.ts'

export const commands: Command[] = [graphicsCommand, trainCommand]
