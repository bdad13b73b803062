import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runVariationsBench } from '../../../src/benches/variations.ts'
import { runConformanceEval } from '../../../src/evals/osc-conformance.ts'
import { parseDistribution } from '../../../src/world/openscenario/distribution.ts'
import { ScenarioFiles } from '../../../src/world/openscenario/load-scenario.ts'
import { sampleDir } from '../../../src/clearance/variations/files-below.ts'
import { runVariations } from '../../../src/clearance/variations/variation-task.ts'
import { road } from '../../support/road-file.ts'
import { at, file } from '../../support/scenario-file.ts'

const signal = new AbortController().signal
const report = () => undefined

const declarations =
  '<ParameterDeclarations><ParameterDeclaration name="stopS" parameterType="double" value="1"><ConstraintGroup><ValueConstraint rule="lessThan" value="6"/></ConstraintGroup></ParameterDeclaration><ParameterDeclaration name="road" parameterType="string" value="road.xodr"/></ParameterDeclarations>'
const template = file({ declarations, stop: at(0).replace('value="0"', 'value="$stopS"') }).replace(
  'filepath="road.xodr"',
  'filepath="$road"',
)
const variation =
  '<OpenSCENARIO><FileHeader/><ParameterValueDistribution><ScenarioFile filepath="made.xosc"/><Deterministic><DeterministicSingleParameterDistribution parameterName="stopS"><DistributionSet><Element value="1"/><Element value="2"/><Element value="7"/></DistributionSet></DeterministicSingleParameterDistribution><DeterministicSingleParameterDistribution parameterName="road"><DistributionSet><Element value="road.xodr"/><Element value="broken.xodr"/></DistributionSet></DeterministicSingleParameterDistribution></Deterministic></ParameterValueDistribution></OpenSCENARIO>'

let dir = ''

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'vary-'))
  await writeFile(join(dir, 'road.xodr'), `<OpenDRIVE><header/>${road({})}</OpenDRIVE>`)
  await writeFile(join(dir, 'broken.xodr'), '<OpenDRIVE><header/><road/></OpenDRIVE>')
  await writeFile(join(dir, 'made.xosc'), template)
  await writeFile(join(dir, 'vary.xosc'), variation)
})

afterAll(() => rm(dir, { recursive: true }))

describe('variations', () => {
  it('runs what meets the constraints, counts the rest, and names file and combination of what fails [DRIVE-VARY-01]', async () => {
    const span = { file: join(dir, 'vary.xosc'), scenario: join(dir, 'made.xosc'), from: 0, to: 6 }
    const counts = await runVariations(span)
    expect(counts).toMatchObject({ scenarios: 2, excluded: 2 })
    // One and two seconds in steps of 0.05 s, with that of time 0.
    expect(counts.steps).toBe(21 + 41)
    expect(counts.failures.map(({ index }) => index)).toEqual([1, 3])
    expect(counts.failures[0]?.message).toMatch(/<road> needs the attribute length/)
    const { metrics, failures } = await runConformanceEval({ dataDir: dir, report, signal })
    // made.xosc runs; vary.xosc counts once and has failures.
    expect(metrics).toMatchObject({ scenariosTotal: 2, scenariosRun: 1, failures: 2 })
    expect(failures?.[0]).toMatch(/^vary\.xosc #1: .*<road>/)
  })

  it('runs the sample of its own where no files are given [DRIVE-VARY-01]', async () => {
    let valid = 0
    for (let ego = 20; ego <= 120; ego += 20)
      for (let slower = 10; slower <= 60; slower += 10) if (slower < ego) valid += 5 * 3
    const { n, metrics } = await runVariationsBench({ dataDir: null, report, signal })
    expect(n).toBe(valid)
    expect(metrics).toMatchObject({ scenarios: valid, excluded: 6 * 6 * 5 * 3 - valid, failures: 0 })
    expect(metrics['stepUs']).toBeGreaterThan(0)
  })

  it('gives the same scenario after others of its file as alone [DRIVE-VARY-02]', async () => {
    const path = join(sampleDir, 'cut-in', 'cut-in-variation.xosc')
    const scenario = join(sampleDir, 'cut-in', 'cut-in.xosc')
    const together = new ScenarioFiles()
    const distribution = parseDistribution(await together.read(path))
    for (const index of [533, 3, 270, 533]) {
      const overrides = distribution?.at(index) ?? new Map<string, string>()
      const loaded = await together.load(scenario, overrides)
      expect(loaded.scenario).toEqual((await new ScenarioFiles().load(scenario, overrides)).scenario)
    }
  })
})
