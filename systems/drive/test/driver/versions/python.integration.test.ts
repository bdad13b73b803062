import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { commandInput } from '@heavylift/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runSteps } from '../../../src/clearance/run/run-stage.ts'
import { builtInScenario } from '../../../src/clearance/suites/built-in-scenarios.ts'
import { commands } from '../../../src/commands/commands.ts'
import { exampleDriver } from '../../../src/driver/versions/example-versions.ts'

const execute = promisify(execFile)
const room = join(import.meta.dirname, '..', '..', '..')
const hasPython = spawnSync('python3', ['--version']).status === 0
const heavylift = join(room, '..', '..', 'apps', 'cli', 'bin', 'heavylift.mjs')

describe.skipIf(!hasPython)(`Python${hasPython ? '' : ' (left out: python3 is not installed)'}`, () => {
  let folder = ''
  const printed: string[] = []
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'drive-python-'))))
  afterAll(() => rm(folder, { recursive: true }))

  const run = (
    name: string,
    args: Record<string, string>,
    options: Record<string, string | boolean> = {},
  ) => {
    const print = (line: string) => void printed.push(line)
    const input = commandInput({ args, options, print, dataDir: folder, configDir: folder })
    return commands.find((command) => command.name === name)!.run(input)
  }

  test('drives by the ten lines of the README, which drive versions writes, run and clear [DRIVE-DRIVER-08] [DRIVE-DRIVER-10]', async () => {
    const readme = await readFile(join(room, 'README.md'), 'utf8')
    expect(readme).toContain(exampleDriver)
    expect(await run('versions', {})).toMatchObject({
      isThere: false,
      path: join(folder, 'drive.versions.json'),
    })
    expect(printed.join('\n')).toMatch(/drive\.versions\.json, which is not there\. Begin with: .*--init/)
    expect(await run('versions', {}, { init: true })).toMatchObject({ isThere: true })
    await expect(run('versions', {}, { init: true })).rejects.toThrow(/is there already/)
    expect(await readFile(join(folder, 'my_driver.py'), 'utf8')).toBe(exampleDriver)
    // As it was written, but for a machine that has much else to do.
    const file = join(folder, 'drive.versions.json')
    await writeFile(file, (await readFile(file, 'utf8')).replace('"timeoutS": 2,', '"timeoutS": 60,'))
    expect(await run('run', { scenario: 'cut-in' }, { version: 'mine' })).toMatchObject({ outcome: 'passed' })
    const cleared = (await run('clear', { version: 'mine' }, { suite: 'smoke', reference: 'none' })) as {
      report: { n: number; failures: number }
    }
    expect(cleared.report.n).toBeGreaterThan(20)
    // It knows no lights and no crossings, but it drives.
    expect(cleared.report.failures).toBeLessThan(cleared.report.n / 2)
  }, 120_000)

  test('tells an exception of a driver with its line, for its case alone [DRIVE-DRIVER-06]', async () => {
    const broken = exampleDriver.replace(
      '        ego, route',
      "        if seen.time_s > 1: raise ValueError('no idea')\n        ego, route",
    )
    await writeFile(join(folder, 'broken.py'), broken)
    const parameters = { command: 'python3', args: ['broken.py'], timeoutS: 60 }
    await writeFile(
      join(folder, 'drive.versions.json'),
      JSON.stringify({ versions: [{ name: 'broken', kind: 'external', parameters }] }),
    )
    const { failures } = (await run('run', { scenario: 'cut-in' }, { version: 'broken' })) as {
      failures: { detail: string }[]
    }
    expect(failures[0]?.detail).toMatch(
      /could not drive: ValueError: no idea \(broken\.py, line 5\) \(case cut-in#1\)\.$/,
    )
  }, 60_000)

  test('drives runs from its own side to the same bits as here, without a package installed [DRIVE-DRIVER-09]', async () => {
    const { stdout } = await execute(
      'python3',
      ['-m', 'unittest', 'discover', '-s', join(room, 'python', 'tests')],
      {
        env: { ...process.env, DRIVE_SIMULATOR: `${process.execPath} ${heavylift}` },
        timeout: 100_000,
      },
    )
    const digests = JSON.parse(/digests (.*)/.exec(stdout)?.[1] ?? '{}') as Record<string, string>
    expect(digests).toEqual(Object.fromEntries([0, 1, 2].map((place) => [place, digestHere(place)])))
  }, 120_000)
})

/** The run that test_package.py drives in a place: half of what is missing to 10 m/s, straight on. */
function digestHere(place: number): string {
  const scenario = builtInScenario('cut-in')
  const usual = Object.fromEntries(scenario.parameters.map((one) => [one.name, one.default]))
  const stage = scenario.build({ ...usual, ttcS: 3 + place }, place + 1)
  const driver = { kind: 'outside', parameters: {} }
  const steps = runSteps(stage, { caseId: 'one', scenarioClass: 'cut-in', seed: place + 1, driver })
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value.digest
    value.answer(0.5 * (10 - value.state.speedMps), 0, 0)
  }
}
