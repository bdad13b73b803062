import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openScenarioTable } from '../../../src/world/openscenario/schema/openscenario-table.ts'

const readers = join(import.meta.dirname, '../../../src/world/openscenario')

/** What may stand in each element by the schemas of OpenSCENARIO XML 1.0, 1.1, 1.2 and 1.3.1 together. */
async function schemaNames(): Promise<Map<string, Set<string>>> {
  const text = await readFile(join(import.meta.dirname, 'openscenario-names.txt'), 'utf8')
  return new Map(
    text
      .trim()
      .split('\n')
      .map((line) => {
        const [element = '', names = ''] = line.split(':')
        return [element, new Set(names.trim().split(' ').filter(Boolean))]
      }),
  )
}

/** The table's rows by element, wherever it stands. */
function tableNames(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const { element, name } of openScenarioTable.rows()) {
    const own = element.split('/').at(-1) ?? ''
    found.set(own, (found.get(own) ?? new Set()).add(name))
  }
  return found
}

async function readerSources(): Promise<string> {
  const names = (await readdir(readers)).filter((name) => name.endsWith('.ts') && !name.startsWith('write-'))
  return (await Promise.all(names.map((name) => readFile(join(readers, name), 'utf8')))).join('\n')
}

describe('the table of OpenSCENARIO', () => {
  it('has every element and attribute of the schemas, and no other [DRIVE-FILES-06]', async () => {
    const schema = await schemaNames()
    const table = tableNames()
    expect(schema.size).toBeGreaterThan(290)
    const missing: string[] = []
    for (const [element, names] of schema)
      for (const name of names) if (!table.get(element)?.has(name)) missing.push(`${element} ${name}`)
    expect(missing).toEqual([])
    const extra: string[] = []
    for (const [element, names] of table)
      for (const name of names) if (!schema.get(element)?.has(name)) extra.push(`${element} ${name}`)
    // So catalogs name a trailer that were written for esmini before 1.3 was out.
    expect(extra).toEqual(['Trailer EntityRef'])
  })

  it('says why of everything that is not used [DRIVE-FILES-06]', () => {
    for (const { element, name, class: kind, reason } of openScenarioTable.rows())
      if (kind !== 'used') expect(reason, `${element} ${name}`).not.toBe('')
  })

  it('calls those attributes used that the readers read, and no others [DRIVE-FILES-06]', async () => {
    const sources = await readerSources()
    const rows = openScenarioTable.rows()
    const words = new Set(sources.match(/[A-Za-z]\w*/g))
    const unread = rows
      .filter(({ name, class: kind }) => name.startsWith('@') && kind === 'used')
      .filter(({ name }) => !words.has(name.slice(1)))
    expect(unread.map(({ element, name }) => `${element} ${name}`)).toEqual([])
    const read = sources.matchAll(
      /\w+Attribute\(\s*\w+,\s*'(\w+)'|[^.]attribute\(\s*\w+,\s*'(\w+)'|attributes\.(\w+)/g,
    )
    const accepted = new Set(
      rows.filter(({ class: kind }) => kind !== 'not supported').map(({ name }) => name),
    )
    for (const row of rows) if (row.accepted.length > 0) accepted.add(row.name)
    const unknown = [...read].map(([, a, b, c]) => `@${a ?? b ?? c}`).filter((name) => !accepted.has(name))
    expect([...new Set(unknown)]).toEqual([])
  })
})
