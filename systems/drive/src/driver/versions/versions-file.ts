import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import { z } from 'zod'
import type { DriverVersion } from '../version.ts'
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
  const path = join(folder, versionsFile)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [...builtInVersions]
    throw error
  }
  return [...builtInVersions, ...parseVersions(text, path)]
}

function parseVersions(text: string, path: string): DriverVersion[] {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    throw invalid(path, `is no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  const parsed = schema.safeParse(content)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw invalid(path, `${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'is not valid'}`)
  }
  const names = new Set(builtInVersions.map(({ name }) => name))
  return parsed.data.versions.map(({ name, summary, kind, parameters }, index) => {
    if (names.has(name)) throw invalid(path, `versions.${index}.name: there is a version "${name}" already`)
    names.add(name)
    const flat: DriverVersion['spec']['parameters'] = {}
    for (const [key, given] of Object.entries(parameters))
      flat[key] = Array.isArray(given) ? JSON.stringify(given) : given
    if (kind === 'external' || kind === 'module') flat['directory'] ??= dirname(path)
    return { name, summary, spec: { kind, parameters: flat } }
  })
}

function invalid(path: string, what: string): InvalidInputError {
  return new InvalidInputError({ code: 'versions-invalid', message: `${path}: ${what}.` })
}
