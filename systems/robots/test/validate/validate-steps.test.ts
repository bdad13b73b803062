import { createRandom } from '@heavylift/core'
import { describe, expect, it } from 'vitest'
import { mutate, mutationKinds } from '../../src/validate/mutate.ts'
import { ErrandCheck } from '../../src/validate/validate-errands.ts'
import { validateSteps } from '../../src/validate/validate-steps.ts'

const on = (map: string[], starts: [number, number, number][], paths: string[]) => ({
  rows: map.length,
  columns: map[0]!.length,
  mayStand: (row: number, column: number) => map[row]![column] === '.',
  starts: starts.map(([row, column, facing]) => ({ row, column, facing })),
  paths,
})
const [east, south, west, north] = [0, 1, 2, 3]

describe('the validator of steps', () => {
  it('allows following, and turning in a ring [ROBOTS-VALIDATE-01]', () => {
    const followed = on(
      ['...'],
      [
        [0, 0, east],
        [0, 1, east],
      ],
      ['FW', 'FW'],
    )
    const ring = on(
      ['..', '..'],
      [
        [0, 0, east],
        [0, 1, south],
        [1, 1, west],
        [1, 0, north],
      ],
      ['F', 'F', 'F', 'F'],
    )
    expect([followed, ring].map((check) => validateSteps(check).violations)).toEqual([[], []])
  })

  it.each([
    ['wall', on(['.@'], [[0, 0, east]], ['WF']), 2, [0]],
    ['wall', on(['..'], [[0, 0, north]], ['F']), 1, [0]],
    [
      'same-cell',
      on(
        ['...'],
        [
          [0, 0, east],
          [0, 2, west],
        ],
        ['F', 'F'],
      ),
      1,
      [0, 1],
    ],
    [
      'same-cell',
      on(
        ['..'],
        [
          [0, 0, east],
          [0, 1, west],
        ],
        ['F', 'R'],
      ),
      1,
      [0, 1],
    ],
    [
      'swap',
      on(
        ['..'],
        [
          [0, 0, east],
          [0, 1, west],
        ],
        ['WF', 'WF'],
      ),
      2,
      [0, 1],
    ],
    [
      'start',
      on(
        ['..'],
        [
          [0, 0, east],
          [0, 0, west],
        ],
        ['W', 'W'],
      ),
      0,
      [0, 1],
    ],
    ['unknown-action', on(['..'], [[0, 0, east]], ['Q']), 1, [0]],
  ] as const)('names %s with step and robots %# [ROBOTS-VALIDATE-01]', (kind, check, step, robots) => {
    const [violation] = validateSteps({ ...check, paths: [...check.paths] }).violations
    expect([violation?.kind, violation?.step, violation?.robots]).toEqual([kind, step, robots])
    expect(violation?.message).toContain(`step ${step}: robot`)
  })

  it('honours one-way cells', () => {
    const check = { ...on(['...'], [[0, 0, east]], ['FF']), mayGo: (_: number, column: number) => column < 1 }
    expect(validateSteps(check).violations.map(({ step, kind }) => [step, kind])).toEqual([[2, 'wall']])
  })

  it('names every mutation of a plan that keeps the rules [ROBOTS-VALIDATE-02]', () => {
    // Two rings of robots that turn round and round, a line that follows, and a few that stand.
    const map = ['........', '.@@..@@.', '.@@..@@.', '........']
    const square: [number, number, number][] = [
      [0, 0, east],
      [0, 1, south],
      [1, 0, north],
      [0, 5, east],
      [0, 4, east],
      [3, 5, west],
      [3, 4, west],
      [2, 7, north],
    ]
    const check = on(map, square, ['WRWC', 'WWWW', 'RRRR', 'FWCC', 'FWCR', 'FFFR', 'FFFW', 'FRWW'])
    expect(validateSteps(check).violations).toEqual([])
    const random = createRandom('mutations')
    const named: string[] = []
    for (let at = 0; at < 300; at++) {
      const kind = mutationKinds[at % mutationKinds.length]!
      const mutation = mutate(check, kind, random)
      if (mutation === null) continue
      const { step, robots, kind: fault } = mutation.expected
      const first = validateSteps(mutation.check).violations.filter((each) => each.step === step)
      expect(first.map((each) => `${each.kind} ${each.robots.toSorted((a, b) => a - b).join()}`)).toContain(
        `${fault} ${robots.join()}`,
      )
      named.push(kind)
    }
    expect(new Set(named).size).toBeGreaterThanOrEqual(5)
  })
})

describe('the validator of errands', () => {
  const places = new Map([
    [
      0,
      [
        [0, 0],
        [0, 1],
      ],
    ],
    [1, [[0, 1]]],
  ] as [number, [number, number][]][])
  const run = (claims: [number, number, number, number][]) => {
    const check = new ErrandCheck(
      claims.map(([step, robot, task, errand]) => ({ step, robot, task, errand })),
      (task) => places.get(task),
    )
    check.afterStep(1, [
      { row: 0, column: 0 },
      { row: 0, column: 1 },
    ])
    check.afterStep(2, [
      { row: 0, column: 1 },
      { row: 0, column: 1 },
    ])
    return check
  }

  it('counts a task at its last errand [ROBOTS-VALIDATE-03]', () => {
    const { faults, finished } = run([
      [1, 0, 0, 1],
      [2, 0, 0, 2],
      [1, 1, 1, 1],
    ])
    expect([faults, finished]).toEqual([[], 2])
  })

  it.each([
    ['another place', [[1, 1, 0, 1]], 'is not where errand 1 of task 0 is'],
    ['out of order', [[2, 0, 0, 2]], 'out of order'],
    [
      'another robot',
      [
        [1, 0, 0, 1],
        [2, 1, 0, 2],
      ],
      'which robot 0 began',
    ],
    [
      'two in one step',
      [
        [1, 0, 0, 1],
        [2, 0, 0, 2],
        [2, 0, 1, 1],
      ],
      'does two errands in one step',
    ],
    ['no such errand', [[1, 0, 0, 3]], 'does not exist'],
  ] as [string, [number, number, number, number][], string][])(
    'names what is not so: %s [ROBOTS-VALIDATE-03]',
    (_, claims, message) => {
      expect(
        run(claims)
          .faults.map((fault) => fault.message)
          .join('; '),
      ).toContain(message)
    },
  )
})
