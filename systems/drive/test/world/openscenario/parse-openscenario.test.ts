import { describe, expect, it } from 'vitest'
import { parseDistribution } from '../../../src/world/openscenario/distribution.ts'
import { parseXml } from '../../../src/world/xml/parse-xml.ts'
import { at, event, file, scenarioOf, speed } from '../../support/scenario-file.ts'

const declarations =
  '<ParameterDeclarations><ParameterDeclaration name="v" parameterType="double" value="5"><ConstraintGroup><ValueConstraint rule="greaterThan" value="0"/><ValueConstraint rule="lessThan" value="10"/></ConstraintGroup></ParameterDeclaration></ParameterDeclarations>'
const withParameter = file({ declarations, stop: at(0).replace('value="0"', 'value="${$v * 2}"') })

describe('parseOpenScenario', () => {
  it('takes parameters from outside before their defaults [DRIVE-OSC-01]', () => {
    const end = (overrides?: Map<string, string>) =>
      scenarioOf(withParameter, overrides).stop?.[0]?.[0]?.content
    expect(end()).toMatchObject({ value: 10 })
    expect(end(new Map([['v', '7']]))).toMatchObject({ value: 14 })
  })

  it('refuses a value that breaks its constraints and one that is not declared [DRIVE-OSC-01]', () => {
    expect(() => scenarioOf(withParameter, new Map([['v', '10']]))).toThrow(/v = 10 breaks its constraints/)
    expect(() => scenarioOf(withParameter, new Map([['w', '1']]))).toThrow(/declares no parameter w/)
  })

  it.each([
    [
      'an action',
      file({
        events: event(
          'e',
          '<PrivateAction><VisibilityAction graphics="true" traffic="true" sensors="true"><SensorReferenceSet/></VisibilityAction></PrivateAction>',
          at(1),
        ),
      }),
      /<SensorReferenceSet> is not supported inside <VisibilityAction>: it is seen by all sensors/,
    ],
    [
      'an entity',
      file({ init: '<Private entityRef="b"/>' }),
      /made\.xosc:1:\d+: <Private> names the entity b/,
    ],
    [
      'a condition',
      file({ stop: at(1).replace(/SimulationTimeCondition/g, 'WindCondition') }),
      /<WindCondition> is not part of OpenSCENARIO XML 1.0–1.3 inside <ByValueCondition>/,
    ],
    [
      'a shape',
      file({
        events: event('e', speed(1, 'dynamicsShape="wavy" dynamicsDimension="time" value="1"'), at(1)),
      }),
      /dynamicsShape to be one of step, linear/,
    ],
    [
      'an element',
      file({}).replace('<RoadNetwork>', '<Weather/><RoadNetwork>'),
      /<Weather> is not part of OpenSCENARIO XML 1.0–1.3 inside <OpenSCENARIO>/,
    ],
    [
      'an attribute',
      file({ stop: at(1).replace('<SimulationTimeCondition', '<SimulationTimeCondition unit="h"') }),
      /made\.xosc:1:\d+: <SimulationTimeCondition> has the attribute unit, which is not part of OpenSCENARIO XML 1.0–1.3; it may have rule, value/,
    ],
    [
      'a force',
      file({
        events: event(
          'e',
          '<PrivateAction><ControllerAction><OverrideControllerValueAction><Brake active="true"><BrakeForce value="9"/></Brake></OverrideControllerValueAction></ControllerAction></PrivateAction>',
          at(1),
        ),
      }),
      /made\.xosc:1:\d+: <BrakeForce> is not supported inside <Brake>: nothing here has forces/,
    ],
    [
      'a part of a body',
      file({}).replace('</Vehicle>', '<Wing/></Vehicle>'),
      /<Wing> is not part of OpenSCENARIO XML 1.0–1.3 inside <Vehicle>/,
    ],
  ])('refuses %s that it does not know, with its place [DRIVE-FILES-01]', (_what, text, message) => {
    expect(() => scenarioOf(text)).toThrow(message)
  })
})

describe('parseOpenScenario, of what changes nothing', () => {
  it('passes over metadata, and looks at a file once for all its combinations [DRIVE-FILES-03]', () => {
    const text = file({})
      .replace('<OpenSCENARIO>', '<OpenSCENARIO xmlns:xsi="x" xsi:noNamespaceSchemaLocation="y">')
      .replace('<Vehicle ', '<Vehicle mass="1700" role="civil" ')
      .replace('</Vehicle>', '<Axles><AdditionalAxle any="thing"/></Axles></Vehicle>')
      .replace('<FileHeader/>', '<FileHeader revMajor="1"><License spdxId="MIT"/></FileHeader>')
    expect(scenarioOf(text)).toEqual(scenarioOf(file({})))
  })
})

