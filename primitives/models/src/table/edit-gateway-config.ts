import { ConflictError, InvalidInputError } from '@heavylift/core'
import { replaceFile } from '@heavylift/core/runtime/replace-file'
import { applyEdits, modify } from 'jsonc-parser'
import { readConfigFile, versionOf } from './config-file.ts'
import type { ConfigFile } from './config-file.ts'
import { problemsText } from './config-problem.ts'
import type { ConfigProblem } from './config-problem.ts'
import type { Finding, NamesBeside } from './cross-checks.ts'
import type { GatewayConfig } from './gateway-config.ts'
import { JsonSource } from './json-source.ts'
import { parseGatewayConfig } from './parse-gateway-config.ts'

/** Sets the value at `path`; without `value` it is removed. What leads to it is made as needed. */
export interface ConfigEdit {
  path: (string | number)[]
  value?: unknown
}

export interface EditOptions {
  beside?: NamesBeside
  /** What else has to be right of a table that comes from outside. */
  check?: (config: GatewayConfig) => Finding[]
}

/** The last edit of each file in this process: edits of one file go one after the other. */
const underWay = new Map<string, Promise<unknown>>()

/**
 * Changes the table's file where `edits` say and nowhere else: comments and the order of things stay. `baseVersion` is
 * that of the file that the edits were made from; null for a file that is not there yet. The file is replaced whole
 * or not at all, and only its owner can read it.
 *
 * @throws ConflictError `config-changed` when the file is another by now
 * @throws InvalidInputError `config-invalid` with `details: ConfigProblem[]` when the table would not be valid
 */
export function editGatewayConfig(
  file: string,
  edits: readonly ConfigEdit[],
  baseVersion: string | null,
  options: EditOptions = {},
): Promise<ConfigFile> {
  return inTurn(file, () => change(file, (text) => applyConfigEdits(text, edits), baseVersion, options))
}

/** Replaces the whole text; otherwise as `editGatewayConfig`. */
export function writeGatewayConfig(
  file: string,
  text: string,
  baseVersion: string | null,
  options: EditOptions = {},
): Promise<ConfigFile> {
  return inTurn(file, () => change(file, () => text, baseVersion, options))
}

async function inTurn(file: string, run: () => Promise<ConfigFile>): Promise<ConfigFile> {
  const before = underWay.get(file) ?? Promise.resolve()
  const edit = before.catch(() => undefined).then(run)
  underWay.set(file, edit)
  try {
    return await edit
  } finally {
    if (underWay.get(file) === edit) underWay.delete(file)
  }
}

async function change(
  file: string,
  edit: (text: string) => string,
  baseVersion: string | null,
  options: EditOptions = {},
): Promise<ConfigFile> {
  const current = await readConfigFile(file)
  const version = current?.version ?? null
  if (version !== baseVersion) {
    throw new ConflictError({
      code: 'config-changed',
      message: 'The table was changed meanwhile. Load it again and repeat your change.',
      details: { version },
    })
  }
  const text = edit(current?.text ?? '{}\n')
  const parsed = parseGatewayConfig(text, options.beside)
  if ('problems' in parsed) throw invalid(parsed.problems)
  const findings = options.check?.(parsed.config) ?? []
  if (findings.length > 0) throw invalid(findings.map((finding) => parsed.locate(finding)))
  if (text !== current?.text) await replaceFile(file, text)
  return { text, version: versionOf(text), parsed }
}

/** The text with the edits made. Throws `config-invalid` when the text is no JSON or a path leads through a plain value. */
export function applyConfigEdits(text: string, edits: readonly ConfigEdit[]): string {
  const { problems } = new JsonSource(text)
  if (problems.length > 0) throw invalid(problems)
  const formattingOptions = {
    insertSpaces: !/^\t/m.test(text),
    tabSize: 2,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  }
  let edited = text
  for (const { path, value } of edits) {
    try {
      edited = applyEdits(edited, modify(edited, path, value, { formattingOptions }))
    } catch {
      throw invalid([
        new JsonSource(edited).problemAt(
          path,
          'Nothing can be set here: what is above it is no object or list.',
        ),
      ])
    }
  }
  return edited
}

function invalid(problems: ConfigProblem[]): InvalidInputError {
  return new InvalidInputError({
    code: 'config-invalid',
    message: `The table cannot be used:\n${problemsText('models.config.json', problems)}`,
    details: problems,
  })
}
