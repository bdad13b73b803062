import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readProblem } from '../../src/problem/read-problem.ts'

const map = ['type octile', 'height 3', 'width 4', 'map', '..@.', '..@.', 'ES@.'].join('\n')

describe('a problem of the League of Robot Runners', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'robots-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  async function write(changes: Record<string, string> = {}, more: object = {}): Promise<string> {
    const files = {
      'floor.map': map,
      'team.agents': '# version\n2\n0\n5\n',
      'all.tasks': '3\n1,4\n0\n8,9,1\n',
      ...changes,
    }
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    const path = join(folder, 'SMALL-01.json')
    const described = {
      mapFile: 'floor.map',
      agentFile: 'team.agents',
      taskFile: 'all.tasks',
      teamSize: 2,
      ...more,
    }
    await writeFile(path, JSON.stringify(described))
    return path
  }

  it('is read with its floor, starts and tasks, of both rounds [ROBOTS-READ-01]', async () => {
    const problem = await readProblem(await write({}, { numTasksReveal: 1.5 }))
    expect([problem.name, problem.rules, problem.revealed]).toEqual(['SMALL-01', { round: '2024' }, 1.5])
    expect([...problem.starts]).toEqual([0, 20])
    expect(problem.tasks.map((errands) => [...errands])).toEqual([[1, 4], [0], [8, 9, 1]])
    const delayConfig = { seed: 3, minDelay: 1, maxDelay: 4, eventModel: 'poisson', pDelay: 0.01 }
    const later = await readProblem(await write({}, { version: '2026 LoRR', agentCounter: 3, delayConfig }))
    expect(later.rules).toMatchObject({
      round: '2026',
      ticks: 3,
      size: 1,
      delays: { least: 1, most: 4, event: 'poisson', probability: 0.01 },
    })
  })

  it('leaves out tasks that nobody can finish, and names them [ROBOTS-READ-02]', async () => {
    const problem = await readProblem(await write({ 'all.tasks': '4\n1,4\n3\n1,7\n2\n' }))
    expect(problem.tasks).toHaveLength(1)
    expect(problem.skipped).toEqual([
      { line: 3, why: 'cell 3 is in a pocket' },
      { line: 4, why: 'cell 7 cannot be reached from the others' },
      { line: 5, why: 'cell 2 is a wall' },
    ])
  })

  it.each([
    ['a row that is too short', { 'floor.map': map.replace('..@.\n', '..@\n') }, {}, 'floor.map:5'],
    ['an unknown symbol', { 'floor.map': map.replace('E', 'x') }, {}, 'floor.map:7'],
    ['a map that ends early', { 'floor.map': map.slice(0, -5) }, {}, 'floor.map:6'],
    ['no size', { 'floor.map': map.replace('height 3', 'height x') }, {}, 'floor.map:2'],
    ['a robot on a wall', { 'team.agents': '2\n0\n2\n' }, {}, 'team.agents:3: robot 1 stands on a wall'],
    ['two on a cell', { 'team.agents': '2\n4\n4\n' }, {}, 'team.agents:3: robots 0 and 1 stand on one cell'],
    ['fewer robots than said', { 'team.agents': '3\n0\n1\n' }, {}, 'team.agents:3: it says 3 and holds 2'],
    ['a team larger than the file', {}, { teamSize: 3 }, 'the team has 3 robots, the file 2'],
    ['a cell off the map', { 'all.tasks': '1\n1,12\n' }, {}, 'all.tasks:2: "12" is no cell'],
    ['no number', { 'all.tasks': '1\n1,,2\n' }, {}, 'all.tasks:2: "" is no cell'],
    ['no count', { 'all.tasks': 'many\n' }, {}, 'all.tasks:1'],
    ['only what cannot be done', { 'all.tasks': '1\n2\n' }, {}, 'no task that can be finished'],
    ['a missing file', {}, { mapFile: 'none.map' }, 'none.map cannot be read'],
    ['a team of none', {}, { teamSize: 0 }, 'teamSize'],
    [
      'delays that end before they begin',
      {},
      { version: '2026 LoRR', delayConfig: { minDelay: 4, maxDelay: 1 } },
      'minDelay is above maxDelay',
    ],
  ])('is refused with one error that says where: %s [ROBOTS-READ-03]', async (_, files, more, message) => {
    const path = await write(files as Record<string, string>, more)
    await expect(readProblem(path)).rejects.toThrow(message)
  })
})
