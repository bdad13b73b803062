import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')

/** What only tests and measures run; a measure that misses a package says how to get it. */
const isForDevelopers = /(^|\/)(testing|benches|evals|test)\//

function packagesOf(group: string): string[] {
  return readdirSync(join(root, group)).filter((name) => existsSync(join(root, group, name, 'package.json')))
}

/** Names of packages that a file loads when it runs: imports that are not of types alone, and resolved paths. */
function loadedBy(text: string): string[] {
  const code = text.replaceAll(/^import type [^']*'[^']+'/gms, '')
  const found = code.matchAll(
    /(?:^(?:import|export) (?:[^'`;(]*? from )?|import\(|resolve\()'((?:@[^/']+\/)?[^./'][^/']*)/gm,
  )
  return Array.from(found, ([, name = '']) => name)
}

test('nothing that npm start runs or builds needs a developer dependency [CORE-SETUP-04]', () => {
  const findings = ['apps', 'systems', 'primitives'].flatMap((group) =>
    packagesOf(group).flatMap((name) => {
      const folder = join(root, group, name)
      const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
        dependencies?: Record<string, string>
      }
      const dev = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
        devDependencies?: Record<string, string>
      }
      const onlyDev = Object.keys(dev.devDependencies ?? {}).filter((one) => !(one in dependencies))
      return ['src', 'console', 'storefront'].flatMap((part) =>
        existsSync(join(folder, part))
          ? readdirSync(join(folder, part), { recursive: true, encoding: 'utf8' })
              .filter((file) => /\.(tsx?|mjs)$/.test(file) && !isForDevelopers.test(`${part}/${file}`))
              .flatMap((file) =>
                loadedBy(readFileSync(join(folder, part, file), 'utf8'))
                  .filter((loaded) => onlyDev.includes(loaded))
                  .map((loaded) => `${group}/${name}/${part}/${file}: ${loaded}`),
              )
          : [],
      )
    }),
  )
  expect(findings).toEqual([])
})
