import type { CommandInput } from '@heavylift/core'
import { serveWorlds } from '../clearance/worlds/serve-worlds.ts'

/** `heavylift drive worlds`: runs for a program that drives them, over standard input and output. */
export async function runWorlds({ print }: CommandInput) {
  if (process.stdin.isTTY) {
    print(
      'This is spoken to by a program, in frames: see systems/drive/python (class Worlds) and DRIVERS.md.',
    )
    return {}
  }
  await serveWorlds(process.stdin, process.stdout)
  return {}
}
