import type { Command } from '@heavylift/core'

export const commands: Command[] = []
