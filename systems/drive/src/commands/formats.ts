import { stat } from 'node:fs/promises'
import type { CommandInput } from '@heavylift/core'
import { mapsIn } from '../clearance/formats/maps-in.ts'
import { checkFile, kindOfMessage } from '../clearance/formats/check-file.ts'
import { checkFolder } from './check-folder.ts'
import { knownOpenDrive } from '../world/opendrive/known-opendrive.ts'
import { openScenarioTable } from '../world/openscenario/schema/openscenario-table.ts'
import { ScenarioFiles } from '../world/openscenario/load-scenario.ts'
import { readOrExplain } from '../world/xml/missing-file.ts'
import type { SchemaRow, SchemaTable } from '../world/xml/schema-table.ts'

/** Standards whose elements are kept as data. */
const standards: Record<string, SchemaTable> = {
  opendrive: knownOpenDrive,
  openscenario: openScenarioTable,
}

/** `heavylift drive formats [FILE]`: what is read of the standards, or what is wrong with a file or those of a folder. */
export async function runFormats({ args, options, print, report, signal }: CommandInput) {
  const what = args['file'] ?? ''
  if (what !== '' && !(what in standards)) {
    const scenarios = new ScenarioFiles({ maps: mapsIn(options) })
    return (await isFolder(what))
      ? checkFolder(what, scenarios, { print, report, signal })
      : checkOne(what, scenarios, print)
  }
  const shown = Object.entries(standards).filter(([name]) => what === '' || name === what)
  const rows = shown.flatMap(([standard, table]) => table.rows().map((row) => ({ standard, ...row })))
  for (const [name, table] of shown) printTable(name, table.rows(), print, what !== '')
  if (what === '') print(`All of one: npx heavylift drive formats ${shown[0]?.[0] ?? ''}`)
  return { rows }
}

function printTable(name: string, rows: SchemaRow[], print: (line: string) => void, isWhole: boolean): void {
  const of = (kind: SchemaRow['class']) => rows.filter((row) => row.class === kind)
  print(
    `${name}: ${of('used').length} elements and attributes used, ${of('without effect').length} without effect here, ${of('not supported').length} not supported (refused by name and place).`,
  )
  if (isWhole)
    for (const row of rows)
      print(`  ${`${row.element}/${row.name}`.padEnd(44)} ${row.class.padEnd(15)} ${row.reason}`)
  else
    for (const row of of('not supported'))
      print(
        `  refused: ${row.element}/${row.name}${row.accepted.length > 0 ? ` other than ${row.accepted.join(', ')}` : ''}: ${row.reason}`,
      )
}

/** At most so many places of one kind of note. */
const shownPlaces = 3

async function isFolder(path: string): Promise<boolean> {
  return (await readOrExplain(path, stat(path))).isDirectory()
}

async function checkOne(path: string, scenarios: ScenarioFiles, print: (line: string) => void) {
  const found = await checkFile(path, scenarios)
  print(found.refused === null ? `${path} is read.` : `${path} is refused.\n  ${found.refused}`)
  const kinds = new Map<string, string[]>()
  for (const note of found.notes) {
    const kind = kindOfMessage(note)
    kinds.set(kind, [...(kinds.get(kind) ?? []), note])
  }
  for (const notes of kinds.values()) {
    for (const note of notes.slice(0, shownPlaces)) print(`  ${note}`)
    if (notes.length > shownPlaces) print(`    … and ${notes.length - shownPlaces} more of this kind`)
  }
  const ignored = Object.entries(found.ignored)
  if (ignored.length > 0)
    print(`  Without effect here: ${ignored.map(([name, count]) => `${name} (${count})`).join(', ')}`)
  return { ...found, verdict: found.refused === null ? ('yes' as const) : ('no' as const) }
}
