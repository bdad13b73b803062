import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { suiteHash } from '../../../src/clearance/cases/hashes.ts'
import { stageOf } from '../../../src/clearance/suites/stage-of.ts'
import { expandSuite } from '../../../src/clearance/suites/suite.ts'
import { caseNamed, runScenario } from '../../../src/commands/run.ts'
import { ScenarioFiles } from '../../../src/world/openscenario/load-scenario.ts'
import { at, event, file, initial, speed, vehicle } from '../../support/scenario-file.ts'
import { road } from '../../support/road-file.ts'

const roads = `<OpenDRIVE><header/>${road({ length: 500 })}</OpenDRIVE>`
const town = file({}).replace('filepath="road.xodr"', 'filepath="Town01"')
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drive-load-'))
  await mkdir(join(folder, 'maps'))
  await mkdir(join(folder, 'catalogs'))
  await writeFile(join(folder, 'maps', 'Town01.xodr'), roads)
  await writeFile(join(folder, 'road.xodr'), roads)
  await writeFile(join(folder, 'town.xosc'), town)
  await writeFile(join(folder, 'utf16.xosc'), Buffer.from(`\uFEFF${file({})}`, 'utf16le'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('ScenarioFiles', () => {
  it('looks for roads in folders of maps, and says how to give one [DRIVE-FILES-08]', async () => {
    await expect(new ScenarioFiles().load(join(folder, 'town.xosc'))).rejects.toThrow(
      /names a map of another simulator: give the folder that holds Town01\.xodr by --maps DIR/,
    )
    const { network } = await new ScenarioFiles({ maps: [join(folder, 'maps')] }).load(
      join(folder, 'town.xosc'),
    )
    expect(network.roads).toHaveLength(1)
  })

  describe('given a folder to look in', () => {
    const cars = `<OpenSCENARIO><FileHeader/><Catalog name="cars">${vehicle('good')
      .replace(/<\/?ScenarioObject[^>]*>/g, '')
      .replace('name="car"', 'name="good"')}</Catalog></OpenSCENARIO>`
    const lost = file({
      entities:
        '<ScenarioObject name="a"><CatalogReference catalogName="cars" entryName="good"/></ScenarioObject>',
    })
      .replace('filepath="road.xodr"', 'filepath="..\\maps\\far.xodr"')
      .replace(
        '<RoadNetwork>',
        '<CatalogLocations><VehicleCatalog><Directory path="../Catalogs/Vehicles"/></VehicleCatalog></CatalogLocations><RoadNetwork>',
      )
    let from = ''

    beforeAll(async () => {
      from = await mkdtemp(join(tmpdir(), 'drive-elsewhere-'))
      for (const [path, text] of Object.entries({
        'lost/lost.xosc': lost,
        'have/a/maps/far.xodr': roads,
        'have/b/other/far.xodr': roads,
        'have/Catalogs/Vehicles/cars.xosc': cars,
        'have/other/Vehicles/cars.xosc': cars,
      })) {
        await mkdir(join(from, dirname(path)), { recursive: true })
        await writeFile(join(from, path), text)
      }
    })
    afterAll(() => rm(from, { recursive: true, force: true }))

    it('finds roads and catalogs below it by the ends of their paths, and says where they are from [DRIVE-FILES-08]', async () => {
      const path = join(from, 'lost', 'lost.xosc')
      await expect(new ScenarioFiles().load(path)).rejects.toThrow(
        /There is no .*Vehicles: with --maps DIR they are looked for below DIR too/,
      )
      const { network, scenario, notes } = await new ScenarioFiles({ maps: [join(from, 'have')] }).load(path)
      expect(network.roads).toHaveLength(1)
      expect(scenario.entities[0]?.maxSpeedMps).toBe(60)
      expect(notes.remarks.join()).toMatch(/Catalogs are from .*have.Catalogs.Vehicles: there is nothing/)
      expect(notes.remarks.join()).toMatch(/The roads are .*a.maps.far\.xodr: there is nothing/)
    })

    it('names those between which it cannot choose [DRIVE-FILES-08]', async () => {
      const path = join(from, 'lost', 'two.xosc')
      await writeFile(path, file({}).replace('road.xodr', 'far.xodr'))
      await expect(new ScenarioFiles({ maps: [join(from, 'have')] }).load(path)).rejects.toThrow(
        /Several of the name far\.xodr lie below .*a.maps.far\.xodr, .*b.other.far\.xodr/,
      )
      await expect(new ScenarioFiles({ maps: [join(from, 'gone')] }).load(path)).rejects.toThrow(
        /There is no folder .*gone to look for roads/,
      )
    })

    it('is another suite when the roads that it finds there change [DRIVE-FILES-08]', async () => {
      const path = join(from, 'lost', 'lost.xosc')
      const maps = [join(from, 'have')]
      const before = await suiteHash(await expandSuite(path, { maps }))
      expect(await suiteHash(await expandSuite(path, { maps }))).toBe(before)
      await writeFile(
        join(from, 'have/a/maps/far.xodr'),
        `<OpenDRIVE><header/>${road({ length: 600 })}</OpenDRIVE>`,
      )
      expect(await suiteHash(await expandSuite(path, { maps }))).not.toBe(before)
      const one = (await expandSuite(path, { maps })).at(0)
      expect((await stageOf(one, new ScenarioFiles())).network.roads[0]?.length).toBe(600)
    })
  })

  it('reads files in UTF-16 [DRIVE-FILES-08]', async () => {
    const { scenario } = await new ScenarioFiles().load(join(folder, 'utf16.xosc'))
    expect(scenario.entities[0]?.name).toBe('a')
  })

  it('refuses places that no road has, with where they stand [DRIVE-FILES-07]', async () => {
    const wrong = async (init: string) => {
      const path = join(folder, 'wrong.xosc')
      await writeFile(path, file({ init }))
      return new ScenarioFiles().load(path)
    }
    await expect(wrong(initial('a', 10, 1, -99))).rejects.toThrow(
      /wrong\.xosc:1:\d+: <LanePosition> names the lane -99/,
    )
    await expect(wrong(initial('a', 1e9, 1))).rejects.toThrow(
      /needs an s from 0 to 500, the length of road 1/,
    )
    await expect(wrong(initial('a', 1, 1).replace('roadId="1"', 'roadId="7"'))).rejects.toThrow(
      /names the road 7, which is not there/,
    )
  })

  it('looks at those entries of catalogs only that somebody uses [DRIVE-FILES-08]', async () => {
    const entry = (name: string, more = '') =>
      vehicle(name)
        .replace(/<\/?ScenarioObject[^>]*>/g, '')
        .replace('name="car"', `name="${name}"`)
        .replace('</Vehicle>', `${more}</Vehicle>`)
    await writeFile(
      join(folder, 'catalogs', 'vehicles.xosc'),
      `<OpenSCENARIO><FileHeader/><Catalog name="cars">${entry('good')}${entry('strange', '<Wings/>')}</Catalog></OpenSCENARIO>`,
    )
    const path = join(folder, 'catalog.xosc')
    const of = async (name: string) => {
      const object = `<ScenarioObject name="a"><CatalogReference catalogName="cars" entryName="${name}"/></ScenarioObject>`
      const locations =
        '<CatalogLocations><VehicleCatalog><Directory path="catalogs"/></VehicleCatalog><RouteCatalog><Directory path="gone"/></RouteCatalog></CatalogLocations>'
      await writeFile(path, file({ entities: object }).replace('<RoadNetwork>', `${locations}<RoadNetwork>`))
      return new ScenarioFiles().load(path)
    }
    const { scenario, notes } = await of('good')
    expect(scenario.entities[0]?.maxSpeedMps).toBe(60)
    expect(notes.remarks.join()).toMatch(/There is no folder .*gone/)
    await expect(of('strange')).rejects.toThrow(/<Wings> is not part of/)
  })

  it('says by which command a file of variations is run [DRIVE-FILES-08]', async () => {
    const path = join(folder, 'variations.xosc')
    const text =
      '<OpenSCENARIO><FileHeader/><ParameterValueDistribution><ScenarioFile filepath="town.xosc"/><Deterministic/></ParameterValueDistribution></OpenSCENARIO>'
    await writeFile(path, text)
    await expect(new ScenarioFiles().load(path)).rejects.toThrow(/drive clear VERSION --suite FILE/)
  })
})

describe('drive run', () => {
  const runFile = async (text: string, options: Record<string, string | boolean>) => {
    const path = join(folder, 'run.xosc')
    await writeFile(path, text)
    const lines: string[] = []
    const result = await runScenario({
      args: { scenario: path },
      options,
      print: (line: string) => lines.push(line),
      configDir: folder,
    } as unknown as Parameters<typeof runScenario>[0])
    return { result, text: lines.join('\n') }
  }

  it('runs leniently what it refuses, and never answers yes then [DRIVE-FILES-07]', async () => {
    const custom = '<UserDefinedAction><CustomCommandAction type="horn"/></UserDefinedAction>'
    const whole = file({ init: initial('a', 10, 10) + custom })
    expect((await runFile(whole, {})).result).toMatchObject({ verdict: 'yes' })
    const odd = whole.replace('<FileHeader/>', '<FileHeader/><Nonsense/>')
    await expect(runFile(odd, {})).rejects.toThrow(/<Nonsense> is not part of/)
    const { result, text } = await runFile(odd, { lenient: true })
    expect(result).toMatchObject({ verdict: 'no', outcome: 'passed' })
    expect(result.notes?.deviations).toHaveLength(1)
    expect(text).toMatch(/Not cleared: 1 thing of the file did not happen/)
    expect(text).toMatch(/type "horn" is user-defined/)
    const unknown = whole.replace(
      /<Vehicle .*<\/Vehicle>/,
      '<CatalogReference catalogName="c" entryName="e"/>',
    )
    await expect(runFile(unknown, {})).rejects.toThrow(/names the catalog c, which is not/)
    const standIn = await runFile(unknown, { lenient: true })
    expect(standIn.result).toMatchObject({ verdict: 'no', outcome: 'passed' })
    expect(standIn.result.notes?.deviations).toHaveLength(1)
    expect(standIn.text).toMatch(/In place of a there is a car 4\.6 m long and 1\.9 m wide/)
  })

  it('says of a folder what runs all that is below it [DRIVE-FILES-08]', () => {
    expect(() => caseNamed(folder, {})).toThrow(
      /is a folder, and this runs one scenario.*drive clear VERSION --suite/,
    )
  })

  it('notes a story or condition without a name, and runs leniently a condition without an edge as it stands [DRIVE-FILES-07]', async () => {
    const whole = file({ events: event('e', speed(3), at(1)) })
    const nameless = whole
      .replace('<Story name="story">', '<Story>')
      .replace('<Condition name="at" ', '<Condition ')
    const { result, text } = await runFile(nameless, {})
    expect(result).toMatchObject({ verdict: 'yes' })
    expect(text).toMatch(/<Story> needs the attribute name: nothing can refer to it/)
    const edgeless = whole.replace(
      'conditionEdge="rising" delay="0"><ByValueCondition><SimulationTimeCondition value="1"',
      'delay="0"><ByValueCondition><SimulationTimeCondition value="1"',
    )
    await expect(runFile(edgeless, {})).rejects.toThrow(/<Condition> needs the attribute conditionEdge/)
    expect((await runFile(edgeless, { lenient: true })).result).toMatchObject({
      verdict: 'no',
      outcome: 'passed',
    })
  })
})
