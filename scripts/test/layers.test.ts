import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { checkLayers } from '../layers/check-layers.ts'
import { findCircles } from '../layers/circles.ts'
import { readImports } from '../layers/read-imports.ts'
import { describeLayers } from '../layers/report.ts'
import { readTree } from '../layers/source-tree.ts'

type Texts = Record<string, string | null>

const manifest = (name: string, more: object = {}): string =>
  JSON.stringify({
    name: `@heavylift/${name}`,
    exports: { '.': './src/index.ts', './testing': './src/testing.ts', './console': './console/index.ts' },
    ...more,
  })
const needs = (...names: string[]) => ({
  dependencies: Object.fromEntries(names.map((name) => [`@heavylift/${name}`, '0.1.0'])),
})
const system = (folder: string): Texts =>
  Object.fromEntries(
    ['README.md', 'src/index.ts', 'src/system.ts', 'src/start.ts', 'src/context.ts', 'src/config.ts'].map(
      (name) => [`systems/${folder}/${name}`, 'export {}\n'],
    ),
  )

/** A small house in order: two systems on three primitives below two apps. */
const house: Texts = {
  'package.json': JSON.stringify({ workspaces: ['primitives/*', 'systems/*', 'apps/*'] }),
  'primitives/core/package.json': manifest('core'),
  'primitives/core/src/index.ts': "export { route } from './route.ts'\nexport interface Command {}\n",
  'primitives/core/src/route.ts': 'export function route() {}\n',
  'primitives/store/package.json': manifest('store', needs('core')),
  'primitives/store/src/index.ts': "import { b } from '@heavylift/core/none'\nexport const a = b\n",
  'primitives/ui/package.json': manifest('ui', needs('core', 'store')),
  'primitives/ui/src/index.ts': "import type { a } from '@heavylift/store'\nimport '@heavylift/core'\n",
  ...system('shop'),
  'systems/shop/package.json': manifest('shop', needs('core', 'ui')),
  'systems/shop/src/routes/list.ts': "import { route } from '@heavylift/core'\nroute()\n",
  'systems/shop/console/index.ts': "import '@heavylift/ui'\nimport type { Shop } from '../src/index.ts'\n",
  ...system('live'),
  'systems/live/package.json': manifest('live', { devDependencies: { '@heavylift/store': '0.1.0' } }),
  'systems/live/test/live.test.ts': "import '@heavylift/store/testing'\nimport '../src/index.ts'\n",
  'apps/server/package.json': manifest('server', needs('shop', 'live')),
  'apps/server/src/index.ts':
    "import '@heavylift/shop'\nexport const live = () => import('@heavylift/live')\n",
  'e2e/whole.integration.test.ts': "import '../apps/server/src/index.ts'\n",
}

const made: string[] = []
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true })
})

