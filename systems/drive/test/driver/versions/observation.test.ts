import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runSteps } from '../../../src/clearance/run/run-stage.ts'
import {
  fieldTable,
  lineStates,
  observationParts,
  precipitations,
} from '../../../src/driver/versions/external/fields.ts'
import { drawObservation } from '../../../src/driver/versions/external/draw-observation.ts'
import { decodeFrame, encodeFrame, frameBytes } from '../../../src/driver/versions/external/frames.ts'
import { readObservation } from '../../../src/driver/versions/external/observation.ts'
import { agentKinds, agentLights } from '../../../src/world/scene/agent-table.ts'
import { builtInScenario } from '../../../src/clearance/suites/built-in-scenarios.ts'

const room = join(import.meta.dirname, '..', '..', '..')

/** What the driver of a built-in scenario is told after some steps at a steady speed. */
function toldOf(name: string, steps: number) {
  const scenario = builtInScenario(name)
  const usual = Object.fromEntries(scenario.parameters.map((one) => [one.name, one.default]))
  const stage = scenario.build(usual, 1)
  const run = runSteps(stage, {
    caseId: 'one',
    scenarioClass: name,
    seed: 1,
    driver: { kind: 'outside', parameters: {} },
  })
  for (let step = 0; ; step++) {
    const { done, value } = run.next()
    if (done) throw new Error('The run is over.')
    if (step < steps) {
      value.answer(0, 0, 0)
      continue
    }
    const numbers = new Float64Array(value.observation.mostNumbers)
    const end = value.observation.write(4, value.state, numbers, 0)
    return { numbers: numbers.subarray(0, end), stage, begin: value.observation.begin(4) }
  }
}

describe('what a driver elsewhere is told', () => {
  test('has every field in its place, with words for numbers [DRIVE-DRIVER-07]', () => {
    const { numbers, begin } = toldOf('red-light-runner', 20)
    const { value, next } = readObservation(numbers, 0)
    expect(next).toBe(numbers.length)
    expect(value).toMatchObject({ case: 4, timeS: expect.closeTo(1, 9) as number })
    for (const [part, fields] of Object.entries(observationParts)) {
      if (part === 'case') continue
      const rows = (Array.isArray(value[part]) ? value[part] : [value[part]]) as object[]
      expect(rows.length, part).toBeGreaterThan(0)
      for (const row of rows) expect(Object.keys(row)).toEqual(fields.map(({ name }) => name))
    }
    const [agent] = value['agents'] as { kind: string; lights: string[]; hasSiren: boolean }[]
    expect(agentKinds).toContain(agent?.kind)
    expect(typeof agent?.hasSiren).toBe('boolean')
    const [line] = value['lines'] as { routeM: number; state: string }[]
    expect(lineStates).toContain(line?.state)
    const ego = value['ego'] as { x: number; y: number; routeM: number; routeLeftM: number }
    // The place on the route, by the points that were told when the case began.
    const [x = 0, y = 0] = begin.route[Math.round(ego.routeM / 2)] as number[]
    expect(Math.hypot(x - ego.x, y - ego.y)).toBeLessThan(1.2)
    expect(Math.abs(ego.routeLeftM)).toBeLessThan(0.5)
  })

  test('goes through a frame unchanged, and is no frame when it is cut off [DRIVE-DRIVER-05]', () => {
    const { numbers } = toldOf('cut-in', 3)
    const bytes = encodeFrame({ head: '{"ended":[3],"é":1}', numbers })
    expect(frameBytes(bytes)).toBe(bytes.length)
    expect(decodeFrame(bytes)).toEqual({ head: '{"ended":[3],"é":1}', numbers })
    expect(frameBytes(bytes.subarray(0, 7))).toBeNull()
    expect(frameBytes(Buffer.from('hello world'))).toBeNaN()
  })

  test('is documented field by field, in words and in the picture [DRIVE-DRIVER-07]', async () => {
    const text = await readFile(join(room, 'DRIVERS.md'), 'utf8')
    const rows = text.split('\n').map((line) => line.replaceAll(/ +/g, ' '))
    for (const row of fieldTable()) expect(rows).toContain(row.replaceAll(/ +/g, ' '))
    expect(rows.filter((row) => /^\| `(case|ego|environment|agents|lines)\./.test(row))).toHaveLength(
      fieldTable().length,
    )
    expect(await readFile(join(room, 'observation.svg'), 'utf8')).toBe(drawObservation())
  })

  test('has the same names, words and order in Python [DRIVE-DRIVER-07]', async () => {
    const text = await readFile(join(room, 'python', 'src', 'heavylift_drive', 'observation.py'), 'utf8')
    const words = (name: string) =>
      [...(new RegExp(`^${name} = \\((.*)\\)$`, 'm').exec(text)?.[1] ?? '').matchAll(/"(\w+)"/g)].map(
        ([, word]) => word,
      )
    expect(words('AGENT_KINDS')).toEqual([...agentKinds])
    expect(words('LIGHTS')).toEqual(Object.keys(agentLights))
    expect(words('LINE_STATES')).toEqual(lineStates)
    expect(words('PRECIPITATIONS')).toEqual([...precipitations])
    const snake = (name: string) => name.replaceAll(/([A-Z]+)/g, (letters) => `_${letters.toLowerCase()}`)
    const fieldsOf = (name: string) =>
      [
        ...(
          new RegExp(`class ${name}\\(NamedTuple\\):\\n((?:(?! {4}(?:@|def )).*\\n)*)`).exec(text)?.[1] ?? ''
        ).matchAll(/^ {4}(\w+): float$/gm),
      ].map(([, field]) => field)
    const known = { Ego: 'ego', Environment: 'environment', Agent: 'agents', StopLine: 'lines' } as const
    for (const [name, part] of Object.entries(known))
      expect(
        fieldsOf(name).map((field) => field?.replace(/_(number|bits)$/, '')),
        name,
      ).toEqual(observationParts[part].map((field) => snake(field.name)))
    expect(words('HEAD')).toEqual(observationParts.case.map(({ name }) => snake(name)))
  })
})
