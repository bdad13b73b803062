import fc from 'fast-check'
import { expect, test } from 'vitest'
import { prefixHashes } from '../../src/wire/prefix-hashes.ts'
import { scanBody } from '../../src/wire/scan-body.ts'

function hashes(request: object, blockBytes = 16, most = 1000): number[] {
  const bytes = Buffer.from(JSON.stringify(request))
  const into = new Uint32Array(most)
  const written = prefixHashes(bytes, scanBody(bytes), blockBytes, into)
  return [...into.subarray(0, written)]
}

const turn = (content: string) => ({ role: 'user', content })

test('a conversation that goes on keeps the hashes of its whole blocks [MODELS-WIRE-03]', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1 }), fc.string(), (said, next) => {
      const before = hashes({ model: 'a', messages: said.map(turn) })
      const after = hashes({ temperature: 1, messages: [...said, next].map(turn), model: 'b' })
      // The last block may hold the bracket that closed the list.
      expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1))
    }),
  )
})

test('a change in any block changes its hash and every later one', () => {
  const words = 'x'.repeat(400)
  const one = hashes({ messages: [turn(words)] })
  for (let at = 0; at < 300; at += 20) {
    const other = hashes({ messages: [turn(`${words.slice(0, at)}y${words.slice(at + 1)}`)] })
    const first = one.findIndex((hash, i) => hash !== other[i])
    expect(first).toBe(Math.floor((at + '[{"role":"user","content":"'.length) / 16))
    for (let i = first; i < one.length; i++) expect(other[i]).not.toBe(one[i])
  }
})

test('system comes before the messages wherever it stands, and its end counts for them', () => {
  const system = 'You sell shoes. '.repeat(8)
  const messages = [turn('Which are waterproof? '.repeat(4))]
  expect(hashes({ system, messages })).toEqual(hashes({ messages, system }))
  const other = hashes({ system: `${system}!`, messages })
  const same = hashes({ system, messages })
  expect(other.slice(0, 8)).toEqual(same.slice(0, 8))
  expect(other.at(-1)).not.toBe(same.at(-1))
})

test('writes no more than there is room for', () => {
  const request = { prompt: 'a'.repeat(1000) }
  expect(hashes(request, 16, 3)).toEqual(hashes(request).slice(0, 3))
})
