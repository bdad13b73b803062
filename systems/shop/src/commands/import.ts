import { openAsBlob } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { HeavyliftError, InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import type { ImportView } from '../catalog/import-record.ts'

/** `heavylift shop import FILE`: sends a feed to the running server and follows the import. */
export async function runImport(input: CommandInput) {
  const file = input.args['file'] ?? ''
  const stats = await stat(file).catch(() => null)
  if (!stats?.isFile()) {
    throw new InvalidInputError({ code: 'file-not-found', message: `There is no file "${file}".` })
  }
  const query = new URLSearchParams({ name: basename(file) })
  for (const name of ['format', 'content', 'mode', 'map', 'currency']) {
    const value = input.options[name]
    if (typeof value === 'string') query.set(name, value)
  }
  input.report({ stage: 'sending', done: 0, total: stats.size, unit: 'bytes' })
  const response = await input.api(`/api/shop/imports?${query}`, {
    method: 'POST',
    body: (await openAsBlob(file)).stream(),
    duplex: 'half',
    headers: { 'content-type': 'application/octet-stream' },
    signal: input.signal,
  })
  const { importId } = (await ok(response)) as { importId: string }
  const view = await follow(input, importId)
  printReport(input, view)
  return view
}

async function ok(response: Response): Promise<unknown> {
  const body: unknown = await response.json().catch(() => null)
  if (response.ok) return body
  const error = (body as { error?: { code?: string; message?: string } } | null)?.error
  throw new HeavyliftError({
    code: error?.code ?? 'import-refused',
    message: error?.message ?? `The server answered ${response.status}.`,
    status: response.status,
  })
}

async function follow(input: CommandInput, importId: string): Promise<ImportView> {
  for (;;) {
    const view = (await ok(
      await input.api(`/api/shop/imports/${encodeURIComponent(importId)}`, { signal: input.signal }),
    )) as ImportView
    if (view.progress) {
      const { stage, done, total, unit, rejected } = view.progress
      const message = rejected > 0 ? { message: `${rejected} rejected` } : {}
      input.report({ stage, done, unit, ...(total === null ? {} : { total }), ...message })
    }
    if (view.finishedAtMs !== null) return view
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}

function printReport({ print }: CommandInput, view: ImportView): void {
  const { rows, products, reasons, notes, seconds, reviews, questions } = view
  const total = Object.values(seconds).reduce((sum, part) => sum + part, 0)
  print(`${view.name}: ${view.state}${view.error ? `. ${view.error.message}` : ''}`)
  print(`  rows      ${rows.read} read, ${rows.accepted} accepted, ${rows.rejected} rejected`)
  print(
    `  products  ${products.added} added, ${products.updated} updated, ${products.unchanged} unchanged, ${products.removed} removed`,
  )
  if (reviews + questions > 0) print(`  reviews   ${reviews}, questions ${questions}`)
  print(
    `  seconds   ${total.toFixed(1)} (reading ${seconds.reading.toFixed(1)}, comparing ${seconds.comparing.toFixed(1)}, indexing ${seconds.indexing.toFixed(1)}, publishing ${seconds.publishing.toFixed(1)})`,
  )
  for (const note of notes) print(`  note      ${note}`)
  for (const { code, count, message, firstLines } of reasons) {
    print(`  rejected  ${count} × ${code}, first on line ${firstLines.join(', ')}: ${message}`)
  }
  if (rows.rejected > 0) print(`  All rejected rows: /api/shop/imports/${view.importId}/rejects`)
}
