import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CommandInput } from '@heavylift/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runClassify } from '../../src/commands/classify.ts'

let dir: string
beforeEach(async () => void (dir = await mkdtemp(join(tmpdir(), 'answers-'))))
afterEach(() => rm(dir, { recursive: true, force: true }))

const run = (options: CommandInput['options']) =>
  runClassify({
    args: { file: join(dir, 'in.csv') },
    options: { ...options, fresh: true },
    report: () => {},
    print: () => {},
    signal: new AbortController().signal,
  } as unknown as CommandInput)

test('a file asks for the kinds of a few of its addresses, the same ones each time [ADDRESS-LEARN-04]', async () => {
  const rows = Array.from({ length: 120 }, (_, at) => `p${at},"${at + 1} Elm St, Granby, MO"`)
  await writeFile(join(dir, 'in.csv'), ['id,address', ...rows].join('\n'))
  const file = join(dir, 'in.csv.ask.csv')
  await run({})
  const first = await readFile(file, 'utf8')
  expect(first.trim().split('\r\n')).toHaveLength(31)
  await rm(file)
  await writeFile(join(dir, 'in.csv'), ['id,address', ...rows.toReversed()].join('\n'))
  await run({})
  expect(await readFile(file, 'utf8')).toBe(first)
  await writeFile(file, first.replaceAll('""\r\n', '"vacant"\r\n'))
  expect(await run({ answers: file })).toMatchObject({ rejected: 0 })
})

test('a few answers change what the other addresses of a file are, which may call its columns as it likes [ADDRESS-CSV-03] [ADDRESS-LEARN-04]', async () => {
  const rows = Array.from({ length: 30 }, (_, at) => `p${at},${at + 1} Elm St,Granby,MO`)
  await writeFile(join(dir, 'in.csv'), ['Reference,SITUS_ADDR,Situs City,ST', ...rows].join('\n'))
  await writeFile(
    join(dir, 'answers.csv'),
    ['id,kind', ...Array.from({ length: 12 }, (_, at) => `p${at},vacant`)].join('\n'),
  )
  const kinds = async () =>
    (await readFile(join(dir, 'in.csv.kinds.csv'), 'utf8'))
      .trim()
      .split('\r\n')
      .slice(1)
      .map(
        (row) =>
          /"(?<kind>[a-z-]+)",(?<confidence>[\d.]+|"[\d.]+")/.exec(row.slice(row.indexOf('MO"')))?.groups?.[
            'kind'
          ],
      )
  await run({})
  expect(new Set(await kinds())).not.toContain('vacant')
  await run({ answers: join(dir, 'answers.csv') })
  expect(await kinds()).toEqual(Array.from({ length: 30 }, () => 'vacant'))
  await writeFile(join(dir, 'answers.csv'), 'id,kind\np1,vacant\n')
  await expect(run({ answers: join(dir, 'answers.csv') })).rejects.toMatchObject({ code: 'answers-too-few' })
})

test('who knows what a file mostly holds says so, and other kinds follow [ADDRESS-LEARN-09]', async () => {
  const rows = Array.from({ length: 20 }, (_, at) => `p${at},"${at + 1} Elm St, Granby, MO"`)
  await writeFile(join(dir, 'in.csv'), ['id,address', ...rows].join('\n'))
  const kinds = async () => (await readFile(join(dir, 'in.csv.kinds.csv'), 'utf8')).match(/MO","?[a-z-]+/g)
  await run({})
  expect(new Set(await kinds())).toEqual(new Set(['MO","single-family']))
  expect(await run({ usual: 'business 90' })).toMatchObject({ asked: 20, decided: 0 })
  expect(new Set(await kinds())).toEqual(new Set(['MO","business']))
  await expect(run({ usual: 'shops' })).rejects.toMatchObject({ code: 'usual-wrong' })
})
