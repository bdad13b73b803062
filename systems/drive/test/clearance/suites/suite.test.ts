import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtInScenarios } from '../../../src/clearance/suites/built-in-scenarios.ts'
import { expandSuite } from '../../../src/clearance/suites/suite.ts'
import { road } from '../../support/road-file.ts'
import { file } from '../../support/scenario-file.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'suites-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function written(name: string, content: unknown): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

describe('suites of the library', () => {
  test('have every scenario, unique ids and the same cases every time, in any order [DRIVE-SUITE-01]', async () => {
    const suite = await expandSuite('built-in', { seed: 4 })
    const cases = Array.from({ length: suite.count }, (_, index) => suite.at(index))
    expect(suite.count).toBe(500)
    expect(new Set(cases.map(({ id }) => id)).size).toBe(500)
    expect(new Set(cases.map(({ source }) => source.kind === 'builtIn' && source.name))).toEqual(
      new Set(builtInScenarios.map(({ name }) => name)),
    )
    const again = await expandSuite('built-in', { seed: 4 })
    expect(again.at(311)).toEqual(cases[311])
    expect((await expandSuite('built-in', { seed: 5 })).at(311)).not.toEqual(cases[311])
    for (const one of cases) {
      const scenario = builtInScenarios.find(({ name }) => one.id.startsWith(`${name}/`))
      for (const [name, value] of Object.entries(one.parameters)) {
        const known = scenario?.parameters.find((parameter) => parameter.name === name)
        expect(value).toBeGreaterThanOrEqual(known?.min as number)
        expect(value).toBeLessThanOrEqual(known?.max as number)
      }
    }
  })

  test('the full one has a hundred thousand cases, made when they are asked for, and other counts if asked [DRIVE-SUITE-01]', async () => {
    const full = await expandSuite('full')
    expect(full.count).toBe(100_000)
    expect(full.at(99_999).id).toMatch(/\/\d+$/)
    expect(() => full.at(100_000)).toThrow(RangeError)
    expect((await expandSuite('full', { n: 1234 })).count).toBe(1234)
    expect((await expandSuite('smoke')).count).toBe(builtInScenarios.length)
  })

  test('an unknown one is refused with those that there are', async () => {
    await expect(expandSuite('toString')).rejects.toThrow(/built-in, full|built-in/)
  })
})

describe('parameter files', () => {
  test('sweep a grid, the last axis fastest, without what breaks the constraints [DRIVE-SUITE-02]', async () => {
    const path = await written('grid.json', {
      suite: [
        {
          scenario: 'cut-in',
          parameters: {
            egoSpeedMps: { from: 10, to: 20, step: 5 },
            ttcS: { values: [2, 4] },
            friction: 0.9,
          },
          constraints: ['ttcS * 5 <= egoSpeedMps'],
        },
      ],
    })
    const suite = await expandSuite(path)
    const values = Array.from({ length: suite.count }, (_, index) => suite.at(index).parameters)
    expect(values).toEqual([
      { egoSpeedMps: 10, ttcS: 2, friction: 0.9 },
      { egoSpeedMps: 15, ttcS: 2, friction: 0.9 },
      { egoSpeedMps: 20, ttcS: 2, friction: 0.9 },
      { egoSpeedMps: 20, ttcS: 4, friction: 0.9 },
    ])
    expect(suite.at(0)).toMatchObject({ scenarioClass: 'cut-in', weight: 1, id: 'suite.0/0' })
  })

  test('draw from distributions by n and seed; random points meet the constraints in full number [DRIVE-SUITE-02]', async () => {
    const entry = (kind: string) => ({
      scenario: 'cut-in',
      parameters: {
        egoSpeedMps: { normal: { mean: 20, deviation: 5, from: 8, to: 30 } },
        ttcS: { uniform: [1.5, 6] },
      },
      constraints: ['egoSpeedMps > 15'],
      sampling: { kind, n: 64, seed: 2 },
      weight: 0.5,
    })
    const path = await written('draws.json', { suite: [entry('random'), entry('latin'), entry('sobol')] })
    const suite = await expandSuite(path)
    const cases = Array.from({ length: suite.count }, (_, index) => suite.at(index))
    const of = (part: number) => cases.filter(({ id }) => id.startsWith(`suite.${part}/`))
    expect(of(0)).toHaveLength(64)
    for (const part of [1, 2]) {
      // P(X > 15) of the truncated normal is about 0.85: the rest was left out.
      expect(of(part).length).toBeGreaterThan(44)
      expect(of(part).length).toBeLessThan(64)
    }
    expect(
      cases.every(({ parameters, weight }) => Number(parameters['egoSpeedMps']) > 15 && weight === 0.5),
    ).toBe(true)
    expect((await expandSuite(path)).at(100)).toEqual(suite.at(100))
    expect((await expandSuite(path, { n: 10 })).count).toBeLessThanOrEqual(30)
  })

  test.each([
    ['{ "suite": [', /is no JSON/],
    [{ suite: [] }, /suite: /],
    [{ suite: [{ scenario: 'cut-in', parameters: { ttcS: { from: 1 } } }] }, /suite\.0\.parameters\.ttcS/],
    [{ suite: [{ scenario: 'cut-in', sampling: { kind: 'sobel' } }] }, /suite\.0\.sampling\.kind/],
    [
      { suite: [{ scenario: 'cut-in', parameters: { speed: 1 } }] },
      /suite\.0\.parameters\.speed: cut-in has ego/,
    ],
    [{ suite: [{ scenario: 'cut-in', constraints: ['2 + > 1'] }] }, /suite\.0\.constraints/],
    [{ suite: [{ scenario: 'cut-in', constraints: ['1 > 2'] }] }, /suite\.0: No combination/],
    [{ suite: [{ scenario: 'cut-in', parameters: { ttcS: { uniform: [1, 2] } } }] }, /ttcS has no steps/],
    [{ suite: [{ scenario: 'nothing' }] }, /no built-in scenario "nothing"/],
  ])('what is wrong in %j is named with its place [DRIVE-SUITE-02]', async (content, message) => {
    await expect(expandSuite(await written('wrong.json', content))).rejects.toThrow(message)
  })
})

