import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')

test('every act of a page shows why it failed [CONSOLE-ACT-01]', () => {
  const files = globSync('{primitives,systems,apps}/**/{console,storefront,src}/**/*.{ts,tsx}', {
    cwd: root,
    exclude: (path) => path.includes('node_modules') || path.includes('/test/'),
  })
  let acts = 0
  const silent = files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8')
    const found = [...text.matchAll(/const (\w+) = useMutation\(/g)]
    acts += found.length
    return found
      .map(([, name]) => name!)
      .filter((name, at) => {
        const shown = String.raw`\b${name}\.(error|isError)\b|\[[^\]]*\b${name}\b[^\]]*\]\s*\.map\(`
        // An act that hands its error on does it within its own options.
        const options = text.slice(found[at]!.index, found[at + 1]?.index).split('\n  })')[0]!
        return !new RegExp(shown).test(text) && !/\bonError\b/.test(options)
      })
      .map((name) => `${file}: ${name}`)
  })
  expect(acts).toBeGreaterThan(100)
  expect(silent).toEqual([])
})
