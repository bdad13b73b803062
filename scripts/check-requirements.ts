// The gate between docs/requirements and the tests. `--open` lists what is not proven yet.
import { readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { requirements } from '../docs/requirements/index.ts'
import { openCheckout } from './docs/checkout.ts'
import { checkSources } from './requirements/check-sources.ts'
import { checkRequirements } from './requirements/gate.ts'

const root = join(import.meta.dirname, '..')
const tests = ['primitives', 'systems', 'apps', 'scripts', 'e2e'].flatMap((folder) => {
  const path = join(root, folder)
  const names = readdirSync(root).includes(folder)
    ? readdirSync(path, { recursive: true, encoding: 'utf8' })
    : []
  return names
    .filter(
      (name) =>
        /\.test\.tsx?$/.test(name) && !name.includes('node_modules') && !name.endsWith('gate.test.ts'),
    )
    .map((name) => ({ path: relative(root, join(path, name)), text: readFileSync(join(path, name), 'utf8') }))
})

const { problems, proven, open } = checkRequirements(requirements, tests)
if (process.argv.includes('--open')) {
  for (const { id, behaviour } of open) process.stdout.write(`${id.padEnd(22)} ${behaviour}\n`)
}
const unresolved = checkSources(requirements, openCheckout(root))
for (const problem of [...problems, ...unresolved]) process.stderr.write(`${problem}\n`)
process.stdout.write(
  `${proven - problems.length} of ${requirements.length} requirements proven, ${open.length} open.\n`,
)
if (problems.length + unresolved.length > 0) process.exitCode = 1
