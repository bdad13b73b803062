// Paints the thumbnail of every graphic from the example in its manifest: `node systems/live/test/graphics/make-thumbnails.ts`.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { graphicsDir } from '../../src/graphics/graphics-folder.ts'
import { listGraphics } from '../../src/graphics/list-graphics.ts'
import { launchBrowser } from '../support/launch-browser.ts'
import { openHost } from './ograf-host.ts'
import { startStaticServer } from './static-server.ts'

const browser = await launchBrowser()
const server = await startStaticServer()
try {
  const host = await openHost(browser)
  for (const { id, manifest } of await listGraphics()) {
    await host.load(`${server.address}/live/graphics/${id}/${id}.ograf.json`, {
      data: manifest.schema.examples[0],
    })
    await host.page.addStyleTag({ content: 'body { background: linear-gradient(160deg, #5d7263, #2c3b33) }' })
    await host.call('playAction', { skipAnimation: true })
    await writeFile(join(graphicsDir, id, 'thumbnail.png'), await host.page.screenshot())
  }
} finally {
  await server.stop()
  await browser.close()
}
