import { basename, dirname, relative, resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import { plural } from '@heavylift/core/text'
import { parseDistribution } from '../../world/openscenario/distribution.ts'
import { ScenarioFiles } from '../../world/openscenario/load-scenario.ts'
import { filesBelow } from '../variations/files-below.ts'
import { scenarioFilePart } from './suite-file.ts'
import type { SuiteOptions, SuitePart } from './suite-part.ts'

/**
 * Every scenario below a folder: those of one folder are one class, since one file alone shows no rate. What a variation file varies is not run by itself too.
 * Rejects with `suite-invalid` where a file cannot be read: who clears with a folder means all of it.
 */
export async function folderParts(folder: string, options: SuiteOptions): Promise<SuitePart[]> {
  const files = new ScenarioFiles().within(options.maps)
  const found: string[] = []
  const varied = new Set<string>()
  const unread: string[] = []
  for (const path of (await filesBelow(folder)).filter((name) => /\.xosc$/i.test(name)))
    try {
      const root = await files.read(path)
      if (root.children.some(({ name }) => name === 'Catalog')) continue
      const distribution = parseDistribution(root)
      if (distribution) varied.add(resolve(dirname(path), distribution.scenarioFile))
      else await files.load(path)
      found.push(path)
    } catch (error) {
      if (!InvalidInputError.isInstance(error)) throw error
      unread.push(error.message)
    }
  const command = `npx heavylift drive formats ${folder}`
  if (unread.length > 0)
    throw new InvalidInputError({
      code: 'suite-invalid',
      message: `${plural(unread.length, 'scenario')} below ${folder} cannot be read, so the folder is no suite. All of them: ${command}. The first: ${unread[0]}`,
    })
  const kept = found.filter((path) => !varied.has(resolve(path)))
  if (kept.length === 0)
    throw new InvalidInputError({
      code: 'suite-invalid',
      message: `There is no scenario (.xosc) below ${folder}.`,
    })
  return Promise.all(
    kept.map((path) =>
      scenarioFilePart(path, options, {
        scenarioClass: relative(folder, dirname(path)).replaceAll('\\', '/') || basename(resolve(folder)),
        id: relative(folder, path)
          .replaceAll('\\', '/')
          .replace(/\.xosc$/i, ''),
      }),
    ),
  )
}
