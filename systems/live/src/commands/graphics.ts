import type { CommandInput } from '@heavylift/core'
import { exportGraphics } from '../graphics/export-graphics.ts'

/** `heavylift live graphics`: the OGraf graphics as a folder, for renderers that load files. */
export async function runGraphics({ options, print }: CommandInput): Promise<unknown> {
  const out = typeof options['out'] === 'string' ? options['out'] : 'heavylift-graphics'
  const graphics = await exportGraphics(out)
  for (const { id, manifest } of graphics) print(`  ${id.padEnd(18)} ${manifest.name}`)
  print(
    `${graphics.length} graphics are in ${out}. Each is its <name>/<name>.ograf.json; they share a folder.`,
  )
  return { out, graphics: graphics.map(({ id }) => id) }
}
