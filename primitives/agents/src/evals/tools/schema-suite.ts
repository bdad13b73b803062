import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { compileSchema } from '../../schema/compile-schema.ts'
import type { CompiledSchema, Dialect } from '../../schema/compile-schema.ts'

const folders: Record<string, Dialect> = {
  'draft2020-12': '2020-12',
  'draft2019-09': '2019-09',
  draft7: 'draft-07',
  draft6: 'draft-06',
  draft4: 'draft-04',
}

interface Group {
  description: string
  schema: object | boolean
  tests: { description: string; data: unknown; valid: boolean }[]
}

/** The official JSON-Schema-Test-Suite, its required tests, from a folder that holds a copy. */
export async function scoreSuite(
  dir: string,
): Promise<{ passed: number; total: number; sources: Record<string, Record<string, number>> }> {
  const remotes = (await readdir(join(dir, 'remotes'), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => relative(join(dir, 'remotes'), join(entry.parentPath, entry.name)))
  let passed = 0
  let total = 0
  const sources: Record<string, Record<string, number>> = {}
  for (const [folder, dialect] of Object.entries(folders)) {
    const own = { passed: 0, n: 0 }
    const others = await Promise.all(
      remotes
        .filter((name) => !/^(draft|v1)/.test(name) || name.startsWith(`${folder}/`))
        .map(async (name) => ({
          address: `http://localhost:1234/${name}`,
          schema: JSON.parse(await readFile(join(dir, 'remotes', name), 'utf8')) as object,
        })),
    )
    // Schemas that define a vocabulary are refused on purpose.
    const usable = others.filter(({ schema }) => !('$vocabulary' in schema))
    for (const file of (await readdir(join(dir, 'tests', folder))).filter((name) => name.endsWith('.json')))
      for (const group of JSON.parse(await readFile(join(dir, 'tests', folder, file), 'utf8')) as Group[]) {
        let compiled: CompiledSchema | null = null
        try {
          compiled = await compileSchema(group.schema, {
            dialect,
            others: JSON.stringify(group.schema).includes('localhost') ? usable : [],
          })
        } catch {
          // Counted below as not passed.
        }
        for (const { data, valid } of group.tests) {
          own.n += 1
          if (compiled !== null && (compiled.check(data).length === 0) === valid) own.passed += 1
        }
      }
    sources[folder] = own
    passed += own.passed
    total += own.n
  }
  return { passed, total, sources }
}