describe('parseDistribution', () => {
  it('gives every combination of ranges, sets and sets of several parameters [DRIVE-OSC-02]', () => {
    const distribution = parseDistribution(
      parseXml(
        `<OpenSCENARIO><FileHeader/><ParameterValueDistribution><ScenarioFile filepath="a.xosc"/><Deterministic>
        <DeterministicSingleParameterDistribution parameterName="v"><DistributionRange stepWidth="0.1"><Range lowerLimit="0" upperLimit="0.3"/></DistributionRange></DeterministicSingleParameterDistribution>
        <DeterministicSingleParameterDistribution parameterName="car"><DistributionSet><Element value="van"/><Element value="bus"/></DistributionSet></DeterministicSingleParameterDistribution>
        <DeterministicMultiParameterDistribution><ValueSetDistribution><ParameterValueSet><ParameterAssignment parameterRef="x" value="1"/><ParameterAssignment parameterRef="y" value="2"/></ParameterValueSet></ValueSetDistribution></DeterministicMultiParameterDistribution>
        </Deterministic></ParameterValueDistribution></OpenSCENARIO>`,
        'd.xosc',
      ),
    )
    expect(distribution).toMatchObject({ scenarioFile: 'a.xosc', count: 8 })
    const all = Array.from({ length: 8 }, (_, index) => Object.fromEntries(distribution?.at(index) ?? []))
    expect(all[0]).toEqual({ v: '0', car: 'van', x: '1', y: '2' })
    expect(all[7]).toEqual({ v: '0.3', car: 'bus', x: '1', y: '2' })
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(8)
  })

  it('draws stochastic runs by seed and index, inside their ranges and by their weights [DRIVE-OSC-02]', () => {
    const runs = (seed: number) =>
      parseDistribution(
        parseXml(
          `<OpenSCENARIO><FileHeader/><ParameterValueDistribution><ScenarioFile filepath="a.xosc"/><Stochastic numberOfTestRuns="500" randomSeed="${seed}">
          <StochasticDistribution parameterName="n"><NormalDistribution expectedValue="10" variance="4"><Range lowerLimit="6" upperLimit="14"/></NormalDistribution></StochasticDistribution>
          <StochasticDistribution parameterName="u"><UniformDistribution><Range lowerLimit="2" upperLimit="3"/></UniformDistribution></StochasticDistribution>
          <StochasticDistribution parameterName="c"><ProbabilityDistributionSet><Element value="van" weight="3"/><Element value="bus" weight="1"/></ProbabilityDistributionSet></StochasticDistribution>
          <StochasticDistribution parameterName="h"><Histogram><Bin weight="1"><Range lowerLimit="0" upperLimit="1"/></Bin><Bin weight="1"><Range lowerLimit="5" upperLimit="6"/></Bin></Histogram></StochasticDistribution>
          <StochasticDistribution parameterName="p"><PoissonDistribution expectedValue="3"/></StochasticDistribution>
          <StochasticDistribution parameterName="many"><PoissonDistribution expectedValue="1300"/></StochasticDistribution>
          <StochasticDistribution parameterName="l"><LogNormalDistribution expectedValue="5" variance="4"/></StochasticDistribution>
          </Stochastic></ParameterValueDistribution></OpenSCENARIO>`,
          'd.xosc',
        ),
      )
    const distribution = runs(1)
    const all = Array.from({ length: distribution?.count ?? 0 }, (_, index) => distribution?.at(index))
    const numbers = (name: string) => all.map((one) => Number(one?.get(name)))
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    expect(all).toHaveLength(500)
    expect(Math.abs(mean(numbers('n')) - 10)).toBeLessThan(0.5)
    const variance = (values: number[]) => mean(values.map((value) => (value - mean(values)) ** 2))
    // Within four standard errors of 500 draws.
    expect(Math.abs(mean(numbers('p')) - 3)).toBeLessThan(0.31)
    expect(Math.abs(variance(numbers('p')) - 3)).toBeLessThan(0.85)
    expect(numbers('p').every(Number.isInteger)).toBe(true)
    expect(Math.abs(mean(numbers('many')) - 1300)).toBeLessThan(6.5)
    expect(Math.abs(mean(numbers('l')) - 5)).toBeLessThan(0.36)
    expect(Math.abs(variance(numbers('l')) - 4)).toBeLessThan(1.6)
    expect(Math.min(...numbers('n'))).toBeGreaterThanOrEqual(6)
    expect(Math.max(...numbers('n'))).toBeLessThanOrEqual(14)
    expect(numbers('u').every((value) => value >= 2 && value <= 3)).toBe(true)
    expect(Math.abs(all.filter((one) => one?.get('c') === 'van').length / 500 - 0.75)).toBeLessThan(0.08)
    expect(numbers('h').every((value) => value <= 1 || value >= 5)).toBe(true)
    expect(distribution?.at(7)).toEqual(runs(1)?.at(7))
    expect(distribution?.at(7)).not.toEqual(runs(2)?.at(7))
  })
})
