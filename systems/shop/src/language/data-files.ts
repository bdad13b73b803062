import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LanguageCode } from './languages.ts'

/** Lines of a language's data file without comments; none where it has no such file. */
export function linesOf(code: LanguageCode, name: string): string[] {
  let text: string
  try {
    text = readFileSync(join(import.meta.dirname, 'data', code, `${name}.txt`), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  return text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '')
}
