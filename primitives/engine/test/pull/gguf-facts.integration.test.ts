import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readGgufFacts } from '../../src/pull/gguf-facts.ts'
import { tinyGguf } from './tiny-gguf.ts'

const folder = mkdtempSync(join(tmpdir(), 'heavylift-gguf-'))
let files = 0

function factsOf(bytes: Buffer) {
  const path = join(folder, `${files++}.gguf`)
  writeFileSync(path, bytes)
  return readGgufFacts(path)
}

// 32 × 8 numbers of 4 bytes, then 256 × 2 in blocks of 144 bytes for 256.
const tensors = [
  { type: 0, sizes: [32, 8], offset: 0 },
  { type: 12, sizes: [256, 2], offset: 1024 },
]

test('a file is as long as its own table of tensors says, or it is cut off [MODELS-PULL-11]', async () => {
  const head = tinyGguf(0, tensors)
  const dataAt = Math.ceil(head.length / 32) * 32
  const whole = tinyGguf(dataAt + 1024 + 288, tensors)
  expect(await factsOf(whole)).toMatchObject({ contextTokens: 2048 })
  await expect(factsOf(whole.subarray(0, -1))).rejects.toMatchObject({
    code: 'model-file-invalid',
    message: expect.stringContaining(`its tensors end at ${whole.length}`),
  })
  await expect(factsOf(head.subarray(0, -4))).rejects.toMatchObject({ code: 'model-file-invalid' })
})

test('of a type that nobody here knows, only its beginning is asked for [MODELS-PULL-11]', async () => {
  const unknown = [{ type: 9999, sizes: [10], offset: 64 }]
  const dataAt = Math.ceil(tinyGguf(0, unknown).length / 32) * 32
  expect(await factsOf(tinyGguf(dataAt + 64, unknown))).toMatchObject({ architecture: 'llama' })
  await expect(factsOf(tinyGguf(dataAt + 63, unknown))).rejects.toMatchObject({ code: 'model-file-invalid' })
})
