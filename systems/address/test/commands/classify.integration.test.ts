import { mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CommandInput } from '@heavylift/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runClassify } from '../../src/commands/classify.ts'

let dir: string
beforeEach(async () => void (dir = await mkdtemp(join(tmpdir(), 'classify-'))))
afterEach(() => rm(dir, { recursive: true, force: true }))

const run = (file: string, options: CommandInput['options'] = {}) =>
  runClassify({
    args: { file },
    options,
    report: () => {},
    print: () => {},
    signal: new AbortController().signal,
  } as unknown as CommandInput)

const rows = (count: number) =>
  [
    'id,address,name',
    ...Array.from({ length: count }, (_, at) => `a${at},"${at + 1} Oak Ln, Easton, VA 22030",Ruth Kim`),
  ].join('\n')

test('writes a decision for each row, and rows that cannot be read to another file [ADDRESS-CSV-01]', async () => {
  const file = join(dir, 'in.csv')
  await writeFile(file, `${rows(3)}\nbroken,,Nobody\nx,"never closed,1\n`)
  expect(await run(file)).toMatchObject({ rejected: 2, skipped: 0 })
  const out = (await readFile(`${file}.kinds.csv`, 'utf8')).trim().split('\r\n')
  expect(out).toHaveLength(4)
  expect(out[1]).toMatch(/^2,"a0","1 Oak Ln/)
  const rejects = (await readFile(`${file}.rejects.csv`, 'utf8')).trim().split('\r\n')
  expect(rejects.slice(1).map((row) => row.split(',')[1])).toEqual(['"address-missing"', '"unclosed-quote"'])
})

test('goes on after the last whole row, with the same end as in one go [ADDRESS-CSV-02]', async () => {
  const file = join(dir, 'in.csv')
  await writeFile(file, rows(40))
  await run(file, { out: join(dir, 'whole.csv'), rejects: join(dir, 'r.csv') })
  const whole = await readFile(join(dir, 'whole.csv'), 'utf8')
  const out = join(dir, 'cut.csv')
  for (const length of [whole.length - 5, 2000, 180, 3]) {
    await writeFile(out, whole)
    await truncate(out, length)
    await run(file, { out, rejects: join(dir, 'r.csv') })
    expect(await readFile(out, 'utf8'), `cut at ${length}`).toBe(whole)
  }
})

test('a kill between the two files leaves out no row of either [ADDRESS-CSV-02]', async () => {
  const file = join(dir, 'in.csv')
  const [out, rejects] = [join(dir, 'out.csv'), join(dir, 'rejects.csv')]
  await writeFile(
    file,
    `${rows(5)}\nbroken,,Nobody\nb1,"9 Elm St, Easton, VA 22030",Ann Lee\nbroken,,Nobody\n`,
  )
  await run(file, { out, rejects })
  const both = await Promise.all([out, rejects].map((path) => readFile(path, 'utf8')))
  for (const behind of [out, rejects]) {
    const text = await readFile(behind, 'utf8')
    await truncate(behind, text.indexOf('\r\n') + 2)
    await run(file, { out, rejects })
    expect(await Promise.all([out, rejects].map((path) => readFile(path, 'utf8')))).toEqual(both)
  }
})

test('reads documents of an id, and never outside the folder [ADDRESS-CSV-01]', async () => {
  const file = join(dir, 'in.csv')
  await writeFile(file, 'id,address\na1,"9 Elm St, Easton, VA 22030"\n../a1,"9 Elm St, Easton, VA 22030"\n')
  await mkdir(join(dir, 'documents', 'a1'), { recursive: true })
  await mkdir(join(dir, 'a1'))
  for (const folder of [join(dir, 'documents', 'a1'), join(dir, 'a1')])
    await writeFile(join(folder, 'note.txt'), 'Vacant lot, nothing built here.')
  await run(file, { documents: join(dir, 'documents') })
  const [, first, second] = (await readFile(`${file}.kinds.csv`, 'utf8')).split('\r\n')
  expect(first).toContain('"vacant"')
  expect(second).not.toContain('Vacant lot')
})

test('a row with a quote that is never closed takes no other with it [ADDRESS-CSV-01]', async () => {
  const file = join(dir, 'in.csv')
  await writeFile(
    file,
    'id,address,name\n1,"1 Oak Ln, Easton, VA 22030",Ann\n2,"never "closed,x\n3,"3 Oak Ln, Easton, VA 22030",Ann\n4,"4 Oak Ln, Easton, VA 22030",Ann\n',
  )
  expect(await run(file)).toMatchObject({ rejected: 1 })
  const out = (await readFile(`${file}.kinds.csv`, 'utf8')).trim().split('\r\n')
  expect(out.slice(1).map((row) => row.split(',')[1])).toEqual(['"1"', '"3"', '"4"'])
})
