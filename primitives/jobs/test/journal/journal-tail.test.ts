import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { JournalTail } from '../../src/journal/journal-tail.ts'
import { withFolder } from '../with-folder.ts'

test('each reading of a journal gives what is new, of all its writers by time, and whole lines alone', () =>
  withFolder(async (folder) => {
    const tail = new JournalTail(folder)
    expect(await tail.next()).toEqual([])
    await mkdir(join(folder, 'journal'))
    const write = (writer: string, text: string) =>
      appendFile(join(folder, 'journal', `${writer}.jsonl`), text)
    await write('a', '{"atMs":3,"kind":"cancel-heard"}\n{"atMs":5,"ki')
    await write('b', '{"atMs":1,"kind":"stop-heard"}\nbroken\n')
    expect((await tail.next()).map(({ atMs }) => atMs)).toEqual([1, 3])
    await write('a', 'nd":"cancel-heard"}\n')
    expect((await tail.next()).map(({ atMs }) => atMs)).toEqual([5])
    expect(await tail.next()).toEqual([])
  }))
