import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { testsLeftOut } from './scripts/setup/tools.mjs'

// What needs a program that is not here; `npm test` has said so.
const leftOut = testsLeftOut(import.meta.dirname)
const notOurs = '**/node_modules/**'
// Every process of a test, and each that it starts, keeps what it compiled for the next one, type stripping included.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules', '.cache', 'heavylift')
// Whatever a test or a process of it leaves behind goes with the run. Other users go through it: PostgreSQL does not run as root.
const scratch = mkdtempSync(join(tmpdir(), 'hl-'))
chmodSync(scratch, 0o1777)
process.env['TMPDIR'] = scratch
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }))
// See apps/cli/bin/heavylift.mjs.
const steadyWasm = ['--wasm-wrapper-tiering-budget=1000000000']

/**
 * Unit tests touch no process, port or database; everything that does is named `*.integration.test.ts`. What is slow because it
 * kills or waits many times over is named `*.long.test.ts` and has a short form among the others: `npm run test:long`.
 * One project after the other (`groupOrder`). Files run beside each other, so each makes ports, folders and databases of its own.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          execArgv: steadyWasm,
          include: ['{primitives,systems,apps,scripts}/**/test/**/*.test.ts'],
          exclude: ['**/*.integration.test.ts', '**/*.long.test.ts', notOurs],
          // Pure code needs no process of its own: a worker loads each module once for all its files.
          isolate: false,
          maxWorkers: Math.max(2, availableParallelism()),
          sequence: { groupOrder: 1 },
          // Some simulate whole games or run hundreds of generated cases; a slow machine is no failure.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'pages',
          execArgv: steadyWasm,
          // Pages in a document without a browser: each file has a document and a module of its own.
          include: ['{primitives,systems,apps}/**/test/**/*.test.tsx'],
          exclude: [notOurs],
          maxWorkers: Math.max(2, availableParallelism()),
          sequence: { groupOrder: 1 },
          // What a page writes half a second after the last key is waited for, and a slow machine is no failure.
          expect: { poll: { timeout: 30_000 } },
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'integration',
          execArgv: steadyWasm,
          include: ['{primitives,systems,apps,scripts}/**/*.integration.test.ts'],
          exclude: [notOurs, ...leftOut],
          globalSetup: ['primitives/store/src/testing/global-setup.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
          // Some start whole products; a slow machine is no failure.
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'long',
          execArgv: steadyWasm,
          include: ['{primitives,systems,apps,scripts}/**/*.long.test.ts'],
          exclude: [notOurs, ...leftOut],
          globalSetup: ['primitives/store/src/testing/global-setup.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
          testTimeout: 600_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          execArgv: steadyWasm,
          include: ['e2e/**/*.integration.test.ts'],
          exclude: leftOut,
          globalSetup: ['e2e/global-setup.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 4 },
          // A test looks at many pages; a slow machine is no failure.
          expect: { poll: { timeout: 30_000 } },
          // Files share one product and one browser; what needed a second try is marked in the report.
          retry: 1,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
})