/** The tree with some files changed, added, or (null) left out. */
function treeWith(changes: Texts) {
  const root = mkdtempSync(join(tmpdir(), 'layers-'))
  made.push(root)
  for (const [path, text] of Object.entries({ ...house, ...changes })) {
    if (text === null) continue
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return readTree(root)
}

/** What is out of order, as `rule path`. */
function broken(changes: Texts): string[] {
  return checkLayers(treeWith(changes), []).violations.map(({ rule, path }) => `${rule} ${path}`)
}

test('a house in order has nothing out of order [HOUSE-ARROWS-01]', () => {
  expect(broken({})).toEqual([])
})

describe('an arrow that runs up or aside is found, whatever form the import has', () => {
  const declared = { 'primitives/store/package.json': manifest('store', needs('core', 'shop')) }
  test.each([
    "import { x } from '@heavylift/shop'",
    "import type { X } from '@heavylift/shop'",
    "import '@heavylift/shop'",
    "export { x } from '@heavylift/shop'",
    "export * from '@heavylift/shop'",
    "export type { X } from '@heavylift/shop'",
    "const load = () => import('@heavylift/shop')",
    "type X = import('@heavylift/shop').X",
  ])('%s [HOUSE-ARROWS-01]', (line) => {
    expect(broken({ ...declared, 'primitives/store/src/up.ts': `${line}\n` })).toContain(
      'no-arrow-up primitives/store/src/up.ts',
    )
  })

  test('a package of an app, and what stands on top of all [HOUSE-ARROWS-01]', () => {
    expect(
      broken({
        'systems/live/src/up.ts': "import '@heavylift/server'\n",
        'systems/live/test/up.test.ts': "import '../../../e2e/whole.integration.test.ts'\n",
      }),
    ).toEqual(
      expect.arrayContaining([
        'no-arrow-up systems/live/src/up.ts',
        'no-arrow-up systems/live/test/up.test.ts',
      ]),
    )
  })

  test('apps may use what sets a checkout up, which uses nothing of ours [HOUSE-ARROWS-01]', () => {
    expect(
      broken({
        'apps/server/src/lock.ts':
          "import '../../../scripts/setup/lock.mjs'\nimport '../../../scripts/check.mjs'\n",
        'systems/live/src/lock.ts': "import '../../../scripts/setup/lock.mjs'\n",
        'scripts/setup/lock.mjs': "import '../check.mjs'\n",
        'scripts/check.mjs': "import '../primitives/core/src/index.ts'\n",
      }),
    ).toEqual([
      'no-arrow-up systems/live/src/lock.ts',
      'no-arrow-up apps/server/src/lock.ts',
      'set-up-alone scripts/setup/lock.mjs',
    ])
  })

  test('a system in a system, for types or in tests too [HOUSE-ARROWS-01]', () => {
    const found = broken({
      'systems/live/src/aside.ts': "import type { Shop } from '@heavylift/shop'\n",
      'systems/live/test/aside.test.ts': "import '@heavylift/shop'\n",
    })
    expect(found).toContain('no-system-in-system systems/live/src/aside.ts')
    expect(found).toContain('no-system-in-system systems/live/test/aside.test.ts')
  })

  test('a path into another package instead of its name [HOUSE-ARROWS-01]', () => {
    expect(
      broken({ 'systems/live/src/deep.ts': "import '../../../primitives/store/src/index.ts'\n" }),
    ).toEqual(['by-name systems/live/src/deep.ts'])
  })
})

describe('the two that stand for themselves', () => {
  test('core imports nothing of ours [HOUSE-ARROWS-02]', () => {
    expect(
      broken({ 'primitives/core/test/up.test.ts': "import type { a } from '@heavylift/store'\n" }),
    ).toContain('core-stands-alone primitives/core/test/up.test.ts')
  })

  test('ui takes only types of other primitives, and only pages take ui [HOUSE-ARROWS-02]', () => {
    const found = broken({
      'primitives/ui/src/down.ts': "import { a } from '@heavylift/store'\n",
      'systems/shop/src/pages.ts': "import type { Page } from '@heavylift/ui'\n",
    })
    expect(found).toEqual(['ui-on-core primitives/ui/src/down.ts', 'ui-in-pages systems/shop/src/pages.ts'])
  })
})

describe('circles', () => {
  test('of packages, through types, tests or mere declarations [HOUSE-CIRCLES-01]', () => {
    const up = { 'primitives/store/test/up.test.ts': "import type { b } from '@heavylift/jobs'\n" }
    const jobs = {
      'primitives/jobs/package.json': manifest('jobs', needs('store')),
      'primitives/jobs/src/index.ts': "export { a } from '@heavylift/store'\n",
    }
    expect(broken({ ...up, ...jobs })).toContain('no-package-circle primitives/jobs')
    const declared = { 'primitives/store/package.json': manifest('store', needs('core', 'jobs')) }
    expect(broken({ ...jobs, ...declared })).toContain('no-package-circle primitives/jobs')
  })

  test('of files, through types, lazy imports and package names [HOUSE-CIRCLES-01]', () => {
    expect(
      broken({
        'systems/shop/src/a.ts': "import type { B } from './b.ts'\n",
        'systems/shop/src/b.ts': "export const c = () => import('./c.ts')\n",
        'systems/shop/src/c.ts': "type A = import('./a.ts').A\n",
        'systems/live/src/self.ts': "import '@heavylift/live'\n",
        'systems/live/src/index.ts': "export * from './self.ts'\n",
      }),
    ).toEqual(['no-file-circle systems/live/src/index.ts', 'no-file-circle systems/shop/src/a.ts'])
  })

  test('are all found, each once, however deep the graph [HOUSE-CIRCLES-01]', () => {
    const chain = Array.from({ length: 20_000 }, (_, at): [string, Set<string>] => [
      `n${at}`,
      new Set([`n${at + 1}`]),
    ])
    const graph = new Map([
      ...chain,
      ['a', new Set(['b', 'c'])],
      ['b', new Set(['a'])],
      ['c', new Set(['d', 'n0'])],
      ['d', new Set(['e'])],
      ['e', new Set(['c', 'e'])],
    ] as const)
    expect(findCircles(graph)).toEqual([
      ['a', 'b'],
      ['c', 'd', 'e'],
    ])
  })
})

describe('packages', () => {
  test('in no layer, unnamed or misnamed [HOUSE-PACKAGES-01]', () => {
    expect(
      broken({
        'package.json': JSON.stringify({ workspaces: ['primitives/*', 'systems/*', 'apps/*', 'tools/*'] }),
        'primitives/fleet/src/index.ts': 'export {}\n',
        'apps/cli/package.json': manifest('line'),
      }),
    ).toEqual(['known-package tools/*', 'known-package primitives/fleet', 'known-package apps/cli'])
  })

  test('that are imported and not declared, or declared and not imported [HOUSE-PACKAGES-02]', () => {
    const found = broken({
      'systems/live/package.json': manifest('live', needs('ui')),
      'systems/live/src/more.ts': "import '@heavylift/core'\n",
    })
    expect(found).toEqual([
      'declared systems/live/src/more.ts',
      'declared systems/live/test/live.test.ts',
      'used systems/live',
    ])
  })

  test('that only tests declare do not serve the product [HOUSE-PACKAGES-02]', () => {
    expect(broken({ 'systems/live/src/more.ts': "import '@heavylift/store'\n" })).toEqual([
      'declared systems/live/src/more.ts',
    ])
  })
})

describe('rooms', () => {
  test('a system has its standard files, and so has a primitive that is one [HOUSE-ROOMS-01]', () => {
    expect(
      broken({ 'systems/shop/src/start.ts': null, 'primitives/store/src/system.ts': 'export {}\n' }),
    ).toEqual([
      'standard-files primitives/store/README.md',
      'standard-files primitives/store/src/start.ts',
      'standard-files primitives/store/src/context.ts',
      'standard-files primitives/store/src/config.ts',
      'standard-files systems/shop/src/start.ts',
    ])
  })

  test.each([
    ['systems/shop/src/list.ts', "import { route } from '@heavylift/core'\n"],
    ['systems/shop/src/tell.ts', "import type { Command } from '@heavylift/core'\n"],
    ['systems/shop/src/count.ts', "import type { Measure } from '@heavylift/core'\n"],
    ['systems/shop/src/page.tsx', 'export {}\n'],
    ['systems/shop/src/list.test.ts', 'export {}\n'],
  ])('%s stands elsewhere [HOUSE-ROOMS-02]', (path, text) => {
    expect(broken({ [path]: text })).toEqual([`standard-rooms ${path}`])
  })

  test('samples stand in samples/ [HOUSE-ROOMS-02]', () => {
    const found = broken({
      'systems/shop/src/sample/feed.json': '{}',
      'systems/live/sample/feed.json': '{}',
      'systems/live/samples/feed.json': '{}',
    })
    expect(found).toEqual(['standard-rooms systems/live/sample', 'standard-rooms systems/shop/src/sample'])
  })

  test('src imports no page and no test, but samples [HOUSE-ROOMS-03]', () => {
    const found = broken({
      'systems/shop/samples/feed.ts': 'export {}\n',
      'systems/shop/src/a.ts': "import '../samples/feed.ts'\n",
      'systems/shop/src/b.ts': "import type { P } from '../console/index.ts'\n",
      'systems/shop/src/c.ts': "import '../test/helper.ts'\n",
      'systems/shop/test/helper.ts': 'export {}\n',
    })
    expect(found).toEqual(['src-alone systems/shop/src/b.ts', 'src-alone systems/shop/src/c.ts'])
  })
})

test('what is excused passes, and an excuse that nothing needs any more does not [HOUSE-NOTYET-01]', () => {
  const excuse = { rule: 'standard-rooms', paths: 'systems/shop/src/*.tsx', reason: 'moves soon' } as const
  const tree = treeWith({ 'systems/shop/src/page.tsx': 'export {}\n' })
  expect(checkLayers(tree, [excuse])).toEqual({ violations: [], excused: 1, stale: [] })
  expect(checkLayers(treeWith({}), [excuse])).toEqual({ violations: [], excused: 0, stale: [excuse] })
})

test('an import is read with what it takes and whether it lasts [HOUSE-ARROWS-01]', () => {
  const text =
    "import a, { b as c, type D } from 'x'\nimport type { E } from 'y'\nconst s = `import('no')`\nimport(`./z.ts`)\n"
  expect(readImports('t.ts', text)).toEqual([
    { specifier: 'x', isType: false, names: ['b', 'D'] },
    { specifier: 'y', isType: true, names: ['E'] },
    { specifier: './z.ts', isType: false, names: [] },
  ])
  expect(() => readImports('t.ts', 'const = 1')).toThrow(/^t\.ts: /)
})

test('the report tells packages, their lines and circles [HOUSE-CIRCLES-01]', () => {
  const text = describeLayers(
    treeWith({
      'systems/shop/src/a.ts': "import './b.ts'\n",
      'systems/shop/src/b.ts': "import './a.ts'\n",
      'primitives/store/package.json': manifest('store', needs('core', 'ui')),
    }),
  )
  expect(text).toMatch(/^systems\/shop +9 +9 +2 +0 +0 {2}core ui$/m)
  expect(text).toContain('primitives/store ↔ primitives/ui')
  expect(text).toContain('File circles: 1, of 2 files\n  2: systems/shop/src/a.ts, systems/shop/src/b.ts\n')
})
