// Pages: links that lead somewhere, decisions numbered without holes, and paths that walks and instructions name.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { openCheckout } from './docs/checkout.ts'
import { requirements } from '../docs/requirements/index.ts'
import { checkDecisions, checkIds, checkLinks, checkPaths } from './docs/check-pages.ts'

const root = join(import.meta.dirname, '..')
const checkout = openCheckout(root)

const listed = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
})
if (listed.status !== 0) throw new Error(`git ls-files failed: ${listed.stderr}`)
const pages = listed.stdout.split('\n').filter((page) => page !== '' && checkout.has(page))

const walks = pages.filter(
  (page) => page === 'docs/flows.md' || page === 'docs/glossary.md' || dirname(page) === 'docs/contributing',
)
const decisions = pages
  .filter((page) => dirname(page) === 'docs/decisions')
  .map((page) => ({ name: basename(page), text: readFileSync(join(root, page), 'utf8') }))

const problems = [
  ...checkLinks(pages, checkout),
  ...checkPaths(walks, ['primitives', 'systems', 'apps', 'scripts', 'docs', 'e2e'], checkout),
  ...checkDecisions(decisions),
  ...checkIds(['docs/security.md'], new Set(requirements.map(({ id }) => id)), checkout),
]
for (const problem of problems) process.stderr.write(`${problem}\n`)
process.stdout.write(`${pages.length} pages, ${decisions.length} decisions, ${problems.length} problems.\n`)
if (problems.length > 0) process.exitCode = 1
