import type { Command } from '@heavylift/core'
import { exportGraphics } from '../graphics/export-graphics.ts'

/** `heavylift live graphics`: the OGraf graphics as a folder, for renderers that load files. */
export const graphicsCommand: Command = {
  name: 'graphics',
  summary:
    'Writes the OGraf graphics as a folder for CasparCG, SPX and other renderers; zip it to upload it.',
  options: [{ flags: '--out <dir>', summary: 'A new or empty folder. Default heavylift-graphics.' }],
  async run({ options, print }) {
    const out = typeof options['out'] === 'string' ? options['out'] : 'heavylift-graphics'
    const graphics = await exportGraphics(out)
    for (const { id, manifest } of graphics) print(`  ${id.padEnd(18)} ${manifest.name}`)
    print(
      `${graphics.length} graphics are in ${out}. Each is its <name>/<name>.ograf.json; they share a folder.`,
    )
    return { out, graphics: graphics.map(({ id }) => id) }
  },
}
