import { gzipSync } from 'node:zlib'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { expect, test } from 'vitest'

const configFile = fileURLToPath(
  new URL('../../../../apps/console/vite.assistant.config.ts', import.meta.url),
)

test('the assistant is one classic script under 25 kB gzipped', async () => {
  const built = await build({ configFile, logLevel: 'silent', build: { write: false } })
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((each) =>
    'output' in each ? each.output : [],
  )
  expect(outputs.map(({ fileName }) => fileName)).toEqual(['assistant.js'])
  const [script] = outputs
  const code = script?.type === 'chunk' ? script.code : ''
  expect(code).toContain('heavylift-assistant')
  expect(code).not.toMatch(/^\s*(import|export)\s/m)
  // Text of catalogs, reviews and models only ever becomes text nodes.
  expect(code).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write/)
  expect(gzipSync(code).byteLength).toBeLessThan(25_000)
})
