import { defineConfig } from 'vitest/config'
import { testsLeftOut } from './scripts/setup/tools.mjs'

// What needs a program that is not here; `npm test` has said so.
const leftOut = testsLeftOut(import.meta.dirname)

/** Unit tests touch no process, port or database; everything that does is named `*.integration.test.ts`. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{primitives,systems,apps,scripts}/**/test/**/*.test.{ts,tsx}'],
          exclude: ['**/*.integration.test.ts', '**/node_modules/**'],
          // Some simulate whole games or run hundreds of generated cases; a slow machine is no failure.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['{primitives,systems,apps,scripts}/**/*.integration.test.ts'],
          exclude: ['**/node_modules/**', ...leftOut],
          globalSetup: ['primitives/store/src/testing/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.integration.test.ts'],
          exclude: leftOut,
          globalSetup: ['e2e/global-setup.ts'],
          // A test looks at many pages; a slow machine is no failure.
          testTimeout: 120_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
