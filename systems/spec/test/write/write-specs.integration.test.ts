import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { extractFacts } from '../../src/extract/extract-facts.ts'
import { writeSpecs } from '../../src/write/write-specs.ts'

const sample = join(import.meta.dirname, '../../samples/services/loans-express')
let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'heavylift-spec-write-'))
  await cp(sample, root, { recursive: true })
})
afterEach(() => rm(root, { recursive: true, force: true }))

async function write(format: 'openspec' | 'kiro' | 'spec-kit' | null = null) {
  const { set } = await extractFacts(root, () => undefined, new AbortController().signal)
  return await writeSpecs(root, set, format)
}

it('writes a file for each capability, and nothing again while the code does the same [SPEC-WRITE-01]', async () => {
  const first = await write()
  expect(first.files).toEqual(['openspec/specs/health/spec.md', 'openspec/specs/loans/spec.md'])
  expect(first.added).toContain('POST /api/loans')
  const loans = await readFile(join(root, 'openspec/specs/loans/spec.md'), 'utf8')
  expect(loans).toContain('201')
  expect(loans).toContain('404')
  const again = await write()
  expect(again).toMatchObject({
    format: 'openspec',
    files: [],
    amended: [],
    added: [],
    removed: [],
    conflicts: [],
  })
})

it('amends only what the code does otherwise, and leaves what people wrote [SPEC-WRITE-02]', async () => {
  await write('openspec')
  const file = join(root, 'openspec/specs/loans/spec.md')
  const words = 'The library is open on Sundays.'
  await writeFile(file, `${await readFile(file, 'utf8')}\n## Notes\n\n${words}\n`)
  const code = join(root, 'loans.js')
  await writeFile(code, (await readFile(code, 'utf8')).replace('res.status(201)', 'res.status(200)'))
  const { amended, added, removed, files } = await write()
  expect({ amended, added, removed, files }).toEqual({
    amended: ['POST /api/loans'],
    added: [],
    removed: [],
    files: ['openspec/specs/loans/spec.md'],
  })
  const text = await readFile(file, 'utf8')
  expect(text).toContain(words)
  expect(text).not.toContain('201')
})

it('numbers folders of spec-kit after those that are there [SPEC-WRITE-01]', async () => {
  const { files } = await write('spec-kit')
  expect(files).toEqual(['specs/001-health/spec.md', 'specs/002-loans/spec.md'])
})
