import { InvalidInputError } from '@heavylift/core'
import { parse } from 'yaml'
import { problemsOf } from '../definition/check.ts'
import { isObject } from './json.ts'
import { importArazzo } from './arazzo.ts'
import { importDify } from './dify/import-dify.ts'
import { importFlowise } from './flowise/import-flowise.ts'
import { importMarkdown } from './markdown.ts'
import { importN8n } from './n8n/import-n8n.ts'
import type { Imported } from './report.ts'
import { importA2a } from './tools/a2a.ts'
import { importFunctions, readFunctions } from './tools/functions.ts'
import { importMcp } from './tools/mcp.ts'
import { importOpenApi } from './tools/openapi.ts'

/** What is taken, in the order in which a file is held against it: what only one format has comes first. */
const formats: {
  format: string
  fits: (value: Record<string, unknown>) => boolean
  read: (value: unknown, name: string) => Imported
}[] = [
  { format: 'OpenAPI', fits: (value) => 'openapi' in value || 'swagger' in value, read: importOpenApi },
  { format: 'Arazzo', fits: (value) => 'arazzo' in value, read: (value) => importArazzo(value) },
  {
    format: 'Dify',
    fits: (value) => isObject(value['app']) && ('workflow' in value || 'model_config' in value),
    read: importDify,
  },
  {
    format: 'Flowise',
    fits: (value) =>
      typeof value['flowData'] === 'string' ||
      (Array.isArray(value['nodes']) && Array.isArray(value['edges'])),
    read: importFlowise,
  },
  { format: 'n8n', fits: (value) => Array.isArray(value['nodes']), read: importN8n },
  {
    format: 'MCP',
    fits: (value) =>
      isObject(value['mcpServers']) ||
      Array.isArray(value['remotes']) ||
      Array.isArray(value['packages']) ||
      isObject(value['server']) ||
      isObject(value['result']),
    read: importMcp,
  },
  { format: 'A2A', fits: (value) => Array.isArray(value['skills']), read: importA2a },
]

/** Longest file, bytes. */
export const longestFile = 64 * 1024 * 1024

/**
 * A file of another platform as a draft or as tools, by what it holds: n8n, Dify, Flowise, OpenAPI, Arazzo, MCP, A2A, lists of functions,
 * Agent Skills, AGENTS.md. Nothing is run, connected to or started.
 *
 * @throws InvalidInputError `import-empty`, `import-unreadable`, `import-unknown`, or that of the format
 */
export function importFile(source: string, fileName: string): Imported {
  const imported = readFile(source, fileName)
  if (imported.definition !== null)
    imported.report.problems = problemsOf(imported.definition).map(({ step, message }) => ({
      ...(step === undefined ? {} : { step }),
      message,
    }))
  return imported
}

function readFile(source: string, fileName: string): Imported {
  if (source.length > longestFile)
    throw new InvalidInputError({
      code: 'import-too-long',
      message: `The file is longer than ${longestFile / 1024 / 1024} MiB.`,
    })
  if (/\.(md|markdown)$/i.test(fileName)) return importMarkdown(source, fileName)
  if (source.trim() === '')
    throw new InvalidInputError({
      code: 'import-empty',
      message: `${fileName} is empty. Export it once more where it comes from.`,
    })
  const value = readData(source)
  const name = fileName.replace(/^.*[/\\]/, '').replace(/\.(json|ya?ml)$/i, '')
  // Exports of n8n's own backups hold the workflow one level down, or several in a list.
  const inner =
    Array.isArray(value) && value.length === 1 && isObject(value[0]) && Array.isArray(value[0]['nodes'])
      ? value[0]
      : isObject(value) && isObject(value['workflow']) && Array.isArray(value['workflow']['nodes'])
        ? value['workflow']
        : value
  if (isObject(inner)) {
    const found = formats.find(({ fits }) => fits(inner))
    if (found) return found.read(inner, name)
  }
  if (readFunctions(inner) !== null)
    return isObject(inner) && Array.isArray(inner['tools']) ? importMcp(inner) : importFunctions(inner)
  throw new InvalidInputError({
    code: 'import-unknown',
    message: `${fileName} is of no format that is read here: ${formats.map(({ format }) => format).join(', ')}, lists of functions, SKILL.md, AGENTS.md.`,
  })
}

/** JSON, or YAML without tags of its own. */
export function readData(source: string): unknown {
  const text = source.replace(/^\uFEFF/, '')
  let asJson = ''
  try {
    return JSON.parse(text)
  } catch (cause) {
    // Read as YAML, of which JSON is a part.
    if (/^\s*[[{]/.test(text)) asJson = reasonOf(cause)
  }
  try {
    // Large documents of APIs repeat themselves by aliases; what they may come to is bounded.
    return parse(text, { maxAliasCount: 10_000, merge: true, logLevel: 'error' })
  } catch (cause) {
    throw new InvalidInputError({
      code: 'import-unreadable',
      message: `The file is neither JSON nor YAML. ${asJson || reasonOf(cause)}. Mend it there, or export it once more.`,
      cause,
    })
  }
}

/** The first line of what a parser says, with its line and column, without a sign at its end. */
function reasonOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message.split('\n')[0]! : String(cause)).replace(/[.:\s]+$/, '')
}
