import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { nothingBeside } from './cross-checks.ts'
import type { NamesBeside } from './cross-checks.ts'
import { parseGatewayConfig } from './parse-gateway-config.ts'
import type { ParsedConfig } from './parse-gateway-config.ts'

/** The table's file at one moment. */
export interface ConfigFile {
  text: string
  /** Of the content: equal texts have equal versions. */
  version: string
  parsed: ParsedConfig
}

/** Reads the table's file; null when there is none. Throws what else the file system says. */
export async function readConfigFile(
  file: string,
  beside: NamesBeside = nothingBeside,
): Promise<ConfigFile | null> {
  let text: string
  try {
    // A byte order mark is no JSON, and some editors write it.
    text = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  return { text, version: versionOf(text), parsed: parseGatewayConfig(text, beside) }
}

export function versionOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}
