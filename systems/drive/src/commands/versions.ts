import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CommandInput } from '@heavylift/core'
import { ConflictError } from '@heavylift/core'
import { formatTable, plural } from '@heavylift/core/text'
import { versionHash } from '../driver/version.ts'
import { ownVersions, versionsFile } from '../driver/versions/versions-file.ts'
import { builtInVersions } from '../driver/versions/versions.ts'
import { exampleDriver, exampleVersions } from '../driver/versions/example-versions.ts'

/** The driver that `--init` writes beside the file. */
const driverFile = 'my_driver.py'

/** `heavylift drive versions`: what can drive, and where more of it is looked for. */
export async function runVersions({ options, print, configDir = '.' }: CommandInput) {
  const path = join(configDir, versionsFile)
  if (options['init'] === true) await writeExample(path, configDir, print)
  const own = await ownVersions(configDir)
  const rows = [
    ...builtInVersions.map((version) => ({ ...version, from: 'built in' })),
    ...(own ?? []).map((version) => ({ ...version, from: versionsFile })),
  ]
  print(
    formatTable(
      ['Version', 'Kind', 'From', 'Hash', 'Summary'],
      rows.map(({ name, spec, from, summary, ...rest }) => [
        name,
        spec.kind,
        from,
        versionHash({ name, spec, summary, ...rest }),
        summary,
      ]),
    ),
  )
  print(
    own === null
      ? `Your own come from ${path}, which is not there. Begin with: npx heavylift drive versions --init`
      : `${path} has ${plural(own.length, 'version')}. Programs and modules are found from its folder; a file that is named there is part of the hash.`,
  )
  return { path, isThere: own !== null, versions: rows }
}

async function writeExample(path: string, folder: string, print: (line: string) => void): Promise<void> {
  await writeNew(path, `${JSON.stringify(exampleVersions(driverFile), null, 2)}\n`)
  await writeNew(join(folder, driverFile), exampleDriver)
  print(`Written: ${path} and ${driverFile}. Try: npx heavylift drive run cut-in --version mine`)
}

async function writeNew(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    throw new ConflictError({
      code: 'file-exists',
      message: `${path} is there already; it was left as it is.`,
    })
  }
}
