import { basename, dirname, relative } from 'node:path'
import type { CommandInput } from '@heavylift/core'
import { plural } from '@heavylift/core/text'
import { checkFile, isOfFormat, kindOfMessage } from '../clearance/formats/check-file.ts'
import type { FileFindings } from '../clearance/formats/check-file.ts'
import { filesBelow } from '../clearance/variations/files-below.ts'
import type { ScenarioFiles } from '../world/openscenario/load-scenario.ts'

/** Files that are named as examples. */
const examples = 2

/** Reads all roads and scenarios below a folder, and says which are not read and why: first what is not there, by what is wanted, then what is refused, by like reasons. */
export async function checkFolder(
  folder: string,
  scenarios: ScenarioFiles,
  { print, report, signal }: Pick<CommandInput, 'print' | 'report' | 'signal'>,
) {
  const files = (await filesBelow(folder)).filter(isOfFormat)
  const found: FileFindings[] = []
  for (const [index, path] of files.entries()) {
    signal.throwIfAborted()
    report({ stage: 'files', done: index, total: files.length, unit: 'files' })
    found.push(await checkFile(path, scenarios))
  }
  const refused = found.filter((one) => one.refused !== null)
  const lacking = refused.filter(({ missing }) => missing.length > 0)
  const broken = refused.filter(({ missing }) => missing.length === 0)
  const noted = found.filter((one) => one.refused === null && one.notes.length > 0)
  const name = (path: string) => relative(folder, path)
  print(
    `${folder}: ${plural(found.length, 'file')} of roads and scenarios, ${found.length - refused.length} read, ${refused.length} not.`,
  )
  if (lacking.length > 0) {
    print(`  Not there, and named by ${plural(lacking.length, 'file')}:`)
    const wanted = grouped(lacking, ({ missing }) => [...new Set(missing.map(ending))])
    for (const [what, of] of wanted) print(`    ${what} (${shown(of, name)})`)
    print(`  Who has them elsewhere: npx heavylift drive formats ${folder} --maps DIR`)
    for (const [what] of wanted)
      for (const file of files.filter((path) => basename(path) === what).slice(0, examples))
        print(`    There is a ${what} in ${dirname(file)}.`)
  }
  for (const [why, of] of grouped(broken, ({ refused: message }) => [kindOfMessage(message ?? '')]))
    print(of.length === 1 ? `  ${of[0]?.refused}` : `  ${why} (${shown(of, name)})`)
  if (noted.length > 0)
    print(
      `  ${noted.length} of those that are read have notes, as on rules that they break: npx heavylift drive formats FILE`,
    )
  return {
    files: found.length,
    read: found.length - refused.length,
    lacking: lacking.length,
    refused: broken.length,
    findings: found,
    verdict: refused.length === 0 ? ('yes' as const) : ('no' as const),
  }
}

/** What a path is called: folders by their last two names, files by their own. */
function ending(path: string): string {
  return /\.\w+$/.test(path) ? basename(path) : `${basename(dirname(path))}/${basename(path)}`
}

/** Findings by their keys, the most frequent key first. */
function grouped(
  found: readonly FileFindings[],
  keysOf: (one: FileFindings) => string[],
): [string, FileFindings[]][] {
  const groups = new Map<string, FileFindings[]>()
  for (const one of found) for (const key of keysOf(one)) groups.set(key, [...(groups.get(key) ?? []), one])
  return [...groups].toSorted(([, left], [, right]) => right.length - left.length)
}

function shown(of: readonly FileFindings[], name: (path: string) => string): string {
  const first = of.slice(0, examples).map(({ file }) => name(file))
  return `${plural(of.length, 'file')}: ${first.join(', ')}${of.length > examples ? ', …' : ''}`
}
