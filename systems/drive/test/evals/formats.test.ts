import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkFile } from '../../src/clearance/formats/check-file.ts'
import { runFormats } from '../../src/commands/formats.ts'
import { runFormatsEval } from '../../src/evals/formats.ts'
import { road } from '../support/road-file.ts'
import { at, event, file, initial, vehicle } from '../support/scenario-file.ts'

const roads = (inside: string) => `<OpenDRIVE><header revMajor="1" revMinor="7"/>${inside}</OpenDRIVE>`
const gap = road({}).replace('length="100"><line', 'length="90"><line')
const signal = new AbortController().signal
let dir = ''

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'formats-'))
  const scenario = file({ entities: vehicle('a'), init: initial('a', 10, 10) })
  await writeFile(join(dir, 'road.xodr'), roads(road({})))
  await writeFile(join(dir, 'rule_valid.xodr'), roads(road({ more: '<railroad/>' })))
  await writeFile(join(dir, 'rule_invalid.xodr.gz'), gzipSync(roads(gap)))
  await writeFile(join(dir, 'negative.xodr'), roads('<road id="1" length="5" junction="-1"/>'))
  await writeFile(join(dir, 'wide.xodr'), Buffer.from(`\uFEFF${roads(road({}))}`, 'utf16le'))
  await writeFile(join(dir, 'positive.xosc'), scenario)
  await writeFile(join(dir, 'gone.xosc'), scenario.replace('road.xodr', 'nowhere.xodr'))
  await mkdir(join(dir, 'more'))
  await writeFile(join(dir, 'more', 'road.xodr'), roads(road({})))
})

afterAll(() => rm(dir, { recursive: true }))

describe('drive.formats', () => {
  it('counts what is read and why other files are not, and whether broken ones are named [DRIVE-FORMATS-03]', async () => {
    const { metrics, sources, worst, failures } = await runFormatsEval({
      dataDir: dir,
      report: () => undefined,
      signal,
    })
    expect(metrics).toEqual({
      files: 8,
      accepted: 6,
      refused: 2,
      refusedForMissingFiles: 1,
      validFiles: 2,
      validRefused: 0,
      broken: 2,
      brokenNamedRate: 1,
    })
    expect(sources).toEqual({
      [basename(dir)]: { n: 7, acceptedRate: 5 / 7 },
      more: { n: 1, acceptedRate: 1 },
    })
    expect(worst).toEqual({ acceptedRate: { source: basename(dir), value: 5 / 7 } })
    expect(failures.join('\n')).toMatch(/1 × <road> needs a <planView> \(negative\.xodr\)/)
    expect(failures.join('\n')).toMatch(/nowhere\.xodr/)
  })

  it('says of one file what is wrong with it and what has no effect [DRIVE-FORMATS-03]', async () => {
    const packed = await checkFile(join(dir, 'rule_invalid.xodr.gz'))
    expect(packed.refused).toBeNull()
    expect(packed.notes[0]).toMatch(
      /rule_invalid\.xodr\.gz:1:\d+: <road> is 100 m long, but its geometries are 90\.000 m/,
    )
    expect(await checkFile(join(dir, 'rule_valid.xodr'))).toMatchObject({
      kind: 'roads',
      refused: null,
      notes: [],
      ignored: { 'road/railroad': 1 },
    })
    await expect(checkFile(join(dir, 'none.xodr'))).rejects.toMatchObject({ code: 'file-not-found' })
  })

  it('says of a scenario that is refused what else is wrong with it [DRIVE-FORMATS-03]', async () => {
    const light =
      '<PrivateAction><AppearanceAction><LightStateAction transitionTime="-1"><LightType><VehicleLight vehicleLightType="fogLights"/></LightType><LightState mode="on"/></LightStateAction></AppearanceAction></PrivateAction>'
    const path = join(dir, 'more', 'several.xosc')
    await writeFile(
      path,
      file({
        entities: vehicle('a'),
        init: `${initial('gone', 10, 10)}<Private entityRef="a">${light}</Private>`,
        events: event(
          'e',
          '<GlobalAction><InfrastructureAction><TrafficSignalAction><TrafficSignalControllerAction trafficSignalControllerRef="lights" phase="go"/></TrafficSignalAction></InfrastructureAction></GlobalAction>',
          at(1),
        ),
      }),
    )
    const { refused, notes } = await checkFile(path)
    const all = [refused, ...notes].join('\n')
    expect(all).toMatch(/<Private> names the entity gone, which is not there/)
    expect(all).toMatch(/<LightStateAction> needs a transitionTime that is not negative/)
    expect(all).toMatch(/names the traffic signal controller lights, which is not there/)
    expect(new Set([refused, ...notes]).size).toBe(1 + notes.length)
  })

  it('is a command that shows the three classes, or answers no for a file that is refused [DRIVE-FORMATS-03]', async () => {
    const lines: string[] = []
    const input = { options: {}, print: (line: string) => lines.push(line) } as never as Parameters<
      typeof runFormats
    >[0]
    await runFormats({ ...input, args: { file: 'opendrive' } })
    expect(lines[0]).toMatch(
      /^opendrive: \d+ elements and attributes used, \d+ without effect here, \d+ not supported/,
    )
    expect(lines.some((line) => /road\/railroad +without effect +railways are looks here/.test(line))).toBe(
      true,
    )
    const answer = await runFormats({ ...input, args: { file: join(dir, 'negative.xodr') } })
    expect(answer).toMatchObject({
      verdict: 'no',
      refused: expect.stringMatching(/<road> needs a <planView>/),
    })
  })

  it('says of a folder at once what its files lack, where that lies, and what is refused [DRIVE-FORMATS-03]', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'formats-folder-'))
    const scenario = file({ entities: vehicle('a'), init: initial('a', 10, 10) })
    await writeFile(join(folder, 'road.xodr'), roads(road({})))
    await writeFile(join(folder, 'negative.xodr'), roads('<road id="1" length="5" junction="-1"/>'))
    await writeFile(join(folder, 'gone.xosc'), scenario.replace('road.xodr', 'nowhere.xodr'))
    const lines: string[] = []
    const check = (maps?: string) =>
      runFormats({
        args: { file: folder },
        options: maps === undefined ? {} : { maps },
        print: (line: string) => lines.push(line),
        report: () => undefined,
        signal,
      } as unknown as Parameters<typeof runFormats>[0])
    expect(await check()).toMatchObject({ files: 3, read: 1, lacking: 1, refused: 1, verdict: 'no' })
    expect(lines.join('\n')).toMatch(
      /Not there, and named by 1 file:\n +nowhere\.xodr \(1 file: gone\.xosc\)/,
    )
    expect(lines.join('\n')).toMatch(/--maps DIR/)
    expect(lines.join('\n')).toMatch(/negative\.xodr:1:\d+: <road> needs a <planView>/)
    expect(await check(join(folder, 'road.xodr'))).toMatchObject({ read: 2, lacking: 0 })
    await rm(folder, { recursive: true })
  })
})
