import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readVersions, versionsFile } from '../../../src/driver/versions/versions-file.ts'
import { versionHash } from '../../../src/driver/version.ts'
import { builtInVersions, versionNamed } from '../../../src/driver/versions/versions.ts'
import { runStage } from '../../../src/clearance/run/run-stage.ts'
import { straightStage } from '../../support/straight-stage.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'versions-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

async function read(content: unknown) {
  await writeFile(join(folder, versionsFile), typeof content === 'string' ? content : JSON.stringify(content))
  return readVersions(folder)
}

describe('versions of the user', () => {
  test('stand beside the built-in ones, and are found by their name [DRIVE-DRIVER-03]', async () => {
    expect(await readVersions(folder)).toEqual(builtInVersions)
    const versions = await read({
      versions: [
        { name: 'mine', kind: 'external', parameters: { command: 'python3', args: ['mine.py', '--fast'] } },
        { name: 'pdm-blind', kind: 'stack', parameters: { safety: false } },
      ],
    })
    const mine = versionNamed('mine', versions)
    expect(mine.spec.parameters).toEqual({
      command: 'python3',
      args: '["mine.py","--fast"]',
      directory: folder,
    })
    // The same program found from another folder is the same version.
    const moved = { ...mine, spec: { ...mine.spec, parameters: { ...mine.spec.parameters, directory: '/' } } }
    expect(versionHash(moved)).toBe(versionHash(mine))
  })

  test('are other versions when a file that they name has changed [DRIVE-DRIVER-03]', async () => {
    const content = {
      versions: [{ name: 'mine', kind: 'external', parameters: { command: 'python3', args: ['mine.py'] } }],
    }
    const hashWith = async (program: string) => {
      await writeFile(join(folder, 'mine.py'), program)
      return versionHash(versionNamed('mine', await read(content)))
    }
    const first = await hashWith('fast')
    expect(await hashWith('slow')).not.toBe(first)
    expect(await hashWith('fast')).toBe(first)
  })

  test.each([
    ['{\n  "versions": [', /is no JSON: .*line 2,? column 16/],
    ['{', /drive\.versions\.json: is no JSON.*line 1 column 2/],
    [{ versions: [{ name: 'a', kind: 'magic' }] }, /line 1, column 26: versions\.0\.kind: .*external/],
    [{ versions: [{ name: 'A b', kind: 'idm' }] }, /versions\.0\.name: a name is/],
    [{ versions: [{ name: 'idm', kind: 'idm' }] }, /versions\.0\.name: there is a version "idm" already/],
    [{ versions: [], more: 1 }, /line 1, column 16: more: /],
    [
      '{\n  "versions": [\n    { "name": "a", "kind": "idm" },\n    { "name": "b",\n      "knd": "idm" }\n  ]\n}',
      /line 4, column 5: versions\.1\.kind/,
    ],
    [
      '{\n  "versions": [\n    { "name": "a", "kind": "idm" },\n    { "name": "b", "kind": "idm",\n      "knd": "idm" }\n  ]\n}',
      /line 5, column 7: versions\.1\.knd/,
    ],
    [
      '{"versions":\n [{"name":"a","kind":"idm","parameters":{"x":[1]}}]}',
      /line 2, column 42: versions\.0\.parameters\.x/,
    ],
  ])(
    'that are wrong are refused by line, column and name [DRIVE-DRIVER-03] [DRIVE-DRIVER-10]',
    async (content, message) => {
      await expect(read(content)).rejects.toThrow(message)
    },
  )
})

describe('a driver from a module', () => {
  const options = { caseId: 'one', scenarioClass: 'made', seed: 1 }
  const stage = () => straightStage({ s: 500, mps: 10 })
  const directory = join(import.meta.dirname, '..', '..', 'support')
  const driver = (parameters: Record<string, string | boolean>) => ({
    kind: 'module',
    parameters: { directory, path: 'module-driver-child.ts', ...parameters },
  })

  test('drives in this process [DRIVE-DRIVER-04]', () => {
    const result = runStage(stage(), { ...options, driver: driver({}) })
    // From 12 m/s at −2 m/s²: 36 m.
    expect(result.metrics.progressM).toBeCloseTo(36, 0)
  })

  test('that throws is a failed run that says what it threw [DRIVE-DRIVER-04]', () => {
    const { failures } = runStage(stage(), { ...options, driver: driver({ throws: true }) })
    expect(failures[0]?.detail).toBe("The driver's module threw in step: no idea")
  })

  test('that is not there or exports nothing is refused [DRIVE-DRIVER-04]', () => {
    expect(() => runStage(stage(), { ...options, driver: driver({ path: 'none.mjs' }) })).toThrow(
      /none\.mjs could not be loaded/,
    )
    expect(() => runStage(stage(), { ...options, driver: driver({ path: 'road-file.ts' }) })).toThrow(
      /export a function createDriver/,
    )
  })
})
