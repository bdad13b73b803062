import type { Command } from '@heavylift/core'
import { graphicsCommand } from './graphics.ts'
import { simulateCommand } from './simulate.ts'
import { trainCommand } from './train.ts'

export const commands: Command[] = [graphicsCommand, simulateCommand, trainCommand]
