import { access } from 'node:fs/promises'
import { InvalidInputError } from '@heavylift/core'
import { spansOf } from '../variations/run-variations.ts'
import { checkRoads } from '../../world/opendrive/rules/check-roads.ts'
import { noteBrokenRules } from '../../world/openscenario/broken-rules.ts'
import { ScenarioFiles } from '../../world/openscenario/load-scenario.ts'
import { ReadingNotes } from '../../world/openscenario/reading-notes.ts'
import { openScenarioTable } from '../../world/openscenario/schema/openscenario-table.ts'
import { readOrExplain } from '../../world/xml/missing-file.ts'
import { readXmlFile } from '../../world/xml/read-xml-file.ts'

/** What is to be said of a file of roads or of a scenario. */
export interface FileFindings {
  file: string
  kind: 'roads' | 'scenario' | 'catalog' | 'variations'
  /** Null where it is read. */
  refused: string | null
  /** Files and folders that it refers to and that are not there, where it is refused for that. */
  missing: string[]
  /** Rules that it breaks, and what no standard knows, each with its place; of a scenario that is refused, what else is wrong with it. */
  notes: string[]
  /** How often there stands what has no effect here. */
  ignored: Record<string, number>
}

const roadsName = /\.xodr(\.gz)?$/i
const scenarioName = /\.xosc(\.gz)?$/i

/** Whether a file is one of roads or a scenario, by its name. */
export function isOfFormat(path: string): boolean {
  return roadsName.test(path) || scenarioName.test(path)
}

/** Reads a file of roads or a scenario with all that it refers to, and says what is wrong with it. Rejects with `file-not-found`. */
export async function checkFile(path: string, scenarios = new ScenarioFiles()): Promise<FileFindings> {
  const kind = roadsName.test(path) ? 'roads' : 'scenario'
  const said = {
    file: path,
    kind,
    refused: null,
    missing: [],
    notes: [],
    ignored: {},
  } satisfies FileFindings
  await readOrExplain(path, access(path))
  try {
    if (kind === 'roads') {
      const { refused, notes, ignored } = checkRoads(await readXmlFile(path))
      return {
        ...said,
        refused: refused?.message ?? null,
        notes: notes.map(({ message }) => message),
        ignored: Object.fromEntries(ignored),
      }
    }
    const root = await scenarios.read(path)
    if (root.children.some(({ name }) => name === 'Catalog')) {
      const notes = new ReadingNotes()
      notes.take(openScenarioTable.check(root))
      noteBrokenRules(root, notes)
      return {
        ...said,
        kind: 'catalog',
        notes: notes.brokenRules,
        ignored: Object.fromEntries(notes.ignored),
      }
    }
    if ((await spansOf(scenarios, path)) !== null) return { ...said, kind: 'variations' }
    const { notes } = await scenarios.load(path)
    return {
      ...said,
      notes: [...notes.brokenRules, ...notes.remarks],
      ignored: Object.fromEntries(notes.ignored),
    }
  } catch (error) {
    if (!InvalidInputError.isInstance(error)) throw error
    return {
      ...said,
      refused: error.message,
      missing: error.code === 'file-not-found' ? missingOf(error.details) : [],
      notes: kind === 'scenario' ? await findingsBeside(path, error.message) : [],
    }
  }
}

function missingOf(details: unknown): string[] {
  const found = typeof details === 'object' && details !== null && 'missing' in details && details.missing
  return Array.isArray(found) ? found.map(String) : []
}

/** What is wrong with a scenario beside what it is refused for: a reader stops at that. Roads are not looked at, since they may be what is missing. */
async function findingsBeside(path: string, refused: string): Promise<string[]> {
  try {
    const { notes } = await new ScenarioFiles({ isLenient: true, isWithoutRoads: true }).load(path)
    return [...notes.deviations, ...notes.brokenRules].filter((message) => message !== refused)
  } catch (error) {
    if (!InvalidInputError.isInstance(error)) throw error
    return error.message === refused ? [] : [error.message]
  }
}

/** A message without its place and its values, by which like ones are counted. */
export function kindOfMessage(message: string): string {
  return message
    .replace(/^.*?:\d+(:\d+)?: /, '')
    .replaceAll(/"[^"]*"/g, '"…"')
    .replaceAll(/-?\d+(\.\d+)?(e[-+]?\d+)?/g, 'N')
}
