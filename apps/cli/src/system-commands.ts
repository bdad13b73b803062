import type { Command as SystemCommand } from '@heavylift/core'
import type { Command } from 'commander'
import type { CliSystem } from './cli-context.ts'

/** A command of a system, and whose it is. */
export interface OwnedCommand {
  system: CliSystem
  command: SystemCommand
}

const owned = new WeakMap<Command, OwnedCommand>()

/** Notes which command of a system stands behind one of the tree. */
export function setSystemCommand(command: Command, of: OwnedCommand): void {
  owned.set(command, of)
}

/** The command of a system that stands behind one of the tree; null for the others. */
export function systemCommandOf(command: Command): OwnedCommand | null {
  return owned.get(command) ?? null
}
