// Fails when a dependency's licence is not one that an Apache-2.0 project can ship with. Reads the lockfile, so that packages
// of other platforms are checked too.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isAllowed } from './licences/expression.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Packages under other terms, each with why it is fine. @type {[RegExp, string][]} */
const exceptions = [
  [/^lightningcss(-|$)/, 'MPL-2.0, unchanged, used only while the console is built'],
  [/^axe-core$/, 'MPL-2.0, unchanged, used only in tests'],
  [/^zipcodes$/, 'BSD-3-Clause by the text of its licence; the manifest says only BSD'],
  [/^@fontsource-variable\//, 'OFL-1.1: fonts may be bundled with any program'],
]

/** Licences that the packages state in their files but not in their manifests. @type {Record<string, string>} */
const stated = { 'base-64': 'MIT', 'json-bignum': 'MIT' }

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
const problems = []
let checked = 0
for (const [path, entry] of Object.entries(packages)) {
  if (!path.includes('node_modules/') || entry.link === true) continue
  checked += 1
  const name = path.replace(/^.*node_modules\//, '')
  const licence = entry.license ?? stated[name]
  if (exceptions.some(([pattern]) => pattern.test(name))) continue
  if (licence === undefined) problems.push(`${name} ${entry.version} states no licence`)
  else if (!isAllowed(licence)) problems.push(`${name} ${entry.version} is under ${licence}`)
}

if (problems.length > 0) {
  process.stderr.write(
    `${[...new Set(problems)].join('\n')}\nUse another package, or add a reasoned exception in scripts/check-licences.mjs.\n`,
  )
  process.exitCode = 1
} else {
  process.stdout.write(`Licences of ${checked} packages are fine.\n`)
}
