import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caseNamed } from '../../../src/commands/run.ts'
import { recordCase } from '../../../src/clearance/suites/run-case.ts'
import { versionNamed } from '../../../src/driver/versions/versions.ts'
import { lane, road } from '../../support/road-file.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roads-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function recorded(inside: string) {
  const path = join(folder, 'road.xodr')
  await writeFile(path, `<OpenDRIVE><header/>${inside}</OpenDRIVE>`)
  return recordCase(caseNamed(path, {}), versionNamed('scenario'))
}

describe('a file of roads where a scenario is asked for', () => {
  it('is shown with a car that drives along its first lane [DRIVE-FORMATS-04]', async () => {
    const { result, recording, map } = await recorded(road({ length: 500 }))
    expect(result.outcome).toBe('passed')
    expect(result.durationS).toBeCloseTo(30, 6)
    expect(result.metrics.progressM).toBeCloseTo(300, 0)
    expect(result.notes?.remarks.join()).toMatch(/1 roads of 0\.5 km, 0 junctions/)
    expect(recording.frames.length).toBeGreaterThan(500)
    expect(map).toBeDefined()
  })

  it('says that nobody can drive there where no lane is for driving [DRIVE-FORMATS-04]', async () => {
    const lanes = `<laneSection s="0"><center><lane id="0" type="none"/></center><right>${lane(-1).replace('driving', 'sidewalk')}</right></laneSection>`
    await expect(recorded(road({ lanes }))).rejects.toThrow(/has no lane for driving/)
  })

  it('reads no entity that a file makes up: none can grow without end [DRIVE-FILES-02]', async () => {
    const path = join(folder, 'bomb.xodr')
    const bomb =
      '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]><OpenDRIVE><header name="&c;"/></OpenDRIVE>'
    await writeFile(path, bomb)
    await expect(recordCase(caseNamed(path, {}), versionNamed('scenario'))).rejects.toThrow(
      /bomb\.xodr:1:\d+: not well-formed XML/,
    )
  })
})
