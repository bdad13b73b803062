import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { plural } from '@heavylift/core/text'
import { z } from 'zod'
import { findDocuments, readDocument } from '../formats/find-documents.ts'
import { decodeSource } from '../formats/source-text.ts'
import { lintDocument, noSettings } from '../lint/lint.ts'

const settingsPath = '.heavylift-spec/lint.json'
const settingsSchema = z.object({
  vague: z.array(z.string()).default([]),
  allowed: z.array(z.string()).default([]),
})

/** `heavylift spec lint`: what is wrong with the specs below a folder; exit 5 where anything is. */
export async function runLint({
  args,
  report,
  print,
  signal,
}: Pick<CommandInput, 'args' | 'report' | 'print' | 'signal'>) {
  const root = resolve(args.path ?? '.')
  const settings = await readSettings(root)
  const found = (await findDocuments(root, signal)).filter(
    ({ kind }) => kind === 'spec' || kind === 'bugfix' || kind === 'delta',
  )
  const findings = []
  for (const [at, file] of found.entries()) {
    report({ stage: 'specs', done: at, total: found.length, unit: 'specs' })
    const document = readDocument(decodeSource(await readFile(join(root, file.path))).text, file)
    for (const one of lintDocument(document, settings)) {
      const line = document.text.slice(0, one.span.start).split('\n').length
      findings.push({ path: file.path, line, ...one })
      print(`${file.path}:${line}  ${one.rule}  ${one.key}: ${one.message}`)
    }
  }
  print(`${plural(found.length, 'spec')}, ${plural(findings.length, 'finding')}.`)
  return {
    verdict: findings.length === 0 ? ('yes' as const) : ('no' as const),
    specs: found.length,
    findings,
  }
}

async function readSettings(root: string) {
  const text = await readFile(join(root, settingsPath), 'utf8').catch(() => null)
  if (text === null) return noSettings
  try {
    return settingsSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new InvalidInputError({
      code: 'lint-settings-invalid',
      message: `${settingsPath} can not be read. It has "vague" and "allowed", lists of words.`,
      cause,
    })
  }
}
