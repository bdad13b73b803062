import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GroupCommit } from '../../src/ledger/group-commit.ts'

test('writes every row once, in order, in few batches', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 10 }),
      async (rows, maxRows) => {
        const batches: number[][] = []
        const commit = new GroupCommit<number>(async (batch) => {
          batches.push(batch)
          await Promise.resolve()
        }, maxRows)
        await Promise.all(Array.from({ length: rows }, (_, index) => commit.add(index)))
        expect(batches.flat()).toEqual(Array.from({ length: rows }, (_, index) => index))
        expect(batches).toHaveLength(Math.ceil(rows / maxRows))
      },
    ),
  )
})

test('a failed batch rejects its own rows only', async () => {
  let calls = 0
  const commit = new GroupCommit<string>(async () => {
    calls++
    if (calls === 1) throw new Error('disk full')
  })
  await expect(commit.add('first')).rejects.toThrow('disk full')
  await expect(commit.add('second')).resolves.toBeUndefined()
})

test('flush waits for what is under way', async () => {
  let release = () => {}
  const gate = new Promise<void>((resolve) => (release = resolve))
  const written: string[] = []
  const commit = new GroupCommit<string>(async (batch) => {
    await gate
    written.push(...batch)
  })
  void commit.add('row')
  const flushed = commit.flush().then(() => written.length)
  release()
  expect(await flushed).toBe(1)
})
