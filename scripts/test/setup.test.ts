import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hashSources } from '../setup/build.mjs'
import { explainNpmFailure, installedScope, scopeToInstall } from '../setup/install.mjs'
import { testsThatUse } from '../setup/tools.mjs'

test.each([
  ['npm error code EAI_AGAIN\nnpm error request to https://registry/x failed', 'registry cannot be reached'],
  ['npm error code ENOSPC', 'disk is full'],
  ['npm error code EACCES\nnpm error path /x', 'may not write here'],
  ['npm error code EUSAGE\nnpm error can only install packages when your package.json …', 'do not agree'],
  ['npm error code EINTEGRITY', 'was damaged'],
  ['npm error something else', 'npm could not install'],
])('says in plain words why an install failed: %s [CORE-SETUP-02]', (output, words) => {
  const message = explainNpmFailure(output)
  expect(message).toContain(words)
  expect(message).toContain(output.split('\n').at(-1))
})

test.each([
  [null, 'start', 'start'],
  [null, 'test', 'all'],
  ['start', 'start', 'start'],
  ['start', 'test', 'all'],
  ['all', 'start', 'all'],
  ['all', 'test', 'all'],
] as const)(
  'with %j installed, npm %s installs %j, and takes nothing away [CORE-SETUP-04]',
  (installed, purpose, scope) => {
    expect(scopeToInstall(installed, purpose)).toBe(scope)
  },
)

test('knows what is installed by its stamp, and an install by hand by what is there [CORE-SETUP-04]', () => {
  expect(installedScope(root, null)).toBe(null)
  mkdirSync(join(root, 'node_modules'), { recursive: true })
  expect(installedScope(root, 'abc linux-x64 all')).toBe(null)
  writeFileSync(join(root, 'node_modules/.package-lock.json'), '{}')
  expect(installedScope(root, 'abc linux-x64 start')).toBe('start')
  expect(installedScope(root, 'abc linux-x64 all')).toBe('all')
  expect(installedScope(root, null)).toBe('start')
  mkdirSync(join(root, 'node_modules/vitest'))
  expect([installedScope(root, null), installedScope(root, 'abc linux-x64')]).toEqual(['all', 'all'])
})

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'heavylift-build-'))
  writeFileSync(join(root, 'package-lock.json'), '{}')
  for (const folder of ['apps/console/src', 'systems/shop/console', 'systems/shop/src/import']) {
    mkdirSync(join(root, folder), { recursive: true })
    writeFileSync(join(root, folder, 'a.ts'), '1')
  }
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

test('the build is outdated when browser code changed or was added, or a file that it took changed, and not when other code did [CORE-SETUP-03]', () => {
  const inputs = ['systems/shop/src/import/a.ts']
  const before = hashSources(root, inputs)
  writeFileSync(join(root, 'systems/shop/src/import/b.ts'), '2')
  expect(hashSources(root, inputs)).toBe(before)
  writeFileSync(join(root, 'systems/shop/src/import/a.ts'), '2')
  const taken = hashSources(root, inputs)
  writeFileSync(join(root, 'systems/shop/console/a.ts'), '2')
  const changed = hashSources(root, inputs)
  writeFileSync(join(root, 'apps/console/src/b.tsx'), '')
  const added = hashSources(root, inputs)
  rmSync(join(root, 'systems/shop/src/import/a.ts'))
  const removed = hashSources(root, inputs)
  expect(new Set([before, taken, changed, added, removed]).size).toBe(5)
})

test('a tool is needed by the tests that import it, and by those beside a helper that does', () => {
  const files = [
    { file: 'e2e/support.ts', text: "from 'browser'" },
    { file: 'e2e/home.test.ts', text: "from './support.ts'" },
    { file: 'apps/x/test/a.test.ts', text: "from 'browser'" },
    { file: 'apps/x/test/b.test.ts', text: '' },
  ]
  expect(testsThatUse(/from 'browser'/, files)).toEqual(['e2e/home.test.ts', 'apps/x/test/a.test.ts'])
})
