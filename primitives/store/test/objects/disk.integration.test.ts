import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { diskObjects } from '../../src/objects/disk.ts'
import { prefixObjects } from '../../src/objects/prefixed.ts'
import { runObjectsContract } from './objects-contract.ts'

let base: string
let count = 0
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'heavylift-objects-'))
})
afterAll(async () => {
  await rm(base, { recursive: true, force: true })
})
const folder = () => join(base, String(count++))

runObjectsContract({ name: 'disk [STORE-OBJECTS-01]', make: async () => diskObjects(folder()) })
runObjectsContract({
  name: 'disk, below a prefix',
  make: async () => {
    const objects = diskObjects(folder())
    await objects.put('other/a', 'foreign')
    return prefixObjects(objects, 'shop/')
  },
})

test('a file that a killed process was writing is no object [STORE-OBJECTS-02]', async () => {
  const root = folder()
  const objects = diskObjects(root)
  await objects.put('whole', 'x')
  await writeFile(join(root, '~1-abcdef'), 'half')
  const keys: string[] = []
  for await (const key of objects.list('')) keys.push(key)
  expect(keys).toEqual(['whole'])
  expect((await readdir(root)).toSorted()).toEqual(['whole', '~1-abcdef'])
})
