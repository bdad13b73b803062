import { expect, test } from 'vitest'
import { enginePackages } from '../../src/install/engine-packages.ts'
import { parseModelSource } from '../../src/pull/model-source.ts'
import { checkModelName } from '../../src/pull/pulled-models.ts'

test('what a person types is read as a name, a file, a hub file or an address [MODELS-PULL-02]', () => {
  expect(parseModelSource('smollm2', null)).toMatchObject({ kind: 'catalogue', name: 'smollm2' })
  expect(parseModelSource('/models/My Model.Q4.gguf', null)).toMatchObject({
    kind: 'file',
    name: 'my-model.q4',
  })
  expect(parseModelSource('hf:owner/repo/sub/file.gguf', 'mine', { HF_TOKEN: 't' })).toMatchObject({
    kind: 'url',
    url: 'https://huggingface.co/owner/repo/resolve/main/sub/file.gguf',
    name: 'mine',
    headers: { authorization: 'Bearer t' },
  })
  expect(parseModelSource('hf:owner/repo@v1/file.gguf', null)).toMatchObject({
    url: 'https://huggingface.co/owner/repo/resolve/v1/file.gguf',
  })
  expect(parseModelSource('https://x.example/a/b.gguf?sig=secret', null)).toMatchObject({
    name: 'b',
    label: 'x.example/a/b.gguf',
  })
})

test('what is none of them is refused with what can be written', () => {
  expect(() => parseModelSource('llama', null)).toThrow(/smollm2.*hf:owner/)
  expect(() => parseModelSource('hf:owner/file.gguf', null)).toThrow('hf:owner/repo/file.gguf')
})

test('a name is a folder and nothing else', () => {
  for (const name of ['..', '../x', 'a/b', '', '.hidden', 'a'.repeat(65)]) {
    expect(() => checkModelName(name)).toThrow('--name')
  }
  expect(() => checkModelName('SmolLM2-1.7b_q4')).not.toThrow()
})

test('only the binaries that fit a machine are installed [MODELS-PULL-03]', () => {
  const names = (platform: NodeJS.Platform, arch: string, hasNvidia = false) =>
    Object.keys(enginePackages({ platform, arch, hasNvidia })).filter((name) =>
      name.startsWith('@node-llama-cpp/'),
    )
  expect(names('linux', 'x64')).toEqual(['@node-llama-cpp/linux-x64'])
  expect(names('linux', 'x64', true)).toEqual([
    '@node-llama-cpp/linux-x64',
    '@node-llama-cpp/linux-x64-cuda',
    '@node-llama-cpp/linux-x64-cuda-ext',
  ])
  expect(names('darwin', 'arm64')).toEqual(['@node-llama-cpp/mac-arm64-metal'])
  expect(() => names('freebsd', 'x64')).toThrow('no local engine')
})
