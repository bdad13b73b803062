import { expect, test } from 'vitest'
import { asOfJoin } from '../../src/windows/as-of-join.ts'
import { VersionedTable } from '../../src/windows/versioned-table.ts'
import { runThrough } from '../processor/run-through.ts'
import { testCodec, testEvent } from '../processor/test-codec.ts'

test('a table answers with the version that held at the time, whatever the order in which versions came', () => {
  let table = new VersionedTable<string>()
  table.set('p', 20, 'second')
  table.set('p', 10, 'first')
  table.set('p', 20, 'second, corrected')
  table = VersionedTable.from<string>(JSON.parse(JSON.stringify(table)))
  expect([9, 10, 19, 20, 99].map((ms) => table.asOf('p', ms))).toEqual([
    undefined,
    'first',
    'first',
    'second, corrected',
    'second, corrected',
  ])
  expect(table.asOf('other', 99)).toBeUndefined()
  table.forgetBefore(25)
  expect([19, 25].map((ms) => table.asOf('p', ms))).toEqual([undefined, 'second, corrected'])
})

type Value = { player: string; team?: string }

const join = asOfJoin<Value, string, string>({
  name: 'join',
  version: 1,
  input: { topic: 'in', codec: testCodec() },
  output: { topic: 'out', codec: testCodec() },
  maxOutOfOrderMs: 10,
  allowedLatenessMs: 100,
  rowOf: ({ player, team }) => (team === undefined ? null : { rowKey: player, row: team }),
  rowKeyOf: ({ player }) => player,
  join({ player }, team) {
    if (player === 'bad') throw new Error('no such player')
    return `${player} of ${team ?? 'no team'}`
  },
})

test('an event is joined to the row of its time, also one that comes after it or while it waits [STREAMS-JOIN-01]', async () => {
  const { said, dead } = await runThrough(
    join,
    [
      testEvent('1', 'match', 100, { player: 'x', team: 'Reds' }),
      testEvent('2', 'match', 112, { player: 'x' }),
      testEvent('3', 'match', 105, { player: 'x' }),
      testEvent('bad', 'match', 110, { player: 'bad' }),
      testEvent('4', 'match', 110, { player: 'x', team: 'Blues' }),
      testEvent('5', 'match', 200, { player: 'y' }),
      testEvent('6', 'match', 104, { player: 'x' }),
      testEvent('7', 'match', 300, { player: 'x' }),
    ],
    { maxBatchEvents: 2, snapshotEvery: { events: 2 } },
  )
  expect(said).toEqual(['x of Reds', 'x of Blues', 'x of Reds', 'y of no team'])
  expect(dead).toMatchObject([{ kind: 'timer-failed', timer: { name: 'bad' } }])
})
