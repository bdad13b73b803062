import { createRandom } from '@heavylift/core'
import { expect, it } from 'vitest'
import { mapText } from '../../samples/made-floors.ts'
import { madeLayout } from '../../samples/made-layout.ts'
import { createFloor, partsOf } from '../../src/floor/floor.ts'
import { readFloor } from '../../src/floor/read-floor.ts'
import { LiveTasks } from '../../src/live/live-tasks.ts'
import { answerOf } from '../../src/what-if/answer.ts'
import { questionOf } from '../../src/what-if/ask.ts'
import { placesOf } from '../../src/floor/places.ts'
import { ownFloorOf, warehouseOf } from '../../src/what-if/own-floor.ts'
import { askedSchema } from '../../src/what-if/question.ts'
import { runWhatIf } from '../../src/what-if/what-if-task.ts'

const marked = mapText([
  '............',
  'S..EEEEEE..S',
  '...@@@@@@...',
  'S..EEEEEE..S',
  '.........@@@',
  '.........@..',
])

const layout = madeLayout(2, 3)

it('a part is what can be left and come back to, one-way tracks kept to [ROBOTS-WHATIF-03]', () => {
  const { floor, metres, nodes } = readFloor(layout, 'hall.lif')
  expect([floor.rows, floor.columns, metres]).toEqual([2, 4, { cell: 1.5, x: 10, y: -4 }])
  expect(nodes.get(3)).toEqual({ nodeId: 'spur', mapId: 'hall' })
  expect([...partsOf(floor)]).toEqual([0, 0, 0, 1, 0, 0, 0, -1])
})

it('parts of floors without one-way tracks are what a flood reaches', () => {
  const random = createRandom('parts')
  for (let round = 0; round < 30; round++) {
    const [rows, columns] = [random.int(1, 12), random.int(1, 12)]
    const isFree = Uint8Array.from({ length: rows * columns }, () => (random.chance(0.6) ? 1 : 0))
    const floor = createFloor(rows, columns, isFree)
    const part = partsOf(floor)
    for (let state = 0; state < floor.ahead.length; state++)
      if (floor.ahead[state]! >= 0) expect(part[state >> 2]).toBe(part[floor.ahead[state]!])
    // No fewer parts than floods.
    const seen = new Set<number>()
    let floods = 0
    for (let cell = 0; cell < isFree.length; cell++) {
      if (isFree[cell] === 0 || seen.has(cell)) continue
      floods++
      const queue = new Set([cell])
      for (const each of queue)
        for (let way = 0; way < 4; way++) {
          const next = floor.ahead[each * 4 + way]!
          if (next >= 0) queue.add(next)
        }
      for (const each of queue) seen.add(each)
    }
    expect(new Set(part.filter((number) => number >= 0)).size).toBe(floods)
  }
})

it('places are taken from the file, and said where it names none [ROBOTS-WHATIF-03]', () => {
  const both = placesOf(readFloor(marked, 'hall.map'))
  expect([both.faces.length, both.stations.length]).toEqual([12, 4])
  expect(both.note).toContain('12 cells marked E and brought to the 4 marked S')
  const ends = placesOf(readFloor(marked.replaceAll('E', '.').replaceAll('S', 'E'), 'hall.map'))
  expect([ends.faces.length, ends.stations.length]).toEqual([18, 4])
  const none = placesOf(readFloor(marked.replaceAll(/[ES]/g, '.'), 'hall.map'))
  expect([none.faces, none.stations, none.note.includes('any cell to any other')]).toEqual([[], [], true])
  const served = placesOf(readFloor(layout, 'hall.lif'))
  expect([served.faces, served.stations]).toEqual([[], [1, 5]])
})

it('runs on a floor of one’s own, where one-way tracks are kept to [ROBOTS-WHATIF-03]', () => {
  const question = questionOf(
    askedSchema.parse({
      ask: 'robots',
      counts: [1, 2],
      steps: 120,
      cellSeconds: 2,
      goalPerHour: null,
      map: { text: layout, name: 'hall.lif' },
    }),
  )
  const { floor } = warehouseOf(question.own!, () => true)
  expect([floor.ahead[0], floor.ahead[1 * 4 + 2], floor.isFree[3]]).toEqual([1, -1, 0])
  const run = runWhatIf({ question, variant: 0, seed: 0 })
  expect(run.robots).toBe(1)
  expect(run.perHour).toBeGreaterThan(0)
  const of = (variant: number) => runWhatIf({ question, variant, seed: 0 })
  expect(answerOf(question, [of(0), of(1)])).toMatchObject({
    enough: null,
    sentence: expect.stringMatching(/^(Past|The most)/),
  })
  const large = runWhatIf({
    question: questionOf(
      askedSchema.parse({
        ask: 'robots',
        counts: [2, 8],
        steps: 60,
        map: { text: marked, name: 'hall.map' },
      }),
    ),
    variant: 1,
    seed: 1,
  })
  expect([large.robots, large.perHour > 0]).toEqual([8, true])
})

it('refuses what cannot be run, and says why [ROBOTS-WHATIF-03]', () => {
  const ask = (text: string, more = {}) =>
    questionOf(askedSchema.parse({ ask: 'closed aisle', map: { text, name: 'my.map' }, ...more }))
  expect(() => ask(mapText(['.@.', '@@@', '.@.']))).toThrow('too few to bring anything anywhere')
  expect(() => ask(marked)).toThrow('lie outside the floor')
  expect(ask(marked, { closed: { top: 0, left: 4, bottom: 1, right: 5 } }).own!.rows).toBe(6)
  const wide = mapText(Array.from({ length: 400 }, () => '.'.repeat(300)))
  expect(() => ownFloorOf(readFloor(wide, 'my.map'))).toThrow('Ask of a part of it')
})

it('a robot stands where it fetches for as long as that takes', () => {
  const warehouse = warehouseOf(ownFloorOf(readFloor(marked, 'hall.map')), () => true)
  const tasks = new LiveTasks(warehouse, 1, createRandom('handling'), 3)
  const [task] = tasks.open.values()
  tasks.assign(0, task!)
  expect(tasks.isBusy(0, 1)).toBe(false)
  expect(tasks.arrive(Int32Array.of(task!.errands[0]! * 4), 10)).toBe(0)
  expect([10, 13, 14].map((step) => tasks.isBusy(0, step))).toEqual([true, true, false])
  expect(tasks.arrive(Int32Array.of(task!.errands[1]! * 4), 20)).toBe(1)
})
