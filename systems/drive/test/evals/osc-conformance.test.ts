import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { measureConformance } from '../../src/evals/osc-conformance.ts'
import { road } from '../support/road-file.ts'
import { alks, file, initial, vehicle } from '../support/scenario-file.ts'

const two = file({
  entities: vehicle('Ego', alks) + vehicle('b'),
  init: initial('Ego', 10, 10) + initial('b', 10, 5, -2),
})

/** What a recording of `two` holds, `b` moved by `shiftM`. */
function recording(shiftM: number): string {
  const rows = ['time, id, name, x, y']
  for (let step = -1; step <= 400; step++) {
    const timeS = Math.max(0, step) * 0.05
    if (step === 0) continue
    rows.push(`${timeS.toFixed(3)}, 0, Ego, ${(10 + 10 * timeS).toFixed(3)}, -1.750`)
    rows.push(`${timeS.toFixed(3)}, 1, b, ${(10 + 5 * timeS + shiftM).toFixed(3)}, -5.000`)
  }
  return rows.join('\n')
}

let dir = ''

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'osc-'))
  await writeFile(join(dir, 'road.xodr'), `<OpenDRIVE><header/>${road({ length: 500 })}</OpenDRIVE>`)
  for (const name of ['same', 'other', 'bare']) await writeFile(join(dir, `${name}.xosc`), two)
  await writeFile(join(dir, 'broken.xosc'), two.replace('<FileHeader/>', '<Nonsense/>'))
  await writeFile(join(dir, 'same.xosc.csv.gz'), gzipSync(recording(0)))
  await writeFile(join(dir, 'other.xosc.csv'), recording(0.05))
})

afterAll(() => rm(dir, { recursive: true }))

describe('measureConformance', () => {
  it('counts what runs and what agrees with its recording, and says what does not [DRIVE-OSC-03]', async () => {
    const result = await measureConformance(dir, dir, new AbortController().signal)
    expect(result).toMatchObject({
      scenariosTotal: 4,
      scenariosRun: 3,
      scenariosWithStates: 2,
      scenariosWithin1cm: 1,
      egoWithin10cm: 2,
    })
    expect(result.failures).toHaveLength(2)
    expect(result.failures[0]).toMatch(/broken\.xosc: .*<Nonsense> is not part of OpenSCENARIO/)
    expect(result.failures[1]).toMatch(/other\.xosc: others 0\.050 m, ego 0\.000 m/)
  })
})