describe('OpenSCENARIO files', () => {
  test('a variation file is its combinations that meet the constraints, a scenario is one case [DRIVE-SUITE-03]', async () => {
    const declarations =
      '<ParameterDeclarations><ParameterDeclaration name="gap" parameterType="double" value="10"><ConstraintGroup><ValueConstraint rule="lessThan" value="25"/></ConstraintGroup></ParameterDeclaration></ParameterDeclarations>'
    await written('made.xosc', file({ declarations }))
    const path = await written(
      'variations.xosc',
      '<OpenSCENARIO><FileHeader/><ParameterValueDistribution><ScenarioFile filepath="made.xosc"/><Deterministic><DeterministicSingleParameterDistribution parameterName="gap"><DistributionRange stepWidth="10"><Range lowerLimit="10" upperLimit="40"/></DistributionRange></DeterministicSingleParameterDistribution></Deterministic></ParameterValueDistribution></OpenSCENARIO>',
    )
    const suite = await expandSuite(path)
    expect(Array.from({ length: suite.count }, (_, index) => suite.at(index).parameters)).toEqual([
      { gap: '10' },
      { gap: '20' },
    ])
    expect(suite.at(1)).toMatchObject({
      id: 'made/1',
      scenarioClass: 'made',
      source: { kind: 'file', path: join(folder, 'made.xosc') },
    })
    expect((await expandSuite(join(folder, 'made.xosc'))).count).toBe(1)
    const text = await readFile(path, 'utf8')
    const dollars = await written('dollars.xosc', text.replace('"gap"', '"$gap"'))
    expect((await expandSuite(dollars)).at(0).parameters).toEqual({ gap: '10' })
  })
})

test('a folder is a suite of the scenarios below it, a class for each folder, and none if one cannot be read [DRIVE-SUITE-03]', async () => {
  const roads = `<OpenDRIVE><header/>${road({ length: 500 })}</OpenDRIVE>`
  const top = join(folder, 'all')
  await mkdir(join(top, 'town', 'more'), { recursive: true })
  const text = file({})
  for (const [name, content] of Object.entries({
    'a.xosc': text,
    'road.xodr': roads,
    'town/b.xosc': text,
    'town/c.xosc': text,
    'town/road.xodr': roads,
    'town/cars.xosc': '<OpenSCENARIO><FileHeader/><Catalog name="cars"/></OpenSCENARIO>',
  }))
    await writeFile(join(top, name), content)
  const suite = await expandSuite(top)
  const cases = Array.from({ length: suite.count }, (_, index) => suite.at(index))
  expect(cases.map(({ id, scenarioClass }) => [id, scenarioClass])).toEqual([
    ['a', 'all'],
    ['town/b', 'town'],
    ['town/c', 'town'],
  ])
  expect(suite).toMatchObject({ name: 'all', isFixed: true })
  await writeFile(join(top, 'town', 'more', 'd.xosc'), text)
  await expect(expandSuite(top)).rejects.toThrow(
    /1 scenario below .*all cannot be read, .*drive formats .*all\. The first: There is nothing at .*more.road\.xodr/,
  )
  const { count } = await expandSuite(top, { maps: [join(top, 'town', 'road.xodr')] })
  expect(count).toBe(4)
})
