import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import { z } from 'zod'
import type { DriverVersion } from '../version.ts'
import { offsetOf, placeOf } from './json-place.ts'
import { builtInVersions } from './versions.ts'

const value = z.union([z.number(), z.string(), z.boolean()])
const schema = z.strictObject({
  versions: z.array(
    z.strictObject({
      name: z
        .string()
        .regex(/^[a-z0-9][a-z0-9.-]*$/, 'a name is lower-case letters, digits, dots and dashes'),
      summary: z.string().default(''),
      kind: z.enum(['idm', 'stack', 'external', 'module']),
      parameters: z.record(z.string(), z.union([value, z.array(z.string())])).default({}),
    }),
  ),
})

/** The file of the user's own versions, beside heavylift.config.json. */
export const versionsFile = 'drive.versions.json'

/**
 * Built-in versions and those of `drive.versions.json` in a folder (none where there is no such file). Programs and modules are found from that
 * folder. Rejects with `versions-invalid`, naming the place in the file.
 */
export async function readVersions(folder: string): Promise<DriverVersion[]> {
  return [...builtInVersions, ...((await ownVersions(folder)) ?? [])]
}

/** Versions of `drive.versions.json` in a folder alone, null where there is no such file. Rejects as `readVersions`. */
export async function ownVersions(folder: string): Promise<DriverVersion[] | null> {
  const path = join(folder, versionsFile)
  const text = await textOf(path)
  if (text === null) return null
  return Promise.all(parseVersions(text.toString('utf8'), path).map(withContent))
}

function parseVersions(text: string, path: string): DriverVersion[] {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    // Of a file that is cut off the place is not told.
    const at = why.includes('line ') ? '' : ` (${placeOf(text, text.length)})`
    throw invalid(path, `is no JSON: ${why}${at}`)
  }
  const wrongAt = (at: readonly PropertyKey[], what: string) =>
    invalid(`${path}, ${placeOf(text, offsetOf(text, at))}`, `${at.join('.') || 'the file'}: ${what}`)
  const parsed = schema.safeParse(content)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const extra = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
    throw wrongAt([...(issue?.path ?? []), ...extra], issue?.message ?? 'is not valid')
  }
  const names = new Set(builtInVersions.map(({ name }) => name))
  return parsed.data.versions.map(({ name, summary, kind, parameters }, index) => {
    if (names.has(name)) throw wrongAt(['versions', index, 'name'], `there is a version "${name}" already`)
    names.add(name)
    const flat: DriverVersion['spec']['parameters'] = {}
    for (const [key, given] of Object.entries(parameters))
      flat[key] = Array.isArray(given) ? JSON.stringify(given) : given
    if (kind === 'external' || kind === 'module') flat['directory'] ??= dirname(path)
    return { name, summary, spec: { kind, parameters: flat } }
  })
}

/** A version with a digest of the files that it names: another program under the same name is another version. */
async function withContent(version: DriverVersion): Promise<DriverVersion> {
  const { kind, parameters } = version.spec
  if (kind !== 'external' && kind !== 'module') return version
  const { directory, command, args = '[]', path = '' } = parameters
  const words = kind === 'module' ? [path] : [command, ...(JSON.parse(String(args)) as unknown[])]
  const hash = createHash('sha256')
  let files = 0
  for (const word of words) {
    const content =
      typeof word === 'string' && word !== '' ? await textOf(resolve(String(directory), word)) : null
    if (content === null) continue
    files++
    hash.update(String(content.length)).update('\0').update(content)
  }
  if (files === 0) return version
  return {
    ...version,
    spec: { kind, parameters: { ...parameters, content: hash.digest('hex').slice(0, 12) } },
  }
}

/** What is in a file; null where there is none. */
async function textOf(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path)
  } catch (error) {
    if (
      error instanceof Error &&
      'code' in error &&
      ['ENOENT', 'EISDIR', 'ENOTDIR'].includes(String(error.code))
    )
      return null
    throw error
  }
}

function invalid(where: string, what: string): InvalidInputError {
  return new InvalidInputError({ code: 'versions-invalid', message: `${where}: ${what}.` })
}
